"""Questions about a board, with answers that were read off the labels of the sample corpus; and the small language of their paths."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_STEP: Final = re.compile(r"(?P<field>[a-z_]+)(?:\[(?P<pick>[^\]]*)\])?(?:\.|$)")


class Question(BaseModel):
    """One question: which board, where on it the answer stands, and what it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: str
    mission: str
    valid_at: dt.date
    known_at: dt.date | None = None
    path: str
    told_by: list[str] = Field(alias="from", min_length=1)
    """Ids of the articles that tell it."""

    answer: Any = None
    includes: list[Any] | None = None
    excludes: list[Any] | None = None
    absent: bool = False
    one_of: list[Any] | None = None

    @model_validator(mode="after")
    def _has_one_answer(self) -> Self:
        given = [self.answer is not None, self.includes is not None, self.excludes is not None, self.absent, self.one_of is not None]
        if sum(given) != 1:
            raise ValueError("a question has exactly one of answer, includes, excludes, absent and one_of")
        steps(self.path)
        return self

    def is_answered_by(self, board: dict[str, Any]) -> bool:
        """Whether a board, as plain JSON values, gives the answer."""
        found = [value for value in look_up(board, self.path) if value is not None]
        flat = [entry for value in found for entry in (value if isinstance(value, list) else [value])]
        if self.absent:
            return not found
        if self.includes is not None:
            return all(value in flat for value in self.includes)
        if self.excludes is not None:
            return not any(value in flat for value in self.excludes)
        if self.one_of is not None:
            return bool(flat) and all(value in self.one_of for value in flat)
        if isinstance(self.answer, list):
            return sorted(map(str, flat)) == sorted(map(str, self.answer))
        return flat == [self.answer]


def read_questions(path: Path) -> list[Question]:
    """The questions of a TOML file."""
    return [Question.model_validate(row) for row in tomllib.loads(path.read_text("utf-8"))["question"]]


def look_up(board: Any, path: str) -> list[Any]:
    """The values at a path: none where a step leads nowhere, several where a step picks several entries."""
    values = [board]
    for field, pick in steps(path):
        values = [entry for value in values for entry in _picked((value or {}).get(field), pick)]
    return values


def steps(path: str) -> list[tuple[str, str | None]]:
    """A path's steps: field, and what is picked of its list (None: the value as it is).

    Raises:
        ValueError: it is no path.
    """
    found, at = [], 0
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            raise ValueError(f"no path from its character {at} on: {path}")
        found.append((step["field"], step["pick"]))
        at = step.end()
    return found


def _picked(value: Any, pick: str | None) -> Iterator[Any]:
    if value is None:
        return
    if pick is None:
        yield value
    elif pick == "-1":
        yield from value[-1:]
    else:
        wanted = [condition.strip().split("=", 1) for condition in pick.split(",") if condition.strip()]
        for entry in value:
            if all(_reads(entry, field) == expected for field, expected in wanted):
                yield entry


def _reads(entry: Any, path: str) -> str:
    for field in path.split("."):
        entry = entry.get(field) if isinstance(entry, dict) else None
    return "none" if entry is None else str(entry)
