"""Facts that can't all be so: found, kept side by side, and one of them chosen to reckon with."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, takewhile
from typing import Any
from uuid import UUID

from muster_contracts.partial_dates import first_day, last_day

from muster_projection.board import Contradiction, Fact
from muster_projection.folds.facts import figure
from muster_projection.folds.memo import Memo
from muster_projection.folds.sameness import EXACTNESS, SPREAD, SUM_SPREAD, meant
from muster_projection.folds.tellings import same_units

DISPUTED = {
    "contingent-departed": 0,
    "contingent-arrived": 0,
    "contingent-withdrawn": 0,
    "strength-reported": 0,
    "casualty-reported": 0,
    "mission-authorized": 31,
    "pledge-announced": 0,
}
"""Types of which two numbers for one time are a contradiction, and the days that their dates may lie apart."""

LANDING = 3
"""Days from a departure to its arrival, at the most: Nairobi to Port-au-Prince takes one, with a stop two."""

BY_ORIGINS = "told by most origins, then last, then best known"
BY_ARRIVAL = "those who arrived are reckoned with, not those who left"


@dataclass(frozen=True)
class Disputes:
    """What contradicts what."""

    contradictions: tuple[Contradiction, ...]
    outvoted: frozenset[UUID]
    """Facts that nothing is reckoned from."""

    against: dict[UUID, tuple[UUID, ...]]
    """By fact: those that contradict it."""


def disputes(facts: Sequence[Fact], memo: Memo) -> Disputes:
    """The contradictions among a mission's facts.

    Two numbers from one article, or from one origin, are two happenings and no contradiction.
    """
    found: list[Contradiction] = []
    outvoted: set[UUID] = set()
    against: dict[UUID, set[UUID]] = defaultdict(set)
    for key, group in _groups(facts):
        for ranked, pairs, said in memo.of(("quarrels", key), group, None, lambda group=group: _settled(group)):  # type: ignore[misc]
            outvoted.update(fact.fact_id for fact in ranked[1:])
            found.append(said)
            for one, other in pairs:
                against[one].add(other)
                against[other].add(one)
    for departed, arrived, said in _landings(facts, outvoted, memo):
        against[departed.fact_id].add(arrived.fact_id)
        against[arrived.fact_id].add(departed.fact_id)
        found.append(said)
    found.sort(key=lambda each: (each.type, each.contributor or "~", each.shown.date or "", each.shown.fact_id))
    return Disputes(tuple(found), frozenset(outvoted), {key: tuple(sorted(ids)) for key, ids in against.items()})


Settled = tuple[list[Fact], list[tuple[UUID, UUID]], Contradiction]
"""Facts that contradict one another, the one that is reckoned with first; who contradicts whom; and what is shown of it."""


def _settled(group: list[Fact]) -> list[Settled]:
    settled: list[Settled] = []
    pairs = [(one.fact_id, other.fact_id) for one, other in _of_one_time(group) if contradict(one, other)]
    by_first: dict[UUID, list[tuple[UUID, UUID]]] = defaultdict(list)
    for pair in pairs:
        by_first[pair[0]].append(pair)
    for quarrel in _quarrels(group, pairs):
        ranked = sorted(quarrel, key=_weight)
        settled.append((ranked, [pair for fact in quarrel for pair in by_first[fact.fact_id]], _contradiction(ranked, BY_ORIGINS)))
    return settled


def _of_one_time(group: list[Fact]) -> Iterable[tuple[Fact, Fact]]:
    """The pairs of a group that can be of one time: those of one date, where dates may not lie apart at all."""
    if DISPUTED[group[0].type]:
        return combinations(group, 2)
    by_date: dict[str | None, list[Fact]] = defaultdict(list)
    for fact in group:
        by_date[fact.date].append(fact)
    return (pair for facts in by_date.values() for pair in combinations(facts, 2))


def contradict(one: Fact, other: Fact) -> bool:
    """Whether two facts of one type, contributor and kind give different numbers for one time."""
    if one.quantity is None or other.quantity is None or one.date is None or other.date is None:
        return False
    if len(one.date) != len(other.date):
        return False  # a month's total and a day's part can both be so
    if one.date != other.date and _days_apart(one.date, other.date) > DISPUTED[one.type]:
        return False
    if not _comparable(one, other) or _agree(one, other):
        return False
    return not {claim.origin_id for claim in one.claims} & {claim.origin_id for claim in other.claims}


def _days_apart(one: str, other: str) -> int:
    earlier, later = sorted((one, other))  # of one precision, so that the texts sort as the days do
    return max(0, (first_day(later) - last_day(earlier)).days)


def _groups(facts: Iterable[Fact]) -> Iterable[tuple[tuple[Any, ...], list[Fact]]]:
    groups: dict[tuple[Any, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type in DISPUTED and fact.quantity and fact.date:
            groups[fact.type, fact.contributor or "", fact.kind or "", fact.detail or "", fact.date[:4]].append(fact)
    return ((key, groups[key]) for key in sorted(groups))


def _quarrels(group: list[Fact], pairs: Iterable[tuple[UUID, UUID]]) -> Iterable[list[Fact]]:
    """The connected parts of who contradicts whom."""
    against: dict[UUID, list[UUID]] = defaultdict(list)
    for one, other in pairs:
        against[one].append(other)
        against[other].append(one)
    left = {fact.fact_id: fact for fact in group if fact.fact_id in against}
    while left:
        _, start = left.popitem()
        part, open_ends = [start], [start.fact_id]
        while open_ends:
            for other_id in against[open_ends.pop()]:
                if other_id in left:
                    part.append(left.pop(other_id))
                    open_ends.append(other_id)
        yield part


def _landings(facts: Iterable[Fact], outvoted: set[UUID], memo: Memo) -> Iterable[tuple[Fact, Fact, Contradiction]]:
    """Departures and the arrivals that follow them with another number, both of one contributor and both given to the day."""
    left: dict[str, list[Fact]] = defaultdict(list)
    landed: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.contributor and fact.quantity and fact.date and len(fact.date) == 10 and fact.fact_id not in outvoted:
            if fact.type == "contingent-departed":
                left[fact.contributor].append(fact)
            elif fact.type == "contingent-arrived":
                landed[fact.contributor].append(fact)
    for code in sorted(left):
        own, came = left[code], landed[code]
        yield from memo.of(("landings", code), [*own, None, *came], None, lambda own=own, came=came: _mismatched(own, came))  # type: ignore[misc]


def _mismatched(left: list[Fact], landed: list[Fact]) -> list[tuple[Fact, Fact, Contradiction]]:
    found = []
    days = sorted(landed, key=lambda each: each.day)
    for departed in left:
        first = bisect_left(days, departed.day, key=lambda each: each.day)
        following = list(takewhile(lambda each: (each.day - departed.day).days <= LANDING, days[first:]))  # noqa: B023 - taken at once
        if len(following) == 1 and _comparable(departed, following[0]) and not _agree(departed, following[0]):
            found.append((departed, following[0], _contradiction([following[0], departed], BY_ARRIVAL)))
    return found


def _agree(one: Fact, other: Fact) -> bool:
    assert one.quantity
    assert other.quantity
    spread = SUM_SPREAD if one.type == "mission-authorized" else SPREAD
    (low, high), (other_low, other_high) = meant(one.quantity, spread), meant(other.quantity, spread)
    return low <= other_high and other_low <= high


def _comparable(one: Fact, other: Fact) -> bool:
    assert one.quantity
    assert other.quantity
    return same_units(one.quantity, other.quantity)


def _weight(fact: Fact) -> tuple[Any, ...]:
    assert fact.quantity
    return -fact.origins, -fact.last_told.toordinal(), EXACTNESS[fact.quantity.qualifier], fact.quantity.amount, fact.fact_id


def _contradiction(ranked: Sequence[Fact], rule: str) -> Contradiction:
    return Contradiction(
        type=ranked[0].type,
        contributor=ranked[0].contributor,
        shown=figure(ranked[0]),
        beside=tuple(figure(each) for each in ranked[1:]),
        rule=rule,
    )
