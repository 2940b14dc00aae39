"""CloudEvents 1.0 on Kafka, in both modes (Kafka protocol binding 1.0.2): attributes in headers, or attributes and data in one body.

In binary mode an attribute is a header `ce_<name>` and the body is the data; in structured mode the content type is
`application/cloudevents+json` and the body is the JSON event format, with the data in `data` or `data_base64`.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from pydantic_core import from_json, to_json

from muster_contracts.envelope import Envelope
from muster_contracts.errors import HeaderBodyMismatch, InvalidPayload, MissingHeader, NotAnEvent, WrongContentType, WrongSpecVersion

Found = Mapping[str, bytes | None]
"""A record's headers by name. Kafka lets a header have no value, which is None."""

CONTENT_TYPE: Final = "content-type"
JSON_TYPE: Final = "application/json"
STRUCTURED: Final = "application/cloudevents+json"
SPEC_VERSION: Final = "1.0"

_JSON: Final = JSON_TYPE.encode()
_SPEC_VERSION: Final = SPEC_VERSION.encode()
LONGEST_KEPT_TIME: Final = 40
"""Bytes; nanoseconds with a zone have 35."""

_REQUIRED: Final = ("specversion", "id", "source", "type", "time")


def is_structured(headers: Found) -> bool:
    """Whether the body holds the attributes too.

    Raises:
        WrongContentType: the body is neither JSON nor a CloudEvent in JSON.
    """
    said = headers.get(CONTENT_TYPE)
    if said is None or said == _JSON:
        return False
    kind = said.decode("latin-1").split(";")[0].strip().lower()
    if kind == STRUCTURED:
        return True
    if kind.startswith("application/cloudevents") or not (kind == JSON_TYPE or kind.endswith("+json") or not kind):
        raise WrongContentType(f"a body is {JSON_TYPE} or {STRUCTURED}", field=CONTENT_TYPE, got=said.decode("latin-1"))
    return False


def read_binary(headers: Found) -> Envelope:
    """The envelope that `ce_` headers hold.

    Raises:
        NotAnEvent: a required attribute is missing, or one is malformed; names the first.
    """
    try:
        event_id, source, kind, sent = headers["ce_id"], headers["ce_source"], headers["ce_type"], headers["ce_time"]
        subject, causation = headers.get("ce_subject"), headers.get("ce_causationid")
        if not (event_id and source and kind and sent) or headers["ce_specversion"] != _SPEC_VERSION or subject == b"" or causation == b"":
            return _read_with_care(headers)
        return Envelope(
            event_id.decode(),
            source.decode(),
            kind.decode(),
            _time(sent),
            None if subject is None else subject.decode(),
            None if causation is None else causation.decode(),
        )
    except (KeyError, ValueError):
        # What the quick way stumbles over the careful way names: it looks at the same headers one by one.
        return _read_with_care(headers)


def read_structured(headers: Found, body: bytes) -> tuple[Envelope, bytes]:
    """The envelope and the data, as JSON, that a body in structured mode holds.

    Raises:
        NotAnEvent: the body is no JSON object, or a required attribute is missing or malformed.
        InvalidPayload: there is no data, or its base64 is none.
        HeaderBodyMismatch: `ce_` headers stand beside the body and say something else.
    """
    try:
        event = from_json(body, cache_strings="none")  # a cache of strings would keep what strangers write
    except ValueError as error:
        raise NotAnEvent(f"no JSON: {error}", field="body", got=repr(body[:60])) from None
    if not isinstance(event, dict):
        raise NotAnEvent("an event is a JSON object", field="body", got=repr(body[:60]))
    # A null is the same as no attribute (JSON event format, section 'Handling of the data member' and 2.3).
    attributes = {f"ce_{name}": value for name, value in event.items() if value is not None and not name.startswith("data")}
    found: dict[str, bytes | None] = {}
    for name, value in attributes.items():
        if isinstance(value, str):
            found[name] = value.encode()
        elif name.removeprefix("ce_") in (*_REQUIRED, "subject", "causationid"):
            raise NotAnEvent("the attribute is no text", field=name.removeprefix("ce_"), got=repr(value))
    for name, value in headers.items():
        if name.startswith("ce_") and value is not None and found.get(name) != value:
            raise HeaderBodyMismatch("the header is not the attribute in the body", field=name, got=repr(value))
    return read_binary(found), _data(event)


