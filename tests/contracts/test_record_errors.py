"""Each way in which a record can be wrong has one error, with one reason, and the table in the README of contracts says its fate."""

import contextlib
import json
import re
import tracemalloc
from pathlib import Path
from typing import Any, get_origin

import pytest
from muster_contracts import errors
from muster_contracts.codec import check_key, decode, encode, validate
from muster_contracts.envelope import Envelope
from muster_contracts.errors import (
    BodyTooLarge,
    HeaderBodyMismatch,
    InvalidPayload,
    MissingHeader,
    NotAnEvent,
    RecordError,
    Tombstone,
    UnknownEventType,
    UnknownVersion,
    WrongKey,
    WrongSpecVersion,
    WrongType,
)
from muster_contracts.topics import ARTICLES, EVENT_TOPICS, MISSION_EVENTS
from muster_testkit.claims import pledged
from muster_testkit.telling import ENTERED
from pydantic import BaseModel, ValidationError

EVENT = pledged("KE", 1000)
ARTICLE_ID = str(EVENT.article.article_id)
RECORD = encode(EVENT, Envelope(str(EVENT.claim_id), "/muster/extract", EVENT.type, ENTERED, ARTICLE_ID), MISSION_EVENTS, key=ARTICLE_ID)
OTHER_ID = str(EVENT.claim_id).encode()


def headers(**changes: bytes | None) -> list[tuple[str, bytes]]:
    """The record's headers with other values; None takes one out."""
    return [(name, value) for name, value in {**dict(RECORD.headers), **changes}.items() if value is not None]


def body(**changes: Any) -> bytes:
    return json.dumps({**EVENT.model_dump(mode="json"), **changes}).encode()


@pytest.mark.parametrize(
    ("changes", "value", "error", "reason", "field"),
    [
        ({"ce_type": b"article-received.v1"}, body(), WrongType, "wrong-type", "ce_type"),
        ({"ce_type": b"weather-changed.v1"}, body(), UnknownEventType, "unknown-type", "ce_type"),
        ({"ce_type": b"pledge-announced.v99"}, body(), UnknownVersion, "unknown-version", "ce_type"),
        ({"ce_specversion": b"0.3"}, body(), WrongSpecVersion, "wrong-specversion", "ce_specversion"),
        ({"ce_id": None}, body(), MissingHeader, "missing-header", "ce_id"),
        ({"ce_source": None}, body(), MissingHeader, "missing-header", "ce_source"),
        ({"ce_type": None}, body(), MissingHeader, "missing-header", "ce_type"),
        ({"ce_time": b""}, body(), MissingHeader, "missing-header", "ce_time"),
        ({"ce_subject": b""}, body(), MissingHeader, "missing-header", "ce_subject"),
        ({"ce_type": b"\xff"}, body(), NotAnEvent, "not-an-event", "ce_type"),
        ({"ce_subject": b"\xff"}, body(), NotAnEvent, "not-an-event", "ce_subject"),
        ({"ce_type": b"pledge-withdrawn.v1"}, body(), HeaderBodyMismatch, "header-body-mismatch", "type"),
        ({"ce_type": b"pledge-withdrawn.v1"}, body(date=7), HeaderBodyMismatch, "header-body-mismatch", "type"),
        ({"ce_id": ARTICLE_ID.encode()}, body(), HeaderBodyMismatch, "header-body-mismatch", "ce_id"),
        ({"ce_subject": OTHER_ID}, body(), HeaderBodyMismatch, "header-body-mismatch", "ce_subject"),
        ({"ce_subject": b"no-uuid"}, body(), HeaderBodyMismatch, "header-body-mismatch", "ce_subject"),
        ({}, None, Tombstone, "tombstone", "body"),
        ({"ce_id": None}, None, Tombstone, "tombstone", "body"),
        ({}, b"", InvalidPayload, "invalid-payload", "body"),
        ({}, body(type=7), InvalidPayload, "invalid-payload", "pledge-announced.v1.type"),
        ({}, b" " * 6_291_457, BodyTooLarge, "too-large", "body"),
    ],
)
def test_what_is_wrong_has_one_name(
    changes: dict[str, bytes | None], value: bytes | None, error: type[RecordError], reason: str, field: str
) -> None:
    with pytest.raises(error) as caught:
        decode(MISSION_EVENTS, headers(**changes), value)
    assert (type(caught.value), caught.value.reason, caught.value.field) == (error, reason, field)


