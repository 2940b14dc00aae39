"""Plans: what was to happen when, each slip of it with its causes, and what became of it.

The texts give single sentences: 'to leave on 26 May', 'put off by three weeks', 'to leave on 25 June', 'left'. They are taken in the
order in which they became public, and each continues the plan of its contributor that it can be speaking of.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from muster_contracts.partial_dates import first_day, last_day
from muster_contracts.values import Kind, Quantity, Reason

from muster_projection.board import Cause, Fact, Plan, Slip
from muster_projection.folds.days import days_between, past
from muster_projection.folds.facts import figure
from muster_projection.folds.movements import moved
from muster_projection.folds.sameness import meant
from muster_projection.folds.tellings import MOVEMENTS, same_units

EARLY = 7  # days
"""A contingent may leave this long before its day and still be the one that was planned."""

LATE_FROM = 2  # days
"""After its day from which a landing is late: a flight and a time zone take up to one."""

LAPSE = 90  # days
"""After its day a plan without a word of it is no longer counted on."""

LAPSE_UNDATED = 180  # days
"""After its last telling, where it had no day."""

ONE_STEP = 3  # days
"""A departure and an arrival within this time are two steps of one deployment."""


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


def plans(facts: Sequence[Fact], valid_at: date) -> tuple[tuple[Plan, ...], tuple[Slip, ...]]:
    """Plans by date, and every slip in the order told, those that befell no known plan included.

    Args:
        facts: those that are reckoned with, schedules and delays told by `valid_at` among them.
        valid_at: the day on which a plan is open, overdue or met.
    """
    told = [
        each
        for each in facts
        if each.first_told <= valid_at and (each.ahead or each.type in ("deployment-scheduled", "deployment-delayed"))
    ]
    gone = [each for type_ in sorted(MOVEMENTS) for each in moved(facts, type_, valid_at)]
    dropped = [each for each in facts if each.type == "pledge-withdrawn" and each.kind is Kind.PEOPLE and each.quantity is None]
    threads: list[Thread] = []
    loose: list[Slip] = []
    for whose in sorted({each.contributor for each in told}, key=lambda code: code or "~"):
        begun, unplaced = _of_one(
            sorted((each for each in told if each.contributor == whose), key=_telling_order),
            sorted((each for each in gone if each.contributor == whose), key=lambda each: (each.day, each.type, each.fact_id)),
        )
        threads += begun
        loose += unplaced
    done = sorted(
        (_plan(each, valid_at, dropped) for each in threads),
        key=lambda each: (each.planned_for or "9999-99", each.contributor or "~", each.plan_id),
    )
    slips = [slip for plan in done for slip in plan.slips] + loose
    return tuple(done), tuple(sorted(slips, key=lambda each: (each.told_on, each.contributor or "~", each.figure.fact_id)))


def causes(slips: Sequence[Slip]) -> tuple[Cause, ...]:
    """Why deployments slipped, the most frequent first."""
    named: dict[Reason, list[Slip]] = {}
    for slip in slips:
        for reason in slip.causes:
            named.setdefault(reason, []).append(slip)
    counted = []
    for reason, over in named.items():
        days = [slip.days for slip in over if slip.days is not None]
        counted.append(Cause(reason=reason, slips=len(over), days_lost=sum(days) if days else None))
    return tuple(sorted(counted, key=lambda each: (-each.slips, -(each.days_lost or 0), each.reason)))


def _of_one(told: Sequence[Fact], gone: Sequence[Fact]) -> tuple[list[Thread], list[Slip]]:
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
    _carry_out(threads, gone)
    return threads, loose


def _telling_order(fact: Fact) -> tuple[date, int, int, str, str]:
    # Of one day: a delay with its new date, then the schedule that may repeat that date, then a delay that only looks back.
    place = 1 if fact.type != "deployment-delayed" else (0 if fact.date else 2)
    first = min((claim.start for claim in fact.claims[:1]), default=0)
    return fact.first_told, place, first, fact.date or "9999", str(fact.fact_id)


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
            thread.slips.append(_slip(fact, before=thread.planned_for, after=fact.date, days=days))
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
    open_ones = [(each.planned_for or "9999", place) for place, each in enumerate(ahead) if _numbers_meet(each.quantity, fact.quantity)]
    delayed = ahead[min(open_ones)[1]] if open_ones else None
    if fact.date:
        thread = delayed or Thread(contributor=fact.contributor, step="deployment", quantity=fact.quantity, begun=fact.first_told)
        before = thread.planned_for
        thread.slips.append(_slip(fact, before=before, after=fact.date, days=days_between(before, fact.date) if before else None))
        thread.plan_for(fact.date, fact.first_told)
        thread.schedules.append(fact)
        return None if delayed else thread
    if delayed is None:
        loose.append(_slip(fact, before=None, after=None, days=None))
        return None
    last = delayed.slips[-1] if delayed.slips else None
    if last and last.told_on == fact.first_told and not last.causes:  # the article that gives the new date says why
        delayed.slips[-1] = last.model_copy(update={"causes": fact.reasons})
        return None
    known = delayed.planned_told is not None and delayed.planned_told < fact.first_told
    delayed.slips.append(_slip(fact, before=delayed.planned_for if known else None, after=None, days=None))
    return None


def _slip(fact: Fact, *, before: str | None, after: str | None, days: int | None) -> Slip:
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
    if not _numbers_meet(thread.quantity, fact.quantity):
        return False
    beside = thread.schedules[-1].type == fact.type and _articles(thread.schedules[-1]) & _articles(fact)
    return not beside


def _articles(fact: Fact) -> set[UUID]:
    return {claim.article_id for claim in fact.claims}


def _refines(finer: str, coarser: str) -> bool:
    shared = min(len(finer), len(coarser))
    return finer[:shared] == coarser[:shared]


def _numbers_meet(one: Quantity | None, other: Quantity | None) -> bool:
    if one is None or other is None:
        return True
    (low, high), (other_low, other_high) = meant(one), meant(other)
    return same_units(one, other) and low <= other_high and other_low <= high


def _met(thread: Thread, gone: Sequence[Fact], told: date) -> bool:
    """Whether the plan was carried out, as far as `gone` tells, before a day of publication."""
    following = gone[_first_after(thread, gone) : bisect_left(gone, told, key=lambda each: each.day)]
    return any(_its_step(thread, each) and _numbers_meet(thread.quantity, each.quantity) for each in following)


def _first_after(thread: Thread, gone: Sequence[Fact]) -> int:
    """Place of the first movement that can be the plan's by its day: not long before what was planned, nor before the plan was told of."""
    begun = thread.begun.toordinal()
    earliest = max(first_day(thread.planned_for).toordinal(), begun) - EARLY if thread.planned_for else begun + 1
    return bisect_left(gone, earliest, key=lambda each: each.day.toordinal())


