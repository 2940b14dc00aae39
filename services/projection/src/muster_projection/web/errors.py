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

    def __init__(self, status: int, error: Code, message: str, field: str | None = None) -> None:
        self.status = status
        self.answer = ErrorAnswer(error=error, message=message, field=field)
        super().__init__(message)
