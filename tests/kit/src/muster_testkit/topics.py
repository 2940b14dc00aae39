"""What stands on the topics of a running stack, and records put there as an outside publisher would."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from muster_contracts.topics import ARTICLE_SUBMISSIONS, EVENT_TOPICS, Topic

from muster_testkit.resources import elsewhere
from muster_testkit.stack import RunningStack

LARGEST_SENT: Final = 32 * 1024 * 1024
"""Bytes that our outside publisher would send: more than any broker of ours takes, so that the broker is what refuses."""


@dataclass(frozen=True)
class Letter:
    """A record as it was read back; its headers as text."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes
    headers: dict[str, str]

    @property
    def body(self) -> Any:
        """The body as JSON."""
        return json.loads(self.value)

    @property
    def type(self) -> str:
        """The event's type; empty where the record is no event."""
        return self.headers.get("ce_type", "")


def publish_raw(
    stack: RunningStack, *bodies: bytes, key: bytes | None = None, headers: Sequence[tuple[str, bytes]] = ()
) -> list[tuple[int, int]]:
    """Put records on `article-submissions` as an outside publisher would.

    Returns:
        Partition and offset of each.

    Raises:
        KafkaError: the client or the broker refused one.
    """
    return elsewhere(lambda: asyncio.run(_publish_raw(stack.addresses.bootstrap, bodies, key, headers)))


def records(stack: RunningStack, topic: Topic) -> list[Letter]:
    """Everything that a topic holds now, by partition and offset."""
    return elsewhere(lambda: asyncio.run(_records(stack.addresses.bootstrap, topic)))


def dead_letters(stack: RunningStack) -> list[Letter]:
    """The dead letters of all services."""
    return [letter for topic in EVENT_TOPICS for consumer in topic.consumers for letter in records(stack, topic.dead_letters(consumer))]


def end_of(stack: RunningStack, topic: Topic) -> int:
    """How many records a topic holds."""
    return len(records(stack, topic))


async def _publish_raw(
    bootstrap: str, bodies: Sequence[bytes], key: bytes | None, headers: Sequence[tuple[str, bytes]]
) -> list[tuple[int, int]]:
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, max_request_size=LARGEST_SENT)
    await producer.start()
    try:
        sent = [await producer.send(ARTICLE_SUBMISSIONS.name, value=body, key=key, headers=list(headers)) for body in bodies]
        done = [await one for one in sent]
        return [(one.partition, one.offset) for one in done]
    finally:
        await producer.stop()


async def _records(bootstrap: str, topic: Topic) -> list[Letter]:
    consumer = AIOKafkaConsumer(
        topic.name,  # without a group, all its partitions are ours
        bootstrap_servers=bootstrap,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        max_partition_fetch_bytes=topic.max_message_bytes,
    )
    await consumer.start()
    try:
        ends = await consumer.end_offsets(consumer.assignment())
        found: list[Letter] = []
        deadline = time.monotonic() + 30
        while any([await consumer.position(partition) < end for partition, end in ends.items()]):
            assert time.monotonic() < deadline, f"{topic.name} could not be read to its end"
            for batch in (await consumer.getmany(timeout_ms=100)).values():
                found += [_letter(record) for record in batch]
        return sorted(found, key=lambda letter: (letter.partition, letter.offset))
    finally:
        await consumer.stop()


def _letter(record: Any) -> Letter:
    headers = {name: value.decode("utf-8", "backslashreplace") for name, value in record.headers}
    return Letter(record.topic, record.partition, record.offset, record.key, record.value or b"", headers)
