"""Records of the broker to events of ours."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from muster_contracts.codec import check_key, decode
from muster_contracts.envelope import Position, Recorded
from muster_contracts.topics import Topic


class RawRecord(Protocol):
    """What a consumer reads: aiokafka's `ConsumerRecord`, which ships no types."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def timestamp(self) -> int:
        """Milliseconds since 1970, UTC."""
        ...

    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Sequence[tuple[str, bytes]]: ...


def position_of(record: RawRecord) -> Position:
    """Where a record stands in the log."""
    return Position(record.topic, record.partition, record.offset)


def time_of(record: RawRecord) -> datetime:
    """When the record entered the log, by its timestamp; the same at every replay."""
    return datetime.fromtimestamp(record.timestamp / 1000, tz=UTC)


def read(topic: Topic, record: RawRecord) -> Recorded[Any]:
    """The event that a record of one of our own topics holds.

    Raises:
        RecordError: it holds none that the topic carries.
    """
    event, envelope = decode(topic, record.headers, record.value)
    check_key(topic, event, record.key)
    return Recorded(event, envelope, position_of(record))
