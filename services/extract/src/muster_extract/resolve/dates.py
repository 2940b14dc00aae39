"""Date phrases of news text, and the days that they mean."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from muster_extract.resolve import calendar_dates as named
from muster_extract.resolve import date_phrases as words
from muster_extract.resolve import relative_dates as counted
from muster_extract.resolve.clock import Clock, Tense, month_of
from muster_extract.resolve.date_phrases import COUNT, DAY, MONTH, PREPOSITION, YEAR
from muster_extract.resolve.flat import flat

__all__ = ["DateMention", "Tense", "entry_day", "find_dates", "resolve_date"]


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
    elif preposition == "by" and tense is Tense.PRESENT:
        tense = Tense.FUTURE  # "is expected by Friday"
    at = Clock(published, tense, anchor, preposition)
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


_Meaning = Callable[["re.Match[str]", Clock], str | None]


def _rule(pattern: str, meaning: _Meaning) -> tuple["re.Pattern[str]", _Meaning]:
    return re.compile(pattern, re.I), meaning


_LATER = rf"(?P<year>{words.LATER_YEAR})?"
_WEEKDAY_NAMED = rf"(?P<weekday>{words.WEEKDAY})"
_RULES: tuple[tuple["re.Pattern[str]", _Meaning], ...] = (
    _rule(r"(\d{4})-(\d{2})-(\d{2})", lambda found, _: f"{date(int(found[1]), int(found[2]), int(found[3])):%Y-%m-%d}"),
    _rule(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", named.numeric),
    _rule(
        rf"(?:{words.WEEKDAY},? \(?(?:the )?)?(?:the )?(?P<day>{DAY})(?:{words.TO}{DAY})?(?: day)?(?: of)? (?P<month>{MONTH}){_LATER}",
        named.full_date,
    ),
    _rule(rf"(?:{words.WEEKDAY},? \(?)?(?P<month>{MONTH}) (?:the )?(?P<day>{DAY}){_LATER}", named.full_date),
    _rule(rf"(?:{words.PART} ?)?(?P<month>{MONTH}){_LATER}", named.in_month),
    _rule(rf"(?P<which>last|next|this|this coming|the following|the previous|that) (?P<month>{MONTH}){_LATER}", named.which_month),
    _rule(r"(?:the )?(?:first|second|third|fourth|last|final) quarter.*|q[1-4].*", named.quarter),
    _rule(rf"{words.PART} ?{YEAR}", named.part_of_year),
    _rule(rf"(?:the year )?(?P<year>{YEAR})", lambda found, _: found["year"]),
    _rule(
        (
            rf"(?P<part>{words.PART}) ?(?:(?P<which>last|this|next|the coming|the following|the|that) )?(?P<period>year"
            rf"|month|week|quarter|decade|{words.SEASON})"
        ),
        counted.part_of_period,
    ),
    _rule(
        (
            r"(?:the )?(?:year[’']s[ -]end|year-end|end of the year|month[’']s end|month-end|end of the"
            r" month|turn of the year|week(?: is)? out)"
        ),
        counted.ends,
    ),
    _rule(
        (
            rf"(?:(?P<which>last|next|this|this coming|the following|the previous|the coming|that) )?{_WEEKDAY_NAMED}(?:"
            rf" (?:morning|afternoon|evening|night))?(?P<week> (?:of )?(?:last|next|this) week| week| last"
            rf"| next)?"
        ),
        named.weekday,
    ),
    _rule(
        (
            r"the day before yesterday|the day after tomorrow|(?:earlier |later )?(?:today|yesterday|tomorrow).*"
            r"|tonight|last night|overnight|this (?:morning|afternoon|evening|hour)"
        ),
        counted.near_day,
    ),
    _rule(r"(?P<feast>christmas|new year)(?:[’']s)?(?: (?:day|eve))?", named.feast),
    _rule(r"recent days", lambda _, at: month_of(at.published - timedelta(days=3))),
    _rule(r"(?:that|the (?:next|following|same|previous)) day|the day (?:before|after)", counted.beside_anchor),
    _rule(
        (
            rf"(?:earlier |later |late |early )?(?:in )?(?P<which>last|this|next|that|the coming|the past|the following"
            rf"|the previous|the current|the) (?P<period>{words.PERIOD})"
        ),
        counted.period,
    ),
    _rule(rf"(?:{words.WHICH} )?{words.SEASON}(?: (?:of )?{YEAR})?", named.season),
    _rule(
        (
            rf"(?P<count>{COUNT}) (?:and a half )?(?P<unit>days?|nights?|weeks?|months?|years?|fortnights?)"
            rf" (?P<side>ago|earlier|later|before|afterwards?|from now|from today|hence)"
        ),
        counted.distance,
    ),
    _rule(
        (
            rf"(?:(?:the )?(?:coming|next|following) ?)?(?:few |couple of |several )?(?:(?P<count>{COUNT})"
            rf" )?(?P<unit>days?|weeks?|months?|years?)(?:[’'] time)?(?: to come| ahead)?"
        ),
        counted.ahead,
    ),
)