def binary_headers(envelope: Envelope) -> tuple[tuple[str, bytes], ...]:
    """The headers of an event in binary mode, with a JSON body. An attribute that is None is left out."""
    required = (
        ("ce_specversion", _SPEC_VERSION),
        ("ce_id", envelope.id.encode()),
        ("ce_source", envelope.source.encode()),
        ("ce_type", envelope.type.encode()),
        ("ce_time", time_out(envelope.time).encode()),
    )
    subject = () if envelope.subject is None else (("ce_subject", envelope.subject.encode()),)
    causation = () if envelope.causation_id is None else (("ce_causationid", envelope.causation_id.encode()),)
    return (*required, *subject, *causation, (CONTENT_TYPE, _JSON))


def structured_body(envelope: Envelope, data: bytes) -> bytes:
    """The body of an event in structured mode. `data` is its data as JSON."""
    attributes = {
        "specversion": SPEC_VERSION,
        "id": envelope.id,
        "source": envelope.source,
        "type": envelope.type,
        "time": time_out(envelope.time),
        "subject": envelope.subject,
        "causationid": envelope.causation_id,
        "datacontenttype": JSON_TYPE,
    }
    said = json.dumps({name: value for name, value in attributes.items() if value is not None}, ensure_ascii=False)
    return said[:-1].encode() + b', "data": ' + data + b"}"


@lru_cache(maxsize=1024)
def time_out(time: datetime) -> str:
    """RFC 3339 in UTC to the millisecond, as we write times. The events of one article share theirs, so that it is made once."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _time(sent: bytes) -> datetime:
    # A time may have any number of digits behind its seconds: what is longer than any clock writes is read, and not kept.
    return _kept_time(sent) if len(sent) <= LONGEST_KEPT_TIME else _read_time(sent)


def _read_time(sent: bytes) -> datetime:
    try:
        time = datetime.fromisoformat(sent.decode())
    except ValueError:
        raise ValueError("no RFC 3339 time") from None
    if time.tzinfo is None:
        raise ValueError("the time has no zone")
    try:
        return time.astimezone(UTC)
    except OverflowError:
        raise ValueError("the time lies outside the years 1 to 9999 in UTC") from None


_kept_time = lru_cache(maxsize=1024)(_read_time)


def _data(event: dict[str, Any]) -> bytes:
    encoded = event.get("data_base64")
    if encoded is not None:  # null is the same as not there, as for attributes
        try:
            return base64.b64decode(str(encoded), validate=True)
        except (binascii.Error, ValueError) as error:
            raise InvalidPayload(str(error), field="data_base64") from None
    if "data" not in event:
        raise InvalidPayload("the event has no data", field="data")
    return to_json(event["data"])


def _read_with_care(headers: Found) -> Envelope:
    """The envelope attribute by attribute, for what the quick way does not take at sight: names the first that is wrong."""
    version = _text(headers, "ce_specversion")
    if version != SPEC_VERSION:
        raise WrongSpecVersion("only CloudEvents 1.0 is spoken here", field="ce_specversion", got=version)
    sent = _text(headers, "ce_time")
    try:
        time = _time(sent.encode())
    except ValueError as error:
        raise NotAnEvent(str(error), field="ce_time", got=sent) from None
    return Envelope(
        id=_text(headers, "ce_id"),
        source=_text(headers, "ce_source"),
        type=_text(headers, "ce_type"),
        time=time,
        subject=_text(headers, "ce_subject") if headers.get("ce_subject") is not None else None,
        causation_id=_text(headers, "ce_causationid") if headers.get("ce_causationid") is not None else None,
    )


def _text(headers: Found, name: str) -> str:
    value = headers.get(name)
    if not value:
        raise MissingHeader("the header is missing" if value is None else "the header is empty", field=name)
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise NotAnEvent("the header is no UTF-8", field=name, got=repr(value)) from None
