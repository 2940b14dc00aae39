"""What the read side asks the store."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.board import Board, Fact, MissionSummary
from muster_projection.store.boards import board_as_of, kept_board
from muster_projection.store.tables import claims, facts, missions


@dataclass(frozen=True, slots=True)
class Failed:
    """A mission without a board."""

    mission: str
    failure: str


async def mission_lines(connection: AsyncConnection) -> tuple[list[MissionSummary], list[Failed]]:
    """All missions in one line each, those last in the news first; and those whose boards could not be reckoned."""
    found = await connection.execute(
        select(missions.c.mission, missions.c.failure, cast(missions.c.summary, Text).label("summary")).order_by(
            missions.c.last_told.desc().nulls_last(), missions.c.mission
        )
    )
    lines, failed = [], []
    for row in found:
        if row.failure is not None:
            failed.append(Failed(row.mission, row.failure))
        else:
            lines.append(MissionSummary.model_validate_json(row.summary))
    return lines, failed


async def board_of(connection: AsyncConnection, mission: str, valid_at: date | None, known_at: date | None) -> Board | None:
    """A mission's board: the one that is kept, or, asked for a day, one that is reckoned for it.

    Raises:
        BoardFailed: it could not be reckoned.
    """
    if valid_at or known_at:
        return await board_as_of(connection, mission, valid_at=valid_at, known_at=known_at)
    return await kept_board(connection, mission)


async def fact_of(connection: AsyncConnection, fact_id: UUID) -> Fact | None:
    """A fact with all its citations."""
    payload = await connection.scalar(
        select(cast(facts.c.payload, Text)).where(facts.c.fact_id == fact_id).order_by(facts.c.mission).limit(1)
    )
    return Fact.model_validate_json(payload) if payload is not None else None


async def is_told_of(connection: AsyncConnection, mission: str) -> bool:
    """Whether any claim on a mission was ever read, standing or not."""
    return bool(await connection.scalar(select(select(claims.c.claim_id).where(claims.c.mission == mission).exists())))
