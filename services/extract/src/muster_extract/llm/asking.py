"""From an article's conversation to told events: the cache, the budget, the endpoint, and one retry."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

from muster_extract.llm.budget import Budget, OverBudget, utc_day
from muster_extract.llm.cache import AnswerCache
from muster_extract.llm.client import Endpoint, NoAnswer
from muster_extract.llm.prompt import Message, told_back
from muster_extract.llm.resting import Resting
from muster_extract.llm.store import opened
from muster_extract.llm.told import ToldEvents, UnusableAnswer, read_answer
from muster_extract.settings import CoderSettings

CHARACTERS_A_TOKEN = 4
"""Of English text; only for what is reserved before the endpoint tells the true figure."""


class NoReading(Exception):
    """The model did not read the article. Its message says why, in one line."""


class Asking:
    """Asks a model, and remembers what it said."""

    def __init__(
        self,
        settings: CoderSettings,
        *,
        day: Callable[[], date] = utc_day,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings.llm
        self._store, self.trouble = opened(settings.cache)
        self._cache = AnswerCache(self._store, self._settings.model, self._settings.seed)
        self._budget = Budget(self._store, self._settings, day)
        self._endpoint = Endpoint(self._settings)
        self._resting = Resting(clock)
        self._wait = wait

    def close(self) -> None:
        """Closes the file and the connections."""
        self._endpoint.close()
        self._store.close()

    def told(self, conversation: tuple[Message, ...]) -> ToldEvents:
        """What the model says of an article.

        Raises:
            NoReading: nothing that could be used; says why.
        """
        key = self._cache.key(conversation)
        if (kept := self._kept(key)) is not None:
            return kept
        if self._resting.seconds:
            raise NoReading("the endpoint is left alone after it failed")
        try:
            answer, events = self._asked(conversation)
        except NoAnswer as failure:
            self._resting.failed(failure.wait)
            raise NoReading(failure.why) from None
        except OverBudget as limit:
            raise NoReading(str(limit)) from None
        self._resting.answered()
        self._cache.keep(key, answer)
        return self._kept(key) or events  # of two processes that asked at once, both read what the first one kept

    def _kept(self, key: str) -> ToldEvents | None:
        answer = self._cache.find(key)
        with suppress(UnusableAnswer):  # a file that somebody wrote into
            return read_answer(answer) if answer is not None else None
        return None

    def _asked(self, conversation: tuple[Message, ...]) -> tuple[str, ToldEvents]:
        """An answer and its events; once more where the first try gave none, with its fault told where there was an answer."""
        asked = conversation
        for last in (False, True):
            try:
                answer = self._once(asked)
            except NoAnswer as failure:
                if last or not failure.again or (failure.wait or 0) > self._settings.patience_seconds:
                    raise
                self._wait(failure.wait or 0)
                continue
            try:
                return answer, read_answer(answer)
            except UnusableAnswer as fault:
                if last:
                    raise NoAnswer(f"the answer can't be used ({fault})") from None
                asked = told_back(conversation, answer, str(fault))
        raise AssertionError("the last try returns or raises")

    def _once(self, conversation: Sequence[Message]) -> str:
        reserved = sum(len(turn["content"]) for turn in conversation) // CHARACTERS_A_TOKEN + self._settings.answer_tokens
        self._budget.reserve(reserved)
        answer = self._endpoint.ask(conversation)
        self._budget.settle(reserved, answer.tokens)
        return answer.text
