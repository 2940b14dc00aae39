"""Locks that live as long as a transaction."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

MIGRATIONS = 6_020_184
"""Key of the lock under which the schema is changed. Any number will do, as long as nobody else uses it in this database."""

RELAY = 6_020_185
"""Key of the lock under which changes are published: two relays at once could overtake each other."""

MUTES = 6_020_186
"""Key of the lock between those who tell changes, who share it, and those who ask for silence or end it, who hold it alone: else a
board reckoned in silence could slip by the one who ends it. Taken before the missions' locks, so that nobody deadlocks."""


async def lock_mutes(connection: AsyncConnection, *, alone: bool = False) -> None:
    """Let silence neither begin nor end until the transaction ends; alone: let nobody tell anything meanwhile."""
    lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
    await connection.execute(select(lock(MUTES)))


async def try_lock_relay(connection: AsyncConnection) -> bool:
    """Be the only relay until the transaction ends; False where another is."""
    return bool(await connection.scalar(select(func.pg_try_advisory_xact_lock(RELAY))))


async def lock_missions(connection: AsyncConnection, missions: Iterable[str]) -> None:
    """Let nobody else reckon these missions until the transaction ends.

    Two consumers with different partitions may touch one mission at once. Without the lock each would reckon it from its own
    claims and the committed ones, and whoever writes last would lose the other's. Taken in one order, so that nobody deadlocks.
    """
    for mission in sorted(missions):
        await connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(mission, 0))))
