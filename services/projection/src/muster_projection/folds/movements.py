"""People who come and go: what adds up, and what is a total told beside its parts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from muster_contracts.partial_dates import first_day, last_day
from muster_contracts.values import Kind

from muster_projection.board import Fact

DAY = len("2024-06-25")
"""Length of a date that is given to the day."""


@dataclass(frozen=True)
class Counted:
    """A movement, and how many of it are not already in another."""

    fact: Fact
    amount: int


def moved(facts: Iterable[Fact], type_: str, by: date) -> list[Fact]:
    """Movements of people of one type that had come about by a day, oldest first."""
    return [each for each in facts if each.type == type_ and each.kind is Kind.PEOPLE and each.day <= by and not each.ahead]


def counted(movements: Sequence[Fact]) -> list[Counted]:
    """What each movement adds: a total adds only what it exceeds its parts by.

    'About 400 in June' beside '200 on 25 June' adds 200; a number without a contributor covers the named ones of its days.
    Movements without a number add nothing.
    """
    numbered = sorted((each for each in movements if each.quantity), key=_coarseness)
    adding: list[Counted] = []
    by_day: dict[date, list[Counted]] = defaultdict(list)
    by_contributor: dict[str | None, list[Counted]] = defaultdict(list)
    for total in numbered:
        assert total.quantity
        if total.date is None or len(total.date) < DAY:
            parts = adding if total.contributor is None else by_contributor[total.contributor]
        else:  # given to the day: as precise as any of its own contributor's, and no total of other days
            parts = by_day[total.day] if total.contributor is None else []
        amount = total.quantity.amount - sum(each.amount for each in parts if _covers(total, each.fact))
        adding.append(Counted(total, max(0, amount)))
        by_day[total.day].append(adding[-1])
        by_contributor[total.contributor].append(adding[-1])
    return sorted(adding, key=lambda each: (each.fact.day, each.fact.fact_id))


def _coarseness(fact: Fact) -> tuple[bool, int, date, int, str]:
    assert fact.quantity
    return fact.contributor is None, -len(fact.date or ""), fact.day, fact.quantity.amount, str(fact.fact_id)


def _covers(total: Fact, part: Fact) -> bool:
    if total.contributor is not None and total.contributor != part.contributor:
        return False
    if total.contributor == part.contributor and len(total.date or "") >= len(part.date or ""):
        return False  # as precise as its part: another one, not a total
    if total.date is None:
        return part.day <= total.day
    return first_day(total.date) <= part.day <= last_day(total.date)
