"""Older versions are read as the newest, step by step; what nobody can read has its own error."""

import contextlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_contracts.articles import ArticleRetracted
from muster_contracts.codec import decode, encode
from muster_contracts.envelope import Envelope
from muster_contracts.errors import InvalidPayload, RecordError, UnknownEventType, UnknownVersion
from muster_contracts.model import WireModel
from muster_contracts.older import OLDER, ArticleRetractedV1, Older
from muster_contracts.publish.examples import Example, examples_of
from muster_contracts.publish.schemas import Version, versions
from muster_contracts.topics import ARTICLES, EVENT_TOPICS, Topic
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


STORED = [
    (version, example)
    for version in versions()
    if version.becomes
    for example in examples_of(version, Path(__file__).parents[2] / "contracts")
]


@pytest.mark.parametrize(("version", "example"), STORED, ids=[f"{version.name}-{example.name}" for version, example in STORED])
def test_a_step_makes_of_a_stored_example_what_the_next_version_says_and_leaves_the_example_as_it_is(
    version: Version, example: Example
) -> None:
    step, body = OLDER[version.name], example.json
    made = step.upcast(body)
    assert body == example.json
    assert step.upcast(body) == made
    following = OLDER[step.becomes].model if step.becomes in OLDER else version.topic.models[step.becomes]
    following.model_validate({**made, "type": step.becomes})
    assert set(made) <= {*following.model_fields}, "a step leaves no field behind that the next version doesn't know"


def test_a_retraction_of_version_1_is_read_as_one_of_version_2() -> None:
    folder = Path(__file__).parents[2] / "contracts" / "examples" / "article-retracted"
    read = upcast(ARTICLES, "article-retracted.v1", (folder / "v1" / "minimal.json").read_bytes())
    assert read == ArticleRetracted.model_validate_json((folder / "v2" / "minimal.json").read_bytes())
    read = upcast(ARTICLES, "article-retracted.v1", (folder / "v1" / "typical.json").read_bytes())
    killed = ArticleRetracted.model_validate_json((folder / "v2" / "killed.json").read_bytes())
    assert read == killed.model_copy(update={"pubstatus": None})  # which it was, version 1 didn't keep
    with pytest.raises(UnknownVersion, match=r"reads article-retracted\.v1, article-retracted\.v2"):
        upcast(ARTICLES, "article-retracted.v3", b"{}")


def test_only_the_newest_version_is_written() -> None:
    body = (Path(__file__).parents[2] / "contracts" / "examples" / "article-retracted" / "v1" / "minimal.json").read_bytes()
    envelope = Envelope("1", "/x", "article-retracted.v1", datetime(2024, 6, 24, tzinfo=UTC))
    with pytest.raises(UnknownEventType):
        encode(ArticleRetractedV1.model_validate_json(body), envelope, ARTICLES, None)
