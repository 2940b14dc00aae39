"""Nothing that stands on a topic ends `muster tail` or `muster dlq`, whoever wrote it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from muster_contracts.topics import ARTICLES, TOPICS, Topic
from muster_contracts.transport.dead_letters import read_letter
from muster_deploy.bodies import parsed, written
from muster_deploy.cli.dlq_tables import whole_json
from muster_deploy.cli.event_lines import as_object, line, seen
from muster_deploy.letters.editing import differences, pretty, with_fields
from muster_deploy.letters.ledger import Ledger
from muster_deploy.letters.letter import short
from muster_testkit.letters import RecordAt

HALF = b'{"source": "\\ud800", "title": "\\ud83d"}'
DEEP = b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}"
ALMOST = b'{"a": ' + b"[" * 900 + b"]" * 900 + b"}"
BODIES: list[bytes | None] = [HALF, DEEP, ALMOST, b'{"a": NaN}', b"[" * 100_000, b"1" * 5000, b"\xff\xfe{\x00}\x00", b"\x00", b"", None]

names = st.sampled_from(
    ["ce_type", "ce_id", "ce_specversion", "content-type", "dlq_reason", "dlq_offset", "dlq_partition", "dlq_topic", "x"]
)
values: st.SearchStrategy[Any] = (
    st.none() | st.binary(max_size=8) | st.sampled_from([b"1.0", b"pledge-announced.v1", b"7", b"application/json"])
)
anything = st.builds(
    RecordAt,
    offset=st.integers(0, 9),
    value=st.sampled_from(BODIES) | st.binary(max_size=40),
    headers=st.lists(st.tuples(names, values), max_size=6).map(tuple),
    key=st.none() | st.binary(max_size=4),
    timestamp=st.integers(-(2**63), 2**63 - 1),
)


def look(topic: Topic, record: Any) -> None:
    """All that the commands do with a record before they write it."""
    one = seen(topic, record)
    line(topic, one).plain.encode()
    written(as_object(one)).encode()
    letter = read_letter(replace(record, topic="articles-extract-dlq"), "extract")
    ledger = Ledger(3)
    ledger.add(short(letter, "articles-extract-dlq"))
    (case,) = ledger.cases()
    written(whole_json(case, letter), indent=2).encode()
    pretty(letter.body).encode()
    differences(letter, letter)


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_of_any_kind_is_shown(body: bytes | None) -> None:
    for topic in TOPICS:
        look(topic, RecordAt(0, body))
        look(topic, RecordAt(0, body, headers=()))


@settings(max_examples=300, deadline=None)
@given(topic=st.sampled_from(TOPICS), record=anything)
def test_a_record_of_any_kind_is_shown(topic: Topic, record: RecordAt) -> None:
    look(topic, record)


def test_half_a_surrogate_pair_stays_spelt() -> None:
    assert json.loads(with_fields(HALF, ["source=Example Courier"])) == {"source": "Example Courier", "title": "\ud83d"}
    assert "\\ud800" in pretty(HALF)


@pytest.mark.parametrize("body", [DEEP, ALMOST, b'{"a": NaN}', b"[" * 100_000])
def test_what_json_cannot_be_written_again_is_text(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"nested too deeply|no number|Expecting"):
        parsed(body)
    assert pretty(body) == body.decode()


def test_a_letter_of_a_headless_record_has_none_of_ours() -> None:
    letter = read_letter(RecordAt(0, b"{}", headers=(), topic=f"{ARTICLES.name}-extract-dlq"), "extract")
    assert (letter.reason, letter.headers) == ("no-letter", ())
