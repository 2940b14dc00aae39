"""Letters and acts off the log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from aiokafka import TopicPartition
from muster_contracts.acts import LetterAct
from muster_contracts.envelope import Position
from muster_contracts.errors import RecordError
from muster_contracts.topics import OPERATOR_ACTS
from muster_contracts.transport.dead_letters import DeadLetter, filled, read_letter
from muster_contracts.transport.records import read

from muster_deploy.letters.ledger import Ledger
from muster_deploy.letters.letter import BOXES, Box, short
from muster_deploy.log_reading import LogReader

FAR: Final = 2000
"""Records that are read over rather than sought past: a seek throws away what the client has already fetched."""

Progress = Callable[[int, int], None]
"""Is told how many records have been read, and how many there are."""


async def read_ledger(
    log: LogReader, boxes: Sequence[Box], *, limit: int, since: datetime | None = None, progress: Progress = lambda _done, _all: None
) -> Ledger:
    """All acts, and the letters of some topics.

    Args:
        limit: how many times a record may be sent back before it is parked.
        since: letters that were buried earlier are left out.

    Raises:
        OperatorError: the broker lacks a topic.
    """
    ledger = Ledger(limit)
    acts = await log.whole(await log.partitions([OPERATOR_ACTS.name]))
    letters = await log.whole(await log.partitions([box.letters.name for box in boxes]), since=since)
    count = sum(end - start for start, end in [*acts.values(), *letters.values()])
    done = 0
    async for batch in log.records(acts):
        for record in batch:
            try:
                told = read(OPERATOR_ACTS, record).event
            except RecordError:
                continue  # not ours, or of a newer release: `muster tail operator-acts` shows it
            if isinstance(told, LetterAct):
                ledger.tell(told)
        done += len(batch)
        progress(done, count)
    by_topic = {box.letters.name: box for box in boxes}
    async for batch in log.records(letters):
        for record in batch:
            box = by_topic[record.topic]
            ledger.add(short(read_letter(record, box.consumer), box.letters.name))
        done += len(batch)
        progress(done, count)
    return ledger


async def whole_letters(log: LogReader, wanted: Iterable[Position]) -> AsyncIterator[DeadLetter]:
    """Letters with their bodies, one after the other, by topic, partition and offset. Those too large for a letter come last."""
    offsets: dict[TopicPartition, list[int]] = defaultdict(list)
    for one in wanted:
        offsets[TopicPartition(one.topic, one.partition)].append(one.offset)
    consumers = {box.letters.name: box.consumer for box in BOXES}
    left_out: list[DeadLetter] = []
    for place in sorted(offsets):
        for run in runs(sorted(offsets[place])):
            chosen = set(run)
            async for batch in log.records({place: (run[0], run[-1] + 1)}):
                for record in batch:
                    if record.offset in chosen:
                        letter = read_letter(record, consumers[place.topic])
                        if letter.left_out:
                            left_out.append(letter)
                        else:
                            yield letter
    for letter in left_out:
        origin = letter.origin
        record = await log.record(TopicPartition(origin.topic, origin.partition), origin.offset) if origin is not None else None
        yield letter if record is None else filled(letter, record)


def runs(offsets: Sequence[int]) -> list[list[int]]:
    """Sorted offsets in runs that are read at one go."""
    found: list[list[int]] = []
    for offset in offsets:
        if found and offset - found[-1][-1] < FAR:
            found[-1].append(offset)
        else:
            found.append([offset])
    return found
