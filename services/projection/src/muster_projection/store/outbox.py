"""The outbox: changes that wait to be published, and who asks for silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from muster_contracts.codec import Record
from muster_contracts.topics import MISSION_CHANGES
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.store.changes_tables import mutes, outbox
from muster_projection.store.locks import lock_mutes, try_lock_relay
from muster_projection.store.telling import is_behind


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change in the outbox."""

    place: int
    record: Record


@dataclass(frozen=True, slots=True)
class Lag:
    """What downstream does not know yet."""

    waiting: int
    """Changes in the outbox."""

    oldest: datetime | None
    """Time of the oldest of them: when its cause entered the log."""

    muted_by: tuple[str, ...]
    behind: int
    """Missions whose boards may show what was not told."""


async def waiting(connection: AsyncConnection, limit: int) -> list[Waiting] | None:
    """The changes that are to be published next, in order; None where another relay is at work.

    The caller is the only relay until its transaction ends. Changes of one mission get their places one transaction after the other,
    since each holds the mission's lock: so the order by place is theirs, though places of other missions may turn up late.
    """
    if not await try_lock_relay(connection):
        return None
    found = await connection.execute(select(outbox).order_by(outbox.c.place).limit(limit))
    return [
        Waiting(
            row.place,
            Record(
                MISSION_CHANGES.name,
                row.mission.encode(),
                tuple((name, value.encode()) for name, value in row.headers),
                row.body.encode(),
            ),
        )
        for row in found
    ]


async def acknowledged(connection: AsyncConnection, places: Sequence[int]) -> None:
    """The broker has these: they wait no longer."""
    await connection.execute(delete(outbox).where(outbox.c.place.in_(places)))


async def lag(connection: AsyncConnection) -> Lag:
    """How far downstream is behind the boards."""
    count, oldest = (await connection.execute(select(func.count(), func.min(outbox.c.time)).select_from(outbox))).one()
    names = await connection.scalars(select(mutes.c.name).order_by(mutes.c.name))
    return Lag(count, oldest, tuple(names), len(await is_behind(connection)))


async def mute(connection: AsyncConnection, name: str) -> None:
    """Tell nothing from here on, until `unmute` of the same name."""
    await lock_mutes(connection, alone=True)
    await connection.execute(upsert(mutes).values(name=name).on_conflict_do_nothing())


async def unmute(connection: AsyncConnection, name: str) -> bool:
    """Take back a wish for silence. Gives whether it was there."""
    await lock_mutes(connection, alone=True)
    return bool((await connection.execute(delete(mutes).where(mutes.c.name == name))).rowcount)
