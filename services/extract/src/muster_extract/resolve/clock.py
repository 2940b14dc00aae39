"""What a date phrase is read against: the day of publication, the verb's tense, and the day told of before."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from muster_extract.resolve.date_phrases import MONTHS, ORDINALS, SMALL, YEAR


class Tense(StrEnum):
    """Tense of the verb that a date phrase goes with; for a plan FUTURE, whatever its grammar."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Clock:
    """What a phrase is read against."""

    published: date
    tense: Tense
    anchor: date | None
    preposition: str


def month_of(day: date) -> str:
    """The month of a day, as a partial date."""
    return f"{day:%Y-%m}"


def months_on(day: date, months: int) -> date:
    """The first of the month that many months on."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def small_number(word: str) -> int:
    """The value of a count in digits or words."""
    lowered = word.lower()
    return int(lowered) if lowered.isdigit() else SMALL[lowered]


def day_number(word: str) -> int:
    """The day of the month, from `26th` or `twenty-sixth`."""
    lowered = word.lower()
    return ORDINALS[lowered] if lowered in ORDINALS else int(re.sub(r"\D", "", lowered))


def month_number(word: str) -> int:
    """1 to 12, from a month's name or abbreviation."""
    return MONTHS[word.lower().rstrip(".")]


def year_said(said: str | None, at: Clock) -> int | None:
    """The year of a trailing `2024` or `of last year`; None where nothing is said."""
    if not said:
        return None
    if year := re.search(YEAR, said):
        return int(year.group())
    step = {"last": -1, "previous": -1, "next": 1, "following": 1}
    for word, years in step.items():
        if f"{word} year" in said:
            return at.published.year + years
    return at.anchor.year if at.anchor and "this" not in said else at.published.year


def of_year(at: Clock, month: int, day: int | None, year: int | None) -> str:
    """A month, or a day of it, in the year that is said or the one that the tense asks for."""
    if year is None:
        year = likely_year(at, month, day)
    return f"{date(year, month, day):%Y-%m-%d}" if day else f"{date(year, month, 1):%Y-%m}"


def likely_year(at: Clock, month: int, day: int | None) -> int:
    here = at.published.year
    this = (month, day) if day else (month,)
    now = (at.published.month, at.published.day) if day else (at.published.month,)
    if this == now:
        return here
    ahead = here if this > now else here + 1
    behind = ahead - 1
    away = date(ahead, month, min(day or 15, 28)) - at.published
    if at.tense is Tense.PAST:
        # `to be gone by October` is a plan, whatever its participle; only a deadline of the last months can be one that was met.
        long_ago = at.published - date(behind, month, min(day or 15, 28)) > timedelta(days=120)
        return ahead if at.preposition == "by" and long_ago else behind
    if at.tense is Tense.FUTURE:
        # A plan eleven months off whose day passed within the last month is a past day that the parse took for a plan.
        return behind if away > timedelta(days=335) and at.preposition not in ("until", "till", "through", "by") else ahead
    return ahead if away < timedelta(days=183) else behind
