"""The envelope: CloudEvents 1.0, and where in the log an event stands.

Named tuples: a frozen dataclass takes 0.7 µs to make, a named tuple 0.27 µs, and one of each is made for every record read.
"""

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

E = TypeVar("E", covariant=True)


class Envelope(NamedTuple):
    """Context attributes of a CloudEvent (CloudEvents 1.0.2, section 'Context Attributes')."""

    id: str
    """Unique within `source`; ours are UUIDs made of content, outside publishers send what they like."""

    source: str
    """URI reference of the producer, e.g. `/muster/extract`."""

    type: str
    """Written-out name with its version, e.g. `pledge-announced.v1`."""

    time: datetime
    """When the first cause of the event entered the log: carried along from it, so that a replay makes the same bytes."""

    subject: str | None = None
    """Id of the article that the event is about."""

    causation_id: str | None = None
    """Id of the event that caused this one (our extension attribute `causationid`)."""


class Position(NamedTuple):
    """A place in the log."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}@{self.offset}"


class Recorded(NamedTuple, Generic[E]):
    """An event as it was read from the log."""

    event: E
    envelope: Envelope
    position: Position


def caused_by(cause: Envelope, *, event_id: UUID, source: str, event_type: str, subject: UUID) -> Envelope:
    """The envelope of an event that follows from another: it keeps the other's time and names it as its cause."""
    return Envelope(id=str(event_id), source=source, type=event_type, time=cause.time, subject=str(subject), causation_id=cause.id)
