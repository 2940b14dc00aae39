"""Boards in the store: reckoned from what stands, kept whole as JSON, and laid out in rows."""

from datetime import date
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.board import Board
from muster_projection.folds import mission_summary, reckon, standing
from muster_projection.store.claims import claims_of, completions_of
from muster_projection.store.rows import rows
from muster_projection.store.tables import missions


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


async def drop_board(connection: AsyncConnection, mission: str) -> None:
    """Take a mission's board away, with its rows."""
    await connection.execute(delete(missions).where(missions.c.mission == mission))  # its rows go with it


async def keep_board(connection: AsyncConnection, board: Board) -> None:
    """Keep a board whole, and its rows. The mission has none: see `drop_board`."""
    line = mission_summary(board)
    row: dict[str, Any] = {
        "mission": board.mission,
        "name": board.name,
        "last_told": line.last_told,
        "summary": line.model_dump(mode="json"),
        "board": board.model_dump(mode="json"),
    }
    await connection.execute(insert(missions).values(row))
    for table, laid_out in rows(board):
        if laid_out:
            await connection.execute(insert(table), laid_out)


async def keep_failure(connection: AsyncConnection, mission: str, fault: Exception) -> None:
    """Say in the place of a mission's board why it could not be reckoned."""
    await connection.execute(insert(missions).values(mission=mission, failure=f"{type(fault).__name__}: {fault}"))
