"""A dead letter and the way back: the record comes out of it to the byte, whatever its publisher put into it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_contracts.codec import Record
from muster_contracts.envelope import Position
from muster_contracts.errors import InvalidPayload
from muster_contracts.topics import ARTICLES
from muster_contracts.transport.dead_letters import LONGEST_ERROR, NO_LETTER, dead_letter, read_letter, sent_back, smaller

FAILED = datetime(2024, 6, 25, 9, 30, tzinfo=UTC)
HOSTILE = (("dlq_reason", b"mine"), ("dlq_topic", b"mission-events"), ("dlq_offset", b"\xff"), ("dlq_replays", b"99"), ("ce_id", b"a"))


@dataclass(frozen=True)
class Given:
    """A record as a consumer reads it."""

    headers: tuple[tuple[str, bytes], ...] = (("ce_id", b"a"), ("trace", b"\xff"))
    value: bytes | None = b'{"a": 1}'
    key: bytes | None = b"k"
    topic: str = "articles"
    partition: int = 2
    offset: int = 41
    timestamp: int = 1_719_222_600_000


def as_read(record: Record, *, offset: int = 7) -> Given:
    """What was published, read again."""
    return Given(record.headers, record.value, record.key, record.topic, record.partition or 0, offset, 1_719_400_000_000)


def buried(record: Given, error: Exception | None = None, *, attempts: int = 1, at: datetime = FAILED) -> Any:
    letter = dead_letter(record, ARTICLES, "extract", error or InvalidPayload("no such article", field="text"), attempts, at)
    return read_letter(as_read(letter), "extract")


def test_a_letter_says_what_was_wrong_where_and_since_when() -> None:
    letter = buried(Given(), attempts=3)
    assert (letter.reason, letter.error, letter.field, letter.attempts) == ("invalid-payload", "text: no such article", "text", 3)
    assert (letter.origin, letter.position) == (Position("articles", 2, 41), Position("articles-extract-dlq", 0, 7))
    assert (letter.first_failure, letter.entered, letter.replays) == (FAILED, "2024-06-24T09:50:00+00:00", 0)


header = st.tuples(st.sampled_from([name for name, _ in HOSTILE] + ["trace", "dlq_first_failure"]), st.binary(max_size=5))


@given(
    headers=st.lists(header, max_size=8)
    .map(tuple)
    .filter(lambda found: not found or found[-1][0] not in ("dlq_replays", "dlq_first_failure")),
    value=st.none() | st.binary(max_size=20),
    key=st.none() | st.binary(max_size=5),
)
def test_a_record_comes_back_as_it_was_through_any_number_of_replays(headers: Any, value: bytes | None, key: bytes | None) -> None:
    first = Given(headers, value, key)
    record = first
    for replays in (1, 2, 3):
        letter = buried(record, at=FAILED + timedelta(days=replays))
        body = b"" if value is None and key is None else value  # the client sends no record without both
        assert (letter.headers, letter.body, letter.key) == (headers, body, key)
        assert (letter.replays, letter.first_failure) == (replays - 1, FAILED + timedelta(days=1))
        sent = sent_back(letter, ARTICLES, replays)
        assert (sent.value, sent.key, sent.partition, sent.topic) == (body, key, 2, "articles")
        assert sent.headers[: len(headers)] == headers
        assert dict(sent.headers[len(headers) :])["dlq_replays"] == str(replays).encode()
        record = replace(as_read(sent), partition=2)


def test_headers_of_ours_that_a_publisher_wrote_lead_nobody_astray() -> None:
    letter = buried(Given(headers=HOSTILE))
    assert (letter.reason, letter.origin, letter.replays, letter.headers) == ("invalid-payload", Position("articles", 2, 41), 0, HOSTILE)


@pytest.mark.parametrize("count", [b"-1", b"9" * 40, b"\xff", b"", b"3.5", "٣".encode()])
def test_a_count_that_is_no_count_is_none(count: bytes) -> None:
    assert buried(Given(headers=(("dlq_replays", count), ("dlq_first_failure", b"yesterday")))).replays == 0


def test_a_record_that_is_no_letter_is_read_as_one() -> None:
    letter = read_letter(Given(headers=(("trace", b"1"),), topic="articles-extract-dlq"), "extract")
    assert (letter.reason, letter.origin, letter.body) == (NO_LETTER, None, b'{"a": 1}')


def test_an_error_is_kept_short_and_never_makes_another() -> None:
    assert len(buried(Given(), ValueError("x" * 10_000)).error) == LONGEST_ERROR
    assert buried(Given(), ValueError("half \ud800 of a pair")).error == "ValueError: half \\ud800 of a pair"


def test_a_record_whose_time_is_no_time_has_a_letter_too() -> None:
    assert buried(Given(timestamp=2**62)).entered is None


@pytest.mark.parametrize("said", [b"0001-01-01T00:00:00+23:59", b"9999-12-31T23:59:59-23:59"])
def test_a_first_failure_outside_the_years_that_there_are_is_none(said: bytes) -> None:
    assert buried(Given(headers=(("dlq_first_failure", said),))).first_failure == FAILED


@pytest.mark.parametrize("value", [None, b"", b"x" * 50])
@pytest.mark.parametrize("key", [None, b"k"])
def test_a_letter_gets_smaller_to_an_end_and_says_what_it_left_out(value: bytes | None, key: bytes | None) -> None:
    given = Given(headers=(("trace", b"z" * 50),), value=value, key=key)
    letter = dead_letter(given, ARTICLES, "extract", InvalidPayload("no such article", field="f" * 1000), 1, FAILED)
    steps = [letter]
    while (less := smaller(steps[-1])) != steps[-1]:
        steps.append(less)
        assert len(steps) < 5
        assert read_letter(as_read(less), "extract").left_out
    last = steps[-1]
    assert (last.key, last.value, dict(last.headers)["dlq_size"]) == (None, b"", str(len(value or b"")).encode())
    assert [name for name, _ in last.headers].count("dlq_body") == 1
    assert max(len(value) for _, value in last.headers) < 1000


def test_a_record_of_a_partition_that_the_table_does_not_know_goes_by_its_key() -> None:
    assert sent_back(buried(Given(partition=40)), ARTICLES, 1).partition is None
