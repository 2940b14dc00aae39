"""Figures out of several facts: sums, their unit and how well they are known, and the rungs made of them."""

from collections.abc import Iterable, Sequence

from muster_contracts.values import Qualifier, Quantity

from muster_projection.board import Fact, Rung
from muster_projection.folds.facts import figure
from muster_projection.folds.movements import Counted

WORDS = {Qualifier.EXACT: "", Qualifier.ABOUT: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.AT_MOST: "at most "}


def number(quantity: Quantity) -> str:
    """The number in words, e.g. `about 600`."""
    return f"{WORDS[quantity.qualifier]}{quantity.amount:,}"


def total(numbers: Sequence[Quantity], amount: int | None = None, less: int = 0) -> Quantity:
    """The sum of numbers of people, in the unit and as well known as all are; else in `personnel`, and `about`.

    Args:
        numbers: at least one.
        amount: their sum, where it isn't plainly that.
        less: what to take off; the sum stays at 0 or above.
    """
    units = {each.unit for each in numbers}
    qualifiers = {each.qualifier for each in numbers}
    return Quantity(
        amount=max(0, (sum(each.amount for each in numbers) if amount is None else amount) - less),
        unit=units.pop() if len(units) == 1 else "personnel",
        qualifier=qualifiers.pop() if len(qualifiers) == 1 else Qualifier.ABOUT,
    )


def numbers_of(facts: Iterable[Fact | None]) -> list[Quantity]:
    """The numbers of those that have one."""
    return [each.quantity for each in facts if each and each.quantity]


def sum_rung(counted: Sequence[Counted], unnumbered: Sequence[Fact], rule: str) -> Rung | None:
    """A rung that is the sum of what happened. Without any number the rung has none."""
    adding = [each for each in counted if each.amount]
    facts = [each.fact for each in adding]
    if not adding and not unnumbered:
        return None
    quantity = total(numbers_of(facts), sum(each.amount for each in adding)) if adding else None
    behind = [*facts, *unnumbered]
    return Rung(
        quantity=quantity,
        date=min((each.date for each in behind if each.date), default=None),
        rule=rule if len(adding) > 1 else behind[0].quantity_rule,
        figures=tuple(figure(each) for each in behind),
    )
