"""The table of questions is well formed, and rests on articles that were public on the day that is asked about."""

from typing import Any

import pytest
from muster_testkit.corpus import ARTICLES, FOLDER, QUESTIONS, UPDATES, read_rows
from muster_testkit.questions import Question, look_up, read_questions

TABLE = read_questions(QUESTIONS)


@pytest.mark.parametrize("question", TABLE, ids=[question.asks for question in TABLE])
def test_a_question_rests_on_articles_that_were_public_by_then(question: Question) -> None:
    public = {row["id"]: row["published"][:10] for row in read_rows(ARTICLES)}
    assert set(question.told_by) <= set(public)
    if question.known_at is not None:
        assert all(public[told] <= question.known_at.isoformat() for told in question.told_by)


def test_each_update_of_the_corpus_is_asked_about_before_and_after() -> None:
    for row in read_rows(UPDATES):
        days = [question.known_at.isoformat() for question in TABLE if row["id"] in question.told_by and question.known_at]
        assert any(day >= row["modified"][:10] for day in days)


def test_the_readme_counts_the_questions() -> None:
    assert f"{len(TABLE)} questions" in (FOLDER / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("ceiling.amount", [2500]),
        ("nothing.amount", []),
        ("people[who=KE].pledged.amount", [1000]),
        ("people[who=none].pledged.amount", [7]),
        ("people[pledged.amount=1000, who=KE].who", ["KE"]),
        ("people[who=XX].pledged", []),
        ("people[].who", ["KE"]),
        ("people[-1].pledged.amount", [7]),
        ("codes", [["KE", "JM"]]),
    ],
)
def test_a_path_leads_to_its_values(path: str, found: list[Any]) -> None:
    board = {
        "ceiling": {"amount": 2500},
        "people": [{"who": "KE", "pledged": {"amount": 1000}}, {"who": None, "pledged": {"amount": 7}}],
        "codes": ["KE", "JM"],
    }
    assert look_up(board, path) == found


def test_a_question_tells_right_from_wrong() -> None:
    def asking(**answer: Any) -> Question:
        row = {"asks": "?", "mission": "haiti-mss", "valid_at": "2024-01-01", "path": "codes", "from": ["w-haiti-01"], **answer}
        return Question.model_validate(row)

    board = {"codes": ["KE", "JM"]}
    assert asking(answer=["JM", "KE"]).is_answered_by(board)
    assert not asking(answer=["JM"]).is_answered_by(board)
    assert asking(includes=["KE"]).is_answered_by(board)
    assert not asking(includes=["BB"]).is_answered_by(board)
    assert asking(excludes=["BB"]).is_answered_by(board)
    assert not asking(excludes=["KE"]).is_answered_by(board)
    assert asking(absent=True).is_answered_by({"codes": None})
    assert not asking(absent=True).is_answered_by(board)
    assert asking(one_of=["KE", "JM"]).is_answered_by(board)
    assert not asking(one_of=["KE"]).is_answered_by({"codes": None})
