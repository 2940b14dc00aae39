"""A dead letter without its body, as lists and counts need it: a hundred thousand of them are held at once."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from muster_contracts.envelope import Position
from muster_contracts.topics import EVENT_TOPICS, Topic
from muster_contracts.transport.dead_letters import DeadLetter

from muster_deploy.errors import BadInput

ERROR_KEPT: Final = 200  # characters; `muster dlq show` reads the whole
KEY_KEPT: Final = 60
_ID: Final = re.compile(r"(?P<topic>[A-Za-z0-9._-]{1,249})/(?P<partition>\d{1,9})@(?P<offset>\d{1,18})")


class Box(NamedTuple):
    """A topic of dead letters, whose they are and where their records belong."""

    letters: Topic
    origin: Topic
    consumer: str


BOXES: Final = tuple(Box(topic.dead_letters(consumer), topic, consumer) for topic in EVENT_TOPICS for consumer in topic.consumers)
"""All topics of dead letters of the topic table."""


def letter_id(text: str) -> Position:
    """An id as an operator gives it: topic/partition@offset.

    Raises:
        BadInput: it isn't one.
    """
    found = _ID.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"{text} is no letter's id.", remedy="Write topic/partition@offset, as `muster dlq list` shows it.")
    return Position(found["topic"], int(found["partition"]), int(found["offset"]))


class Subject(NamedTuple):
    """What a letter is of: one record that one consumer couldn't use. A crash, or a second reading of the log, makes more letters of it."""

    consumer: str
    record: Position


@dataclass(frozen=True, slots=True)
class Letter:
    """What lists and counts need of a letter."""

    id: Position
    consumer: str
    reason: str
    error: str
    """Cut after ERROR_KEPT characters."""

    field: str | None
    attempts: int
    origin: Position | None
    first_failure: datetime
    buried: datetime
    replays: int
    """How many times the record had been sent back when it failed."""

    key: str | None
    size: int
    """Bytes of the body."""

    @property
    def subject(self) -> Subject:
        """Its record. One that doesn't say is its own."""
        return Subject(self.consumer, self.origin or self.id)


def short(letter: DeadLetter, topic: str) -> Letter:
    """A letter without its body. Words that come again and again are kept once.

    Args:
        topic: name of the letters' topic; the object that all its letters share.
    """
    origin = letter.origin
    return Letter(
        id=Position(topic, letter.position.partition, letter.position.offset),
        consumer=letter.consumer,
        reason=sys.intern(letter.reason),
        error=sys.intern(letter.error[:ERROR_KEPT]),
        field=sys.intern(letter.field) if letter.field is not None else None,
        attempts=letter.attempts,
        origin=Position(sys.intern(origin.topic), origin.partition, origin.offset) if origin is not None else None,
        first_failure=letter.first_failure,
        buried=letter.buried,
        replays=letter.replays,
        key=letter.key[:KEY_KEPT].decode("utf-8", "backslashreplace") if letter.key is not None else None,
        size=len(letter.body or b""),
    )
