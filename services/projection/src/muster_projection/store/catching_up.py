"""Telling at once what was not told when it came about: while changes were muted, or before this installation told any."""

from dataclasses import replace
from datetime import UTC, date, datetime

from muster_contracts.changes import Because
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.board import Board
from muster_projection.changes import Cause, Shown, differences, shown
from muster_projection.store.boards import BoardFailed, kept_board
from muster_projection.store.locks import lock_missions
from muster_projection.store.telling import Memory, Sent, is_behind, memory_of, remember, tell, told_of


def catching_up(mission: str, told: Shown, memory: Memory, board: Board | None, now: Shown) -> list[Sent]:
    """What a board shows and downstream was not told: after silence, after a fault was mended, after a release that reckons otherwise.

    No event made it: its time is that of the last event on the mission, where that is known, and the day of its latest news else.
    """
    newest = board.valid_at if board else date.min
    time = memory.cause_time or datetime.combine(newest, datetime.min.time(), tzinfo=UTC)
    cause = Cause(Because.RECKONED_AGAIN, f"{memory.caught_up}/{memory.cause_id or ''}")
    return [Sent(event, time, memory.cause_id) for event in differences(mission, told, now, cause)]


async def catch_up(connection: AsyncConnection) -> int:
    """Tell what was not told while changes were muted, or before this installation told any; how many changes that makes."""
    behind = await is_behind(connection)
    await lock_missions(connection, behind)
    count = 0
    for mission in behind:
        memory = await memory_of(connection, mission)
        try:
            board = await kept_board(connection, mission)
        except BoardFailed:
            continue
        changes = catching_up(mission, await told_of(connection, mission), memory, board, shown(board))
        await tell(connection, mission, changes)
        caught_up = memory.caught_up + bool(changes)
        await remember(connection, mission, replace(memory, behind=False, caught_up=caught_up, version=memory.version + 1))
        count += len(changes)
    return count
