"""What a submission is, given what was seen before: new, a copy, revised, retracted, or nothing new. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from muster_contracts.articles import ArticleReceived, ArticleRetracted, ArticleRevised
from muster_contracts.ids import retraction_id, revision_id

from muster_ingest.drafts import Draft, Withdrawal
from muster_ingest.normalise import received_article


class Outcome(StrEnum):
    NEW = "new"
    COPY = "copy"
    REVISED = "revised"
    RETRACTED = "retracted"
    DUPLICATE = "duplicate"
    """The same wording, or the same retraction, again."""

    OUTDATED = "outdated"
    """A wording or a retraction that is older than the wording known, or a wording of an article that was taken back since."""

    AWAITING = "awaiting"
    """A retraction came before its article; it is kept, and takes the article back as soon as that comes."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was seen of an article: its newest revision, and all its wordings."""

    article_id: UUID
    revision: int
    retracted: bool
    url: str | None
    source: str
    origin: str | None
    origin_id: UUID
    title: str
    published_on: date
    known_on: date
    modified_on: date | None
    content: str
    """Hash of the newest wording."""

    contents: frozenset[str]
    """Hashes of all wordings."""


@dataclass(frozen=True, slots=True)
class Decision:
    outcome: Outcome
    events: tuple[ArticleReceived | ArticleRevised | ArticleRetracted, ...] = ()
    """What is published, in order."""


def decide(draft: Draft, known: Known | None, *, origin_id: UUID | None, awaiting: Withdrawal | None, received: date) -> Decision:
    """What a wording is.

    Args:
        draft: the wording.
        known: what was seen of the article; None at the first time.
        origin_id: the origin of what it is a copy of; None where it is no copy.
        awaiting: a retraction that came before the article.
        received: day on which the submission entered the log (UTC).
    """
    if known is None:
        first = received_article(draft, origin_id=origin_id or draft.article_id)
        if awaiting is not None:
            return Decision(Outcome.RETRACTED, (first, _retraction(_known_by(first), awaiting)))
        return Decision(Outcome.COPY if origin_id else Outcome.NEW, (first,))
    nothing_new = _nothing_new(draft, known)
    if nothing_new is not None:
        return Decision(nothing_new)
    return Decision(Outcome.REVISED, (_revision(draft, known, received),))


def decide_withdrawal(withdrawal: Withdrawal, known: Known | None) -> Decision:
    """What a retraction takes back.

    Of an article that was never seen it is kept: topics and partitions keep no order between an article and its retraction, and a
    retraction that got lost would leave a withdrawn story standing. One that is dated before the wording known, by its source, is an old
    one that came again: the article was put back since. A wording without a day of its own says nothing of the kind, since it counts
    as known when it came, which may be years later.
    """
    if known is None:
        return Decision(Outcome.AWAITING)
    if known.retracted:
        return Decision(Outcome.DUPLICATE)
    if known.modified_on is not None and withdrawal.known_on < known.modified_on:
        return Decision(Outcome.OUTDATED)
    return Decision(Outcome.RETRACTED, (_retraction(known, withdrawal),))


def event_id(event: ArticleReceived | ArticleRevised | ArticleRetracted) -> UUID:
    """The id under which an event is published and written."""
    return event.retraction_id if isinstance(event, ArticleRetracted) else event.revision_id


def _nothing_new(draft: Draft, known: Known) -> Outcome | None:
    """Why a wording of a known article changes nothing; None where it does.

    A wording that was seen before counts as sent again, unless its source dates it after the last change: publishers repeat
    themselves far more often than they go back to an earlier wording. After a retraction only a wording of a later day puts the
    article back: a late one must not raise a withdrawn story.
    """
    changed_since = draft.modified_on is not None and draft.modified_on > known.known_on
    if draft.content == known.content and not (known.retracted and changed_since):
        return Outcome.DUPLICATE
    if draft.content in known.contents and not changed_since:
        return Outcome.DUPLICATE
    if known.retracted and not changed_since and draft.published_on <= known.known_on:
        return Outcome.OUTDATED
    if draft.modified_on is not None and known.modified_on is not None and draft.modified_on < known.modified_on:
        return Outcome.OUTDATED
    return None


def _revision(draft: Draft, known: Known, received: date) -> ArticleRevised:
    number = known.revision + 1
    told = draft.modified_on if draft.modified_on != known.modified_on else None
    return ArticleRevised(
        article_id=draft.article_id,
        revision_id=revision_id(draft.article_id, number, draft.content),
        revision=number,
        url=draft.url,
        guid=draft.guid,
        source=draft.source,
        publisher=draft.publisher,
        origin=draft.origin,
        origin_id=known.origin_id,  # stays: what counts origins must not see one split because a comma moved
        title=draft.title,
        text=draft.text,
        published_on=known.published_on,
        published_at=draft.published_at if draft.published_on == known.published_on else None,
        known_on=max(told or received, known.known_on),
        dateline=draft.dateline,
        removed=draft.removed,
    )


def _retraction(known: Known, withdrawal: Withdrawal) -> ArticleRetracted:
    number = known.revision + 1
    return ArticleRetracted(
        article_id=known.article_id,
        retraction_id=retraction_id(known.article_id, number),
        revision=number,
        pubstatus=withdrawal.pubstatus,
        publisher=withdrawal.publisher,
        url=known.url,
        source=known.source,
        origin=known.origin,
        origin_id=known.origin_id,
        title=known.title,
        published_on=known.published_on,
        known_on=max(withdrawal.known_on, known.known_on),
        why=withdrawal.why,
    )


def _known_by(first: ArticleReceived) -> Known:
    return Known(
        article_id=first.article_id,
        revision=first.revision,
        retracted=False,
        url=first.url,
        source=first.source,
        origin=first.origin,
        origin_id=first.origin_id,
        title=first.title,
        published_on=first.published_on,
        known_on=first.known_on,
        modified_on=None,
        content="",
        contents=frozenset(),
    )
