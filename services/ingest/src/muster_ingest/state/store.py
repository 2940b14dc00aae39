"""The only SQL of ingest: what is known of an article, what may be its copy, and what was decided."""

from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from muster_contracts.articles import ArticleReceived, ArticleRetracted, ArticleRevised
from sqlalchemy import delete, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import BigInteger

from muster_ingest.copies import WINDOW, Candidate, Fingerprint
from muster_ingest.decide import Known, event_id
from muster_ingest.drafts import Draft, Withdrawal
from muster_ingest.normalise.credits import credited
from muster_ingest.state.tables import awaiting, revisions, submissions

MOST_CANDIDATES = 50
"""Candidates that are compared, oldest first: a story's copies share one origin, so that any of them tells it."""


async def lock(connection: AsyncConnection, article_id: UUID, bands: tuple[int, ...]) -> None:
    """Makes submissions of one article, and of articles that may be copies of each other, wait for one another.

    The locks are held to the end of the transaction, and taken in order, so that no two transactions wait for each other.
    """
    keys = {*bands, int.from_bytes(article_id.bytes[:8], "big", signed=True)}
    ordered = select(func.unnest(literal(sorted(keys), ARRAY(BigInteger))).label("key")).order_by("key").subquery()
    await connection.execute(select(func.pg_advisory_xact_lock(ordered.c.key)))


async def remember(connection: AsyncConnection, publisher: str, event_id: str, content: str, submitted_at: datetime) -> str | None:
    """Keeps what was submitted under a publisher's id, and gives what was kept under it before; None where nothing was."""
    row = {"publisher": publisher, "id": event_id, "content": content, "submitted_at": submitted_at}
    kept = await connection.execute(insert(submissions).values(row).on_conflict_do_nothing().returning(submissions.c.id))
    if kept.one_or_none() is not None:
        return None
    mine = (submissions.c.publisher == publisher) & (submissions.c.id == event_id)
    return str((await connection.execute(select(submissions.c.content).where(mine))).scalar_one())


async def known(connection: AsyncConnection, article_id: UUID) -> Known | None:
    """What was seen of an article; None where nothing was."""
    rows = (
        await connection.execute(
            select(
                revisions.c.revision,
                revisions.c.retracts,
                revisions.c.content,
                revisions.c.url,
                revisions.c.source,
                revisions.c.origin,
                revisions.c.origin_id,
                revisions.c.title,
                revisions.c.published_on,
                revisions.c.known_on,
                revisions.c.modified_on,
            )
            .where(revisions.c.article_id == article_id)
            .order_by(revisions.c.revision)
        )
    ).all()
    if not rows:
        return None
    newest = rows[-1]
    return Known(
        article_id=article_id,
        revision=newest.revision,
        retracted=newest.retracts,
        url=newest.url,
        source=newest.source,
        origin=newest.origin,
        origin_id=newest.origin_id,
        title=newest.title,
        published_on=newest.published_on,
        known_on=newest.known_on,
        modified_on=newest.modified_on,
        content=newest.content,
        contents=frozenset(row.content for row in rows),
    )


async def candidates(connection: AsyncConnection, bands: tuple[int, ...], published_on: date) -> list[Candidate]:
    """Wordings that share a band and were published within the window, oldest first."""
    rows = await connection.execute(
        select(
            revisions.c.article_id,
            revisions.c.origin_id,
            revisions.c.published_on,
            revisions.c.origin,
            revisions.c.source,
            revisions.c.shingles,
        )
        .where(
            revisions.c.bands.overlap(literal(list(bands), ARRAY(BigInteger))),
            revisions.c.published_on.between(published_on - WINDOW, published_on + WINDOW),
        )
        .order_by(revisions.c.published_on, revisions.c.article_id, revisions.c.revision)
        .limit(MOST_CANDIDATES)
    )
    return [
        Candidate(row.article_id, row.origin_id, row.published_on, row.source, credited(row.origin, row.source), frozenset(row.shingles))
        for row in rows
    ]


async def awaited(connection: AsyncConnection, article_id: UUID) -> Withdrawal | None:
    """The retraction that waits for an article; None where there is none."""
    row = (await connection.execute(select(awaiting).where(awaiting.c.article_id == article_id))).one_or_none()
    return Withdrawal(row.article_id, row.source, row.known_on, row.pubstatus, row.why, row.publisher) if row else None


async def keep_waiting(connection: AsyncConnection, withdrawal: Withdrawal) -> None:
    """Keeps a retraction until its article comes. The first one stays."""
    await connection.execute(insert(awaiting).values(asdict(withdrawal)).on_conflict_do_nothing())


async def write_wording(
    connection: AsyncConnection, event: ArticleReceived | ArticleRevised, draft: Draft, mark: Fingerprint, submitted_at: datetime
) -> None:
    """Writes a wording. Raises IntegrityError where another instance made this revision."""
    await _write(
        connection, event, submitted_at, retracts=False, content=draft.content, modified_on=draft.modified_on, bands=list(mark.bands),
        shingles=sorted(mark.shingles),
    )  # fmt: skip


async def write_retraction(connection: AsyncConnection, event: ArticleRetracted, content: str, submitted_at: datetime) -> None:
    """Writes a retraction; what waited for the article waits no longer."""
    await _write(connection, event, submitted_at, retracts=True, content=content, modified_on=event.known_on, bands=[], shingles=[])
    await connection.execute(delete(awaiting).where(awaiting.c.article_id == event.article_id))


async def _write(
    connection: AsyncConnection, event: ArticleReceived | ArticleRevised | ArticleRetracted, submitted_at: datetime, **columns: object
) -> None:
    await connection.execute(
        revisions.insert().values(
            article_id=event.article_id,
            revision=event.revision,
            event_id=event_id(event),
            url=event.url,
            source=event.source,
            origin=event.origin,
            origin_id=event.origin_id,
            title=event.title,
            published_on=event.published_on,
            known_on=event.known_on,
            submitted_at=submitted_at,
            **columns,
        )
    )
