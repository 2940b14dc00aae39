"""What the read API answers when it can't answer: one shape for all, with a status."""

from typing import Literal

from muster_projection.board.base import BoardModel

Code = Literal[
    "unknown-mission",
    "unknown-fact",
    "nothing-known",
    "invalid-parameter",
    "not-found",
    "database-down",
    "not-migrated",
    "board-failed",
    "unexpected",
]


class ErrorAnswer(BoardModel):
    """Why there is no answer."""

    error: Code
    """For programs."""

    message: str
    """For people, in one sentence."""

    field: str | None = None
    """The parameter that is wrong, where one is."""


class NoAnswer(Exception):
    """Ends a request with an `ErrorAnswer`."""

    def __init__(self, status: int, answer: ErrorAnswer) -> None:
        self.status = status
        self.answer = answer
        super().__init__(answer.message)


def no_answer(status: int, error: Code, message: str, field: str | None = None) -> NoAnswer:
    """The exception that answers a request with these words."""
    return NoAnswer(status, ErrorAnswer(error=error, message=message, field=field))


def not_migrated() -> ErrorAnswer:
    """The answer of a service whose tables another release made, or none."""
    return ErrorAnswer(error="not-migrated", message="The tables are not those of this release: run `muster-projection migrate`.")
