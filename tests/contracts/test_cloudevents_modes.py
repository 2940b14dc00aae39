"""Every event of every type goes through both modes and comes back the same; `make bench ARGS=roundtrips` does it 10,000 times a type."""

import base64
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from muster_contracts.claims import PledgeAnnounced
from muster_contracts.cloudevents import time_out
from muster_contracts.codec import Record, decode, encode
from muster_contracts.envelope import Envelope
from muster_contracts.errors import (
    BodyTooLarge,
    HeaderBodyMismatch,
    InvalidPayload,
    MissingHeader,
    NotAnEvent,
    WrongContentType,
    WrongSpecVersion,
)
from muster_contracts.topics import EVENT_TOPICS, MISSION_EVENTS, Topic
from muster_testkit.any_events import envelopes, events
from muster_testkit.claims import pledged
from muster_testkit.telling import ENTERED

EVERY_TYPE = [(topic, name) for topic in EVENT_TOPICS for name in topic.models]
EVENT = pledged("KE", 1000)
ENVELOPE = Envelope(str(EVENT.claim_id), "/muster/extract", EVENT.type, ENTERED, str(EVENT.article.article_id), "cause-1")
STRUCTURED = encode(EVENT, ENVELOPE, MISSION_EVENTS, key=None, mode="structured")


@pytest.mark.parametrize(("topic", "name"), EVERY_TYPE)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_any_event_comes_back_from_both_modes(topic: Topic, name: str, data: st.DataObject) -> None:
    event = data.draw(events(topic.models[name]))
    envelope = data.draw(envelopes(topic, event))
    for mode in ("binary", "structured"):
        record = encode(event, envelope, topic, key=None, mode=mode)
        assert decode(topic, record.headers, record.value) == (event, envelope)
        again = encode(*decode(topic, record.headers, record.value), topic, key=None, mode=mode)
        assert again == record


def test_a_structured_event_is_one_json_object() -> None:
    assert STRUCTURED.headers == (("content-type", b"application/cloudevents+json"),)
    assert STRUCTURED.value is not None
    said = json.loads(STRUCTURED.value)
    assert said.pop("data") == EVENT.model_dump(mode="json")
    assert said == {
        "specversion": "1.0",
        "id": str(EVENT.claim_id),
        "source": "/muster/extract",
        "type": "pledge-announced.v1",
        "time": time_out(ENTERED),
        "subject": str(EVENT.article.article_id),
        "causationid": "cause-1",
        "datacontenttype": "application/json",
    }


def structured(**changes: Any) -> Record:
    """The structured event with other attributes; None takes one out, Ellipsis writes a null."""
    assert STRUCTURED.value is not None
    said = {**json.loads(STRUCTURED.value), **changes}
    kept = {name: None if value is ... else value for name, value in said.items() if value is not None}
    return Record("", None, STRUCTURED.headers, json.dumps(kept).encode())


def test_data_may_come_in_base64_and_a_null_is_no_attribute() -> None:
    encoded = base64.b64encode(EVENT.model_dump_json().encode()).decode()
    record = structured(data=None, data_base64=encoded, causationid=..., newer={"a": 1}, dataschema="https://schemas.example/1")
    assert decode(MISSION_EVENTS, record.headers, record.value) == (EVENT, ENVELOPE._replace(causation_id=None))


def test_a_null_beside_the_data_is_no_data_in_base64() -> None:
    record = structured(data_base64=...)
    assert decode(MISSION_EVENTS, record.headers, record.value) == (EVENT, ENVELOPE)


