"""What the board says of the corpus when the corpus is read rightly: every question of the table, asked of the folds alone."""

import pytest
from muster_contracts.claims import ExtractionCompleted
from muster_projection.folds import reckon, standing
from muster_testkit.corpus import ARTICLES, QUESTIONS, UPDATES, read_rows
from muster_testkit.questions import Question, look_up, read_questions
from muster_testkit.readings import read_labels

EVENTS = read_labels([*read_rows(ARTICLES), *read_rows(UPDATES)])
CLAIMS = [event for event in EVENTS if not isinstance(event, ExtractionCompleted)]
COMPLETIONS = [event for event in EVENTS if isinstance(event, ExtractionCompleted)]
TABLE = read_questions(QUESTIONS)


@pytest.mark.parametrize("question", TABLE, ids=[f"{question.valid_at} {question.asks}" for question in TABLE])
def test_the_board_answers(question: Question) -> None:
    standing_then = standing(COMPLETIONS, CLAIMS, question.known_at)
    board = reckon(question.mission, standing_then, valid_at=question.valid_at, known_at=question.known_at).model_dump(mode="json")
    assert question.is_answered_by(board), f"{question.path} is {look_up(board, question.path)}"
