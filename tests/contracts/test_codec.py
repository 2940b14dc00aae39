import contextlib
import gc
import json
import re
import sys
from collections import Counter
from datetime import UTC, datetime
from types import FrameType
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_contracts.codec import decode, decode_envelope, encode, validate
from muster_contracts.envelope import Envelope, caused_by
from muster_contracts.errors import InvalidPayload, NotAnEvent, RecordError, UnknownEventType
from muster_contracts.topics import ARTICLE_SUBMISSIONS, ARTICLES, EVENT_TOPICS, MISSION_CHANGES, MISSION_EVENTS, OPERATOR_ACTS, Topic
from pydantic import BaseModel, TypeAdapter
from pydantic_core import SchemaValidator

AN_ID = "b39bcdc9-4216-5ebd-a295-69d7614f1ee0"
ARTICLE = {
    "article_id": AN_ID,
    "revision_id": AN_ID,
    "retraction_id": AN_ID,
    "pubstatus": "canceled",
    "revision": 2,
    "source": "Example Courier",
    "origin_id": AN_ID,
    "title": "Two hundred more for the mission",
    "text": "Two hundred more officers will follow.",
    "published_on": "2024-06-24",
    "known_on": "2024-06-24",
}
CLAIM = {
    "claim_id": AN_ID,
    "completion_id": AN_ID,
    "article": ARTICLE,
    "extractor": {"name": "rules", "version": "1.0.0"},
    "mission": "haiti-mss",
    "contributor": "KE",
    "quantity": {"amount": 200, "unit": "police", "qualifier": "about"},
    "date": "2024-07",
    "evidence": {"quote": "Two hundred", "start": 0, "end": 11},
    "attributed_to": {"name": "A. Speaker"},
    "aspect": "security",
}
FACT = {"fact_id": AN_ID, "type": "pledge-announced", "origins": 1, "first_told": "2024-06-24", "last_told": "2024-06-24"}
CHANGE = {
    "change_id": AN_ID,
    "because": "told",
    "fact": FACT,
    "before": FACT,
    "after": FACT,
    "changed": ["quantity"],
    "figure": "people-pledged",
    "rule": "the only number told",
}
LETTER = {"topic": "articles-extract-dlq", "partition": 0, "offset": 7}
ORIGIN = {"topic": "articles", "partition": 2, "offset": 41}
ACT = {
    "act_id": AN_ID,
    "letter": LETTER,
    "origin": ORIGIN,
    "consumer": "extract",
    "reason": "invalid-payload",
    "by": "desk",
    "at": "2024-06-25T09:30:00Z",
    "why": "no article",
    "sent_to": ORIGIN,
    "replays": 1,
    "changed": ["published"],
}
EVERY_TYPE = [(topic, name) for topic in EVENT_TOPICS for name in topic.models]


def an_event(topic: Topic, name: str) -> Any:
    fields = {
        **ARTICLE,
        **CLAIM,
        **CHANGE,
        **(ACT if topic is OPERATOR_ACTS else {}),
        "type": name,
        "step": "ceremony" if name.startswith("deployment-prepared") else "deployment",
    }
    return TypeAdapter(topic.models[name]).validate_json(json.dumps(fields))


def an_envelope(name: str) -> Envelope:
    return Envelope(
        id=AN_ID, source="/muster/test", type=name, time=datetime(2024, 6, 24, 18, 29, tzinfo=UTC), subject=AN_ID, causation_id="cause"
    )


@pytest.mark.parametrize(("topic", "name"), EVERY_TYPE)
def test_every_type_comes_back_as_it_went(topic: Topic, name: str) -> None:
    event = an_event(topic, name)
    record = encode(event, an_envelope(name), topic, key=AN_ID)
    assert decode(topic, record.headers, record.value) == (event, an_envelope(name))
    assert record.key == AN_ID.encode()


@pytest.mark.parametrize(("topic", "name"), EVERY_TYPE)
def test_a_field_that_a_newer_writer_added_is_ignored(topic: Topic, name: str) -> None:
    event = an_event(topic, name)
    record = encode(event, an_envelope(name), topic, key=None)
    newer = json.dumps({**json.loads(record.value or b""), "added_later": {"a": 1}}).encode()
    assert decode(topic, record.headers, newer)[0] == event


def test_the_headers_are_cloudevents_in_binary_mode() -> None:
    record = encode(an_event(ARTICLES, "article-received.v1"), an_envelope("article-received.v1"), ARTICLES, key=AN_ID)
    assert dict(record.headers) == {
        "ce_specversion": b"1.0",
        "ce_id": AN_ID.encode(),
        "ce_source": b"/muster/test",
        "ce_type": b"article-received.v1",
        "ce_time": b"2024-06-24T18:29:00.000Z",
        "ce_subject": AN_ID.encode(),
        "ce_causationid": b"cause",
        "content-type": b"application/json",
    }


def test_what_follows_from_an_event_keeps_its_time_and_names_it() -> None:
    cause = an_envelope("article-received.v1")
    effect = caused_by(cause, event_id=UUID(AN_ID), source="/muster/extract", event_type="pledge-announced.v1", subject=UUID(AN_ID))
    assert (effect.time, effect.causation_id) == (cause.time, cause.id)


