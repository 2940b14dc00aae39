"""Events to records and back: CloudEvents 1.0 in binary mode (Kafka protocol binding 1.0.2), JSON bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ValidationError

from muster_contracts.envelope import Envelope
from muster_contracts.errors import InvalidPayload, NotAnEvent, UnknownEventType
from muster_contracts.topics import Topic
from muster_contracts.upcasting import upcast

Headers = Sequence[tuple[str, bytes]]
CONTENT_TYPE = "content-type"
JSON_TYPE = "application/json"


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


def encode(event: BaseModel, envelope: Envelope, topic: Topic, key: str | None) -> Record:
    """An event as a record of its topic.

    Raises:
        UnknownEventType: the topic does not carry this type.
    """
    if envelope.type not in topic.models:
        raise UnknownEventType(f"the topic {topic.name} carries {', '.join(sorted(topic.models))}", field="ce_type", got=envelope.type)
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": envelope.id,
        "ce_source": envelope.source,
        "ce_type": envelope.type,
        "ce_time": _time_out(envelope.time),
        "ce_subject": envelope.subject,
        "ce_causationid": envelope.causation_id,
        CONTENT_TYPE: JSON_TYPE,
    }
    headers = tuple((name, value.encode()) for name, value in attributes.items() if value is not None)
    return Record(topic.name, key.encode() if key is not None else None, headers, event.model_dump_json().encode())


def decode_envelope(headers: Headers) -> Envelope:
    """The envelope that a record's headers hold.

    Raises:
        NotAnEvent: a required attribute is missing or malformed.
    """
    found = {name: value for name, value in headers if name.startswith("ce_")}
    if _text(found, "ce_specversion") != "1.0":
        raise NotAnEvent("only CloudEvents 1.0 is spoken here", field="ce_specversion", got=_text(found, "ce_specversion"))
    sent = _text(found, "ce_time")
    try:
        time = datetime.fromisoformat(sent)
    except ValueError:
        raise NotAnEvent("no RFC 3339 time", field="ce_time", got=sent) from None
    if time.tzinfo is None:
        raise NotAnEvent("the time has no zone", field="ce_time", got=sent)
    return Envelope(
        id=_text(found, "ce_id"),
        source=_text(found, "ce_source"),
        type=_text(found, "ce_type"),
        time=time,
        subject=_text(found, "ce_subject") if "ce_subject" in found else None,
        causation_id=_text(found, "ce_causationid") if "ce_causationid" in found else None,
    )


def decode(topic: Topic, headers: Headers, value: bytes | None) -> tuple[Any, Envelope]:
    """The event that a record of one of our topics holds, with its envelope. An older version comes as the newest; its envelope as sent.

    Raises:
        NotAnEvent: the headers make no envelope.
        UnknownEventType: the topic does not carry the type, or (UnknownVersion) not in this version.
        InvalidPayload: the body is no JSON, or not what its type says; names the first field that is wrong.
    """
    envelope = decode_envelope(headers)
    if envelope.type not in topic.models:
        return _older(topic, envelope.type, value), envelope
    event = validate(topic, value)
    if event.type != envelope.type:
        raise InvalidPayload(f"the envelope says {envelope.type}", field="type", got=event.type)
    return event, envelope


def validate(topic: Topic, value: bytes | None) -> Any:
    """The event that a JSON body holds, whatever its headers.

    Raises:
        InvalidPayload: the body is empty, no JSON, or not what the topic carries.
    """
    if not value:
        raise InvalidPayload("the body is empty")
    try:
        return topic.adapter.validate_json(value)
    except ValidationError as error:
        raise invalid_payload(error) from None


def _older(topic: Topic, name: str, value: bytes | None) -> Any:
    try:
        return upcast(topic, name, value)
    except ValidationError as error:
        raise invalid_payload(error) from None


def invalid_payload(error: ValidationError) -> InvalidPayload:
    """One clear error of a validation's many: the first field that is wrong, and how many more there are."""
    first, *others = error.errors(include_url=False, include_context=False)
    field = ".".join(str(part) for part in first["loc"]) or "body"
    more = f"; {len(others)} more field{'s' if len(others) > 1 else ''} wrong" if others else ""
    got = first["input"]
    return InvalidPayload(first["msg"] + more, field=field, got=None if isinstance(got, dict) else repr(got))


def _text(found: dict[str, bytes], name: str) -> str:
    try:
        value = found[name].decode()
    except KeyError:
        raise NotAnEvent("the header is missing", field=name) from None
    except UnicodeDecodeError:
        raise NotAnEvent("the header is no UTF-8", field=name, got=repr(found[name])) from None
    if not value:
        raise NotAnEvent("the header is empty", field=name)
    return value


def _time_out(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
