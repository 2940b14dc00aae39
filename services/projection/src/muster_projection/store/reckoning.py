"""Boards reckoned again: from what is kept, event by event, with what each event changed told downstream."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog
from muster_contracts.claims import ExtractionCompleted
from muster_contracts.envelope import Envelope
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.changes import Cause, Shown, differences, initial, shown
from muster_projection.folds import Course, Memo
from muster_projection.store.boards import drop_board, keep_board, keep_failure
from muster_projection.store.catching_up import catching_up
from muster_projection.store.claims import claims_of, completions_for, completions_of
from muster_projection.store.live import Live, Lives
from muster_projection.store.locks import lock_missions
from muster_projection.store.news import Told
from muster_projection.store.tables import missions
from muster_projection.store.telling import Memory, Sent, memory_of, remember, tell, told_of

log = structlog.get_logger(__name__)


async def reckon_again(
    connection: AsyncConnection, mission: str, news: Sequence[Told] = (), *, muted: bool = False, lives: Lives | None = None
) -> None:
    """Put a mission's board and its rows in the place of those that are there, and tell what changed. The caller holds the mission's lock.

    A fault in a fold stops neither the consumer nor the other missions, and loses nothing: the claims are kept, and the mission
    says that its board could not be reckoned, and why, until a release mends it. It is no fault of the record that came last, so
    a dead letter would name the wrong one, and which one would hang on the order of arrival. What it would have changed is told
    once the board can be reckoned again: in this transaction, as one difference, where only a board on the way could not be.

    Args:
        news: the events that were kept just now, in the order of the log; none where the board is only to be reckoned again.
        muted: tell nothing; what differs is told later, at once.
        lives: missions that this process keeps; None: it keeps none, and reads the mission from its first claim.
    """
    lives = lives or Lives()
    memory = await memory_of(connection, mission)
    live = lives.take(mission, memory.version) if news else None
    if live:
        await _introduce(connection, live.course, news)
    known = live.shown if live and not memory.behind else None
    told = initial() if muted else known or await told_of(connection, mission)  # muted: nothing is compared with it
    laid = live.laid if live else None
    try:
        walked = _walk(mission, live or await _read(connection, mission, without=news), news, told, memory, muted=muted)
    except FAULTS:
        # On the way, or at its end? A board must not hang on the way to it.
        log.exception("changes could not be told", mission=mission)
        laid = None  # the walk at once has no steps to say whether the board that is there is still this one
        try:
            walked = await _walk_at_once(connection, mission, news, told, memory, muted=muted)
        except FAULTS as fault:
            log.exception("board could not be reckoned", mission=mission)
            await keep_failure(connection, mission, fault)
            await remember(connection, mission, replace(memory, behind=True, version=memory.version + 1))
            return
    await tell(connection, mission, walked.changes)
    await remember(connection, mission, walked.memory)
    after = walked.live
    if after.board is None:
        await drop_board(connection, mission)
        laid = None
    elif laid is None or walked.stepped:  # else the board that is there is this one
        laid = await keep_board(connection, after.board, laid)
    lives.put(mission, replace(after, laid=laid))


FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What a fault in a fold raises. What the database raises is none of these, and is not caught."""


@dataclass(frozen=True, slots=True)
class Walked:
    """Where a walk through the news ended."""

    live: Live
    changes: list[Sent]
    memory: Memory
    stepped: bool
    """Some event changed what stands."""


def _walk(mission: str, live: Live, news: Sequence[Told], told: Shown, memory: Memory, *, muted: bool) -> Walked:
    """From the board before the news to the one after it, a step for each event that changes what stands."""
    course, memo = live.course, live.memo
    news = _its_own(course, news)
    board, before = live.board, live.shown
    changes = [] if muted else catching_up(mission, told, memory, board, before)
    caught_up = memory.caught_up + bool(changes)
    last: Envelope | None = None
    stepped = False
    for one in news:
        because = course.hear(one.event)
        stepped = stepped or because is not None
        if course.concerns(one.event):
            last = one.envelope
        if because and not muted:
            board = course.board()
            after = shown(board, memo)
            cause = Cause(because, one.envelope.id, one.event.article)
            changes += [Sent(event, one.envelope.time, one.envelope.id) for event in differences(mission, before, after, cause)]
            before = after
    if muted:
        board = course.board()
        before = shown(board, memo)
    cause_id, cause_time = (last.id, last.time) if last else (memory.cause_id, memory.cause_time)
    now = Memory(muted, caught_up, cause_id, cause_time, memory.version + 1)
    return Walked(Live(now.version, course, board, before, memo, None), changes, now, stepped)


async def _walk_at_once(
    connection: AsyncConnection, mission: str, news: Sequence[Told], told: Shown, memory: Memory, *, muted: bool
) -> Walked:
    """To the board after the news in one step, with what differs told as catching up; in silence where that can't be told either."""
    live = await _read(connection, mission)
    last = next((one.envelope for one in reversed(news) if live.course.concerns(one.event)), None)
    if last:
        memory = replace(memory, cause_id=last.id, cause_time=last.time)
    if not muted:
        try:
            return _walk(mission, live, (), told, memory, muted=False)
        except FAULTS:
            log.exception("what differs could not be told", mission=mission)
            live = await _read(connection, mission)
    return _walk(mission, live, (), told, memory, muted=True)


def _its_own(course: Course, news: Sequence[Told]) -> list[Told]:
    """What of the news is the mission's: a course keeps the readings that it hears, and a batch touches many missions."""
    new = course.strangers(one.event for one in news)  # a mended claim may follow its completion
    return [
        one
        for one in news
        if course.concerns(one.event) or (isinstance(one.event, ExtractionCompleted) and one.event.article.article_id in new)
    ]


async def _read(connection: AsyncConnection, mission: str, *, without: Sequence[Told] = ()) -> Live:
    """The mission by what is kept; `without` the news, as it was before them."""
    claim_ids = {told.event.claim_id for told in without if not isinstance(told.event, ExtractionCompleted)}
    completion_ids = {told.event.completion_id for told in without if isinstance(told.event, ExtractionCompleted)}
    course = Course(
        mission,
        [claim for claim in await claims_of(connection, mission) if claim.claim_id not in claim_ids],
        [each for each in await completions_of(connection, mission) if each.completion_id not in completion_ids],
    )
    board, memo = course.board(), Memo()
    return Live(0, course, board, shown(board, memo), memo, None)


async def _introduce(connection: AsyncConnection, course: Course, news: Sequence[Told]) -> None:
    """Let a kept mission hear how articles were read before that tell of it for the first time now."""
    strangers = course.strangers(one.event for one in news)
    if strangers:
        new = {one.event.completion_id for one in news if isinstance(one.event, ExtractionCompleted)}
        for completion in await completions_for(connection, strangers):
            if completion.completion_id not in new:
                course.hear(completion)


async def mend(connection: AsyncConnection, *, muted: bool = False) -> list[str]:
    """Reckon the boards again that could not be reckoned; a new release may have mended what kept them."""
    failed = sorted(await connection.scalars(select(missions.c.mission).where(missions.c.failure.is_not(None))))
    await lock_missions(connection, failed)
    for mission in failed:
        await reckon_again(connection, mission, muted=muted)
    return failed
