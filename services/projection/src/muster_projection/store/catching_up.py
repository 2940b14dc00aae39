"""Telling at once what was not told when it came about: while changes were muted, or before this installation told any."""

from datetime import UTC, date, datetime

from muster_contracts.changes import Because
from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.board import Board
from muster_projection.changes import Cause, differences, shown
from muster_projection.store.locks import lock_missions
from muster_projection.store.tables import missions
from muster_projection.store.telling import Memory, Sent, is_behind, remember, tell, told_of


def catching_up(mission: str, memory: Memory, board: Board | None) -> list[Sent]:
    """What a board shows and downstream was not told: after silence, after a fault was mended, after a release that reckons otherwise.

    No event made it: its time is that of the last event on the mission, where that is known, and the day of its latest news else.
    """
    newest = board.valid_at if board else date.min
    time = memory.cause_time or datetime.combine(newest, datetime.min.time(), tzinfo=UTC)
    cause = Cause(Because.RECKONED_AGAIN, f"{memory.caught_up}/{memory.cause_id or ''}")
    return [Sent(event, time, memory.cause_id) for event in differences(mission, memory.shown, shown(board), cause)]


async def catch_up(connection: AsyncConnection) -> int:
    """Tell what was not told while changes were muted, or before this installation told any; how many changes that makes."""
    behind = await is_behind(connection)
    await lock_missions(connection, behind)
    count = 0
    for mission in behind:
        memory = await told_of(connection, mission)
        kept = (
            await connection.execute(
                select(missions.c.failure, cast(missions.c.board, Text).label("board")).where(missions.c.mission == mission)
            )
        ).one_or_none()
        if kept is not None and kept.failure is not None:
            continue
        board = Board.model_validate_json(kept.board) if kept is not None else None
        changes = catching_up(mission, memory, board)
        await tell(connection, mission, changes)
        await remember(
            connection,
            mission,
            behind=False,
            caught_up=memory.caught_up + bool(changes),
            cause_id=memory.cause_id,
            cause_time=memory.cause_time,
        )
        count += len(changes)
    return count
