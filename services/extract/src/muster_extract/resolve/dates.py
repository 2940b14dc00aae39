"""Date phrases of news text, and the days that they mean."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from muster_extract.resolve import date_phrases as words
from muster_extract.resolve.date_phrases import COUNT, DAY, MONTH, MONTHS, ORDINALS, PREPOSITION, SMALL, WEEKDAYS, YEAR
from muster_extract.resolve.flat import flat


class Tense(StrEnum):
    """Tense of the verb that a date phrase goes with; for a plan FUTURE, whatever its grammar."""

    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date phrase where it stands, with the preposition before it, if any: `by mid-June`."""

    start: int
    end: int
    phrase: str


def find_dates(text: str) -> list[DateMention]:
    """Date phrases of `text`, in order and without overlap. Never raises."""
    return [DateMention(start, end, text[start:end]) for start, end in words.spans(flat(text))]


def resolve_date(phrase: str, published: date, tense: Tense, anchor: date | None = None) -> str | None:
    """Resolve a date phrase of a news text against its day of publication.

    Args:
        phrase: as it stands in the text, with or without its preposition, e.g. "on Tuesday", "by mid-June".
        published: the article's day in the time zone of its dateline.
        tense: of the governing verb; decides between last and next.
        anchor: the day that the text told of just before, on which "two days later" counts; None where there is none.

    Returns:
        A date at day, month or year precision (YYYY-MM-DD, YYYY-MM, YYYY); None where nothing resolves.

    A bare weekday printed on that weekday means today: agencies name the day of the week for events of the last and next six days and
    print no "today" (AP and Reuters usage as it shows in print). With a verb in the present, the nearest day of the two is taken:
    plans are told in the present as well.
    """
    stripped = re.sub(r"\s+", " ", phrase).strip(" ,.;:")
    preposition = ""
    while (found := re.match(PREPOSITION, stripped, re.I)) and found.end() < len(stripped):
        preposition = preposition or found.group().strip().lower()
        stripped = stripped[found.end() :]
    if preposition in ("since", "as early as"):
        tense = Tense.PAST
    elif preposition in ("until", "till", "til", "up until", "no later than", "not later than", "through") and tense is not Tense.FUTURE:
        tense = Tense.FUTURE
    at = _Clock(published, tense, anchor, preposition)
    for pattern, meaning in _RULES:
        if matched := pattern.fullmatch(stripped):
            try:
                return meaning(matched, at)
            except (ValueError, OverflowError):
                return None  # there is no such day, e.g. 31 June
    return None


def entry_day(stamp: str | None, published: date) -> date:
    """The day from which a ticker's line speaks: its own stamp (`28 OCT`), else the day of publication."""
    found = resolve_date(stamp.title(), published, Tense.PAST) if stamp else None
    return date.fromisoformat(found) if found and len(found) == 10 else published


@dataclass(frozen=True, slots=True)
class _Clock:
    """What a phrase is read against."""

    published: date
    tense: Tense
    anchor: date | None
    preposition: str


