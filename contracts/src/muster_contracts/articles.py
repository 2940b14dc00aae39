"""Articles: what publishers send, and what ingest makes of it."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field

from muster_contracts.model import WireModel

TEXT_LIMIT = 1_000_000
"""Longest article text, in characters. The longest of 27 full agency reports measured has 12,000; a book is no article."""


class ArticleSubmitted(WireModel):
    """A publisher sent an article, or news of one: untrusted, as it stands in the feed."""

    type: Literal["article-submitted.v1"] = "article-submitted.v1"

    id: Annotated[str, Field(max_length=500)] | None = None
    """The publisher's own id (guid) for the article."""

    url: Annotated[str, Field(max_length=2000)] | None = None
    """Address of the article."""

    source: Annotated[str, Field(min_length=1, max_length=200, examples=["Devdiscourse"])]
    """The outlet that publishes the text."""

    published: Annotated[str, Field(max_length=100, examples=["2024-06-24T23:59:00+05:30", "2024-06-24"])] | None = None
    """ISO 8601 day or time with its zone. Where missing it is read from the text's own 'Created' line."""

    modified: Annotated[str, Field(max_length=100)] | None = None
    """ISO 8601 day or time of the last change, for corrections and retractions."""

    title: Annotated[str, Field(max_length=2000)] | None = None

    text: str | None = None
    """Plain text. Required unless `pubstatus` withdraws the article."""

    pubstatus: Literal["usable", "withheld", "canceled"] = "usable"
    """As in IPTC ninjs: `canceled` and `withheld` take the article back."""


class Removed(WireModel):
    """A piece of the submitted text that is furniture, not news. Kept as provenance."""

    kind: Literal["repeated-headline", "summary", "credit-line", "caption", "share-line", "disclaimer", "feedback-line", "promotion"]
    text: str


class Dateline(WireModel):
    """Where and when a text says that it was written, e.g. `NAIROBI, July 30 —`."""

    place: str
    day: date | None = None


class ArticleContent(WireModel):
    """One wording of an article with its provenance."""

    article_id: UUID
    revision_id: UUID
    revision: Annotated[int, Field(ge=1)]
    """1 for the first wording that ingest saw, then counted up."""

    url: str | None = None
    guid: str | None = None
    source: str
    """The outlet, e.g. `Devdiscourse`."""

    origin: str | None = None
    """The agency that the text credits, e.g. `Reuters`; None where the outlet wrote it itself, as far as the text says."""

    origin_id: UUID
    """The first article seen of those that tell this story in the same words; its own id where there was none. Origins are
    counted, copies are not."""

    title: str
    text: str
    """Clean text, Unicode NFC, lines separated by a single newline. All evidence offsets point into it."""

    published_on: date
    """Day of publication in the outlet's own time zone, or that of the dateline."""

    published_at: AwareDatetime | None = None
    """Time of publication with its zone, where the source gives one."""

    known_on: date
    """Day on which this wording became public: the day of publication, for a revision the day of the change."""

    dateline: Dateline | None = None
    removed: tuple[Removed, ...] = ()


class ArticleReceived(ArticleContent):
    """An article was seen for the first time."""

    type: Literal["article-received.v1"] = "article-received.v1"


class ArticleRevised(ArticleContent):
    """An article's publisher changed its wording or headline."""

    type: Literal["article-revised.v1"] = "article-revised.v1"


class ArticleRetracted(WireModel):
    """An article's publisher took it back. Nothing that it told stands any longer; that it did is kept."""

    type: Literal["article-retracted.v1"] = "article-retracted.v1"
    article_id: UUID
    revision_id: UUID
    """The retraction's own id."""

    revision: Annotated[int, Field(ge=2)]
    """One above the wording that it takes back."""

    url: str | None = None
    source: str
    origin: str | None = None
    origin_id: UUID
    title: str
    published_on: date
    known_on: date
    """Day on which the retraction became public."""

    why: str | None = None
    """The publisher's own word for it, where given."""


ArticleEvent = Annotated[ArticleReceived | ArticleRevised | ArticleRetracted, Field(discriminator="type")]
"""What stands on the topic `articles`."""
