"""Datelines: where and when a text says that it was written, e.g. `NAIROBI, July 30 (Reuters) —`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from muster_contracts.articles import Dateline

from muster_ingest.normalise.lexicon import lexicon
from muster_ingest.normalise.moments import read_moment

# No separator stands inside a word's own class: else a line of hyphens could be cut in millions of ways.
_UPPER = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’]*(?:[ /-][A-ZÀ-Þ][A-ZÀ-Þ.'’]*){0,7}"
_NAME = r"[A-ZÀ-Þ][\w.'’]+(?:[ -][A-Za-zÀ-ÿ][\w.'’]*){0,5}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = rf"(?P<day>(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_AGENCY = r"(?: ?\((?P<agency>[^()]{2,60})\))?"
_DASH = r"\s?(?:[—–]|--?|―)\s"
_FORMS = (
    re.compile(rf"(?P<place>{_UPPER}(?:, {_NAME}(?:, {_NAME})?)?),? {_DAY}{_AGENCY}{_DASH}"),
    re.compile(rf"(?P<place>{_UPPER}(?:, {_NAME}(?:, {_NAME})?)?){_AGENCY}{_DASH}"),
    re.compile(rf"(?P<place>{_NAME}(?:, {_NAME})?), {_DAY}{_AGENCY}{_DASH}"),
    re.compile(rf"(?P<place>{_NAME}), {_DAY}$"),  # on a line of its own, as in press releases
    re.compile(rf"(?P<place>{_NAME}(?:, {_NAME})?) ?\((?P<agency>[^()]{{2,60}})\){_DASH}"),
)
_SCAN = 160  # the longest dateline seen has 60 characters
_NO_PLACE = frozenset({"LIVE", "UPDATE", "BREAKING", "WATCH", "EXPLAINER", "EXCLUSIVE", "ANALYSIS", "OPINION", "PHOTO", "VIDEO", "FACTBOX"})


@dataclass(frozen=True, slots=True)
class FoundDateline:
    """A dateline as the text has it."""

    place: str
    day: str | None
    agency: str | None


def find_dateline(line: str) -> FoundDateline | None:
    """The dateline that opens a line; None where there is none."""
    head = line[:_SCAN]
    for form in _FORMS:
        found = form.match(head)
        if found and found["place"] not in _NO_PLACE:
            part = found.groupdict()
            agency = part.get("agency")
            return FoundDateline(found["place"], part.get("day"), lexicon().agencies.get(agency.strip()) if agency else None)
    return None


def full_day(phrase: str) -> date | None:
    """The day of a dateline that names its year."""
    moment = read_moment(phrase, "")
    return moment.on if moment else None


def day_near(phrase: str, published: date) -> date | None:
    """The day of a dateline without a year: the last such day, up to two days after the day of publication.

    Two days, since a text that is written in the Pacific is published the day before in the Americas. A weekday is the last one.
    """
    if phrase.lower() in _WEEKDAYS:
        return published - timedelta(days=(published.weekday() - _WEEKDAYS.index(phrase.lower())) % 7)
    if re.search(r"\d{4}", phrase):
        return full_day(phrase)
    for year in (published.year + 1, published.year, published.year - 1):
        day = full_day(f"{phrase} {year:04}")
        if day and (day - published).days <= 2:
            return day
    return None


def as_dateline(found: FoundDateline, published: date) -> Dateline:
    """The dateline as it is published."""
    return Dateline(place=found.place, day=day_near(found.day, published) if found.day else None)
