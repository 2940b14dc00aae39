"""What one transaction does with the events of a batch."""

from collections.abc import Sequence

from asyncpg.exceptions import DataError as ClientDataError
from muster_contracts.claims import ExtractionCompleted
from muster_contracts.transport.records import RawRecord
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.store.claims import keep_claims, keep_completions, missions_of
from muster_projection.store.locks import lock_missions
from muster_projection.store.news import Told
from muster_projection.store.reckoning import reckon_again
from muster_projection.store.telling import is_muted

REFUSED = ("22", "23")
"""SQLSTATE classes that are about the row itself: data exception, integrity (PostgreSQL 18 documentation, appendix A)."""


async def fold(connection: AsyncConnection, told: Sequence[Told]) -> list[tuple[RawRecord, Exception]]:
    """Keep what the events tell, and reckon again the boards that they touch.

    Returns:
        The records that the database refuses, e.g. for a NUL in a text, with its error. Nothing of them is kept.
    """
    news, refused = await _keep_each(connection, told)
    touched = await missions_of(connection, {one.event.article.article_id for one in news})
    muted = await is_muted(connection)
    await lock_missions(connection, touched)
    for mission in touched:
        await reckon_again(connection, mission, news, muted=muted)
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
        its_id = one.event.completion_id if isinstance(one.event, ExtractionCompleted) else one.event.claim_id
        if its_id in fresh:
            fresh.remove(its_id)
            news.append(one)
    return news


def _is_refused(error: DBAPIError) -> bool:
    cause = error.orig.__cause__ if error.orig is not None else None
    state = getattr(error.orig, "sqlstate", None) or ""
    return isinstance(cause, ClientDataError) or state.startswith(REFUSED)
