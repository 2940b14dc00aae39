"""Answers kept by what was asked: the same question is never paid for twice."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress

from muster_contracts.ids import text_hash

from muster_extract.llm.prompt import Message, prompt
from muster_extract.llm.told import schema_hash


class AnswerCache:
    """Answers as the model wrote them: what grounds is decided anew each time, so that better grounding costs no call."""

    def __init__(self, connection: sqlite3.Connection, model: str, seed: int | None) -> None:
        self._connection, self._model, self._seed = connection, model, seed

    def key(self, conversation: Sequence[Message]) -> str:
        """What an answer depends on: model, seed, prompt, schema, and the article's text with its day and missions."""
        return text_hash(self._model, str(self._seed), prompt().sha256, schema_hash(), *(turn["content"] for turn in conversation))

    def find(self, key: str) -> str | None:
        """The answer to a question, if it was asked before. A file that fails has none."""
        with suppress(sqlite3.Error):
            row = self._connection.execute("select answer from answers where key = ?", (key,)).fetchone()
            return str(row[0]) if row else None
        return None

    def keep(self, key: str, answer: str) -> None:
        """Keeps an answer. The first one stays: two processes that asked at once then read the same."""
        with suppress(sqlite3.Error):
            self._connection.execute(
                "insert or ignore into answers (key, model, prompt, answer) values (?, ?, ?, ?)",
                (key, self._model, prompt().sha256, answer),
            )
