"""What kind of article, and what kind of event: so that a score says where it is lost."""

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
    fitting = [(len(beginning), name) for beginning, name in _beginnings() if style.startswith(beginning)]
    return (max(fitting)[1] if fitting else "other",)


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
def _beginnings() -> tuple[tuple[str, str], ...]:
    table = tomllib.loads(files(__package__ or __name__).joinpath("classes.toml").read_text("utf-8"))["beginnings"]
    return tuple((beginning, name) for name, beginnings in table.items() for beginning in beginnings)
