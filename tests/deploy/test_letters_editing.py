"""Editing a letter: fields and headers set by hand, what differs, and what the contract says to the result."""

import json
from datetime import date

import pytest
from muster_contracts.topics import ARTICLE_SUBMISSIONS, ARTICLES
from muster_contracts.transport.dead_letters import DeadLetter, read_letter, sent_back
from muster_deploy.cli.plain import plain
from muster_deploy.errors import BadInput
from muster_deploy.letters.editing import check, differences, fault, pretty, with_fields, with_headers, with_key
from muster_testkit.letters import RecordAt, letter_of

BODY = b'{"title": "Police to leave", "quantity": {"amount": 5}, "reasons": ["court"]}'
HEADERS = (("ce_id", b"a"), ("trace", b"\xff"), ("trace", b"2"))
TODAY = date(2024, 7, 1)
ARTICLE = {"source": "Example Courier", "published": "2024-06-24", "title": "Police to leave", "text": "They leave on Tuesday, said one."}


def a_letter(body: bytes | None = BODY, headers: tuple[tuple[str, bytes], ...] = HEADERS) -> DeadLetter:
    buried = letter_of(RecordAt(41, body, headers))
    return read_letter(RecordAt(0, buried.value, buried.headers, topic="articles-extract-dlq"), "extract")


def test_fields_are_set_by_path_as_json_or_as_text() -> None:
    changed = json.loads(with_fields(BODY, ["title=Police stay", "quantity.amount=7", "reasons.0=funding", "evidence.start=0", "a=b=c"]))
    assert changed == {
        "title": "Police stay",
        "quantity": {"amount": 7},
        "reasons": ["funding"],
        "evidence": {"start": 0},
        "a": "b=c",
    }


@pytest.mark.parametrize("assignment", ["title", "=1", "reasons.3=x", "reasons.x=y", "title.deeper=1", "quantity.amount.more=1"])
def test_an_assignment_that_does_not_fit_is_named(assignment: str) -> None:
    with pytest.raises(BadInput, match="--set"):
        with_fields(BODY, [assignment])


@pytest.mark.parametrize("body", [b"[1]", b"{", b"\xff", None, b""])
def test_a_body_that_is_no_object_has_no_fields_to_set(body: bytes | None) -> None:
    with pytest.raises(BadInput, match="no JSON object"):
        with_fields(body, ["a=1"])


def test_headers_are_replaced_where_they_stand_added_and_taken_away() -> None:
    assert with_headers(HEADERS, ["trace=1"]) == (("ce_id", b"a"), ("trace", b"1"))
    assert with_headers(HEADERS, ["ce_id=b"]) == (("ce_id", b"b"), ("trace", b"\xff"), ("trace", b"2"))
    assert with_headers(HEADERS, ["new=é"])[-1] == ("new", "é".encode())
    assert with_headers(HEADERS, ["trace="]) == (("ce_id", b"a"),)


def test_what_was_changed_is_named_by_path() -> None:
    new = with_fields(BODY, ["quantity.amount=7", "added=1"])
    edited = with_key(a_letter(new, with_headers(HEADERS, ["ce_id=b"])), "other")
    assert differences(a_letter(), edited) == ("quantity.amount", "added", "header ce_id", "key")
    assert differences(a_letter(b"\xff"), a_letter()) == ("body",)
    assert differences(a_letter(None), a_letter(b"")) == ()
    assert differences(a_letter(b'{"a": 1}'), a_letter(b'{"a": true}')) == ("a",)


def test_a_record_with_another_key_goes_to_that_keys_partition() -> None:
    assert sent_back(with_key(a_letter(), "k"), ARTICLES, 1).partition == 0
    assert sent_back(with_key(a_letter(), "other"), ARTICLES, 1).partition is None


def test_a_body_that_is_no_json_is_edited_as_it_is() -> None:
    assert pretty(b"plain") == "plain"
    assert pretty(b'{"a":1}') == '{\n  "a": 1\n}\n'


def test_a_submission_is_held_against_what_ingest_takes() -> None:
    check(ARTICLE_SUBMISSIONS, a_letter(json.dumps(ARTICLE).encode(), ()), today=TODAY)
    late = json.dumps({**ARTICLE, "published": "2199-01-01"}).encode()
    error = fault(ARTICLE_SUBMISSIONS, a_letter(late, ()), today=TODAY)
    assert error is not None
    assert error.reason == "future-date"


def test_an_event_is_held_against_its_envelope_and_its_model() -> None:
    error = fault(ARTICLES, a_letter(), today=TODAY)
    assert error is not None
    assert error.field == "ce_specversion"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "\\x1b[31mred"),
        ("one\ntwo\tthree", "one two three"),
        ("a\u202eb", "a\\u202eb"),
        ("naïve – “quoted”", "naïve – “quoted”"),
    ],
)
def test_text_of_others_gives_the_terminal_no_commands(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_long_text_is_cut() -> None:
    assert plain("x" * 10, longest=3) == "xxx…"
