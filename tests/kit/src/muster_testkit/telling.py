"""Builders of mission events: what an article tells, with ids as the services make them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from muster_contracts.claims import AnyClaim, ArticleRef, Claim, ExtractionCompleted, Extractor
from muster_contracts.codec import Record, encode
from muster_contracts.envelope import Envelope
from muster_contracts.ids import article_id, claim_id, completion_id, retraction_id, revision_id
from muster_contracts.topics import MISSION_EVENTS, Topic
from muster_contracts.values import Evidence, Quantity
from muster_projection.store.news import Told

C = TypeVar("C", bound=Claim)

READER = Extractor(name="rules", version="1.0.0")
ENTERED = datetime(2024, 6, 25, 6, 0, tzinfo=UTC)


def article(
    name: str,
    *,
    published: str = "2024-06-24",
    revision: int = 1,
    known: str | None = None,
    copy_of: str | None = None,
    source: str = "Coast Herald",
    title: str | None = None,
    url: str | None = None,
) -> ArticleRef:
    """An article by name; another revision or a copy shares what it must.

    Args:
        known: day on which this wording became public; the day of publication where None.
        copy_of: name of the article whose words it repeats.
    """
    return ArticleRef(
        article_id=_article_id(name),
        revision_id=revision_id(_article_id(name), revision, name),
        revision=revision,
        url=url if url is not None else f"https://news.example/{name}",
        source=source,
        origin_id=_article_id(copy_of or name),
        title=title if title is not None else f"The story of {name}",
        published_on=date.fromisoformat(published),
        known_on=date.fromisoformat(known or published),
    )


def claim(
    made: type[C],
    source: ArticleRef,
    /,
    *,
    mission: str = "haiti-mss",
    amount: int | None = None,
    unit: str = "police",
    quote: str = "will send officers",
    extractor: Extractor = READER,
    **said: Any,
) -> C:
    """A claim of type `made`, as `source` tells it; further fields of the type by name."""
    content = {"type": made.model_fields["type"].default, "mission": mission, "amount": amount, "unit": unit, "quote": quote}
    content |= {name: str(value) for name, value in said.items()}
    return made(
        claim_id=claim_id(source.revision_id, str(extractor), content),
        article=source,
        extractor=extractor,
        mission=mission,
        quantity=Quantity(amount=amount, unit=unit) if amount is not None else None,
        evidence=Evidence(quote=quote, start=0, end=len(quote)),
        **said,
    )


def completed(source: ArticleRef, claims: Iterable[AnyClaim] = (), *, extractor: Extractor = READER) -> ExtractionCompleted:
    """The end of an extraction that lists these claims."""
    return ExtractionCompleted(
        completion_id=completion_id(source.revision_id, str(extractor)),
        article=source,
        extractor=extractor,
        claim_ids=tuple(each.claim_id for each in claims),
    )


def told(*claims: AnyClaim) -> list[AnyClaim | ExtractionCompleted]:
    """Claims of one article, and the completion that lists them all."""
    return [*claims, completed(claims[0].article, claims, extractor=claims[0].extractor)]


def retracted(source: ArticleRef, *, known: str) -> ExtractionCompleted:
    """The completion that follows when an article is taken back."""
    revision = source.revision + 1
    back = source.model_copy(
        update={
            "revision": revision,
            "revision_id": retraction_id(source.article_id, revision),
            "known_on": date.fromisoformat(known),
        }
    )
    return completed(back).model_copy(update={"retracted": True})


def records(events: Iterable[AnyClaim | ExtractionCompleted], topic: Topic = MISSION_EVENTS) -> list[Record]:
    """Events as extract puts them on the log."""
    return [_record(event, topic) for event in events]


def envelope(event: AnyClaim | ExtractionCompleted) -> Envelope:
    """An event's envelope, as extract makes it."""
    event_id = event.completion_id if isinstance(event, ExtractionCompleted) else event.claim_id
    return Envelope(str(event_id), "/muster/extract", event.type, ENTERED, str(event.article.article_id))


def news(events: Iterable[AnyClaim | ExtractionCompleted]) -> list[Told]:
    """Events as the store is told of them, without the records that brought them: a fold asks nothing of those."""
    no_record: Any = None
    return [Told(event, envelope(event), no_record) for event in events]


def _record(event: AnyClaim | ExtractionCompleted, topic: Topic) -> Record:
    return encode(event, envelope(event), topic, str(event.article.article_id))


def _article_id(name: str) -> UUID:
    return article_id(url=f"https://news.example/{name}", source="", guid=None, content="")
