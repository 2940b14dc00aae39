"""The records of a topic as they come: what is there already in the order of its times, then what is new."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from typing import Any

from aiokafka import TopicPartition

from muster_deploy.log_reading import POLL_MS, LogReader, Stretch


async def tail(log: LogReader, stretch: Stretch, *, follow: bool) -> AsyncIterator[Any | None]:
    """The records of a topic from where a stretch begins.

    What stands in the log up to the stretch's end comes in the order of the records' timestamps, whatever their partitions; what comes
    later, as it comes.

    Args:
        follow: go on with what is new, for ever.

    Yields:
        A record, or None where nothing has come for a moment: the time to look whether anybody still reads.
    """
    if not stretch:
        return
    log.client.assign(list(stretch))
    for place, (start, _) in stretch.items():
        log.client.seek(place, start)
    async for record in _merged(log, stretch, follow=follow):
        yield record
    while follow:
        come = [record for records in (await log.client.getmany(timeout_ms=POLL_MS)).values() for record in records]
        for record in sorted(come, key=_in_time):
            yield record
        if not come:
            yield None


async def _merged(log: LogReader, stretch: Stretch, *, follow: bool) -> AsyncIterator[Any | None]:
    waiting: dict[TopicPartition, deque[Any]] = {place: deque() for place, (start, end) in stretch.items() if start < end}
    unread = set(waiting)  # of these more will come before the stretch ends
    while waiting:
        # The earliest of all is known once each partition shows its next; only those that don't are asked, so little is held.
        if asked := [place for place in unread if not waiting[place]]:
            come = await log.client.getmany(*asked, timeout_ms=POLL_MS)
            for place, records in come.items():
                waiting[place].extend(record for record in records if follow or record.offset < stretch[place][1])
            for place in asked:
                if await log.client.position(place) >= stretch[place][1]:
                    unread.discard(place)
            if not come:
                yield None
            continue
        for place in [place for place in waiting if not waiting[place]]:
            del waiting[place]
        if waiting:
            yield min(waiting.values(), key=lambda records: _in_time(records[0])).popleft()


def _in_time(record: Any) -> tuple[int, int, int]:
    return (record.timestamp, record.partition, record.offset)
