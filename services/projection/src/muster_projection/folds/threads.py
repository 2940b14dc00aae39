"""One contributor's plans, as the texts tell of them.

The texts give single sentences: 'to leave on 26 May', 'put off by three weeks', 'to leave on 25 June'. They are taken in the order in
which they became public, and each continues the plan that it can be speaking of.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from muster_contracts.partial_dates import first_day
from muster_contracts.values import Quantity

from muster_projection.board import Fact, Slip
from muster_projection.folds.days import days_between
from muster_projection.folds.facts import figure
from muster_projection.folds.sameness import meant
from muster_projection.folds.tellings import same_units

EARLY = 7  # days
"""A contingent may leave this long before its day and still be the one that was planned."""


@dataclass(slots=True, eq=False)
class Thread:
    """One plan while the texts are read."""

    contributor: str | None
    step: str
    quantity: Quantity | None = None
    planned_for: str | None = None
    planned_told: date | None = None
    first_planned_for: str | None = None
    schedules: list[Fact] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    begun: date = date.max
    met: list[Fact] = field(default_factory=list)

    def plan_for(self, day: str, told: date) -> None:
        self.planned_for, self.planned_told = day, told
        self.first_planned_for = self.first_planned_for or day


def threads_of(told: Sequence[Fact], gone: Sequence[Fact]) -> tuple[list[Thread], list[Slip]]:
    """One contributor's plans, and its delays of no known plan.

    Args:
        told: its schedules and delays, as they became public.
        gone: its movements, by day.
    """
    threads: list[Thread] = []
    loose: list[Slip] = []
    ahead: list[Thread] = []
    for fact in told:
        ahead = [each for each in ahead if not _met(each, gone, fact.first_told)]
        thread = _schedule(fact, ahead) if fact.type != "deployment-delayed" else _delay(fact, ahead, loose)
        if thread:
            threads.append(thread)
            ahead.append(thread)
    return threads, loose


def _schedule(fact: Fact, ahead: Sequence[Thread]) -> Thread | None:
    """Continue one of the plans not yet carried out; else the new plan that the schedule makes."""
    continued = next((each for each in reversed(ahead) if _continues(each, fact)), None)
    thread = continued or Thread(contributor=fact.contributor, step=_step(fact), begun=fact.first_told)
    if fact.date and thread.planned_for and fact.date != thread.planned_for and not _refines(fact.date, thread.planned_for):
        days = days_between(thread.planned_for, fact.date)
        pending = thread.slips[-1] if thread.slips else None
        if pending and pending.after is None and pending.days is None:  # the delay that gave no date: here is its date
            thread.slips[-1] = pending.model_copy(update={"before": thread.planned_for, "after": fact.date, "days": days})
        else:
            thread.slips.append(slip_of(fact, before=thread.planned_for, after=fact.date, days=days))
    if fact.date:
        thread.plan_for(fact.date, fact.first_told)
    thread.quantity = fact.quantity or thread.quantity
    thread.schedules.append(fact)
    return None if continued else thread


def _step(fact: Fact) -> str:
    # A movement told ahead of its day is a plan too, whatever tense it came in.
    return fact.detail or {"contingent-withdrawn": "withdrawal", "contingent-arrived": "arrival"}.get(fact.type, "departure")


def _delay(fact: Fact, ahead: Sequence[Thread], loose: list[Slip]) -> Thread | None:
    """Put off the earliest plan that it can be speaking of; else a delay of no known plan, or the new plan that its date makes."""
    open_ones = [(each.planned_for or "9999", place) for place, each in enumerate(ahead) if numbers_meet(each.quantity, fact.quantity)]
    delayed = ahead[min(open_ones)[1]] if open_ones else None
    if fact.date:
        thread = delayed or Thread(contributor=fact.contributor, step="deployment", quantity=fact.quantity, begun=fact.first_told)
        before = thread.planned_for
        thread.slips.append(slip_of(fact, before=before, after=fact.date, days=days_between(before, fact.date) if before else None))
        thread.plan_for(fact.date, fact.first_told)
        thread.schedules.append(fact)
        return None if delayed else thread
    if delayed is None:
        loose.append(slip_of(fact, before=None, after=None, days=None))
        return None
    last = delayed.slips[-1] if delayed.slips else None
    if last and last.told_on == fact.first_told and not last.causes:  # the article that gives the new date says why
        delayed.slips[-1] = last.model_copy(update={"causes": fact.reasons})
        return None
    known = delayed.planned_told is not None and delayed.planned_told < fact.first_told
    delayed.slips.append(slip_of(fact, before=delayed.planned_for if known else None, after=None, days=None))
    return None


def slip_of(fact: Fact, *, before: str | None, after: str | None, days: int | None) -> Slip:
    return Slip(
        told_on=fact.first_told,
        contributor=fact.contributor,
        quantity=fact.quantity,
        before=before,
        after=after,
        days=days,
        causes=fact.reasons,
        figure=figure(fact),
    )


def _continues(thread: Thread, fact: Fact) -> bool:
    """Whether a schedule speaks of the thread's plan: of no other number, and not told beside it by one article."""
    apart = {"full-strength", "withdrawal"}
    if thread.step != _step(fact) and apart & {thread.step, _step(fact)}:
        return False
    if not numbers_meet(thread.quantity, fact.quantity):
        return False
    beside = thread.schedules[-1].type == fact.type and _articles(thread.schedules[-1]) & _articles(fact)
    return not beside


def _articles(fact: Fact) -> set[UUID]:
    return {claim.article_id for claim in fact.claims}


def _refines(finer: str, coarser: str) -> bool:
    shared = min(len(finer), len(coarser))
    return finer[:shared] == coarser[:shared]


def numbers_meet(one: Quantity | None, other: Quantity | None) -> bool:
    if one is None or other is None:
        return True
    (low, high), (other_low, other_high) = meant(one), meant(other)
    return same_units(one, other) and low <= other_high and other_low <= high


def _met(thread: Thread, gone: Sequence[Fact], told: date) -> bool:
    """Whether the plan was carried out, as far as `gone` tells, before a day of publication."""
    following = gone[first_after(thread, gone) : bisect_left(gone, told, key=lambda each: each.day)]
    return any(its_step(thread, each) and numbers_meet(thread.quantity, each.quantity) for each in following)


def first_after(thread: Thread, gone: Sequence[Fact]) -> int:
    """Place of the first movement that can be the plan's by its day: not long before what was planned, nor before the plan was told of."""
    begun = thread.begun.toordinal()
    earliest = max(first_day(thread.planned_for).toordinal(), begun) - EARLY if thread.planned_for else begun + 1
    return bisect_left(gone, earliest, key=lambda each: each.day.toordinal())


def its_step(thread: Thread, movement: Fact) -> bool:
    if (thread.step == "withdrawal") != (movement.type == "contingent-withdrawn"):
        return False
    return thread.step != "arrival" or movement.type == "contingent-arrived"
