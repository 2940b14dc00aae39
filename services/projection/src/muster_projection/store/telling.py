"""What was told downstream of each mission, and what waits in the outbox to be: written in the transaction that writes the board."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from muster_contracts.changes import (
    ChangeEvent,
    FactEstablished,
    FactRevised,
    FactWithdrawn,
    StatusChanged,
    StatusFigure,
    StatusValue,
    ToldFact,
)
from muster_contracts.codec import encode
from muster_contracts.envelope import Envelope
from muster_contracts.topics import MISSION_CHANGES
from sqlalchemy import ARRAY, Text, and_, any_, cast, delete, func, insert, literal, or_, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.changes import Said, Shown, StatusKey, key_of
from muster_projection.store.changes_tables import mutes, outbox, told, told_missions
from muster_projection.store.locks import lock_mutes
from muster_projection.store.tables import missions

SOURCE = "/muster/projection"

FACT, FIGURE = "fact", "figure"


@dataclass(frozen=True, slots=True)
class Memory:
    """How far downstream was told of a mission, and of how often its board was reckoned."""

    behind: bool = False
    caught_up: int = 0
    cause_id: str | None = None
    cause_time: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """A change, and when its cause entered the log."""

    event: ChangeEvent
    time: datetime
    cause_id: str | None
    """Id of the event that made it, for the envelope; None where none is known."""


async def is_muted(connection: AsyncConnection) -> bool:
    """Whether somebody wants silence, e.g. while a generation is rebuilt; so it stays until the transaction ends."""
    await lock_mutes(connection)
    return bool(await connection.scalar(select(select(mutes.c.name).exists())))


async def memory_of(connection: AsyncConnection, mission: str) -> Memory:
    """How far downstream was told of a mission. The caller holds the mission's lock."""
    row = (await connection.execute(select(told_missions).where(told_missions.c.mission == mission))).one_or_none()
    return Memory(row.behind, row.caught_up, row.cause_id, row.cause_time, row.version) if row is not None else Memory()


async def told_of(connection: AsyncConnection, mission: str) -> Shown:
    """What was told of a mission. The caller holds the mission's lock."""
    found = await connection.execute(
        select(told.c.about, told.c.name, cast(told.c.value, Text).label("value"), told.c.rule, told.c.claim_ids, told.c.claims).where(
            told.c.mission == mission
        )
    )
    facts: dict[UUID, Said[ToldFact]] = {}
    status: dict[StatusKey, Said[StatusValue]] = {}
    for row in found:
        if row.about == FACT:
            facts[UUID(row.name)] = Said(ToldFact.model_validate_json(row.value), row.rule, tuple(row.claim_ids), row.claims)
        else:
            status[_key(row.name)] = Said(StatusValue.model_validate_json(row.value), row.rule, tuple(row.claim_ids), row.claims)
    return Shown(facts, status)


async def tell(connection: AsyncConnection, mission: str, changes: Sequence[Sent]) -> None:
    """Write changes into the outbox, in order, and into what was told. The caller holds the mission's lock, so that the order holds."""
    if not changes:
        return
    await connection.execute(insert(outbox), [_outgoing(mission, sent) for sent in changes])
    last: dict[tuple[str, str], dict[str, Any] | None] = {}
    for sent in changes:
        about, name, value = _about(sent.event)
        last[about, name] = value and {
            "mission": mission,
            "about": about,
            "name": name,
            "value": value,
            "rule": getattr(sent.event, "rule", ""),
            "claim_ids": list(sent.event.claim_ids),
            "claims": sent.event.claims,
        }
    kept = [row for row in last.values() if row]
    gone = [key for key, row in last.items() if not row]
    if kept:
        written = upsert(told)
        columns = {name: written.excluded[name] for name in ("value", "rule", "claim_ids", "claims")}
        await connection.execute(written.on_conflict_do_update(index_elements=["mission", "about", "name"], set_=columns), kept)
    for about in (FACT, FIGURE):
        names = [name for its, name in gone if its == about]
        if names:
            these = any_(literal(names, ARRAY(Text)))  # one parameter: the protocol has 32,767 at most
            await connection.execute(delete(told).where(told.c.mission == mission, told.c.about == about, told.c.name == these))


async def remember(connection: AsyncConnection, mission: str, memory: Memory) -> None:
    """Take note of how far downstream was told of a mission, and of the last event that was folded into its board."""
    values = asdict(memory)
    await connection.execute(
        upsert(told_missions).values(mission=mission, **values).on_conflict_do_update(index_elements=["mission"], set_=values)
    )


async def is_behind(connection: AsyncConnection) -> list[str]:
    """Missions whose boards may show what was not told, by slug: muted, mended, or of an installation that never told anything."""
    found = await connection.scalars(
        select(func.coalesce(missions.c.mission, told_missions.c.mission))
        .select_from(missions.join(told_missions, missions.c.mission == told_missions.c.mission, full=True))
        .where(or_(told_missions.c.behind, and_(told_missions.c.mission.is_(None), missions.c.failure.is_(None))))
    )
    return sorted(found)


def _outgoing(mission: str, sent: Sent) -> dict[str, Any]:
    event = sent.event
    envelope = Envelope(str(event.change_id), SOURCE, event.type, sent.time, mission, sent.cause_id)
    record = encode(event, envelope, MISSION_CHANGES, key=mission)
    return {
        "mission": mission,
        "change_id": event.change_id,
        "headers": [[name, value.decode()] for name, value in record.headers],
        "body": (record.value or b"").decode(),
        "time": sent.time,
    }


def _about(event: ChangeEvent) -> tuple[str, str, dict[str, Any] | None]:
    """What a change is about, and what is told of that from now on: None where nothing is."""
    match event:
        case FactEstablished(fact=fact) | FactRevised(after=fact):
            return FACT, str(fact.fact_id), fact.model_dump(mode="json")
        case FactWithdrawn(fact=fact):
            return FACT, str(fact.fact_id), None
        case StatusChanged(after=value):
            return FIGURE, json.dumps(list(key_of(event)), ensure_ascii=False), value.model_dump(mode="json") if value else None


def _key(name: str) -> StatusKey:
    figure, contributor, item = json.loads(name)
    return StatusKey(StatusFigure(figure), contributor, item)
