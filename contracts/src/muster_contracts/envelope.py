"""The envelope: CloudEvents 1.0, and where in the log an event stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

E = TypeVar("E", covariant=True)


@dataclass(frozen=True, slots=True)
class Envelope:
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
    """What the event is about: the id of its article; on `mission-changes` the slug of its mission."""

    causation_id: str | None = None
    """Id of the event that caused this one (our extension attribute `causationid`)."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in the log."""

    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.topic}/{self.partition}@{self.offset}"


@dataclass(frozen=True, slots=True)
class Recorded(Generic[E]):
    """An event as it was read from the log."""

    event: E
    envelope: Envelope
    position: Position


def caused_by(cause: Envelope, *, event_id: UUID, source: str, event_type: str, subject: UUID | str) -> Envelope:
    """The envelope of an event that follows from another: it keeps the other's time and names it as its cause."""
    return Envelope(id=str(event_id), source=source, type=event_type, time=cause.time, subject=str(subject), causation_id=cause.id)
