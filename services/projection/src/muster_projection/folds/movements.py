"""People who come and go: what adds up, and what is a total told beside its parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from muster_contracts.partial_dates import first_day, last_day
from muster_contracts.values import Kind

from muster_projection.board import Fact


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
    for total in numbered:
        assert total.quantity
        parts = sum(each.amount for each in adding if _covers(total, each.fact))
        adding.append(Counted(total, max(0, total.quantity.amount - parts)))
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