def test_a_structured_body_that_is_too_large_is_not_parsed() -> None:
    body = b'{"extra": [' + b"1," * (MISSION_EVENTS.max_message_bytes // 2) + b"1]}"
    tracemalloc.start()
    with pytest.raises(BodyTooLarge):
        decode(MISSION_EVENTS, STRUCTURED.headers, body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_numbers_that_grow_when_they_are_written_again_make_a_body_too_large() -> None:
    record = structured()
    assert record.value is not None
    grown = record.value[:-1] + b', "data_base64": null, "data": [' + b"1e15," * 1_000_000 + b"1]}"
    with pytest.raises(BodyTooLarge):
        decode(MISSION_EVENTS, record.headers, grown)


@pytest.mark.parametrize(
    ("change", "error", "field"),
    [
        ({"id": None}, MissingHeader, "ce_id"),
        ({"id": ...}, MissingHeader, "ce_id"),
        ({"id": ""}, MissingHeader, "ce_id"),
        ({"id": 7}, NotAnEvent, "id"),
        ({"source": None}, MissingHeader, "ce_source"),
        ({"source": "\ud800"}, NotAnEvent, "body"),
        ({"time": "soon"}, NotAnEvent, "ce_time"),
        ({"time": "0001-01-01T00:00:00+14:00"}, NotAnEvent, "ce_time"),
        ({"subject": ["a"]}, NotAnEvent, "subject"),
        ({"specversion": "0.3"}, WrongSpecVersion, "ce_specversion"),
        ({"specversion": 1.0}, NotAnEvent, "specversion"),
        ({"data": None}, InvalidPayload, "data"),
        ({"data": "text"}, InvalidPayload, "body"),
        ({"data": None, "data_base64": ...}, InvalidPayload, "data"),
        ({"data_base64": "%"}, InvalidPayload, "data_base64"),
        ({"data_base64": 7}, InvalidPayload, "data_base64"),
        ({"id": "another"}, HeaderBodyMismatch, "ce_id"),
        ({"subject": str(EVENT.claim_id)}, HeaderBodyMismatch, "ce_subject"),
        ({"type": "pledge-withdrawn.v1"}, HeaderBodyMismatch, "type"),
    ],
)
def test_what_is_wrong_in_structured_mode_is_named(change: dict[str, Any], error: type[Exception], field: str) -> None:
    record = structured(**change)
    with pytest.raises(error) as caught:
        decode(MISSION_EVENTS, record.headers, record.value)
    assert type(caught.value) is error
    assert caught.value.field == field  # type: ignore[attr-defined]
    assert str(caught.value).encode()


def test_headers_beside_a_structured_event_repeat_it_or_contradict_it() -> None:
    same = [*STRUCTURED.headers, ("ce_id", ENVELOPE.id.encode())]
    assert decode(MISSION_EVENTS, same, STRUCTURED.value) == (EVENT, ENVELOPE)
    with pytest.raises(HeaderBodyMismatch, match="ce_id"):
        decode(MISSION_EVENTS, [*STRUCTURED.headers, ("ce_id", b"another")], STRUCTURED.value)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_a_structured_body_that_is_no_object_is_no_event(body: bytes) -> None:
    with pytest.raises(NotAnEvent) as caught:
        decode(MISSION_EVENTS, STRUCTURED.headers, body)
    assert caught.value.field == "body"


BINARY = encode(EVENT, ENVELOPE, MISSION_EVENTS, key=None)


@pytest.mark.parametrize(
    "content_type",
    [None, b"", b"application/json; charset=utf-8", b"Application/JSON", b"application/vnd.muster+json"],
)
def test_a_json_body_goes_by_several_names(content_type: bytes | None) -> None:
    headers = [header for header in BINARY.headers if header[0] != "content-type"]
    if content_type is not None:
        headers.append(("content-type", content_type))
    assert decode(MISSION_EVENTS, headers, BINARY.value) == (EVENT, ENVELOPE)


@pytest.mark.parametrize(
    "content_type", [b"application/avro", b"text/plain", b"application/cloudevents-batch+json", b"application/cloudevents+avro", b"\xff"]
)
def test_another_content_type_is_refused_by_name(content_type: bytes) -> None:
    headers = [(name, content_type if name == "content-type" else value) for name, value in BINARY.headers]
    with pytest.raises(WrongContentType) as caught:
        decode(MISSION_EVENTS, headers, BINARY.value)
    assert (caught.value.reason, caught.value.field) == ("wrong-content-type", "content-type")


def test_the_body_need_not_say_its_type_again() -> None:
    body = EVENT.model_dump(mode="json", exclude={"type"})
    assert decode(MISSION_EVENTS, BINARY.headers, json.dumps(body).encode()) == (EVENT, ENVELOPE)
    assert isinstance(EVENT, PledgeAnnounced)
