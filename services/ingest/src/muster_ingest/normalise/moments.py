"""Times of publication as feeds and pages write them: ISO 8601, RFC 2822, and a dozen written forms."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime

from muster_ingest.normalise.zones import named_zone, outlet_zone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_TIME = r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?(?: ?(?P<half>[ap])\.?m\.?)?"
_ZONE = r"(?: ?\(?(?P<zone>[A-Z]{1,5}|(?:UTC|GMT)?[+−-]\d{1,2}(?::?\d{2})?)\)?)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_DAYS = (
    rf"{_WEEKDAY}{_DAY}[ -]{_MONTH},?[ -]{_YEAR}",
    rf"{_WEEKDAY}{_MONTH} {_DAY},? {_YEAR}",
    r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})",
    r"(?P<day>\d{1,2})[-.](?P<number>\d{1,2})[-.](?P<year>\d{4})",
    r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4})",
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for day in _DAYS
    for form in (rf"{day}(?:(?:,| at| \||,? -|T| )? ?{_TIME}{_ZONE})?", rf"{_TIME}{_ZONE}(?:,| on)? {day}")
)
_MONTH_FIRST = frozenset({"EST", "EDT", "ET", "CST", "CDT", "MST", "PST", "PDT"})
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time with its zone where both are known."""

    on: date
    at: datetime | None = None


def read_moment(phrase: str, source: str, dateline: tzinfo | None = None) -> Moment | None:
    """The moment that a time stamp means, e.g. `24-06-2024 23:59 IST` or `2024-06-24T18:29:00Z`.

    The day is that of the outlet's own zone, of the dateline's where the outlet's is not known, else of the stamp's own. A time
    without a zone takes the outlet's; where that is not known it is only a day. Numeric days are read day first but for stamps with
    slashes in a zone of the United States. None where nothing can be read.
    """
    phrase = " ".join(phrase.split())
    own = outlet_zone(source) or dateline
    when, zoned = _iso(phrase) or _written(phrase, source) or _mail(phrase) or (None, False)
    if when is None:
        return None
    if not isinstance(when, datetime):
        return Moment(when)
    if zoned:
        try:
            return Moment(when.astimezone(own).date() if own else when.date(), when)
        except OverflowError:  # the first and the last day of the calendar have no neighbours
            return None
    return Moment(when.date(), when.replace(tzinfo=own) if own else None)


def _iso(phrase: str) -> tuple[date, bool] | None:
    if not _ISO.fullmatch(phrase):
        return None
    try:
        if len(phrase) == 10:
            return date.fromisoformat(phrase), False
        when = datetime.fromisoformat(phrase.replace(" ", "T", 1).replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return when, when.tzinfo is not None


def _written(phrase: str, source: str) -> tuple[date, bool] | None:
    for form in _FORMS:
        found = form.fullmatch(phrase)
        if found:
            return _assembled(found.groupdict(), source)
    return None


def _assembled(part: dict[str, str | None], source: str) -> tuple[date, bool] | None:
    zone_name = part.get("zone") or ""
    if part.get("first"):
        american = zone_name.upper() in _MONTH_FIRST
        month, day = (part["first"], part["second"]) if american else (part["second"], part["first"])
    else:
        month, day = part.get("number") or str(_MONTHS.index((part["month"] or "")[:3].lower()) + 1), part["day"]
    hour = part.get("hour")
    try:
        on = date(int(part["year"] or 0), int(month or 0), int(day or 0))
        if hour is None:
            return on, False
        zone = named_zone(zone_name, source) if zone_name else None
        return datetime(
            on.year, on.month, on.day, _of_day(int(hour), part["half"]), int(part["minute"] or 0), tzinfo=zone
        ), zone is not None
    except ValueError:
        return None


def _of_day(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    return hour % 12 + (12 if half.lower() == "p" else 0)


def _mail(phrase: str) -> tuple[date, bool] | None:
    """RFC 2822, as RSS has it: `Mon, 24 Jun 2024 18:29:00 GMT`."""
    try:
        when = parsedate_to_datetime(phrase)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # A zone of -0000 gives a naive time: it is UTC by RFC 2822, section 3.3.
    return (when if when.tzinfo else when.replace(tzinfo=UTC)), True
