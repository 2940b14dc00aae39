"""Locks that live as long as a transaction."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

MIGRATIONS = 6_020_184
"""Key of the lock under which the schema is changed. Any number will do, as long as nobody else uses it in this database."""


async def lock_missions(connection: AsyncConnection, missions: Iterable[str]) -> None:
    """Let nobody else reckon these missions until the transaction ends.

    Two consumers with different partitions may touch one mission at once. Without the lock each would reckon it from its own
    claims and the committed ones, and whoever writes last would lose the other's. Taken in one order, so that nobody deadlocks.
    """
    for mission in sorted(missions):
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(mission, 0))))
