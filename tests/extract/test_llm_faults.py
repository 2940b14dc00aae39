"""When the endpoint fails, is slow or asks to be left alone, the rules read, and say why."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from muster_extract.labels import to_labels
from muster_extract.llm.resting import FAILURES, LONGEST_SECONDS, REST_SECONDS
from muster_extract.pipeline import Reader
from muster_testkit.llm_reading import PLEDGE, Clock, model_coder, stood_in, story
from muster_testkit.llm_server import Reply, content, failed, llm_server, told


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "llm.sqlite"


@pytest.mark.parametrize(
    ("reply", "calls", "why"),
    [
        (failed(500, "out of memory"), 2, "the endpoint answered 500: "),
        (failed(503, "loading"), 2, "the endpoint answered 503: "),
        (failed(400, "response_format is not supported"), 1, "response_format is not supported"),
        (failed(401, "bad key sesame-42"), 1, "bad key …"),
        (failed(404, "no such model"), 1, "the endpoint answered 404: "),
        (Reply(b"<html>a proxy's page</html>", headers={"Content-Type": "text/html"}), 2, "the endpoint sent what is no completion"),
        (Reply(b"{}"), 2, "the endpoint sent what is no completion"),
        (Reply(b'{"choices": []}'), 2, "a completion without a choice"),
        (Reply(told(PLEDGE).body, cut=True), 2, "the endpoint broke off"),
        (content(None, refusal="I'd rather not"), 1, "the model refused to answer"),
        (content('{"events": [', finish="length"), 1, "the answer was cut off at its limit of tokens"),
    ],
)
def test_when_the_endpoint_fails_the_rules_read_and_say_why(reader: Reader, cache: Path, reply: Reply, calls: int, why: str) -> None:
    with llm_server(reply) as server, model_coder(server, reader, cache) as llm:
        assert why in stood_in(llm.extract(story()), reader, story())
    assert server.calls == calls


@pytest.mark.parametrize("passing", [failed(500), failed(503), failed(429), Reply(b"{}"), Reply(told(PLEDGE).body, cut=True)])
def test_a_passing_fault_is_asked_over_once(reader: Reader, cache: Path, passing: Reply) -> None:
    with llm_server(passing, told(PLEDGE)) as server, model_coder(server, reader, cache) as llm:
        assert to_labels(llm.extract(story()).claims) == [PLEDGE]
    assert server.calls == 2


@pytest.mark.parametrize("pace", ["never", "dripping"])
def test_a_slow_endpoint_is_given_its_time_and_no_more(reader: Reader, cache: Path, pace: Any) -> None:
    # The whole answer would drip for 10 s and more, always within the client library's own time from byte to byte.
    with llm_server(Reply(told(PLEDGE).body, pace=pace)) as server, model_coder(server, reader, cache, timeout_seconds=0.3) as llm:
        assert stood_in(llm.extract(story()), reader, story()) == "no answer within 0.3 s"
    assert server.calls == 1


def test_an_endpoint_that_is_not_there_costs_no_time(reader: Reader, cache: Path) -> None:
    with llm_server(told()) as server:
        gone = server.base_url
    with model_coder(gone, reader, cache) as llm:
        assert stood_in(llm.extract(story()), reader, story()).startswith("the endpoint can't be reached")


def test_a_busy_endpoint_is_waited_for_as_long_as_it_asks(reader: Reader, cache: Path) -> None:
    clock = Clock()
    with llm_server(failed(429, retry_after="3"), told(PLEDGE)) as server, model_coder(server, reader, cache, clock=clock) as llm:
        assert to_labels(llm.extract(story()).claims) == [PLEDGE]
    assert (server.calls, clock.waited) == (2, [3.0])


def in_seconds() -> str:
    return "300"


def as_a_date() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=300), usegmt=True)


@pytest.mark.parametrize("given", [in_seconds, as_a_date])
def test_an_endpoint_that_asks_for_long_is_left_alone_for_that_long(reader: Reader, cache: Path, given: Callable[[], str]) -> None:
    clock = Clock()
    with (
        llm_server(failed(429, "slow down", retry_after=given()), told(PLEDGE)) as server,
        model_coder(server, reader, cache, clock=clock) as llm,
    ):
        assert "429" in stood_in(llm.extract(story()), reader, story())
        clock.seconds = 290
        assert stood_in(llm.extract(story("b")), reader, story("b")) == "the endpoint is left alone after it failed"
        assert (server.calls, clock.waited) == (1, [])
        clock.seconds = 301
        assert to_labels(llm.extract(story()).claims) == [PLEDGE]


def test_after_several_failures_in_a_row_the_endpoint_rests_and_then_is_tried_again(reader: Reader, cache: Path) -> None:
    clock = Clock()
    with llm_server(failed(401)) as server, model_coder(server, reader, cache, clock=clock) as llm:
        for _ in range(FAILURES + 2):
            stood_in(llm.extract(story()), reader, story())
        assert server.calls == FAILURES
        server.will(told(PLEDGE))
        clock.seconds = REST_SECONDS + 1
        assert to_labels(llm.extract(story()).claims) == [PLEDGE]


@pytest.mark.parametrize("asked_for", ["nan", "inf", "-5", "soon", "Thu, 99 Foo"])
def test_a_senseless_retry_after_holds_nobody_up_for_ever(reader: Reader, cache: Path, asked_for: str) -> None:
    clock = Clock()
    with llm_server(failed(429, retry_after=asked_for)) as server, model_coder(server, reader, cache, clock=clock) as llm:
        stood_in(llm.extract(story()), reader, story())
        server.will(told(PLEDGE))
        clock.seconds = LONGEST_SECONDS + 1
        assert to_labels(llm.extract(story()).claims) == [PLEDGE]
    assert all(0 <= seconds <= 5 for seconds in clock.waited)
