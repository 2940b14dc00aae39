"""Reading topics from the log: any stretch of them, without a group and without moving anybody's offsets."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from muster_contracts.topics import TOPICS

from muster_deploy.errors import NotRunning, OperatorError

POLL_MS: Final = 200
LARGEST: Final = max(topic.max_message_bytes for topic in TOPICS)
Stretch = Mapping[TopicPartition, tuple[int, int]]
"""For each partition the first offset to read, and the one to end before."""


class LogReader:
    """Reads the log. Use as `async with`.

    Raises:
        NotRunning: no broker answers at the address.
    """

    def __init__(self, bootstrap: str, *, client_id: str) -> None:
        self._bootstrap = bootstrap
        self._admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, client_id=client_id)
        self.client = AIOKafkaConsumer(
            bootstrap_servers=bootstrap,
            client_id=client_id,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=LARGEST,
        )

    async def __aenter__(self) -> LogReader:
        try:
            await self._admin.start()
            await self.client.start()
        except (KafkaError, OSError) as error:
            await self.__aexit__()
            raise NotRunning(
                f"No Kafka answers at {self._bootstrap}.", remedy="Start the stack with `muster up`, or mend the address."
            ) from error
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.stop()
        await self._admin.close()

    async def partitions(self, topics: Iterable[str]) -> list[TopicPartition]:
        """All partitions of some topics, in order.

        Raises:
            OperatorError: the broker lacks one of the topics.
        """
        wanted = list(topics)
        there = set(await self._admin.list_topics())
        if missing := [topic for topic in wanted if topic not in there]:
            raise OperatorError(f"{self._bootstrap} has no topic {', '.join(missing)}.", remedy="Run `muster topics apply`.")
        described = await self._admin.describe_topics(wanted)
        found = {topic["topic"]: sorted(part["partition"] for part in topic["partitions"]) for topic in described}
        return [TopicPartition(topic, partition) for topic in wanted for partition in found[topic]]

    async def whole(self, partitions: Sequence[TopicPartition], *, since: datetime | None = None) -> dict[TopicPartition, tuple[int, int]]:
        """What partitions hold now, from a time on: by the records' own timestamps."""
        if not partitions:
            return {}
        ends: dict[TopicPartition, int] = await self.client.end_offsets(partitions)
        starts: dict[TopicPartition, int] = await self.client.beginning_offsets(partitions)
        if since is not None:
            when = max(0, int(since.timestamp() * 1000))  # the log has no records from before 1970, and no way to ask for them
            found = await self.client.offsets_for_times(dict.fromkeys(partitions, when))
            starts = {place: found[place].offset if found[place] is not None else ends[place] for place in partitions}
        return {place: (starts[place], ends[place]) for place in partitions}

    async def records(self, stretch: Stretch) -> AsyncIterator[list[Any]]:
        """The records of a stretch, in batches: each of one partition, in its order. What is in hand is all that is held."""
        open_until = {place: end for place, (start, end) in stretch.items() if start < end}
        if not open_until:
            return
        self.client.assign(list(open_until))
        for place in open_until:
            self.client.seek(place, stretch[place][0])
        while open_until:
            for place, records in (await self.client.getmany(*open_until, timeout_ms=POLL_MS)).items():
                if batch := [record for record in records if record.offset < open_until[place]]:
                    yield batch
            # By position, not by the last record's offset: the log has offsets without a record where a transaction was marked.
            done = [place for place, end in open_until.items() if await self.client.position(place) >= end]
            for place in done:
                del open_until[place]

    async def record(self, place: TopicPartition, offset: int) -> Any | None:
        """The record at a place, or None where there is none."""
        (stretch,) = (await self.whole([place])).values()
        if not stretch[0] <= offset < stretch[1]:
            return None
        async for batch in self.records({place: (offset, offset + 1)}):
            return batch[0]
        return None
