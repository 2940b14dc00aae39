"""The sample corpus through the whole system: what is corrected, what is taken back, and how many questions the board answers."""

from typing import Any, Final

import pytest
from muster_contracts.topics import ARTICLES as ARTICLE_TOPIC
from muster_testkit.corpus import ARTICLES, QUESTIONS, UPDATES, read_rows
from muster_testkit.flows import board, fresh, publish, status
from muster_testkit.questions import look_up, read_questions
from muster_testkit.stack import RunningStack
from muster_testkit.topics import dead_letters, records

ANSWERED_AT_LEAST: Final = 24
"""Of the 39; 26 were measured. The folds alone answer all of them (tests/corpus): what is missing here, extract has not read yet."""


@pytest.fixture(scope="module", autouse=True)
def corpus(stack: RunningStack) -> None:
    fresh(stack)
    publish(stack, ARTICLES, UPDATES)


def test_every_article_is_on_the_log_in_every_version_and_none_is_a_dead_letter(stack: RunningStack) -> None:
    told = records(stack, ARTICLE_TOPIC)
    assert len(told) == len(read_rows(ARTICLES)) + len(read_rows(UPDATES))
    assert sorted(record.type for record in told if record.type != "article-received.v1") == ["article-retracted.v2", "article-revised.v1"]
    assert dead_letters(stack) == []


def test_a_correction_holds_from_its_day_and_the_figure_before_it_until_then(stack: RunningStack) -> None:
    (url,) = {row["url"] for row in read_rows(UPDATES) if "pubstatus" not in row}
    before = told_by(status(stack, "haiti-mss", "--known-at", "2024-06-26"), url)
    after = told_by(status(stack, "haiti-mss", "--known-at", "2024-07-08"), url)
    assert (before["contingent-arrived"], after["contingent-arrived"]) == (400, 200)


def test_what_is_taken_back_stands_no_longer_and_that_it_stood_is_kept(stack: RunningStack) -> None:
    (url,) = {row["url"] for row in read_rows(UPDATES) if "pubstatus" in row}
    assert told_by(status(stack, "haiti-mss", "--known-at", "2024-10-19"), url) == {"contingent-arrived": 100}
    assert told_by(status(stack, "haiti-mss", "--known-at", "2024-10-20"), url) == {}
    assert told_by(status(stack, "haiti-mss"), url) == {}


def test_the_four_tellings_of_one_story_are_one_origin(stack: RunningStack) -> None:
    told = [record.body for record in records(stack, ARTICLE_TOPIC)]
    guids = [f"c-haiti-0{number}" for number in range(1, 5)]
    assert len({article["origin_id"] for article in told if article.get("guid") in guids}) == 1
    others = {article["origin_id"] for article in told if article.get("guid") not in guids}
    assert len(others) == len(read_rows(ARTICLES)) - len(guids)


def test_the_board_answers_most_questions(stack: RunningStack) -> None:
    table = read_questions(QUESTIONS)
    boards: dict[tuple[Any, ...], dict[str, Any]] = {}
    wrong = []
    for question in table:
        asked = (question.mission, question.valid_at, question.known_at)
        if asked not in boards:
            boards[asked] = board(stack, question.mission, valid_at=question.valid_at, known_at=question.known_at)
        if not question.is_answered_by(boards[asked]):
            wrong.append(f"{question.valid_at} {question.asks} {question.path} is {look_up(boards[asked], question.path)}")
    print(f"\n{len(table) - len(wrong)} of {len(table)} answered; not:\n" + "\n".join(wrong))  # noqa: T201 - shown where the test fails
    assert len(table) - len(wrong) >= ANSWERED_AT_LEAST


def told_by(shown: dict[str, Any], url: str) -> dict[str, int]:
    """The numbers that one article gives, by the type of fact."""
    return {
        fact["type"]: claim["quantity"]["amount"]
        for fact in shown["facts"]
        for claim in fact["claims"]
        if claim["url"] == url and claim["quantity"] and fact["type"] == "contingent-arrived"
    }
