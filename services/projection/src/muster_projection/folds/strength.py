"""Deployed strength: the last report, plus arrivals and minus departures since."""

from collections.abc import Iterable, Sequence
from datetime import date

from muster_contracts.partial_dates import first_day, last_day
from muster_contracts.values import Kind

from muster_projection.board import Fact, Movement, Strength
from muster_projection.folds.facts import figure
from muster_projection.folds.figures import number, numbers_of, total
from muster_projection.folds.movements import Counted, counted, moved


def strengths(facts: Sequence[Fact], valid_at: date) -> tuple[Strength | None, tuple[Strength, ...]]:
    """The whole mission's strength, and each contributor's, on a day. `facts` are those that are reckoned with.

    Without a report of the whole mission its strength is the sum of what is known of its contributors and of arrivals that name none.
    """
    reports = [each for each in facts if each.type == "strength-reported" and each.kind is Kind.PEOPLE and each.day <= valid_at]
    came = counted(moved(facts, "contingent-arrived", valid_at))
    went = counted(moved(facts, "contingent-withdrawn", valid_at))
    codes = sorted({each.contributor for each in (*reports, *(c.fact for c in came), *(c.fact for c in went)) if each.contributor})
    each_one = [
        _strength(code, [r for r in reports if r.contributor == code], [c for c in came if c.fact.contributor == code],
                  [c for c in went if c.fact.contributor == code])
        for code in codes
    ]  # fmt: skip
    known = tuple(each for each in each_one if each)
    whole = [each for each in reports if each.contributor is None]
    if whole:
        return _strength(None, whole, came, went), known
    nameless = _strength(None, [], [c for c in came if c.fact.contributor is None], [c for c in went if c.fact.contributor is None])
    return _sum(known, nameless), known


def _strength(code: str | None, reports: list[Fact], came: list[Counted], went: list[Counted]) -> Strength | None:
    by_day: dict[date, Fact] = {}
    for each in sorted(reports, key=lambda each: (each.origins, each.last_told, each.fact_id)):
        by_day[_told_for(each)] = each  # of two reports for one day, the one that more origins tell
    days = sorted(by_day)
    since = days[-1] if days else None
    movements = _since(came, went, since, None)
    if not days and not movements:
        return None
    reported = by_day[days[-1]] if days else None
    base = reported.quantity.amount if reported and reported.quantity else 0
    difference = None
    if len(days) > 1 and reported:
        earlier = by_day[days[-2]]
        between = _since(came, went, days[-2], days[-1])
        difference = base - (earlier.quantity.amount if earlier.quantity else 0) - sum(each.counted for each in between)
    numbers = numbers_of([reported]) + [each.figure.quantity for each in movements if each.figure.quantity]
    return Strength(
        contributor=code,
        quantity=total(numbers, base + sum(each.counted for each in movements)),
        reckoned=_in_words(reported, movements),
        reported=figure(reported) if reported else None,
        movements=tuple(movements),
        difference=difference,
        reports=tuple(figure(by_day[day]) for day in days),
    )


def _told_for(report: Fact) -> date:
    # Rule of the type: without a date a report is of the day of publication.
    return (
        last_day(report.date) if report.date and len(report.date) == 10 else (first_day(report.date) if report.date else report.first_told)
    )


def _since(came: Iterable[Counted], went: Iterable[Counted], after: date | None, until: date | None) -> list[Movement]:
    """Movements after a report's day (that day's are in it already) until the next report's."""
    signed = [(each, 1) for each in came] + [(each, -1) for each in went]
    signed.sort(key=lambda pair: (pair[0].fact.day, pair[1], pair[0].fact.fact_id))
    return [
        Movement(contributor=each.fact.contributor, counted=sign * each.amount, figure=figure(each.fact))
        for each, sign in signed
        if each.amount and (after is None or each.fact.day > after) and (until is None or each.fact.day <= until)
    ]


def _sum(known: Sequence[Strength], nameless: Strength | None) -> Strength | None:
    parts = [*known, *([nameless] if nameless else [])]
    if not parts:
        return None
    return Strength(
        contributor=None,
        quantity=total([each.quantity for each in parts]),
        reckoned="no report of the whole mission: "
        + ", ".join(f"{each.contributor or 'unnamed'} {each.quantity.amount:,}" for each in parts),
        movements=tuple(sorted((m for each in parts for m in each.movements), key=lambda m: (m.figure.date or "", m.figure.fact_id))),
    )


def _in_words(reported: Fact | None, movements: Sequence[Movement]) -> str:
    if reported and reported.quantity:
        first = reported.claims[0]
        words = f"reported {number(reported.quantity)} on {reported.date or reported.first_told} in {first.source}"
        if first.origin and first.origin != first.source:
            words += f" ({first.origin})"
    else:
        words = "no strength reported"
    for each in movements:
        verb = "arrived" if each.counted > 0 else "left"
        words += f", {'+' if each.counted > 0 else '-'} {abs(each.counted):,} {verb} {each.figure.date or each.figure.first_told}"
    return words