def test_a_header_without_a_value_is_a_missing_one() -> None:
    # Kafka has null values of headers; aiokafka hands them on as None.
    nothing: Any = [(name, None if name == "ce_id" else value) for name, value in RECORD.headers]
    with pytest.raises(MissingHeader):
        decode(MISSION_EVENTS, nothing, RECORD.value)


@pytest.mark.parametrize("key", [None, b"", b"haiti-mss", OTHER_ID, b"\xff" * 36])
def test_a_key_that_is_not_the_articles_is_told(key: bytes | None) -> None:
    with pytest.raises(WrongKey) as caught:
        check_key(MISSION_EVENTS, EVENT, key)
    assert (caught.value.reason, caught.value.field) == ("wrong-key", "key")
    check_key(MISSION_EVENTS, EVENT, RECORD.key)


def test_long_keys_are_not_kept() -> None:
    tracemalloc.start()
    for number in range(200):
        with contextlib.suppress(WrongKey):
            check_key(MISSION_EVENTS, EVENT, b"%d" % number * 20_000)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 1_000_000


def test_long_times_are_read_and_not_kept() -> None:
    tracemalloc.start()
    for number in range(5):
        sent = b"2024-06-24T09:30:00.%d%sZ" % (number, b"0" * 1_000_000)
        assert decode(MISSION_EVENTS, headers(ce_time=sent), body())[1].time.year == 2024
        del sent
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 500_000


LISTS = [
    (model, name)
    for topic in EVENT_TOPICS
    for model in topic.models.values()
    for name, field in model.model_fields.items()
    if get_origin(field.annotation) is tuple
]


@pytest.mark.parametrize(("model", "name"), LISTS, ids=lambda value: value if isinstance(value, str) else value.__name__)
def test_a_list_is_read_up_to_its_first_wrong_item(model: type[BaseModel], name: str) -> None:
    with pytest.raises(ValidationError) as caught:
        model.model_validate_json(json.dumps({name: [7] * 100}))
    items = [error["loc"] for error in caught.value.errors() if error["loc"][0] == name and len(error["loc"]) > 1]
    assert items == [(name, 0)]


def test_a_million_wrong_items_cost_no_more_than_their_parsing() -> None:
    completed = json.dumps({"claim_ids": [1] * 1_000_000}).encode()
    tracemalloc.start()
    with pytest.raises(InvalidPayload):
        decode(MISSION_EVENTS, headers(ce_type=b"extraction-completed.v1"), completed)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000


def test_validating_a_body_alone_knows_a_tombstone_too() -> None:
    with pytest.raises(Tombstone):
        validate(ARTICLES, None)


ALL = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, RecordError) and each is not RecordError]


def test_no_two_errors_share_a_reason() -> None:
    assert len({each.reason for each in ALL}) == len(ALL)


def test_the_table_in_the_readme_names_every_error_and_no_other() -> None:
    readme = (Path(__file__).parents[2] / "contracts" / "README.md").read_text("utf-8")
    section = re.split(r"^## ", readme.split("## What can be wrong with a record\n", 1)[1], flags=re.MULTILINE)[0]
    rows = [row.split("|") for row in section.splitlines() if row.startswith("| ")][1:]
    told = {found[0] for row in rows if (found := re.findall(r"`([^`]+)`", row[2]))}
    ingest = {"unknown-source", "bad-signature"}
    assert told - ingest == {each.reason for each in ALL}
    assert all(len(row) >= 5 and row[3].strip() for row in rows)