def _its_step(thread: Thread, movement: Fact) -> bool:
    if (thread.step == "withdrawal") != (movement.type == "contingent-withdrawn"):
        return False
    return thread.step != "arrival" or movement.type == "contingent-arrived"


def _carry_out(threads: Sequence[Thread], gone: Sequence[Fact]) -> None:
    """Give each plan, the earliest first, the movement that carried it out: of its number, else the first smaller one near its day."""
    free = list(gone)
    for exactly in (True, False):
        for thread in sorted(threads, key=lambda each: (each.planned_for or "9999", each.begun, each.contributor or "~")):
            if thread.met or thread.step == "full-strength" or (thread.planned_for is None and not exactly):
                continue
            following = free[_first_after(thread, free) :]
            chosen = next((each for each in following if _its_step(thread, each) and _enough(thread, each, exactly)), None)
            if chosen is None:
                continue
            day = chosen.day
            used = [each for each in free if abs((each.day - day).days) <= ONE_STEP and each is not chosen and each.type != chosen.type]
            thread.met = [chosen, *used]
            taken = {each.fact_id for each in thread.met}
            free = [each for each in free if each.fact_id not in taken]


def _enough(thread: Thread, movement: Fact, exactly: bool) -> bool:
    if exactly:
        return (thread.planned_for is not None or movement.quantity is not None) and _numbers_meet(thread.quantity, movement.quantity)
    assert thread.planned_for
    return (movement.day - last_day(thread.planned_for)).days <= EARLY and not _numbers_meet(thread.quantity, movement.quantity)


def _lapsed(thread: Thread, valid_at: date, dropped: Sequence[Fact]) -> bool:
    last_told = max(each.last_told for each in thread.schedules)
    if any(each.contributor == thread.contributor and each.day >= last_told for each in dropped) and thread.step != "withdrawal":
        return True
    if thread.planned_for is None:
        return (valid_at - last_told).days > LAPSE_UNDATED
    return (valid_at - last_day(thread.planned_for)).days > LAPSE


def _plan(thread: Thread, valid_at: date, dropped: Sequence[Fact]) -> Plan:
    met = thread.met[0] if thread.met else None
    slips = list(thread.slips)
    carried_on = met.date if met and met.date and len(met.date) == 10 else None
    if met and carried_on and thread.planned_for and (late := days_between(thread.planned_for, carried_on)) >= LATE_FROM:
        pending = slips[-1] if slips else None
        if pending and pending.after is None and pending.days is None and pending.before:
            slips[-1] = pending.model_copy(update={"before": thread.planned_for, "after": carried_on, "days": late})
        else:
            slips.append(_slip(met, before=thread.planned_for, after=carried_on, days=late))
    else:
        late = 0
    plan_id = min(thread.schedules, key=lambda each: (each.first_told, each.fact_id)).fact_id
    slips = [slip.model_copy(update={"plan_id": plan_id}) for slip in slips]
    ending = carried_on if late else thread.planned_for
    lost = days_between(thread.first_planned_for, ending) if thread.first_planned_for and ending and slips else None
    if lost == 0 and all(slip.days is None for slip in slips):
        lost = None  # delays are told, but no two dates to reckon from
    fewer = met and met.quantity and thread.quantity and met.quantity.amount < thread.quantity.amount
    partly = bool(fewer) and not _numbers_meet(thread.quantity, met.quantity if met else None)
    if met and not partly:
        outcome = "met"
    elif partly and not _lapsed(thread, valid_at, dropped):
        outcome = "partly"
    elif _lapsed(thread, valid_at, dropped):
        outcome = "lapsed"
    else:
        outcome = "overdue" if past(thread.planned_for, valid_at) else "open"
    return Plan(
        plan_id=plan_id,
        contributor=thread.contributor,
        step=thread.step,
        quantity=thread.quantity,
        planned_for=thread.planned_for,
        first_planned_for=thread.first_planned_for,
        outcome=outcome,
        met_by=figure(met) if met else None,
        slips=tuple(slips),
        days_lost=lost,
        causes=tuple(dict.fromkeys(reason for slip in slips for reason in slip.causes)),
        figures=tuple(figure(each) for each in reversed(thread.schedules)),
    )
