"""Articles: what publishers send, and what ingest makes of it."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from muster_contracts.model import Day, Id, Many, Url, WireModel, wire_type

TEXT_LIMIT = 1_000_000
"""Longest article text, in characters. The longest of 27 full agency reports measured has 12,000; a book is no article."""


class ArticleSubmitted(WireModel):
    """A publisher sent an article, or news of one: untrusted, as it stands in the feed."""

    type: Literal["article-submitted.v1"] = wire_type("article-submitted.v1")

    id: Annotated[str, Field(max_length=500, examples=["courier-2024-06-24-117"])] | None = None
    """The publisher's own id (guid) for the article. It stays the same through its corrections and its retraction."""

    url: Annotated[str, Field(max_length=2000, examples=["https://courier.example/2024/06/24/police-leave"])] | None = None
    """Address of the article. With it, or else with `id`, an article is known again."""

    source: Annotated[str, Field(min_length=1, max_length=200, examples=["Devdiscourse"])]
    """The outlet that publishes the text."""

    published: Annotated[str, Field(max_length=100, examples=["2024-06-24T23:59:00+05:30", "2024-06-24"])] | None = None
    """ISO 8601 day or time with its zone. Where missing it is read from the text's own 'Created' line."""

    modified: Annotated[str, Field(max_length=100, examples=["2024-06-25T08:30:00Z"])] | None = None
    """ISO 8601 day or time of the last change, for corrections and retractions."""

    title: Annotated[str, Field(max_length=2000, examples=["Police leave for Haiti"])] | None = None
    """Headline."""

    text: Annotated[str, Field(examples=["Kenya sent 400 police officers to Haiti on Monday."])] | None = None
    """Plain text, at most 1,000,000 characters. Required unless `pubstatus` withdraws the article; beside a withdrawal, its reason."""

    pubstatus: Literal["usable", "withheld", "canceled"] = "usable"
    """As in IPTC ninjs: `canceled` and `withheld` take the article back."""


class Removed(WireModel):
    """A piece of the submitted text that is furniture, not news. Kept as provenance."""

    kind: Literal["repeated-headline", "summary", "credit-line", "caption", "share-line", "disclaimer", "feedback-line", "promotion"]
    """What it is."""

    text: Annotated[str, Field(examples=["(Reporting by A. Writer; editing by B. Reader)"])]
    """Its words, as they stood."""


class Dateline(WireModel):
    """Where and when a text says that it was written, e.g. `NAIROBI, July 30 —`."""

    place: Annotated[str, Field(examples=["NAIROBI", "PORT-AU-PRINCE"])]
    """As the text writes it."""

    day: Day | None = None
    """The day it gives, with the year of publication; null where it gives none."""


class ArticleContent(WireModel):
    """One wording of an article with its provenance."""

    article_id: Id
    """The article, through all its wordings: a function of its address, else of its source's id for it, else of its text."""

    revision_id: Id
    """This wording. Equals the envelope's `ce_id`."""

    revision: Annotated[int, Field(ge=1, examples=[1])]
    """1 for the first wording that ingest saw, then counted up."""

    url: Url | None = None
    """Canonical address, without tracking parameters; null where the source gave none."""

    guid: Annotated[str, Field(examples=["courier-2024-06-24-117"])] | None = None
    """The source's own id for the article, where it gave one."""

    source: Annotated[str, Field(examples=["Devdiscourse"])]
    """The outlet."""

    publisher: Annotated[str, Field(examples=["https://feeds.example/desk"])] | None = None
    """Who submitted this wording: the source of the submission's envelope, else its header `publisher`; null where it named none."""

    origin: Annotated[str, Field(examples=["Reuters"])] | None = None
    """The agency that the text credits; null where the outlet wrote it itself, as far as the text says."""

    origin_id: Id
    """The first article seen of those that tell this story in the same words; its own id where there was none. Origins are
    counted, copies are not."""

    title: Annotated[str, Field(examples=["Police leave for Haiti"])]
    """Headline, on one line."""

    text: Annotated[str, Field(examples=["Kenya sent 400 police officers to Haiti on Monday."])]
    """Clean text, Unicode NFC, lines separated by a single newline. All evidence offsets point into it."""

    published_on: Day
    """Day of publication in the outlet's own time zone, or that of the dateline."""

    published_at: Annotated[AwareDatetime, Field(examples=["2024-06-24T23:59:00+05:30"])] | None = None
    """Time of publication with its zone, where the source gives one."""

    known_on: Day
    """Day on which this wording became public: the day of publication, for a revision the day of the change."""

    dateline: Dateline | None = None
    """Where and when the text says that it was written, where it does."""

    removed: Many[Removed] = ()
    """What was taken off the submitted text, in its order."""


class ArticleReceived(ArticleContent):
    """An article was seen for the first time."""

    type: Literal["article-received.v1"] = wire_type("article-received.v1")


class ArticleRevised(ArticleContent):
    """An article's publisher changed its wording or headline."""

    type: Literal["article-revised.v1"] = wire_type("article-revised.v1")


class ArticleRetracted(WireModel):
    """An article's publisher took it back. Nothing that it told stands any longer; that it did is kept."""

    type: Literal["article-retracted.v2"] = wire_type("article-retracted.v2")
    article_id: Id
    """The article that is taken back."""

    retraction_id: Id
    """The retraction's own id. Equals the envelope's `ce_id`. No wording has it: a retraction has no text that could be quoted."""

    revision: Annotated[int, Field(ge=2, examples=[2])]
    """Its place in the article's sequence: one above the wording that it takes back."""

    pubstatus: Literal["withheld", "canceled"] | None
    """As in IPTC ninjs: `withheld` until further notice, so that it may come again, or `canceled` for good. Null where it was not kept,
    as in all retractions of before v2."""

    url: Url | None = None
    """Canonical address, as the article gave it."""

    source: Annotated[str, Field(examples=["Devdiscourse"])]
    """The outlet."""

    origin: Annotated[str, Field(examples=["Reuters"])] | None = None
    """The agency that the text credited."""

    origin_id: Id
    """The first article seen of those that tell this story in the same words."""

    title: Annotated[str, Field(examples=["Police leave for Haiti"])]
    """Headline of the wording that is taken back."""

    published_on: Day
    """Day on which the article was published."""

    known_on: Day
    """Day on which the retraction became public."""

    publisher: Annotated[str, Field(examples=["https://feeds.example/desk"])] | None = None
    """Who submitted the retraction: the source of its envelope, else its header `publisher`; null where it named none."""

    why: Annotated[str, Field(examples=["The figure was not confirmed."])] | None = None
    """The publisher's own word for it, where given."""


ArticleEvent = Annotated[ArticleReceived | ArticleRevised | ArticleRetracted, Field(discriminator="type")]
"""What stands on the topic `articles`."""
