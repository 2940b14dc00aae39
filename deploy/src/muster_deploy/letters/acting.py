"""What an operator does to letters: sends them back, as they are or changed, or closes them. Every act is on the log before it counts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from aiokafka.errors import KafkaError
from muster_contracts.acts import LetterDiscarded, LetterEdited, LetterRetried, Place
from muster_contracts.codec import Record, encode
from muster_contracts.envelope import Envelope, Position
from muster_contracts.ids import act_id
from muster_contracts.topics import OPERATOR_ACTS
from muster_contracts.transport.dead_letters import NO_LETTER, DeadLetter, sent_back
from muster_contracts.transport.publisher import Publisher

from muster_deploy.errors import OperatorError
from muster_deploy.letters.ledger import Case
from muster_deploy.letters.letter import BOXES
from muster_deploy.letters.reading import whole_letters
from muster_deploy.letters.states import State
from muster_deploy.log_reading import LogReader

T = TypeVar("T")

SOURCE: Final = "/muster/dlq"
TOGETHER: Final = 500  # letters that are sent, acknowledged and put on record together; a kill leaves at most so many sent and not told
TOGETHER_BYTES: Final = 8 * 1024 * 1024
HEADERS_ROOM: Final = 1024  # bytes: what a replay adds, and what a record has around its parts


@dataclass(frozen=True)
class Operator:
    """Who acts, why, and by which clock."""

    by: str
    why: str | None
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one letter."""

    letter: Position
    sent_to: Position | None = None
    replays: int | None = None
    left: str | None = None
    """Why nothing was done with it."""


Tell = Callable[[list[Done]], None]


def refusal(case: Case, *, named: bool, force: bool, edited: bool = False) -> str | None:
    """Why a letter isn't sent back, or None where it is.

    Args:
        named: it was asked for by its id, not among others.
        force: send whatever its state is.
        edited: it is sent with changes. That is what a parked letter waits for.
    """
    if force:
        return None
    if case.letter.reason == NO_LETTER:
        return "no consumer of ours put it there"
    match case.state:
        case State.PARKED if not edited:
            return f"parked: it failed again after {case.replays} replays (--force sends it)"
        case State.RETURNED:
            return f"it was sent back and failed again: {case.returned_as} stands for it"
        case State.DISCARDED:
            return f"{case.acts[-1].by} discarded it: {case.acts[-1].why}"
        case State.RETRIED if not named:
            return "it was sent back already"
        case State.RETRIED if case.replays >= case.limit and not edited:
            return f"it was sent back {case.replays} times already (--force sends it)"
    return None


async def retry(
    log: LogReader, publisher: Publisher, cases: Iterable[Case], operator: Operator, tell: Tell, *, force: bool = False
) -> None:
    """Send letters' records back to their topics, batch by batch, each batch with its acts.

    Args:
        tell: takes what became of a batch once it is on record, also where a cancellation ends the work with it.

    Raises:
        OperatorError: the broker refused a batch; what came before it is done.
    """

    async def send() -> None:
        tell(await _send(publisher, batch, operator, force=force))

    wanted = {case.letter.id: case for case in cases}
    batch: list[tuple[Case, DeadLetter]] = []
    size = 0
    async for letter in whole_letters(log, wanted):
        batch.append((wanted[letter.position], letter))
        size += len(letter.body or b"")
        if len(batch) >= TOGETHER or size >= TOGETHER_BYTES:
            await _whole(send())
            batch, size = [], 0
    if batch:
        await _whole(send())


async def edit(
    publisher: Publisher, case: Case, edited: DeadLetter, changed: tuple[str, ...], operator: Operator, *, force: bool = False
) -> Done:
    """Send a letter's record to its topic with changes. The letter on the log stays as it is.

    Args:
        edited: the letter with the changes in it.
        changed: what they are.
    """
    done = await _whole(_send(publisher, [(case, edited)], operator, force=force, changed=changed))
    return done[0]


async def discard(publisher: Publisher, cases: Sequence[Case], operator: Operator, tell: Tell) -> None:
    """Close letters, batch by batch. Arguments and errors are those of `retry`."""

    async def close(batch: Sequence[Case]) -> None:
        at = operator.now()
        acts = [_recorded(LetterDiscarded(**_common("letter-discarded.v1", case, operator, at), why=operator.why or "")) for case in batch]
        await _publish(publisher, acts)
        tell([Done(case.letter.id) for case in batch])

    for first in range(0, len(cases), TOGETHER):
        await _whole(close(cases[first : first + TOGETHER]))


async def _send(
    publisher: Publisher,
    batch: Sequence[tuple[Case, DeadLetter]],
    operator: Operator,
    *,
    force: bool,
    changed: tuple[str, ...] | None = None,
) -> list[Done]:
    origins = {box.letters.name: box.origin for box in BOXES}
    done: list[Done] = []
    going: list[tuple[Case, Record]] = []
    for case, letter in batch:
        topic = origins[letter.position.topic]
        record = sent_back(letter, topic, case.replays + 1)
        if letter.left_out and letter.body is None:
            done.append(Done(case.letter.id, left=f"its record is no longer at {letter.origin}"))
        elif _size(record) + HEADERS_ROOM > topic.max_message_bytes:
            done.append(Done(case.letter.id, left=f"it is too large for {topic.name}"))
        else:
            going.append((case, record))
    places = await _publish(publisher, [record for _, record in going])
    at = operator.now()
    acts: list[Record] = []
    for (case, _), sent_to in zip(going, places, strict=True):
        replays = case.replays + 1
        told = {"why": operator.why, "sent_to": _place(sent_to), "replays": replays, "forced": force}
        if changed is None:
            acts.append(_recorded(LetterRetried(**_common("letter-retried.v1", case, operator, at), **told)))
        else:
            acts.append(_recorded(LetterEdited(**_common("letter-edited.v1", case, operator, at), **told, changed=changed)))
        done.append(Done(case.letter.id, sent_to, replays))
    await _publish(publisher, acts)
    return done


async def _whole(work: Coroutine[Any, Any, T]) -> T:
    """Finish a batch even where Ctrl-C comes: what was sent is then on record too."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        if not task.cancelled():
            task.exception()  # the cancellation is what is told; looked at, so that the loop doesn't tell of it as lost
        raise


async def _publish(publisher: Publisher, records: Sequence[Record]) -> list[Position]:
    try:
        return await publisher.publish(records)
    except (KafkaError, OSError) as error:
        raise OperatorError(
            f"Kafka refused {len(records)} records for {records[0].topic}: {error or type(error).__name__}.",
            remedy="See whether it runs (`muster ps`), then run the command again: what was sent twice counts once.",
        ) from error


def _common(act: str, case: Case, operator: Operator, at: datetime) -> dict[str, Any]:
    letter = case.letter
    return {
        "act_id": act_id(act, str(letter.id), at.isoformat()),
        "letter": _place(letter.id),
        "origin": _place(letter.subject.record),
        "consumer": letter.consumer,
        "reason": letter.reason,
        "by": operator.by,
        "at": at,
    }


def _recorded(act: LetterRetried | LetterEdited | LetterDiscarded) -> Record:
    envelope = Envelope(id=str(act.act_id), source=SOURCE, type=act.type, time=act.at)
    return encode(act, envelope, OPERATOR_ACTS, key=str(act.letter))


def _place(one: Position) -> Place:
    return Place(topic=one.topic, partition=one.partition, offset=one.offset)


def _size(record: Record) -> int:
    return len(record.value or b"") + len(record.key or b"") + sum(len(name) + len(value or b"") + 8 for name, value in record.headers)
