"""What kind of article, and what kind of event: so that a score says where it is lost."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from muster_extract.evaluation.scoring import Label

OLD = 60
"""Days before publication from which an event is background."""

LISTED = 3
"""Contributors of one type in one article from which they are a list."""


def article_classes(row: dict[str, Any]) -> tuple[str, ...]:
    """The classes of an article: its own, else the one of its style; `other` where that is unknown."""
    given = row.get("classes")
    if given:
        return tuple(given)
    style = row["source"].removeprefix("style: ")
    said = [(found.start(), -len(word), name) for word, pattern, name in _words() if (found := pattern.search(style))]
    return (min(said)[2] if said else "other",)


def article_ground(row: dict[str, Any]) -> tuple[str]:
    """Which missions an article tells of: Haiti's, on which most was developed, or others; the goals for the two differ."""
    missions = [event.get("mission") or "" for event in row["events"]]
    if not missions:
        return ("quiet",)
    return ("Haiti's missions" if sum(mission.startswith("haiti-") for mission in missions) * 2 >= len(missions) else "other missions",)


def event_classes(row: dict[str, Any], event: Label) -> Iterator[str]:
    """The classes of a labelled event, as far as its label shows them."""
    unit = event.get("unit")
    if not event.get("quantity"):
        yield "without a number"
    elif unit in {"personnel", "police", "troops"}:
        yield "people counted"
    elif unit and len(unit) == 3 and unit.isupper():
        yield "money"
    else:
        yield "equipment counted"
    alike = {e.get("contributor") for e in row["events"] if e["type"] == event["type"]} - {None}
    if event.get("contributor") and len(alike) >= LISTED:
        yield "one of a list of contributors"
    if not event.get("contributor"):
        yield "nobody named"
    day, published = event.get("date"), row["published"][:10]
    if not day:
        yield "undated"
    elif day > published:
        yield "still to come"
    elif _months(published) - _months(day) >= OLD // 30:
        yield "background"
    if event.get("reason"):
        yield "with a reason"


def _months(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7] or 12)


@cache
def _words() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Word, its pattern, and the class that it stands for."""
    table = tomllib.loads(files(__package__ or __name__).joinpath("classes.toml").read_text("utf-8"))["words"]
    return tuple((word, re.compile(rf"\b{re.escape(word)}\b"), name) for name, words in table.items() for word in words)
