"""What was paid for is kept, and what may be paid is counted."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from muster_extract.labels import to_labels
from muster_extract.pipeline import Reader
from muster_testkit.llm_reading import PLEDGE, TEXT, Clock, model_coder, stood_in, story
from muster_testkit.llm_server import failed, llm_server, told


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "llm.sqlite"


def test_the_same_question_is_asked_once(reader: Reader, cache: Path) -> None:
    with llm_server(told(PLEDGE)) as server:
        with model_coder(server, reader, cache) as llm:
            first, again = llm.extract(story()), llm.extract(story())
        with model_coder(server, reader, cache) as later:  # another process
            copy = later.extract(story("the same words at another address"))
            after = later.extract(story())
        assert server.calls == 1
    assert first == again == after
    assert to_labels(copy.claims) == [PLEDGE]
    assert copy.claims[0].article.article_id != first.claims[0].article.article_id


@pytest.mark.parametrize(
    "other",
    [{"text": f"{TEXT} So it goes."}, {"title": "Haiti and Chad"}, {"model": "m-2"}, {"seed": 1}],
    ids=["text", "title", "model", "seed"],
)
def test_another_text_model_or_seed_is_another_question(reader: Reader, cache: Path, other: dict[str, Any]) -> None:
    with llm_server(told(PLEDGE)) as server:
        with model_coder(server, reader, cache) as llm:
            llm.extract(story())
        with model_coder(server, reader, cache, **{k: v for k, v in other.items() if k in {"model", "seed"}}) as llm:
            llm.extract(story(**{k: v for k, v in other.items() if k in {"text", "title"}}))
        assert server.calls == 2


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        ({"calls_a_run": 1}, "the run's budget of 1 calls is used up"),
        ({"calls_a_day": 1}, "the day's budget of 1 calls is used up"),
        ({"tokens_a_run": 12_000}, "the run's budget of 12000 tokens is used up"),
        ({"tokens_a_day": 12_000}, "the day's budget of 12000 tokens is used up"),
    ],
    ids=["calls a run", "calls a day", "tokens a run", "tokens a day"],
)
def test_when_the_budget_is_used_up_the_rules_read_what_is_new(reader: Reader, cache: Path, limit: dict[str, Any], why: str) -> None:
    new = story("b", f"{TEXT} So it goes.")
    with llm_server(told(PLEDGE, tokens=9_000)) as server, model_coder(server, reader, cache, **limit) as llm:
        assert to_labels(llm.extract(story()).claims) == [PLEDGE]
        assert stood_in(llm.extract(new), reader, new) == why
        assert to_labels(llm.extract(story()).claims) == [PLEDGE]  # what is kept costs nothing
    assert server.calls == 1


def test_a_days_budget_is_shared_by_processes_and_fresh_the_next_day(reader: Reader, cache: Path) -> None:
    clock, new = Clock(), story("b", f"{TEXT} So it goes.")
    with llm_server(told(PLEDGE)) as server:
        with model_coder(server, reader, cache, calls_a_day=1) as llm:
            llm.extract(story())
        with model_coder(server, reader, cache, calls_a_day=1, clock=clock) as llm:
            stood_in(llm.extract(new), reader, new)
            clock.day = date(2024, 7, 3)
            assert to_labels(llm.extract(new).claims) == [PLEDGE]


def test_a_retry_and_a_failure_are_paid_for_too(reader: Reader, cache: Path) -> None:
    with llm_server(failed(500)) as server, model_coder(server, reader, cache, calls_a_run=1) as llm:
        assert stood_in(llm.extract(story()), reader, story()) == "the run's budget of 1 calls is used up"
    assert server.calls == 1


def test_tokens_are_counted_as_the_endpoint_charges_them(reader: Reader, cache: Path) -> None:
    with llm_server(told(PLEDGE, tokens=777)) as server, model_coder(server, reader, cache) as llm:
        llm.extract(story())
        server.will(told(PLEDGE, tokens=None))
        llm.extract(story("b", f"{TEXT} So it goes."))
    with sqlite3.connect(cache) as kept:
        [(day, calls, tokens)] = kept.execute("select day, calls, tokens from spending").fetchall()
    kept.close()
    assert (day, calls) == ("2024-07-02", 2)
    assert tokens > 777 + 4_000  # the second call by its estimate: the prompt and the longest answer


def test_nothing_secret_and_no_article_is_kept(reader: Reader, cache: Path) -> None:
    with llm_server(failed(401, "sesame-42"), told(PLEDGE)) as server, model_coder(server, reader, cache) as llm:
        llm.extract(story())
        read = llm.extract(story())
    kept = b"".join(file.read_bytes() for file in cache.parent.glob("llm.sqlite*"))
    assert b"sesame" not in kept
    assert b"Kenya has 400 officers there now" not in kept
    assert "sesame" not in read.completed.model_dump_json() + "".join(claim.model_dump_json() for claim in read.claims)


@pytest.mark.parametrize(
    "spoil", [lambda path: path.write_bytes(b"no database" * 100), lambda path: path.mkdir()], ids=["rubbish", "folder"]
)
def test_a_file_that_cannot_be_used_is_said_and_done_without(reader: Reader, cache: Path, spoil: Callable[[Path], None]) -> None:
    spoil(cache)
    with llm_server(told(PLEDGE)) as server, model_coder(server, reader, cache) as llm:
        read = llm.extract(story())
        llm.extract(story())
        assert server.calls == 1
    assert to_labels(read.claims) == [PLEDGE]
    assert read.notes[0].startswith("answers are not kept: llm.sqlite can't be used")


def test_of_two_that_asked_at_once_both_read_what_was_kept_first(reader: Reader, cache: Path) -> None:
    clock = Clock()
    with llm_server(failed(503)) as server, model_coder(server, reader, cache, clock=clock) as late:

        def another_process_is_quicker() -> None:
            server.will(told(PLEDGE))
            with model_coder(server, reader, cache) as quick:
                quick.extract(story())
            server.will(told({**PLEDGE, "contributor": "TD"}))

        clock.meanwhile = another_process_is_quicker
        assert to_labels(late.extract(story()).claims) == [PLEDGE]
        assert server.calls == 3


def test_a_row_that_is_no_answer_is_asked_anew(reader: Reader, cache: Path) -> None:
    with llm_server(told(PLEDGE)) as server, model_coder(server, reader, cache) as llm:
        llm.extract(story())
        with sqlite3.connect(cache) as kept:
            kept.execute("update answers set answer = 'scribble'")
        kept.close()
        assert to_labels(llm.extract(story()).claims) == [PLEDGE]
        assert server.calls == 2
