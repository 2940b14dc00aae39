"""Boards in the store: reckoned from what stands, kept whole as JSON, and laid out in rows."""

from datetime import date
from typing import Any

import structlog
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.board import Board
from muster_projection.folds import mission_summary, reckon, standing
from muster_projection.store.claims import claims_of, completions_of
from muster_projection.store.locks import lock_missions
from muster_projection.store.rows import rows
from muster_projection.store.tables import missions

log = structlog.get_logger(__name__)


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


async def reckon_again(connection: AsyncConnection, mission: str) -> None:
    """Put a mission's board and its rows in the place of those that are there. The caller holds the mission's lock.

    A fault in a fold stops neither the consumer nor the other missions, and loses nothing: the claims are kept, and the mission
    says that its board could not be reckoned, and why, until a release mends it. It is no fault of the record that came last, so
    a dead letter would name the wrong one, and which one would hang on the order of arrival.
    """
    await connection.execute(delete(missions).where(missions.c.mission == mission))  # its rows go with it
    try:
        board = await board_as_of(connection, mission)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as fault:
        log.exception("board could not be reckoned", mission=mission)
        await connection.execute(insert(missions).values(mission=mission, failure=f"{type(fault).__name__}: {fault}"))
        return
    if board is None:
        return
    line = mission_summary(board)
    row: dict[str, Any] = {
        "mission": mission,
        "name": board.name,
        "last_told": line.last_told,
        "summary": line.model_dump(mode="json"),
        "board": board.model_dump(mode="json"),
    }
    await connection.execute(insert(missions).values(row))
    for table, laid_out in rows(board):
        if laid_out:
            await connection.execute(insert(table), laid_out)


async def mend(connection: AsyncConnection) -> list[str]:
    """Reckon the boards again that could not be reckoned; a new release may have mended what kept them."""
    failed = sorted(await connection.scalars(select(missions.c.mission).where(missions.c.failure.is_not(None))))
    await lock_missions(connection, failed)
    for mission in failed:
        await reckon_again(connection, mission)
    return failed
