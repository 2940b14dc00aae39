"""What one transaction does with the events of a batch."""

from collections.abc import Sequence
from uuid import UUID

from asyncpg.exceptions import DataError as ClientDataError
from muster_contracts.claims import ExtractionCompleted
from muster_contracts.errors import IdReused
from muster_contracts.transport.records import RawRecord
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.store.claims import keep_claims, keep_completions, kept_under, missions_of
from muster_projection.store.live import Lives
from muster_projection.store.locks import lock_missions
from muster_projection.store.news import Told
from muster_projection.store.reckoning import reckon_again
from muster_projection.store.telling import is_muted

REFUSED = ("22", "23")
"""SQLSTATE classes that are about the row itself: data exception, integrity (PostgreSQL 18 documentation, appendix A)."""


async def fold(connection: AsyncConnection, told: Sequence[Told], lives: Lives | None = None) -> list[tuple[RawRecord, Exception]]:
    """Keep what the events tell, and reckon again the boards that they touch.

    Args:
        lives: missions that this process keeps; whoever gives them says afterwards whether the transaction holds.

    Returns:
        The records that the database refuses, e.g. for a NUL in a text, with its error, and those whose id is kept with another body
        (IdReused): the first on the log holds. Nothing of them is kept.
    """
    news, refused = await _keep_each(connection, told)
    refused += await _contradicting(connection, told, news)
    touched = sorted(
        {
            *await missions_of(connection, {one.event.article.article_id for one in news}),
            # Claims that don't stand yet change no board, but whoever keeps the mission has to hear of them.
            *(one.event.mission for one in news if not isinstance(one.event, ExtractionCompleted)),
        }
    )
    muted = await is_muted(connection)
    await lock_missions(connection, touched)
    for mission in touched:
        await reckon_again(connection, mission, news, muted=muted, lives=lives)
    return refused


async def _keep_each(connection: AsyncConnection, told: Sequence[Told]) -> tuple[list[Told], list[tuple[RawRecord, Exception]]]:
    """All at once; where the database refuses one of them, one by one. Gives those that were not kept before, and the refused."""
    try:
        async with connection.begin_nested():
            return await _keep(connection, told), []
    except DBAPIError as error:
        if not _is_refused(error):
            raise
    news: list[Told] = []
    refused: list[tuple[RawRecord, Exception]] = []
    for one in told:
        try:
            async with connection.begin_nested():
                news += await _keep(connection, [one])
        except DBAPIError as error:
            if not _is_refused(error):
                raise
            refused.append((one.record, error))
    return news, refused


async def _keep(connection: AsyncConnection, told: Sequence[Told]) -> list[Told]:
    events = [one.event for one in told]
    fresh = await keep_claims(connection, [event for event in events if not isinstance(event, ExtractionCompleted)])
    fresh |= await keep_completions(connection, [event for event in events if isinstance(event, ExtractionCompleted)])
    news: list[Told] = []
    for one in told:  # one that came twice in the batch is news once
        if _id(one) in fresh:
            fresh.remove(_id(one))
            news.append(one)
    return news


async def _contradicting(connection: AsyncConnection, told: Sequence[Told], news: Sequence[Told]) -> list[tuple[RawRecord, Exception]]:
    """Of what came again, whatever says something else than what is kept. A record that the database refused is kept nowhere."""
    new = {id(one) for one in news}
    again = [one for one in told if id(one) not in new]
    if not again:
        return []
    kept = await kept_under(connection, {_id(one) for one in again})
    return [
        (one.record, IdReused("the first on the log says something else", field="ce_id", got=str(_id(one))))
        for one in again
        if _id(one) in kept and kept[_id(one)] != one.event
    ]


def _id(one: Told) -> UUID:
    its_id: UUID = one.event.completion_id if isinstance(one.event, ExtractionCompleted) else one.event.claim_id
    return its_id


def _is_refused(error: DBAPIError) -> bool:
    cause = error.orig.__cause__ if error.orig is not None else None
    state = getattr(error.orig, "sqlstate", None) or ""
    return isinstance(cause, ClientDataError) or state.startswith(REFUSED)
