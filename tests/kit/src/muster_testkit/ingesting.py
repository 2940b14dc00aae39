"""Ingest as a real process on a real Kafka and a real Postgres, and the log around it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition
from muster_contracts.topics import TOPICS

WITHIN_S = 120  # a group waits up to 60 s for a member that went without a word
SUBMISSIONS, ARTICLES, LETTERS = "article-submissions", "articles", "article-submissions-ingest-dlq"
_PARTITIONS = {topic.name: topic.partitions for topic in TOPICS}


class Ingest:
    """One ingest process and the log around it."""

    def __init__(self, bootstrap: str, database: str, home: Path) -> None:
        self.bootstrap = bootstrap
        self.database = database
        self._log = (home / f"ingest-{uuid4()}.log").open("ab")
        self._environment = {**os.environ, "MUSTER_KAFKA__BOOTSTRAP": bootstrap, "MUSTER_POSTGRES__URL": database}
        self._process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "muster_ingest", *arguments], env=self._environment, capture_output=True, check=False, timeout=WITHIN_S
        )

    def start(self, **settings: str) -> None:
        """Starts it, with further environment variables where a test sets some."""
        assert self._process is None
        command = [sys.executable, "-m", "muster_ingest", "run"]
        self._process = subprocess.Popen(command, env=self._environment | settings, stdout=self._log, stderr=self._log)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        process.send_signal(how)
        return process.wait(WITHIN_S)

    def close(self) -> None:
        self.stop()
        self._log.close()

    def logged(self, what: str) -> list[dict[str, object]]:
        """The log lines with this event."""
        lines = Path(self._log.name).read_text("utf-8").splitlines()
        return [line for line in map(json.loads, lines) if line.get("event") == what]

    async def until_logged(self, what: str) -> None:
        async with asyncio.timeout(WITHIN_S):
            while not self.logged(what):  # noqa: ASYNC110 - another process sets no event here
                await asyncio.sleep(0.05)

    async def until_caught_up(self) -> None:
        """Waits until the group has committed all that is on the topic of submissions."""
        partitions = [TopicPartition(SUBMISSIONS, number) for number in range(_PARTITIONS[SUBMISSIONS])]
        async with (
            AIOKafkaConsumer(bootstrap_servers=self.bootstrap, group_id="muster-ingest", enable_auto_commit=False) as consumer,
            asyncio.timeout(WITHIN_S),
        ):
            ends = {partition: end for partition, end in (await consumer.end_offsets(partitions)).items() if end}
            for partition, end in ends.items():
                while (await consumer.committed(partition) or 0) < end:  # noqa: ASYNC110 - the broker sets no event
                    await asyncio.sleep(0.05)

    async def submit(
        self,
        value: bytes | None,
        headers: Sequence[tuple[str, bytes]] = (),
        *,
        key: bytes = b"one",
        at_ms: int | None = None,
        compression: str | None = None,
    ) -> str:
        """Puts a record on the log. Returns its place, as dead letters name it."""
        async with AIOKafkaProducer(
            bootstrap_servers=self.bootstrap, max_request_size=32 * 2**20, compression_type=compression
        ) as producer:
            sent = await producer.send_and_wait(SUBMISSIONS, value, key=key, headers=list(headers), timestamp_ms=at_ms)
        return f"{sent.partition}@{sent.offset}"

    async def published(self, article_id: str, *, at_least: int = 1) -> list[ConsumerRecord]:
        """All events of an article that are on the log, once there are so many."""
        return await self._read(ARTICLES, lambda record: record.key == article_id.encode(), at_least)

    async def letter(self, place: str) -> dict[str, str]:
        """The added headers of the dead letter of a submission, once it is there."""

        def is_it(record: ConsumerRecord) -> bool:
            said = dict(record.headers)
            return f"{said['dlq_partition'].decode()}@{said['dlq_offset'].decode()}" == place

        (letter,) = await self._read(LETTERS, is_it, 1)
        return {name: value.decode() for name, value in letter.headers if name.startswith("dlq_")}

    async def _read(self, topic: str, wanted: Callable[[ConsumerRecord], bool], at_least: int) -> list[ConsumerRecord]:
        found: list[ConsumerRecord] = []
        async with AIOKafkaConsumer(
            bootstrap_servers=self.bootstrap, enable_auto_commit=False, max_partition_fetch_bytes=2**23
        ) as consumer:
            partitions = [TopicPartition(topic, number) for number in range(_PARTITIONS[topic])]
            consumer.assign(partitions)
            await consumer.seek_to_beginning(*partitions)
            async with asyncio.timeout(WITHIN_S):
                while True:
                    assert self._process is None or self._process.poll() is None, f"ingest has ended, see {self._log.name}"
                    for records in (await consumer.getmany(timeout_ms=100)).values():
                        found += [record for record in records if wanted(record)]
                    if len(found) >= at_least and await _at_end(consumer, partitions):
                        return found


async def _at_end(consumer: AIOKafkaConsumer, partitions: list[TopicPartition]) -> bool:
    ends = await consumer.end_offsets(partitions)
    return all([await consumer.position(partition) >= ends[partition] for partition in partitions])
