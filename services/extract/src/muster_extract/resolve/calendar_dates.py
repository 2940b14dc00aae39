"""What phrases of the calendar mean: days, months, weekdays, quarters, seasons and feasts by their names."""

import re
from datetime import date, timedelta

from muster_extract.resolve.clock import Clock, Tense, day_number, likely_year, month_number, of_year, year_said
from muster_extract.resolve.date_phrases import WEEKDAYS, YEAR


def full_date(found: "re.Match[str]", at: Clock) -> str:
    """A day of a month, with or without its year: `2 October`, `Sept. 30, 2025`, the first day of `24-27 May`."""
    return of_year(at, month_number(found["month"]), day_number(found["day"]), year_said(found["year"], at))


def numeric(found: "re.Match[str]", _: Clock) -> str:
    """A day in figures; day first unless that can't be: `3.4.2024` is 3 April, `4/13/2024` 13 April."""
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    day, month = (first, second) if second <= 12 else (second, first)
    return f"{date(year, month, day):%Y-%m-%d}"


def in_month(found: "re.Match[str]", at: Clock) -> str:
    """A month, whole or in part: `early October`, `January of last year`."""
    return of_year(at, month_number(found["month"]), None, year_said(found["year"], at))


def which_month(found: "re.Match[str]", at: Clock) -> str:
    """A month beside `last`, `next` or `this`, counted from the month of publication."""
    month, which = month_number(found["month"]), found["which"].lower()
    said = year_said(found["year"], at)
    if said is not None:
        return of_year(at, month, None, said)
    here = at.published
    if which in ("last", "the previous"):
        return f"{here.year if month < here.month else here.year - 1}-{month:02}"
    if which in ("next", "this coming", "the following"):
        return f"{here.year if month > here.month else here.year + 1}-{month:02}"
    return f"{here.year}-{month:02}"


def weekday(found: "re.Match[str]", at: Clock) -> str:
    """A weekday: today where it is printed on that day, else last or next by the tense, in the present the nearer."""
    target = WEEKDAYS[found["weekday"].lower().rstrip(".")]
    which = (found["which"] or "").lower()
    week = (found["week"] or "").strip().lower()
    here = at.published
    back = (here.weekday() - target) % 7
    on = (target - here.weekday()) % 7
    if week in ("of last week", "last week"):
        day = here - timedelta(days=here.weekday() + 7 - target)
    elif week in ("of next week", "next week"):
        day = here + timedelta(days=7 - here.weekday() + target)
    elif week in ("of this week", "this week"):
        day = here - timedelta(days=here.weekday() - target)
    elif week == "week":
        day = here + timedelta(days=(on or 7) + 7)
    elif which in ("last", "the previous") or week == "last":
        day = here - timedelta(days=back or 7)
    elif which in ("next", "this coming", "the following", "the coming") or week == "next":
        base = at.anchor if which == "the following" and at.anchor else here
        day = base + timedelta(days=(target - base.weekday()) % 7 or 7)
    elif back == 0:
        day = here
    elif at.tense is Tense.PAST:
        day = here - timedelta(days=back)
    elif at.tense is Tense.FUTURE:
        day = here + timedelta(days=on)
    else:
        day = here + timedelta(days=on) if on < back else here - timedelta(days=back)
    return day.isoformat()


def part_of_year(found: "re.Match[str]", _: Clock) -> str:
    """A part of a year; only its end has a month."""
    year = re.search(YEAR, found.group())
    assert year is not None  # the pattern holds one
    return f"{year.group()}-12" if re.search(r"\b(?:end|close)(?: of\b|-)", found.group(), re.I) else year.group()


def quarter(found: "re.Match[str]", at: Clock) -> str:
    """A quarter, at the precision of its year."""
    said = found.group().lower()
    year = re.search(YEAR, said)
    if year:
        return year.group()
    return str(at.published.year + (1 if "next" in said else -1 if "last year" in said else 0))


def season(found: "re.Match[str]", at: Clock) -> str:
    """A season, at the precision of its year: hemispheres differ."""
    said = found.group().lower()
    if year := re.search(YEAR, said):
        return year.group()
    month = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 12}[re.search(r"spring|summer|autumn|fall|winter", said).group()]  # type: ignore[union-attr]
    here = at.published
    if said.startswith("last"):
        return str(here.year if month + 2 < here.month else here.year - 1)
    if said.startswith("next"):
        return str(here.year if month > here.month + 2 else here.year + 1)
    return str(likely_year(at, month, None))


def feast(found: "re.Match[str]", at: Clock) -> str:
    """Christmas or New Year's Day."""
    return of_year(at, 12, 25, None) if found["feast"].lower() == "christmas" else of_year(at, 1, 1, None)
