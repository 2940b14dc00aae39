"""What stands in record headers, for readers who have no model of it. Tests hold both lists to what is really written."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

ENVELOPE: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "ce_specversion": {"type": "string", "const": "1.0", "description": "Version of CloudEvents."},
        "ce_id": {
            "type": "string",
            "minLength": 1,
            "description": "Id of the event, unique within its source. Ours are UUIDs made of content: the same event has the same id.",
        },
        "ce_source": {
            "type": "string",
            "minLength": 1,
            "description": "URI reference of who sent the event, e.g. `/muster/extract`.",
        },
        "ce_type": {"type": "string", "description": "Name of the event with its version."},
        "ce_time": {
            "type": "string",
            "format": "date-time",
            "description": "When the first cause of the event entered the log (RFC 3339, with its zone; ours are UTC).",
        },
        "ce_subject": {"type": "string", "description": "What the event is about, in most cases the id of its article."},
        "ce_causationid": {"type": "string", "description": "Id of the event that caused this one. An extension of ours."},
        "content-type": {"type": "string", "description": "Media type of the body: `application/json`."},
    }
)
"""CloudEvents 1.0 in binary mode (Kafka protocol binding 1.0.2)."""

SUBMISSION: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "publisher": {"type": "string", "description": "Who sends it, where no `ce_source` says so."},
        "muster-signature": {
            "type": "string",
            "pattern": "^sha256=[0-9a-fA-F]{64}$",
            "description": "HMAC-SHA256 of the body as it stands on the wire, with the publisher's key: asked of publishers that have one.",
        },
    }
)
"""What publishers may send beside the envelope, or in place of it."""

REQUIRED = ("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time")
"""Headers that every event has."""

DEAD_LETTER: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "dlq_reason": {"type": "string", "description": "Why the record could not be used, as a label, e.g. `invalid-payload`."},
        "dlq_error": {"type": "string", "description": "What was wrong, in words."},
        "dlq_field": {"type": "string", "description": "The first field or header that is wrong, where it is one."},
        "dlq_attempts": {"type": "string", "description": "How often the consumer tried."},
        "dlq_topic": {"type": "string", "description": "Topic that the record stood on."},
        "dlq_partition": {"type": "string", "description": "Its partition there."},
        "dlq_offset": {"type": "string", "description": "Its offset there."},
        "dlq_time": {"type": "string", "format": "date-time", "description": "When the record entered the log."},
        "dlq_first_failure": {
            "type": "string",
            "format": "date-time",
            "description": "When it failed for the first time, before all replays.",
        },
        "dlq_replays": {"type": "string", "description": "How many times the record had been sent back when it failed, where it had."},
        "dlq_body": {
            "type": "string",
            "const": "left-out",
            "description": "The body was too large for a letter: it stands at the origin that the headers name.",
        },
        "dlq_size": {"type": "string", "description": "Bytes of the body that was left out."},
    }
)
"""What a dead letter has behind the record's own headers. All values are text in UTF-8."""

LETTER_REQUIRED = ("dlq_reason", "dlq_error", "dlq_attempts", "dlq_topic", "dlq_partition", "dlq_offset")
"""Headers that every dead letter has."""
