"""Dates as the news gives them: a day, or only its month or year."""

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def _checked(value: str) -> str:
    found = _FORM.fullmatch(value)
    if not found:
        raise ValueError("a partial date is YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in found.groups())
    date(year or 0, month or 1, day or 1)  # raises where there is no such day
    return value


PartialDate = Annotated[
    str,
    AfterValidator(_checked),
    Field(
        description="A day in the world at day, month or year precision: YYYY-MM-DD, YYYY-MM or YYYY.",
        examples=["2024-06-25", "2023-07"],
        json_schema_extra={"pattern": r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$"},  # for the schema alone: `_checked` sees more
    ),
]


def first_day(partial: str) -> date:
    """The first day that a partial date can mean."""
    parts = [int(part) for part in partial.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(partial: str) -> date:
    """The last day that a partial date can mean."""
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2 and parts[1] < 12:
        return date(parts[0], parts[1] + 1, 1) - timedelta(days=1)
    return date(parts[0], 12, 31)


def agree(one: str, other: str) -> bool:
    """Whether two partial dates can mean the same day: they are equal to the coarser of their precisions."""
    shared = min(len(one), len(other))
    return one[:shared] == other[:shared]
