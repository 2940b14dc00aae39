"""Dead letters for tests: records as consumers read them, and their letters put on the log as those consumers would."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from muster_contracts.codec import Record
from muster_contracts.errors import InvalidPayload
from muster_contracts.topics import ARTICLES, Topic
from muster_contracts.transport.dead_letters import dead_letter
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.settings import KafkaSettings

from muster_testkit.resources import elsewhere


@dataclass(frozen=True)
class RecordAt:
    """A record as a consumer reads it, at a place of the log."""

    offset: int
    value: bytes | None = b'{"a": 1}'
    headers: tuple[tuple[str, bytes], ...] = (("ce_id", b"a"), ("trace", b"\xff"))
    key: bytes | None = b"k"
    topic: str = ARTICLES.name
    partition: int = 0
    timestamp: int = 1_719_222_600_000


def letter_of(
    record: Any, error: Exception | None = None, *, topic: Topic = ARTICLES, consumer: str = "extract", attempts: int = 1
) -> Record:
    """The letter of a record that a consumer couldn't use."""
    return dead_letter(record, topic, consumer, error or InvalidPayload("Field required", field="text"), attempts)


def send(bootstrap: str, records: Iterable[Record]) -> list[str]:
    """Put records on the log and say where each stands, as topic/partition@offset."""

    async def publish() -> list[str]:
        publisher = Publisher(KafkaSettings(bootstrap=bootstrap), client_id="test")
        try:
            return [str(position) for position in await publisher.publish(list(records))]
        finally:
            await publisher.stop()

    return elsewhere(lambda: asyncio.run(publish()))