def test_a_topic_refuses_a_type_that_it_does_not_carry() -> None:
    event = an_event(MISSION_EVENTS, "pledge-announced.v1")
    with pytest.raises(UnknownEventType, match="ce_type"):
        encode(event, an_envelope("pledge-announced.v1"), ARTICLES, key=None)
    record = encode(event, an_envelope("pledge-announced.v1"), MISSION_EVENTS, key=None)
    with pytest.raises(UnknownEventType, match="ce_type"):
        decode(ARTICLES, record.headers, record.value)


GOOD = encode(an_event(MISSION_EVENTS, "pledge-announced.v1"), an_envelope("pledge-announced.v1"), MISSION_EVENTS, key=None)


@pytest.mark.parametrize(
    ("header", "value", "said"),
    [
        ("ce_id", None, "ce_id: the header is missing"),
        ("ce_id", b"", "ce_id: the header is empty"),
        ("ce_type", b"\xff", "ce_type: the header is no UTF-8"),
        ("ce_specversion", b"0.3", "ce_specversion: only CloudEvents 1.0"),
        ("ce_time", b"yesterday", "ce_time: no RFC 3339 time"),
        ("ce_time", b"2024-06-24T18:29:00", "ce_time: the time has no zone"),
    ],
)
def test_a_bad_header_is_named(header: str, value: bytes | None, said: str) -> None:
    headers = [(name, old) for name, old in GOOD.headers if name != header] + ([(header, value)] if value is not None else [])
    with pytest.raises(NotAnEvent) as error:
        decode_envelope(headers)
    assert str(error.value).startswith(said)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"contributor": "Kenya"}, "pledge-announced.v1.contributor"),
        ({"quantity": {"amount": -1, "unit": "police"}}, "pledge-announced.v1.quantity.amount"),
        ({"date": "June"}, "pledge-announced.v1.date"),
        ({"evidence": {"quote": "Two", "start": 0, "end": 11}}, "pledge-announced.v1.evidence"),
        ({"mission": "Haiti MSS"}, "pledge-announced.v1.mission"),
        ({"certainty": 1.2}, "pledge-announced.v1.certainty"),
    ],
)
def test_a_bad_field_is_named(change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidPayload) as error:
        decode(MISSION_EVENTS, GOOD.headers, json.dumps({**json.loads(GOOD.value or b""), **change}).encode())
    assert error.value.field == field


@pytest.mark.parametrize(
    "body", [None, b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"type": "pledge-announced.v1"}', b'{"type": "no-such.v1"}']
)
def test_a_body_that_is_no_event_is_one_clear_error(body: bytes | None) -> None:
    with pytest.raises(InvalidPayload):
        decode(MISSION_EVENTS, GOOD.headers, body)


def test_the_body_has_to_be_what_the_envelope_says() -> None:
    other = encode(an_event(MISSION_EVENTS, "pledge-withdrawn.v1"), an_envelope("pledge-withdrawn.v1"), MISSION_EVENTS, key=None)
    with pytest.raises(InvalidPayload, match="the envelope says pledge-announced"):
        decode(MISSION_EVENTS, GOOD.headers, other.value)


@given(
    st.binary(max_size=200),
    st.lists(st.tuples(st.sampled_from(["ce_id", "ce_type", "ce_time", "ce_specversion", "other"]), st.binary(max_size=20))),
)
def test_no_bytes_raise_anything_untyped(body: bytes, headers: list[tuple[str, bytes]]) -> None:
    for topic in (ARTICLE_SUBMISSIONS, MISSION_EVENTS):
        for attempt in (lambda t=topic: decode(t, headers, body), lambda t=topic: validate(t, body)):
            with contextlib.suppress(RecordError):
                attempt()


def test_every_model_on_the_wire_is_frozen_and_described() -> None:
    for topic in EVENT_TOPICS:
        for name, model in topic.models.items():
            assert issubclass(model, BaseModel)
            assert model.model_config.get("frozen"), name
            assert (model.__doc__ or "").strip(), name
            assert re.fullmatch(r"[a-z]+(-[a-z]+)*\.v[1-9]", name), name


def test_the_unions_tell_their_members_apart_by_type() -> None:
    for topic in (ARTICLES, MISSION_EVENTS, MISSION_CHANGES):
        assert topic.adapter.json_schema()["discriminator"]["propertyName"] == "type"


def test_nothing_is_built_for_a_message() -> None:
    # A schema or an adapter costs milliseconds to build; both are made by Python code of pydantic's, and a decode runs none of it.
    decode(MISSION_EVENTS, GOOD.headers, GOOD.value)
    run: Counter[str] = Counter()

    def look(frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            run[str(frame.f_globals.get("__name__", "")).split(".")[0]] += 1

    before = sum(isinstance(each, (SchemaValidator, TypeAdapter)) for each in gc.get_objects())
    sys.setprofile(look)
    try:
        for _ in range(1_000):
            decode(MISSION_EVENTS, GOOD.headers, GOOD.value)
    finally:
        sys.setprofile(None)
    after = sum(isinstance(each, (SchemaValidator, TypeAdapter)) for each in gc.get_objects())
    assert run["pydantic"] == 0
    assert run["muster_contracts"] >= 1_000
    assert after == before
