"""Events to records and back: CloudEvents 1.0 on Kafka, in binary or structured mode, with JSON bodies.

The way of a typical record is kept short: one look at its headers, one named tuple, one call into the validator of its own type, which
was built with the model. What is unusual about a record (structured mode, framing, an older version, an error) is found out beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from muster_contracts.cloudevents import (
    CONTENT_TYPE,
    JSON_TYPE,
    STRUCTURED,
    Found,
    binary_headers,
    is_structured,
    read_binary,
    read_structured,
    structured_body,
)
from muster_contracts.envelope import Envelope
from muster_contracts.errors import (
    BodyTooLarge,
    HeaderBodyMismatch,
    InvalidPayload,
    RecordError,
    Tombstone,
    UnknownEventType,
    WrongKey,
    WrongType,
)
from muster_contracts.framing import unframed
from muster_contracts.topics import EVENT_TOPICS, Topic
from muster_contracts.upcasting import unknown, upcast

Headers = Sequence[tuple[str, bytes]]
_JSON_VALUE = JSON_TYPE.encode()


@dataclass(frozen=True, slots=True)
class Record:
    """What goes to the broker."""

    topic: str
    key: bytes | None
    headers: tuple[tuple[str, bytes], ...]
    value: bytes | None
    """None makes a tombstone: of ours only a dead letter of one, or its way back."""

    partition: int | None = None
    """None: the one that the key says."""


def encode(
    event: BaseModel, envelope: Envelope, topic: Topic, key: str | None, *, mode: Literal["binary", "structured"] = "binary"
) -> Record:
    """An event as a record of its topic. We write binary mode; structured mode is for publishers that speak only that.

    Raises:
        UnknownEventType: the topic does not carry this type.
    """
    if envelope.type not in topic.models:
        raise not_carried(topic, envelope.type)
    data = event.__pydantic_serializer__.to_json(event)
    written_key = key.encode() if key is not None else None
    if mode == "structured":
        return Record(topic.name, written_key, ((CONTENT_TYPE, STRUCTURED.encode()),), structured_body(envelope, data))
    return Record(topic.name, written_key, binary_headers(envelope), data)


def decode_envelope(headers: Headers) -> Envelope:
    """The envelope that a record's `ce_` headers hold.

    Raises:
        NotAnEvent: a required attribute is missing or malformed.
    """
    return read_binary(dict(headers))


def decode(topic: Topic, headers: Headers, value: bytes | None) -> tuple[Any, Envelope]:
    """The event that a record of one of our topics holds, with its envelope. An older version comes as the newest; its envelope as sent.

    Both modes of CloudEvents are read, and Confluent's schema-registry framing is taken off.

    Raises:
        NotAnEvent: the headers make no envelope.
        UnknownEventType: the topic does not carry the type (WrongType: another does), or (UnknownVersion) not in this version.
        InvalidPayload: the body is no JSON, or not what its type says; names the first field that is wrong.
            Tombstone, BodyTooLarge and HeaderBodyMismatch are of its kind.
    """
    if value is None:
        raise tombstone()
    if len(value) > topic.max_message_bytes:
        raise too_large(topic, len(value))
    found: Found = dict(headers)
    if found.get(CONTENT_TYPE) != _JSON_VALUE and is_structured(found):
        envelope, value = read_structured(found, unframed(found, value)[1])
        if len(value) > topic.max_message_bytes:  # numbers may be written longer than they came
            raise too_large(topic, len(value))
    else:
        envelope = read_binary(found)
    reader = topic.readers.get(envelope.type)
    try:
        if reader is None:
            event = _older(topic, envelope.type, unframed(found, value)[1])
            reader = topic.readers[event.type]
        else:
            event = reader.validate_json(value)
    except ValidationError as error:
        # Framing is looked for only where a body can't be read: no JSON text starts as it does.
        schema, body = unframed(found, value)
        if schema is not None and len(body) < len(value):
            return decode(topic, headers, body)  # not deeper: `unframed` refuses a frame within a frame
        raise _told_as(topic, envelope.type, error, value) from None
    _, id_of, subject = reader
    if id_of is not None and f"{id_of(event).int:032x}" != envelope.id.replace("-", ""):
        raise HeaderBodyMismatch(f"the body's id is {id_of(event)}", field="ce_id", got=envelope.id)
    if subject is not None and envelope.subject is not None and subject(event).int != _number(envelope.subject):
        raise HeaderBodyMismatch(f"the body is of article {subject(event)}", field="ce_subject", got=envelope.subject)
    return event, envelope


def check_key(topic: Topic, event: Any, key: bytes | None) -> None:
    """See to it that a record stands under the key that its topic gives it, where that is the article's id.

    Raises:
        WrongKey: it does not, so that it may stand in another partition than the rest of its article.
    """
    subject = topic.readers[event.type].subject
    if subject is not None and (key is None or _number(key) != subject(event).int):
        raise WrongKey(f"the key is to be the id of article {subject(event)}", field="key", got=repr(key))


def validate(topic: Topic, value: bytes | None) -> Any:
    """The event that a JSON body holds, whatever its headers: by the `type` that stands in it.

    Raises:
        InvalidPayload: the body is empty, no JSON, or not what the topic carries.
    """
    if value is None:
        raise tombstone()
    if not value:
        raise _empty()
    try:
        return topic.adapter.validate_json(value)
    except ValidationError as error:
        raise invalid_payload(error) from None


def invalid_payload(error: ValidationError, within: str | None = None) -> InvalidPayload:
    """One clear error of a validation's many: the first field that is wrong, and how many more there are.

    Args:
        within: goes before the field's name.
    """
    return _first_of(error.errors(include_url=False, include_context=False), within)


def _first_of(wrong: Sequence[ErrorDetails], within: str | None) -> InvalidPayload:
    first, *others = wrong
    path = [str(part) for part in first["loc"]]
    field = ".".join([within, *path] if within and path else path) or "body"
    more = f"; {len(others)} more field{'s' if len(others) > 1 else ''} wrong" if others else ""
    got = first["input"]
    return InvalidPayload(first["msg"] + more, field=field, got=None if isinstance(got, dict) else repr(got))


def tombstone() -> Tombstone:
    """The error of a record without a body."""
    return Tombstone("a record without a body; a log that keeps everything has no use for it", field="body")


def too_large(topic: Topic, size: int) -> BodyTooLarge:
    """The error of a body of more bytes than the topic takes."""
    return BodyTooLarge(f"a body of {topic.name} has at most {topic.max_message_bytes:,} bytes", field="body", got=f"{size:,} bytes")


def _empty() -> InvalidPayload:
    return InvalidPayload("the body is empty", field="body")


def not_carried(topic: Topic, name: str) -> UnknownEventType:
    """The error of a type that a topic does not carry: WrongType where another does, UnknownVersion where it is only the version."""
    elsewhere = [other.name for other in EVENT_TOPICS if name in other.models]
    if elsewhere:
        carried = f"the topic {topic.name} carries {', '.join(sorted(topic.models))}; this type stands on {', '.join(elsewhere)}"
        return WrongType(carried, field="ce_type", got=name)
    return unknown(topic, name)


def _older(topic: Topic, name: str, value: bytes) -> Any:
    try:
        return upcast(topic, name, value)
    except UnknownEventType:
        raise not_carried(topic, name) from None


def _told_as(topic: Topic, name: str, error: ValidationError, value: bytes) -> RecordError:
    """What the envelope and the body disagree in comes before what else is wrong: the body was read as another type than its own."""
    if not value:
        return _empty()
    wrong = error.errors(include_url=False, include_context=False)
    for each in wrong:
        if each["loc"] == ("type",) and isinstance(each["input"], str):
            return HeaderBodyMismatch(f"the envelope says {name}", field="type", got=each["input"])
    return _first_of(wrong, within=name if len(topic.models) > 1 else None)


def _number(identity: str | bytes) -> int | None:
    """A UUID in text as its number; None where it is none."""
    return _kept_number(identity) if len(identity) == 36 else None  # a key can be as long as a body, and would be kept


@lru_cache(maxsize=1024)
def _kept_number(identity: str | bytes) -> int | None:
    """Kept, since an article's events stand together."""
    plain = identity.decode("ascii", "replace") if isinstance(identity, bytes) else identity
    try:
        return int(plain.replace("-", ""), 16)
    except ValueError:
        return None
