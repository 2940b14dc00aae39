"""What one transaction does with the events of a batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from asyncpg.exceptions import DataError as ClientDataError
from muster_contracts.claims import ExtractionCompleted
from muster_contracts.transport.records import RawRecord
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.store.boards import reckon_again
from muster_projection.store.claims import keep_claims, keep_completions, missions_of
from muster_projection.store.locks import lock_missions

REFUSED = ("22", "23")
"""SQLSTATE classes that are about the row itself: data exception, integrity (PostgreSQL 18 documentation, appendix A)."""


@dataclass(frozen=True, slots=True)
class Told:
    """A mission event, and the record that brought it."""

    event: Any
    record: RawRecord


async def fold(connection: AsyncConnection, told: Sequence[Told]) -> list[tuple[RawRecord, Exception]]:
    """Keep what the events tell, and reckon again the boards that they touch.

    Returns:
        The records that the database refuses, e.g. for a NUL in a text, with its error. Nothing of them is kept.
    """
    kept, refused = await _keep_each(connection, told)
    touched = await missions_of(connection, {one.event.article.article_id for one in kept})
    await lock_missions(connection, touched)
    for mission in touched:
        await reckon_again(connection, mission)
    return refused


async def _keep_each(connection: AsyncConnection, told: Sequence[Told]) -> tuple[Sequence[Told], list[tuple[RawRecord, Exception]]]:
    """All at once; where the database refuses one of them, one by one."""
    try:
        async with connection.begin_nested():
            await _keep(connection, told)
    except DBAPIError as error:
        if not _is_refused(error):
            raise
    else:
        return told, []
    kept: list[Told] = []
    refused: list[tuple[RawRecord, Exception]] = []
    for one in told:
        try:
            async with connection.begin_nested():
                await _keep(connection, [one])
        except DBAPIError as error:
            if not _is_refused(error):
                raise
            refused.append((one.record, error))
        else:
            kept.append(one)
    return kept, refused


async def _keep(connection: AsyncConnection, told: Iterable[Told]) -> None:
    events = [one.event for one in told]
    await keep_claims(connection, [event for event in events if not isinstance(event, ExtractionCompleted)])
    await keep_completions(connection, [event for event in events if isinstance(event, ExtractionCompleted)])


def _is_refused(error: DBAPIError) -> bool:
    cause = error.orig.__cause__ if error.orig is not None else None
    state = getattr(error.orig, "sqlstate", None) or ""
    return isinstance(cause, ClientDataError) or state.startswith(REFUSED)
