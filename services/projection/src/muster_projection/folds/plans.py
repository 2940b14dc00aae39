"""Plans: what was to happen when, each slip of it with its causes, and what became of it.

What the texts say of each contributor's plans is threaded in `threads.py`; here movements are matched with them.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from muster_contracts.partial_dates import last_day
from muster_contracts.values import Kind, Reason

from muster_projection.board import Cause, Fact, Plan, Slip
from muster_projection.folds.days import days_between, past
from muster_projection.folds.facts import figure
from muster_projection.folds.memo import Memo
from muster_projection.folds.movements import moved
from muster_projection.folds.tellings import MOVEMENTS
from muster_projection.folds.threads import EARLY, Thread, first_after, its_step, numbers_meet, slip_of, threads_of

LATE_FROM = 2  # days
"""After its day from which a landing is late: a flight and a time zone take up to one."""

LAPSE = 90  # days
"""After its day a plan without a word of it is no longer counted on."""

LAPSE_UNDATED = 180  # days
"""After its last telling, where it had no day."""

ONE_STEP = 3  # days
"""A departure and an arrival within this time are two steps of one deployment."""


def plans(facts: Sequence[Fact], valid_at: date, memo: Memo) -> tuple[tuple[Plan, ...], tuple[Slip, ...]]:
    """Plans by date, and every slip in the order told, those that befell no known plan included.

    Args:
        facts: those that are reckoned with, schedules and delays told by `valid_at` among them.
        valid_at: the day on which a plan is open, overdue or met.
    """
    told: dict[str | None, list[Fact]] = defaultdict(list)
    for each in facts:
        if each.first_told <= valid_at and (each.ahead or each.type in ("deployment-scheduled", "deployment-delayed")):
            told[each.contributor].append(each)
    gone: dict[str | None, list[Fact]] = defaultdict(list)
    for type_ in sorted(MOVEMENTS):
        for each in moved(facts, type_, valid_at):
            gone[each.contributor].append(each)
    dropped = [each for each in facts if each.type == "pledge-withdrawn" and each.kind is Kind.PEOPLE and each.quantity is None]
    done: list[Plan] = []
    loose: list[Slip] = []
    for whose in sorted(told, key=lambda code: code or "~"):
        own, moves = told[whose], gone[whose]
        threaded = memo.of(("threads", whose), [*own, None, *moves], None, lambda own=own, moves=moves: _threaded(own, moves))  # type: ignore[misc]
        made = memo.of(
            ("plans", whose),
            [threaded, *dropped],
            valid_at,
            lambda threaded=threaded: [_plan(each, valid_at, dropped) for each in threaded[0]],  # type: ignore[misc]
        )
        done += made
        loose += threaded[1]
    done.sort(key=lambda each: (each.planned_for or "9999-99", each.contributor or "~", each.plan_id))
    slips = [slip for plan in done for slip in plan.slips] + loose
    return tuple(done), tuple(sorted(slips, key=lambda each: (each.told_on, each.contributor or "~", each.figure.fact_id)))


def _threaded(told: list[Fact], gone: list[Fact]) -> tuple[list[Thread], list[Slip]]:
    """One contributor's plans with what carried them out, and its delays of no known plan."""
    moves = sorted(gone, key=lambda each: (each.day, each.type, each.fact_id))
    threads, loose = threads_of(sorted(told, key=_telling_order), moves)
    _carry_out(threads, moves)
    return threads, loose


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


def _telling_order(fact: Fact) -> tuple[date, int, int, str, str]:
    # Of one day: a delay with its new date, then the schedule that may repeat that date, then a delay that only looks back.
    place = 1 if fact.type != "deployment-delayed" else (0 if fact.date else 2)
    first = min((claim.start for claim in fact.claims[:1]), default=0)
    return fact.first_told, place, first, fact.date or "9999", str(fact.fact_id)


def _carry_out(threads: Sequence[Thread], gone: Sequence[Fact]) -> None:
    """Give each plan, the earliest first, the movement that carried it out: of its number, else the first smaller one near its day."""
    free = list(gone)
    for exactly in (True, False):
        for thread in sorted(threads, key=lambda each: (each.planned_for or "9999", each.begun, each.contributor or "~")):
            if thread.met or thread.step == "full-strength" or (thread.planned_for is None and not exactly):
                continue
            following = free[first_after(thread, free) :]
            chosen = next((each for each in following if its_step(thread, each) and _enough(thread, each, exactly)), None)
            if chosen is None:
                continue
            day = chosen.day
            used = [each for each in free if abs((each.day - day).days) <= ONE_STEP and each is not chosen and each.type != chosen.type]
            thread.met = [chosen, *used]
            taken = {each.fact_id for each in thread.met}
            free = [each for each in free if each.fact_id not in taken]


def _enough(thread: Thread, movement: Fact, exactly: bool) -> bool:
    if exactly:
        return (thread.planned_for is not None or movement.quantity is not None) and numbers_meet(thread.quantity, movement.quantity)
    assert thread.planned_for
    return (movement.day - last_day(thread.planned_for)).days <= EARLY and not numbers_meet(thread.quantity, movement.quantity)


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
            slips.append(slip_of(met, before=thread.planned_for, after=carried_on, days=late))
    else:
        late = 0
    plan_id = min(thread.schedules, key=lambda each: (each.first_told, each.fact_id)).fact_id
    slips = [slip.model_copy(update={"plan_id": plan_id}) for slip in slips]
    ending = carried_on if late else thread.planned_for
    lost = days_between(thread.first_planned_for, ending) if thread.first_planned_for and ending and slips else None
    if lost == 0 and all(slip.days is None for slip in slips):
        lost = None  # delays are told, but no two dates to reckon from
    fewer = met and met.quantity and thread.quantity and met.quantity.amount < thread.quantity.amount
    partly = bool(fewer) and not numbers_meet(thread.quantity, met.quantity if met else None)
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
