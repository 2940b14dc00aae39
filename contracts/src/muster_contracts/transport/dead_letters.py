"""Dead letters: the record as it came, and in its headers what was wrong with it and where it stood; and the way back.

A letter's own headers are one block behind the record's, from `dlq_reason` on. So the record can be had back to the byte, whatever
headers its publisher chose.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from muster_contracts.codec import Record
from muster_contracts.envelope import Position
from muster_contracts.errors import RecordError
from muster_contracts.topics import Topic
from muster_contracts.transport.records import RawRecord, position_of, time_of

UNEXPECTED = "unexpected"
"""Reason of a letter that a fault of ours made: any exception that is neither the record's fault nor an outage."""

NO_LETTER = "no-letter"
"""Reason that is read in a record on a topic of dead letters that nobody of ours put there."""

LONGEST_ERROR = 2000
"""Characters of an error that a letter keeps; a database's error can bring the whole statement and its values."""

FIRST_HEADER = "dlq_reason"
REPLAYS, FIRST_FAILURE = "dlq_replays", "dlq_first_failure"
REPLAY_HEADERS = (REPLAYS, FIRST_FAILURE)
"""What a record that was sent back carries behind its own headers: how many times it was, and when it failed first."""

BODY, LEFT_OUT, SIZE = "dlq_body", "left-out", "dlq_size"
"""Headers of a letter whose body the broker took from its publisher, compressed, but doesn't take from us: it stands at the origin."""

RawHeaders = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A dead letter as it is read back. Nothing in it is sure but its position: what can't be read has its plainest value."""

    position: Position
    """Where the letter stands."""

    buried: datetime
    """When it was put there."""

    consumer: str
    reason: str
    error: str
    field: str | None
    attempts: int
    origin: Position | None
    """Where the record stood; None where the letter doesn't say."""

    entered: str | None
    """When the record entered the log (ISO 8601, UTC)."""

    first_failure: datetime
    """When the record failed for the first time, before all replays."""

    replays: int
    """How many times the record had been sent back when it failed."""

    key: bytes | None
    headers: RawHeaders
    """The record's own headers, as its publisher sent them."""

    body: bytes | None

    left_out: bool
    """The record is too large for a letter: its body, and maybe its headers and key, are to be read at the origin."""


def dead_letter(
    record: RawRecord, topic: Topic, consumer: str, error: Exception, attempts: int, first_failed: datetime | None = None
) -> Record:
    """The letter for a record that `consumer` can't use. Body, key and the record's own headers are untouched.

    Headers that are added: `dlq_reason`, `dlq_error`, `dlq_field`, `dlq_attempts`, `dlq_topic`, `dlq_partition`, `dlq_offset`,
    `dlq_time`, the record's own time of entry, and `dlq_first_failure`, when it failed first (both ISO 8601, UTC).

    Args:
        attempts: how many failed, this one included.
        first_failed: when the first of them did; now, where there was one. A record that was sent back keeps the time of old.
    """
    _, replayed = _parted(tuple(record.headers))
    first = _time_in(replayed.get(FIRST_FAILURE)) or first_failed or datetime.now(UTC)
    said = {
        FIRST_HEADER: error.reason if isinstance(error, RecordError) else UNEXPECTED,
        "dlq_error": _short(str(error) if isinstance(error, RecordError) else f"{type(error).__name__}: {error}"),
        "dlq_field": error.field if isinstance(error, RecordError) else None,
        "dlq_attempts": str(attempts),
        "dlq_topic": record.topic,
        "dlq_partition": str(record.partition),
        "dlq_offset": str(record.offset),
        "dlq_time": _entered(record),
        FIRST_FAILURE: first.astimezone(UTC).isoformat(),
    }
    # An error may quote what no UTF-8 can hold; it must not become an error of ours.
    added = tuple((name, value.encode(errors="backslashreplace")) for name, value in said.items() if value is not None)
    return _sendable(Record(topic.dead_letters(consumer).name, record.key, (*record.headers, *added), record.value))


