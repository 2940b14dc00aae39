"""Older versions are read as the newest, step by step; what nobody can read has its own error."""

import contextlib
import json
from collections.abc import Mapping
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_contracts.codec import decode
from muster_contracts.errors import InvalidPayload, RecordError, UnknownEventType, UnknownVersion
from muster_contracts.model import WireModel
from muster_contracts.older import OLDER, Older
from muster_contracts.topics import EVENT_TOPICS, Topic
from muster_contracts.upcasting import newest, older_versions, upcast
from pydantic import ValidationError


class BerthV1(WireModel):
    type: Literal["berth-taken.v1"] = "berth-taken.v1"
    ship: str
    length: int


class BerthV2(WireModel):
    type: Literal["berth-taken.v2"] = "berth-taken.v2"
    vessel: str
    length: int


class BerthV3(WireModel):
    type: Literal["berth-taken.v3"] = "berth-taken.v3"
    vessel: str
    length_cm: int


def named(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"vessel": body["ship"], **{name: value for name, value in body.items() if name != "ship"}}


def measured(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"length_cm": body["length"] * 100, **{name: value for name, value in body.items() if name != "length"}}


HARBOUR = Topic("harbour", "any", BerthV3, 1, ("test",), ())
PAST = {"berth-taken.v1": Older(BerthV1, "berth-taken.v2", named), "berth-taken.v2": Older(BerthV2, "berth-taken.v3", measured)}


def test_a_body_goes_through_every_step() -> None:
    body = b'{"type": "berth-taken.v1", "ship": "Aurora", "length": 120, "added_later": 1}'
    assert upcast(HARBOUR, "berth-taken.v1", body, PAST) == BerthV3(vessel="Aurora", length_cm=12_000)
    body = b'{"type": "berth-taken.v2", "vessel": "Aurora", "length": 120}'
    assert upcast(HARBOUR, "berth-taken.v2", body, PAST) == BerthV3(vessel="Aurora", length_cm=12_000)
    assert newest("berth-taken.v1", PAST) == newest("berth-taken.v3", PAST) == "berth-taken.v3"
    assert set(older_versions(HARBOUR, PAST)) == {"berth-taken.v1", "berth-taken.v2"}


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"ship": "Aurora"}', b'{"type": "berth-taken.v2", "ship": "Aurora", "length": 3}'])
def test_a_body_is_held_to_its_own_version(body: bytes) -> None:
    with pytest.raises(ValidationError):
        upcast(HARBOUR, "berth-taken.v1", body, PAST)


@pytest.mark.parametrize("body", [None, b""])
def test_an_older_version_without_a_body_is_no_event(body: bytes | None) -> None:
    with pytest.raises(InvalidPayload, match="empty"):
        upcast(HARBOUR, "berth-taken.v1", body, PAST)


def test_a_version_that_nobody_can_read_has_its_own_error() -> None:
    with pytest.raises(UnknownVersion, match=r"this release reads berth-taken\.v1, berth-taken\.v2, berth-taken\.v3") as error:
        upcast(HARBOUR, "berth-taken.v4", b"{}", PAST)
    assert error.value.reason == "unknown-version"
    with pytest.raises(UnknownEventType) as other:
        upcast(HARBOUR, "berth-left.v1", b"{}", PAST)
    assert other.value.reason == "unknown-type"


@pytest.mark.parametrize(("topic", "name"), [(topic, name) for topic in EVENT_TOPICS for name in topic.models])
def test_the_codec_tells_a_newer_version_from_an_unknown_type(topic: Topic, name: str) -> None:
    def read(event_type: str) -> None:
        headers = {"ce_specversion": "1.0", "ce_id": "1", "ce_source": "/x", "ce_type": event_type, "ce_time": "2024-06-24T00:00:00Z"}
        decode(topic, [(key, value.encode()) for key, value in headers.items()], b"{}")

    family = name.rpartition(".")[0]
    with pytest.raises(UnknownVersion):
        read(f"{family}.v99")
    with pytest.raises(UnknownEventType) as error:
        read(f"un{family}.v1")
    assert not isinstance(error.value, UnknownVersion)


@pytest.mark.parametrize("name", OLDER)
def test_every_step_leads_to_a_type_that_a_topic_carries(name: str) -> None:
    assert any(newest(name) in topic.models for topic in EVENT_TOPICS)
    assert OLDER[name].model.model_fields["type"].default == name
    assert newest(name).rpartition(".")[0] == name.rpartition(".")[0]


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from(sorted(PAST))
BODIES = st.dictionaries(st.sampled_from(["type", "ship", "vessel", "length"]), VALUES).map(json.dumps).map(str.encode)


@given(st.sampled_from(sorted(PAST)), st.binary(max_size=80) | BODIES)
def test_no_body_raises_anything_untyped(name: str, body: bytes) -> None:
    with contextlib.suppress(RecordError, ValidationError):
        assert isinstance(upcast(HARBOUR, name, body, PAST), BerthV3)
