"""Boards in the store: reckoned from what stands, kept whole as JSON, and laid out in rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, any_, cast, delete, insert, literal, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.board import Board, Fact
from muster_projection.board.base import BoardModel
from muster_projection.folds import mission_summary, reckon, standing
from muster_projection.store.claims import claims_of, completions_of
from muster_projection.store.rows import Row, fact_rows, status_rows
from muster_projection.store.tables import facts, missions


async def board_as_of(
    connection: AsyncConnection, mission: str, *, valid_at: date | None = None, known_at: date | None = None
) -> Board | None:
    """The board as it stands on the log, reckoned anew.

    Args:
        valid_at: as far as had come about in the world by this day; None: by the day of the latest news on the mission.
        known_at: as far as was public on this day; None: everything.

    Returns:
        None where no claim on the mission stands, or none that asserts anything.
    """
    stands = standing(await completions_of(connection, mission), await claims_of(connection, mission), known_at)
    # No clock: a board without a day is as of its latest news, so that a rebuild makes the same bytes on any day.
    board = reckon(mission, [claim for claim in stands if claim.mission == mission], valid_at=valid_at, known_at=known_at)
    return board if board.facts or (valid_at and stands) else None


class BoardFailed(Exception):
    """A fault of the program keeps this mission's board from being reckoned."""


async def kept_board(connection: AsyncConnection, mission: str) -> Board | None:
    """A mission's board as it is kept.

    Raises:
        BoardFailed: it could not be reckoned.
    """
    found = (await connection.execute(KEPT, {"mission": mission})).one_or_none()
    if found is None:
        return None
    if found.failure is not None:
        raise BoardFailed(found.failure)
    told = tuple(Fact.model_validate_json(payload) for payload in found.facts)
    return Board.model_validate_json(found.board).model_copy(update={"facts": told})


KEPT = text(
    """
    SELECT failure, board::text AS board, ARRAY(
        SELECT facts.payload::text FROM unnest(missions.fact_ids) WITH ORDINALITY AS its (fact_id, place)
        JOIN board.facts ON facts.mission = missions.mission AND facts.fact_id = its.fact_id ORDER BY its.place
    ) AS facts
    FROM board.missions WHERE mission = :mission
    """
)
"""One statement, so that board and facts are of one moment while others write."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A board as it was laid out in the store last."""

    facts: dict[UUID, Fact]
    rows: dict[str, list[Row]]
    """By table; facts and their claims aside."""


async def keep_board(connection: AsyncConnection, board: Board, before: Laid | None) -> Laid:
    """Put a mission's board and its rows in the place of those that are there.

    Args:
        before: what is there, where the caller knows: then only what differs is written. None: nothing is taken for known.
    """
    if before is None:
        await drop_board(connection, board.mission)
    line = mission_summary(board)
    row: dict[str, Any] = {
        "name": board.name,
        "last_told": line.last_told,
        "summary": _json(line),
        "board": _json(board.model_copy(update={"facts": ()})),
        "fact_ids": [fact.fact_id for fact in board.facts],
        "failure": None,
    }
    written = upsert(missions).values(mission=board.mission, **row)
    await connection.execute(written.on_conflict_do_update(index_elements=["mission"], set_=row))
    known = before.facts if before else {}
    now = {fact.fact_id: fact for fact in board.facts}
    gone = [fact_id for fact_id, fact in known.items() if now.get(fact_id) is not fact]
    if gone:
        these = any_(literal(gone, ARRAY(Uuid)))  # one parameter: the protocol has 32,767 at most
        await connection.execute(delete(facts).where(facts.c.mission == board.mission, facts.c.fact_id == these))  # its claims go with it
    come = [fact for fact_id, fact in now.items() if known.get(fact_id) is not fact]
    for table, laid_out in fact_rows(board.mission, come):
        if laid_out:
            await connection.execute(insert(table), laid_out)
    kept: dict[str, list[Row]] = {}
    for table, laid_out in status_rows(board):
        kept[table.name] = laid_out
        if before is not None and before.rows[table.name] == laid_out:
            continue
        if before is not None and before.rows[table.name]:
            await connection.execute(delete(table).where(table.c.mission == board.mission))
        if laid_out:
            await connection.execute(insert(table), laid_out)
    return Laid(now, kept)


def _json(model: BoardModel) -> ColumnElement[Any]:
    return cast(literal(model.model_dump_json(), Text), JSONB)


async def drop_board(connection: AsyncConnection, mission: str) -> None:
    """Take a mission's board away, with its rows."""
    await connection.execute(delete(missions).where(missions.c.mission == mission))  # its rows go with it


async def keep_failure(connection: AsyncConnection, mission: str, fault: Exception) -> None:
    """Say in the place of a mission's board why it could not be reckoned."""
    await drop_board(connection, mission)
    await connection.execute(insert(missions).values(mission=mission, failure=f"{type(fault).__name__}: {fault}"))
