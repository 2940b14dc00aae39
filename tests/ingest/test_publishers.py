"""Who may submit, and who has to sign."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_ingest.__main__ import app
from muster_ingest.errors import UnusableArticle
from muster_ingest.publishers import EVERYBODY, SIGNATURE_HEADER, Publishers, signature
from muster_ingest.settings import IngestSettings
from muster_ingest.sources.submissions import read_submission
from typer.testing import CliRunner

BODY = json.dumps({"source": "The Example", "url": "https://news.example/a", "published": "2024-06-24", "text": "Kenya sent 400."}).encode()
DESK = "https://feeds.example/desk"
NAMED = [("publisher", DESK.encode())]
SIGNING = Publishers(keys={DESK: b"a key of the desk's own"})


def test_everybody_is_taken_unless_a_list_is_set() -> None:
    assert read_submission([], BODY).publisher is None
    assert read_submission(NAMED, BODY, publishers=Publishers(frozenset({DESK}))).publisher == DESK


@pytest.mark.parametrize("headers", [[], [("publisher", b"")], [("publisher", b"https://feeds.example/desk2")], [("publisher", b"\xff")]])
def test_a_source_that_is_not_on_the_list_is_refused_by_name(headers: list[tuple[str, bytes]]) -> None:
    with pytest.raises(UnusableArticle) as caught:
        read_submission(headers, BODY, publishers=Publishers(frozenset({DESK})))
    assert (caught.value.reason, caught.value.field) == ("unknown-source", "source")


def test_the_source_of_an_envelope_counts_and_not_a_header_beside_it() -> None:
    attributes = {"specversion": "1.0", "id": "1", "source": "/else", "type": "article-submitted.v1", "time": "2024-06-24T12:00:00Z"}
    headers = [*((f"ce_{name}", value.encode()) for name, value in attributes.items()), *NAMED]
    assert read_submission(headers, BODY).publisher == "/else"
    with pytest.raises(UnusableArticle, match="not among the sources"):
        read_submission(headers, BODY, publishers=Publishers(frozenset({DESK})))


def test_a_source_with_a_key_signs_the_body_as_it_stands() -> None:
    signed = [*NAMED, (SIGNATURE_HEADER, signature(SIGNING.keys[DESK], BODY))]
    assert read_submission(signed, BODY, publishers=SIGNING).publisher == DESK
    assert read_submission(signed, BODY, publishers=EVERYBODY).publisher == DESK
    upper = [*NAMED, (SIGNATURE_HEADER, b"sha256=" + signature(SIGNING.keys[DESK], BODY)[7:].upper())]
    assert read_submission(upper, BODY, publishers=SIGNING).publisher == DESK
    framed = b"\0\0\0\0\1" + BODY
    assert (
        read_submission([*NAMED, (SIGNATURE_HEADER, signature(SIGNING.keys[DESK], framed))], framed, publishers=SIGNING).publisher == DESK
    )


def test_a_source_without_a_key_need_not_sign() -> None:
    assert read_submission([("publisher", b"/other")], BODY, publishers=SIGNING).publisher == "/other"


@pytest.mark.parametrize(
    "sent",
    [None, b"", b"sha256=", b"sha256=00", b"sha256=" + b"0" * 64, b"md5=" + b"0" * 32, signature(b"another key", BODY), b"\xff" * 71],
)
def test_a_signature_that_is_missing_or_wrong_is_refused_by_name(sent: bytes | None) -> None:
    headers = NAMED + ([] if sent is None else [(SIGNATURE_HEADER, sent)])
    with pytest.raises(UnusableArticle) as caught:
        read_submission(headers, BODY, publishers=SIGNING)
    assert (caught.value.reason, caught.value.field) == ("bad-signature", SIGNATURE_HEADER)


@given(st.integers(0, len(BODY) - 1), st.integers(1, 255))
def test_no_changed_byte_passes(at: int, by: int) -> None:
    changed = bytearray(BODY)
    changed[at] ^= by
    with pytest.raises(UnusableArticle, match="the key of"):
        SIGNING.check(DESK, {SIGNATURE_HEADER: signature(SIGNING.keys[DESK], BODY)}, bytes(changed))


@pytest.mark.parametrize(
    ("environment", "allowed", "keys"),
    [
        ({}, None, {}),
        ({"MUSTER_INGEST__PUBLISHERS": "open"}, None, {}),
        ({"MUSTER_INGEST__PUBLISHERS": f"/muster/publish  {DESK}"}, frozenset({"/muster/publish", DESK}), {}),
        ({"MUSTER_INGEST__KEYS": json.dumps({DESK: "a secret of ours"})}, None, {DESK: b"a secret of ours"}),
        ({"MUSTER_INGEST__PUBLISHERS": " open "}, None, {}),
    ],
)
def test_the_environment_says_who_is_taken(
    environment: Mapping[str, str], allowed: frozenset[str] | None, keys: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings = IngestSettings()
    assert settings.ingest.policy() == Publishers(allowed, keys)
    assert "secret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MUSTER_INGEST__KEYS", json.dumps({DESK: ""}), f"a key has at least 16 characters; too short is that of {DESK}"),
        ("MUSTER_INGEST__KEYS", json.dumps({"/a": "a secret of our", "/b": "a secret of ours"}), "too short is that of /a\n"),
        ("MUSTER_INGEST__PUBLISHERS", " ", "names no source"),
        ("MUSTER_INGEST__PUBLISHERS", "", "names no source"),
    ],
)
def test_a_key_that_can_be_guessed_and_a_list_without_names_are_refused(
    name: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    done = CliRunner().invoke(app, ["run"])
    assert done.exit_code == 2
    assert f"{name}: " in done.stderr
    assert message in done.stderr
    assert "a secret of our" not in done.output