_Meaning = Callable[["re.Match[str]", _Clock], str | None]


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _shift(day: date, months: int) -> date:
    """The first of the month that many months on."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _number(word: str) -> int:
    lowered = word.lower()
    return int(lowered) if lowered.isdigit() else SMALL[lowered]


def _day_number(word: str) -> int:
    lowered = word.lower()
    return ORDINALS[lowered] if lowered in ORDINALS else int(re.sub(r"\D", "", lowered))


def _month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _year_said(said: str | None, at: _Clock) -> int | None:
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


def _of_year(at: _Clock, month: int, day: int | None, year: int | None) -> str:
    """A month, or a day of it, in the year that is said or the one that the tense asks for."""
    if year is None:
        year = _likely_year(at, month, day)
    return f"{date(year, month, day):%Y-%m-%d}" if day else f"{date(year, month, 1):%Y-%m}"


def _likely_year(at: _Clock, month: int, day: int | None) -> int:
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


def _full_date(found: "re.Match[str]", at: _Clock) -> str:
    return _of_year(at, _month_number(found["month"]), _day_number(found["day"]), _year_said(found["year"], at))


def _numeric(found: "re.Match[str]", _: _Clock) -> str:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    day, month = (first, second) if second <= 12 else (second, first)
    return f"{date(year, month, day):%Y-%m-%d}"


def _in_month(found: "re.Match[str]", at: _Clock) -> str:
    return _of_year(at, _month_number(found["month"]), None, _year_said(found["year"], at))


def _which_month(found: "re.Match[str]", at: _Clock) -> str:
    month, which = _month_number(found["month"]), found["which"].lower()
    said = _year_said(found["year"], at)
    if said is not None:
        return _of_year(at, month, None, said)
    here = at.published
    if which in ("last", "the previous"):
        return f"{here.year if month < here.month else here.year - 1}-{month:02}"
    if which in ("next", "this coming", "the following"):
        return f"{here.year if month > here.month else here.year + 1}-{month:02}"
    return f"{here.year}-{month:02}"


def _weekday(found: "re.Match[str]", at: _Clock) -> str:
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


def _near_day(found: "re.Match[str]", at: _Clock) -> str | None:
    said = found.group().lower()
    if "before yesterday" in said:
        step = -2
    elif "after tomorrow" in said:
        step = 2
    elif "yesterday" in said or said in ("last night", "overnight"):
        step = -1
    elif "tomorrow" in said:
        step = 1
    else:
        step = 0
    return (at.published + timedelta(days=step)).isoformat()


def _feast(found: "re.Match[str]", at: _Clock) -> str:
    return _of_year(at, 12, 25, None) if found["feast"].lower() == "christmas" else _of_year(at, 1, 1, None)


def _beside_anchor(found: "re.Match[str]", at: _Clock) -> str | None:
    if at.anchor is None:
        return None
    said = found.group().lower()
    step = -1 if "before" in said or "previous" in said else 0 if "same" in said or "that" in said else 1
    return (at.anchor + timedelta(days=step)).isoformat()


def _period(found: "re.Match[str]", at: _Clock) -> str | None:
    which, period = found["which"].lower(), found["period"].lower()
    step = -1 if which in ("last", "the past", "the previous") else 1 if which in ("next", "the coming", "the following") else 0
    here = at.published
    if period in ("week", "weekend", "fortnight"):
        if period == "weekend":
            saturday = here - timedelta(days=(here.weekday() - 5) % 7)
            if at.tense is Tense.FUTURE or step > 0 or (which == "this" and at.tense is not Tense.PAST):
                saturday = here + timedelta(days=(5 - here.weekday()) % 7)
            return _month(saturday)
        return _month(here + timedelta(days=7 * step * (2 if period == "fortnight" else 1)))
    if period == "month":
        return _month(_shift(here, step))
    if period == "year":
        return str(here.year + step)
    return None


def _part_of_period(found: "re.Match[str]", at: _Clock) -> str | None:
    part, which, period = found["part"].lower(), (found["which"] or "the").lower(), found["period"].lower()
    step = -1 if which == "last" else 1 if which in ("next", "the coming", "the following") else 0
    here = at.published
    if period == "year":
        year = here.year + step
        if re.search(r"\b(?:end|close)\b", part):
            return f"{year}-12"
        return f"{year}-01" if re.search(r"\b(?:beginning|start)\b", part) else str(year)
    if period == "month":
        return _month(_shift(here, step))
    if period == "week":
        return _month(here + timedelta(days=7 * step))
    return str(here.year + step) if period in ("spring", "summer", "autumn", "fall", "winter") else None


def _part_of_year(found: "re.Match[str]", _: _Clock) -> str:
    year = re.search(YEAR, found.group())
    assert year is not None  # the pattern holds one
    return f"{year.group()}-12" if re.search(r"\b(?:end|close)(?: of\b|-)", found.group(), re.I) else year.group()


def _ends(found: "re.Match[str]", at: _Clock) -> str:
    said = found.group().lower()
    if "month" in said or "week" in said:
        return _month(at.published)
    if "turn" in said:
        return f"{at.published.year}-12" if at.published.month < 12 else f"{at.published.year + 1}-01"
    return f"{at.published.year}-12"


def _quarter(found: "re.Match[str]", at: _Clock) -> str:
    said = found.group().lower()
    year = re.search(YEAR, said)
    if year:
        return year.group()
    return str(at.published.year + (1 if "next" in said else -1 if "last year" in said else 0))


def _season(found: "re.Match[str]", at: _Clock) -> str:
    said = found.group().lower()
    if year := re.search(YEAR, said):
        return year.group()
    month = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 12}[re.search(r"spring|summer|autumn|fall|winter", said).group()]  # type: ignore[union-attr]
    here = at.published
    if said.startswith("last"):
        return str(here.year if month + 2 < here.month else here.year - 1)
    if said.startswith("next"):
        return str(here.year if month > here.month + 2 else here.year + 1)
    return str(_likely_year(at, month, None))


def _distance(found: "re.Match[str]", at: _Clock) -> str | None:
    count, unit, side = _number(found["count"]), found["unit"].lower().rstrip("s"), found["side"].lower()
    if side in ("earlier", "later", "before", "after", "afterward", "afterwards"):
        base = at.anchor
        if base is None:
            return None
    else:
        base = at.published
    step = -count if side in ("ago", "earlier", "before") else count
    if unit in ("day", "night"):
        return (base + timedelta(days=step)).isoformat()
    if unit in ("week", "fortnight"):
        day = base + timedelta(days=step * (14 if unit == "fortnight" else 7))
        return day.isoformat() if at.anchor and base is at.anchor else _month(day)
    if unit == "month":
        return _month(_shift(base, step))
    return _month(_shift(base, 12 * step)) if count == 1 else str(base.year + step)


def _ahead(found: "re.Match[str]", at: _Clock) -> str | None:
    count = _number(found["count"]) if found["count"] else None
    unit = found["unit"].lower().rstrip("s")
    backwards = at.tense is Tense.PAST
    coming = re.match(r"(?:the )?(?:coming|next|following)", found.group(), re.I)
    if backwards or (at.preposition in ("for", "over") and not coming):
        return None  # a span that something took, not a day
    if count is None:
        near = {"day": timedelta(days=3), "week": timedelta(days=14)}.get(unit)
        return _month(at.published + near) if near else None
    if unit == "day":
        return (
            (at.published + timedelta(days=count)).isoformat()
            if at.preposition != "within"
            else _month(at.published + timedelta(days=count))
        )
    if unit == "week":
        return _month(at.published + timedelta(weeks=count))
    if unit == "month":
        return _month(_shift(at.published, count))
    return str(at.published.year + count)


def _rule(pattern: str, meaning: _Meaning) -> tuple["re.Pattern[str]", _Meaning]:
    return re.compile(pattern, re.I), meaning


_LATER = rf"(?P<year>{words.LATER_YEAR})?"
_WEEKDAY_NAMED = rf"(?P<weekday>{words.WEEKDAY})"
_RULES: tuple[tuple["re.Pattern[str]", _Meaning], ...] = (
    _rule(r"(\d{4})-(\d{2})-(\d{2})", lambda found, _: f"{date(int(found[1]), int(found[2]), int(found[3])):%Y-%m-%d}"),
    _rule(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", _numeric),
    _rule(
        rf"(?:{words.WEEKDAY},? (?:the )?)?(?:the )?(?P<day>{DAY})(?:{words.TO}{DAY})?(?: day)?(?: of)? (?P<month>{MONTH}){_LATER}",
        _full_date,
    ),
    _rule(rf"(?:{words.WEEKDAY},? )?(?P<month>{MONTH}) (?:the )?(?P<day>{DAY}){_LATER}", _full_date),
    _rule(rf"(?:{words.PART} ?)?(?P<month>{MONTH}){_LATER}", _in_month),
    _rule(rf"(?P<which>last|next|this|this coming|the following|the previous|that) (?P<month>{MONTH}){_LATER}", _which_month),
    _rule(r"(?:the )?(?:first|second|third|fourth|last|final) quarter.*|q[1-4].*", _quarter),
    _rule(rf"{words.PART} ?{YEAR}", _part_of_year),
    _rule(rf"(?:the year )?(?P<year>{YEAR})", lambda found, _: found["year"]),
    _rule(
        (
            rf"(?P<part>{words.PART}) ?(?:(?P<which>last|this|next|the coming|the following|the|that) )?(?P<period>year"
            rf"|month|week|quarter|decade|{words.SEASON})"
        ),
        _part_of_period,
    ),
    _rule(
        (
            r"(?:the )?(?:year[’']s[ -]end|year-end|end of the year|month[’']s end|month-end|end of the"
            r" month|turn of the year|week(?: is)? out)"
        ),
        _ends,
    ),
    _rule(
        (
            rf"(?:(?P<which>last|next|this|this coming|the following|the previous|the coming|that) )?{_WEEKDAY_NAMED}(?:"
            rf" (?:morning|afternoon|evening|night))?(?P<week> (?:of )?(?:last|next|this) week| week| last"
            rf"| next)?"
        ),
        _weekday,
    ),
    _rule(
        (
            r"the day before yesterday|the day after tomorrow|(?:earlier |later )?(?:today|yesterday|tomorrow).*"
            r"|tonight|last night|overnight|this (?:morning|afternoon|evening|hour)"
        ),
        _near_day,
    ),
    _rule(r"(?P<feast>christmas|new year)(?:[’']s)?(?: (?:day|eve))?", _feast),
    _rule(r"recent days", lambda _, at: _month(at.published - timedelta(days=3))),
    _rule(r"(?:that|the (?:next|following|same|previous)) day|the day (?:before|after)", _beside_anchor),
    _rule(
        (
            rf"(?:earlier |later |late |early )?(?:in )?(?P<which>last|this|next|that|the coming|the past|the following"
            rf"|the previous|the current|the) (?P<period>{words.PERIOD})"
        ),
        _period,
    ),
    _rule(rf"(?:{words.WHICH} )?{words.SEASON}(?: (?:of )?{YEAR})?", _season),
    _rule(
        (
            rf"(?P<count>{COUNT}) (?:and a half )?(?P<unit>days?|nights?|weeks?|months?|years?|fortnights?)"
            rf" (?P<side>ago|earlier|later|before|afterwards?|from now|from today|hence)"
        ),
        _distance,
    ),
    _rule(
        (
            rf"(?:(?:the )?(?:coming|next|following) ?)?(?:few |couple of |several )?(?:(?P<count>{COUNT})"
            rf" )?(?P<unit>days?|weeks?|months?|years?)(?:[’'] time)?(?: to come| ahead)?"
        ),
        _ahead,
    ),
)
