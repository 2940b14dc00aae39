"""What phrases mean that count from today, or from the day told of before: `yesterday`, `last week`, `two days later`."""

import re
from datetime import timedelta

from muster_extract.resolve.clock import Clock, Tense, month_of, months_on, small_number


def near_day(found: "re.Match[str]", at: Clock) -> str | None:
    """Today and the days beside it."""
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


def beside_anchor(found: "re.Match[str]", at: Clock) -> str | None:
    """The day told of before, or the one beside it; None where none was told of."""
    if at.anchor is None:
        return None
    said = found.group().lower()
    step = -1 if "before" in said or "previous" in said else 0 if "same" in said or "that" in said else 1
    return (at.anchor + timedelta(days=step)).isoformat()


def period(found: "re.Match[str]", at: Clock) -> str | None:
    """A week, month or year beside `last`, `next` or `this`; weeks at the precision of their month."""
    which, period = found["which"].lower(), found["period"].lower()
    step = -1 if which in ("last", "the past", "the previous") else 1 if which in ("next", "the coming", "the following") else 0
    here = at.published
    if period in ("week", "weekend", "fortnight"):
        if period == "weekend":
            saturday = here - timedelta(days=(here.weekday() - 5) % 7)
            if at.tense is Tense.FUTURE or step > 0 or (which == "this" and at.tense is not Tense.PAST):
                saturday = here + timedelta(days=(5 - here.weekday()) % 7)
            return month_of(saturday)
        return month_of(here + timedelta(days=7 * step * (2 if period == "fortnight" else 1)))
    if period == "month":
        return month_of(months_on(here, step))
    if period == "year":
        return str(here.year + step)
    return None


def part_of_period(found: "re.Match[str]", at: Clock) -> str | None:
    """The end, the middle … of a week, month or year."""
    part, which, period = found["part"].lower(), (found["which"] or "the").lower(), found["period"].lower()
    step = -1 if which == "last" else 1 if which in ("next", "the coming", "the following") else 0
    here = at.published
    if period == "year":
        year = here.year + step
        if re.search(r"\b(?:end|close)\b", part):
            return f"{year}-12"
        return f"{year}-01" if re.search(r"\b(?:beginning|start)\b", part) else str(year)
    if period == "month":
        return month_of(months_on(here, step))
    if period == "week":
        return month_of(here + timedelta(days=7 * step))
    return str(here.year + step) if period in ("spring", "summer", "autumn", "fall", "winter") else None


def ends(found: "re.Match[str]", at: Clock) -> str:
    """The end of this year, month or week."""
    said = found.group().lower()
    if "month" in said or "week" in said:
        return month_of(at.published)
    if "turn" in said:
        return f"{at.published.year}-12" if at.published.month < 12 else f"{at.published.year + 1}-01"
    return f"{at.published.year}-12"


def distance(found: "re.Match[str]", at: Clock) -> str | None:
    """So many days, weeks, months or years from today, or from the day told of before (`later`, `before`)."""
    count, unit, side = small_number(found["count"]), found["unit"].lower().rstrip("s"), found["side"].lower()
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
        return day.isoformat() if at.anchor and base is at.anchor else month_of(day)
    if unit == "month":
        return month_of(months_on(base, step))
    return month_of(months_on(base, 12 * step)) if count == 1 else str(base.year + step)


def ahead(found: "re.Match[str]", at: Clock) -> str | None:
    """A time to come: `in two weeks`, `within days`; None for a span that something takes."""
    count = small_number(found["count"]) if found["count"] else None
    unit = found["unit"].lower().rstrip("s")
    backwards = at.tense is Tense.PAST
    coming = re.match(r"(?:the )?(?:coming|next|following)", found.group(), re.I)
    if backwards or (at.preposition in ("for", "over") and not coming):
        return None  # a span that something took, not a day
    if count is None:
        near = {"day": timedelta(days=3), "week": timedelta(days=14)}.get(unit)
        return month_of(at.published + near) if near else None
    if unit == "day":
        return (
            (at.published + timedelta(days=count)).isoformat()
            if at.preposition != "within"
            else month_of(at.published + timedelta(days=count))
        )
    if unit == "week":
        return month_of(at.published + timedelta(weeks=count))
    if unit == "month":
        return month_of(months_on(at.published, count))
    return str(at.published.year + count)
