"""What may be asked: calls and tokens for each run and for each day (UTC), counted before they are spent."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from muster_extract.settings import LlmSettings


def utc_day() -> date:
    """The day on which a day's budget is counted."""
    return datetime.now(UTC).date()


@dataclass
class Spent:
    """Calls and tokens."""

    calls: int = 0
    tokens: int = 0


class OverBudget(Exception):
    """No further call is allowed. Its message names the limit."""


class Budget:
    """Counts calls and tokens against four limits, None meaning no limit. The day's sum is shared through the file."""

    def __init__(self, connection: sqlite3.Connection, settings: LlmSettings, day: Callable[[], date] = utc_day) -> None:
        self._connection, self._limits, self._day = connection, settings, day
        self._run = Spent()

    def reserve(self, tokens: int) -> None:
        """Books one call of about `tokens` tokens, before it is made: a call that fails was made all the same.

        Raises:
            OverBudget: it would pass a limit. A file that can't be written allows nothing: what is not counted is not spent.
        """
        limits = self._limits
        _hold("run", Spent(self._run.calls + 1, self._run.tokens + tokens), limits.calls_a_run, limits.tokens_a_run)
        try:
            self._connection.execute("begin immediate")
            try:
                spent = self._today()
                _hold("day", Spent(spent.calls + 1, spent.tokens + tokens), limits.calls_a_day, limits.tokens_a_day)
                self._add(1, tokens)
            finally:
                self._connection.execute("commit")
        except sqlite3.Error as error:
            raise OverBudget(f"the day's spending can't be counted ({error})") from None
        self._run.calls += 1
        self._run.tokens += tokens

    def settle(self, reserved: int, tokens: int | None) -> None:
        """Replaces the tokens that were reserved for a call by those that the endpoint charged; None leaves them."""
        if tokens is None:
            return
        self._run.tokens += tokens - reserved
        try:
            self._add(0, tokens - reserved)
        except sqlite3.Error:
            return  # the reservation stays: too much is counted, never too little

    def _today(self) -> Spent:
        row = self._connection.execute("select calls, tokens from spending where day = ?", (self._day().isoformat(),)).fetchone()
        return Spent(*row) if row else Spent()

    def _add(self, calls: int, tokens: int) -> None:
        self._connection.execute(
            "insert into spending (day, calls, tokens) values (?, ?, ?)"
            " on conflict (day) do update set calls = calls + excluded.calls, tokens = tokens + excluded.tokens",
            (self._day().isoformat(), calls, tokens),
        )


def _hold(of: str, wanted: Spent, calls: int | None, tokens: int | None) -> None:
    if calls is not None and wanted.calls > calls:
        raise OverBudget(f"the {of}'s budget of {calls} calls is used up")
    if tokens is not None and wanted.tokens > tokens:
        raise OverBudget(f"the {of}'s budget of {tokens} tokens is used up")