def smaller(letter: Record) -> Record:
    """A letter that the broker refuses for its size, without its body; where even that is too large, with our own headers alone.

    What was wrong is kept, and the log keeps the record itself. The same letter comes back where it can't get smaller.
    """
    own = letter.headers[_own_headers_from(letter.headers) :]
    size = str(len(letter.value or b"")).encode()
    left_out = () if any(name == BODY for name, _ in own) else ((BODY, LEFT_OUT.encode()), (SIZE, size))
    if letter.value:
        return _sendable(replace(letter, headers=(*letter.headers, *left_out), value=None))
    return replace(letter, headers=(*own, *left_out), key=None, value=b"")


def read_letter(record: RawRecord, consumer: str) -> DeadLetter:
    """A record of a topic of dead letters, read. Never fails: what is no letter is one with the reason NO_LETTER."""
    headers = tuple(record.headers)
    at = _own_headers_from(headers)
    said = {name: _text(value) for name, value in headers[at:]}
    own, replayed = _parted(headers[:at])
    buried = _time(record)
    partition, offset = _number(said.get("dlq_partition")), _number(said.get("dlq_offset"))
    known = "dlq_topic" in said and partition is not None and offset is not None
    return DeadLetter(
        position=position_of(record),
        buried=buried,
        consumer=consumer,
        reason=said.get(FIRST_HEADER, NO_LETTER),
        error=said.get("dlq_error", "" if said else "the record has no headers of a dead letter"),
        field=said.get("dlq_field"),
        attempts=_number(said.get("dlq_attempts")) or 1,
        origin=Position(said["dlq_topic"], partition or 0, offset or 0) if known else None,
        entered=said.get("dlq_time"),
        first_failure=_time_in(said.get(FIRST_FAILURE)) or buried,
        replays=_number(replayed.get(REPLAYS)) or 0,
        key=record.key,
        headers=own,
        body=record.value,
        left_out=said.get(BODY) == LEFT_OUT,
    )


def filled(letter: DeadLetter, record: RawRecord) -> DeadLetter:
    """A letter that left out what was too large for it, with the record that stands at its origin."""
    headers, _ = _parted(tuple(record.headers))
    return replace(letter, key=record.key, headers=headers, body=record.value)


def sent_back(letter: DeadLetter, topic: Topic, replays: int) -> Record:
    """The record of a letter, for its topic again: key, body and headers as they came, and behind them how many times it was sent.

    Its ids are the old ones, so whoever did use it takes it for the same event. It goes to the partition that it came from; where
    the letter doesn't say, to that of its key.

    Args:
        topic: as the topic table knows it; what the letter's headers say is not followed.
        replays: the count that the record is to carry, from 1.
    """
    added = ((REPLAYS, str(replays).encode()), (FIRST_FAILURE, letter.first_failure.astimezone(UTC).isoformat().encode()))
    partition = letter.origin.partition if letter.origin is not None and letter.origin.partition < topic.partitions else None
    return _sendable(Record(topic.name, letter.key, (*letter.headers, *added), letter.body, partition))


def _sendable(record: Record) -> Record:
    """aiokafka 0.14 sends no record that has neither key nor body, though others do: its body is empty then, not null."""
    return record if record.value is not None or record.key is not None else replace(record, value=b"")


def _own_headers_from(headers: RawHeaders) -> int:
    """Where a letter's own headers begin; behind the last of all where there are none."""
    for at in range(len(headers) - 1, -1, -1):
        if headers[at][0] == FIRST_HEADER:
            return at
    return len(headers)


def _parted(headers: RawHeaders) -> tuple[RawHeaders, dict[str, str]]:
    """The record's own headers, and what a replay put behind them."""
    end = len(headers)
    while end and headers[end - 1][0] in REPLAY_HEADERS:
        end -= 1
    return headers[:end], {name: _text(value) for name, value in headers[end:]}


def _short(error: str) -> str:
    return error if len(error) <= LONGEST_ERROR else error[: LONGEST_ERROR - 1] + "…"


def _text(value: bytes | None) -> str:
    return "" if value is None else value.decode("utf-8", "backslashreplace")


def _number(text: str | None) -> int | None:
    if text is None or not (text.isascii() and text.isdigit()) or len(text) > 19:
        return None
    return int(text)


def _time(record: RawRecord) -> datetime:
    try:
        return time_of(record)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def _entered(record: RawRecord) -> str | None:
    try:
        return time_of(record).isoformat()
    except (ValueError, OverflowError, OSError):
        return None  # a producer may write any number as its record's time


def _time_in(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None  # no time, or one that lies outside the years 1 to 9999 in UTC
