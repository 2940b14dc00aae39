"""Deployed strength: the last report, plus arrivals and minus departures since."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from muster_contracts.partial_dates import first_day, last_day
from muster_contracts.values import Kind

from muster_projection.board import Fact, Figure, Movement, Strength
from muster_projection.folds.facts import figure
from muster_projection.folds.figures import number, numbers_of, total
from muster_projection.folds.memo import Memo
from muster_projection.folds.movements import Counted, counted, moved


def strengths(facts: Sequence[Fact], valid_at: date, memo: Memo) -> tuple[Strength | None, tuple[Strength, ...]]:
    """The whole mission's strength, and each contributor's, on a day. `facts` are those that are reckoned with.

    Without a report of the whole mission its strength is the sum of what is known of its contributors and of arrivals that name none.
    """
    reports: dict[str | None, list[Fact]] = defaultdict(list)
    for each in facts:
        if each.type == "strength-reported" and each.kind is Kind.PEOPLE and each.day <= valid_at:
            reports[each.contributor].append(each)
    came = _counted(facts, "contingent-arrived", valid_at, memo)
    went = _counted(facts, "contingent-withdrawn", valid_at, memo)
    came_of, went_of = _by_contributor(came), _by_contributor(went)

    def one(code: str | None, told: list[Fact], arrived: list[Counted], left: list[Counted]) -> Strength | None:
        inputs = [*told, None, *(each.fact for each in arrived), None, *(each.fact for each in left)]
        amounts = tuple(each.amount for each in (*arrived, *left))
        return memo.of(("strength", code), inputs, amounts, lambda: _strength(code, told, arrived, left, memo))

    codes = sorted({code for code in (*reports, *came_of, *went_of) if code})
    each_one = [one(code, reports[code], came_of[code], went_of[code]) for code in codes]
    known = tuple(each for each in each_one if each)
    if reports[None]:
        return one(None, reports[None], came, went), known
    nameless = one(None, [], came_of[None], went_of[None])
    return memo.of("strengths", [*known, None, nameless], None, lambda: _sum(known, nameless)), known


def _counted(facts: Sequence[Fact], type_: str, valid_at: date, memo: Memo) -> list[Counted]:
    movements = moved(facts, type_, valid_at)
    return memo.of(("counted", type_), movements, None, lambda: counted(movements))


def _by_contributor(movements: Iterable[Counted]) -> dict[str | None, list[Counted]]:
    found: dict[str | None, list[Counted]] = defaultdict(list)
    for each in movements:
        found[each.fact.contributor].append(each)
    return found


def _strength(code: str | None, reports: list[Fact], came: list[Counted], went: list[Counted], memo: Memo) -> Strength | None:
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
        reports=tuple(_report(by_day[day], memo) for day in days),
    )


def _report(fact: Fact, memo: Memo) -> Figure:
    return memo.of(("report", fact.fact_id), [fact], None, lambda: figure(fact))


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
