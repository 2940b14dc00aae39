"""Boards reckoned again: from what is kept, event by event, with what each event changed told downstream."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from muster_contracts.claims import ExtractionCompleted
from muster_contracts.envelope import Envelope
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.board import Board
from muster_projection.changes import Cause, differences, initial, shown
from muster_projection.folds import Course, board_from
from muster_projection.store.boards import drop_board, keep_board, keep_failure
from muster_projection.store.catching_up import catching_up
from muster_projection.store.claims import claims_of, completions_of
from muster_projection.store.locks import lock_missions
from muster_projection.store.news import Told
from muster_projection.store.tables import missions
from muster_projection.store.telling import Memory, Sent, remember, tell, told_of

log = structlog.get_logger(__name__)


async def reckon_again(connection: AsyncConnection, mission: str, news: Sequence[Told] = (), *, muted: bool = False) -> None:
    """Put a mission's board and its rows in the place of those that are there, and tell what changed. The caller holds the mission's lock.

    A fault in a fold stops neither the consumer nor the other missions, and loses nothing: the claims are kept, and the mission
    says that its board could not be reckoned, and why, until a release mends it. It is no fault of the record that came last, so
    a dead letter would name the wrong one, and which one would hang on the order of arrival. What it would have changed is told
    once the board can be reckoned again.

    Args:
        news: the events that were kept just now, in the order of the log; none where the board is only to be reckoned again.
        muted: tell nothing; what differs is told later, at once.
    """
    memory = await told_of(connection, mission)
    await drop_board(connection, mission)
    try:
        course = await _course(connection, mission, without=news)
        walked = _walk(mission, course, news, memory, muted=muted)
    except FAULTS:
        # On the way, or at its end? A board must not hang on the way to it.
        log.exception("changes could not be told", mission=mission)
        try:
            walked = _walk(mission, await _course(connection, mission), (), memory, muted=True)
        except FAULTS as fault:
            log.exception("board could not be reckoned", mission=mission)
            await keep_failure(connection, mission, fault)
            walked = Walked(None, [], behind=True, caught_up=memory.caught_up, last=None)
    await tell(connection, mission, walked.changes)
    cause_id, cause_time = (walked.last.id, walked.last.time) if walked.last else (memory.cause_id, memory.cause_time)
    await remember(connection, mission, behind=walked.behind, caught_up=walked.caught_up, cause_id=cause_id, cause_time=cause_time)
    if walked.board is not None:
        await keep_board(connection, walked.board)


FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a fault in a fold raises. What the database raises is none of these, and is not caught."""


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a walk through the news ended."""

    board: Board | None
    changes: list[Sent]
    behind: bool
    caught_up: int
    last: Envelope | None
    """Of the last event that concerns the mission."""


def _walk(mission: str, course: Course, news: Sequence[Told], memory: Memory, *, muted: bool) -> Walked:
    """From the board before the news to the one after it, a step for each event that changes what stands."""
    last: Envelope | None = None
    changes: list[Sent] = []
    before = initial()
    if not muted:
        board = _board(mission, course)
        changes = catching_up(mission, memory, board)
        before = shown(board)
    caught_up = memory.caught_up + bool(changes)
    for told in news:
        because = course.hear(told.event)
        if course.concerns(told.event):
            last = told.envelope
        if because and not muted:
            after = shown(_board(mission, course))
            cause = Cause(because, told.envelope.id, told.event.article)
            changes += [Sent(event, told.envelope.time, told.envelope.id) for event in differences(mission, before, after, cause)]
            before = after
    return Walked(_board(mission, course), changes, behind=muted, caught_up=caught_up, last=last)


async def _course(connection: AsyncConnection, mission: str, *, without: Sequence[Told] = ()) -> Course:
    """The mission's course by what is kept; `without` the news, as it was before them."""
    claim_ids = {told.event.claim_id for told in without if not isinstance(told.event, ExtractionCompleted)}
    completion_ids = {told.event.completion_id for told in without if isinstance(told.event, ExtractionCompleted)}
    return Course(
        mission,
        [claim for claim in await claims_of(connection, mission) if claim.claim_id not in claim_ids],
        [each for each in await completions_of(connection, mission) if each.completion_id not in completion_ids],
    )


def _board(mission: str, course: Course) -> Board | None:
    board = board_from(mission, course.ledger.facts())
    return board if board.facts else None


async def mend(connection: AsyncConnection, *, muted: bool = False) -> list[str]:
    """Reckon the boards again that could not be reckoned; a new release may have mended what kept them."""
    failed = sorted(await connection.scalars(select(missions.c.mission).where(missions.c.failure.is_not(None))))
    await lock_missions(connection, failed)
    for mission in failed:
        await reckon_again(connection, mission, muted=muted)
    return failed
