"""Dead letters: the record as it came, and in its headers what was wrong with it and where it stood."""

from muster_contracts.codec import Record
from muster_contracts.errors import RecordError
from muster_contracts.topics import Topic
from muster_contracts.transport.records import RawRecord, time_of

UNEXPECTED = "unexpected"
"""Reason of a letter that a fault of ours made: any exception that is neither the record's fault nor an outage."""


def dead_letter(record: RawRecord, topic: Topic, consumer: str, error: Exception, attempts: int) -> Record:
    """The letter for a record that `consumer` can't use. Body, key and the record's own headers are untouched.

    Headers that are added: `dlq_reason`, `dlq_error`, `dlq_field`, `dlq_attempts`, `dlq_topic`, `dlq_partition`, `dlq_offset`
    and `dlq_time`, the record's own time of entry (ISO 8601, UTC).
    """
    said = {
        "dlq_reason": error.reason if isinstance(error, RecordError) else UNEXPECTED,
        "dlq_error": str(error) if isinstance(error, RecordError) else f"{type(error).__name__}: {error}",
        "dlq_field": error.field if isinstance(error, RecordError) else None,
        "dlq_attempts": str(attempts),
        "dlq_topic": record.topic,
        "dlq_partition": str(record.partition),
        "dlq_offset": str(record.offset),
        "dlq_time": time_of(record).isoformat(),
    }
    headers = (*record.headers, *((name, value.encode()) for name, value in said.items() if value is not None))
    return Record(topic.dead_letters(consumer).name, record.key, headers, record.value if record.value is not None else b"")
