"""Errors that an operator can mend: each says what is wrong and what to do."""

from __future__ import annotations


class OperatorError(Exception):
    """Something outside the code is wrong; the command prints it without a traceback.

    Args:
        problem: what is wrong, in one sentence, with the facts (path, port, address).
        remedy: what to do about it; empty where nothing better than the problem can be said.
        log_lines: the last lines of the program that failed, oldest first.
    """

    exit_status = 1

    def __init__(self, problem: str, *, remedy: str = "", log_lines: tuple[str, ...] = ()) -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy
        self.log_lines = log_lines


class BadInput(OperatorError):
    """What was given to the command can't be used: a file, a day, an address, a name."""

    exit_status = 2


class MissingProgram(OperatorError):
    """A program that has to be on this machine is not (Java, Maven)."""


class DidNotStart(OperatorError):
    """A program was started and ended, or gave no answer in time. Carries the last lines of its log."""


class NotRunning(OperatorError):
    """A command needs a broker, a database or a board, and none runs and no address is given."""
