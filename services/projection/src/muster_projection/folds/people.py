"""The personnel ladder: how far each contributor's people have come. A pledge is never counted as delivered."""

from collections.abc import Sequence
from datetime import date

from muster_contracts.values import Kind, Modality, Quantity

from muster_projection.board import ContributorPeople, Fact, Plan, Rung, Step, Strength
from muster_projection.folds.facts import figure
from muster_projection.folds.figures import sum_rung, total
from muster_projection.folds.memo import Memo
from muster_projection.folds.movements import counted, moved
from muster_projection.folds.obstacles import BINDING


def people(
    facts: Sequence[Fact], plans: Sequence[Plan], strengths: Sequence[Strength], whole: Strength | None, valid_at: date, memo: Memo
) -> tuple[ContributorPeople, ...]:
    """Each contributor's ladder, by code; what names no contributor comes last. `facts` are those that are reckoned with."""
    by_code: dict[str | None, list[Fact]] = {}
    for fact in facts:
        by_code.setdefault(fact.contributor, []).append(fact)
    deployed: dict[str | None, Strength] = {each.contributor: each for each in strengths}
    if whole and whole.reported:
        deployed[None] = whole
    planned: dict[str | None, list[Plan]] = {}
    for plan in plans:
        planned.setdefault(plan.contributor, []).append(plan)
    codes = sorted({*by_code, *deployed, *planned}, key=lambda code: (code is None, code or ""))

    def ladder(code: str | None) -> ContributorPeople:
        own, ahead, there = by_code.get(code, []), planned.get(code, []), deployed.get(code)
        inputs = [*own, None, *ahead, None, there]
        return memo.of(("ladder", code), inputs, None, lambda: _ladder(code, own, ahead, there, valid_at))

    ladders = [ladder(code) for code in codes]
    return tuple(each for each in ladders if each.reached or each.taken_back)


def _ladder(code: str | None, facts: list[Fact], plans: list[Plan], strength: Strength | None, valid_at: date) -> ContributorPeople:
    promised = [each for each in facts if each.type == "pledge-announced" and each.kind is Kind.PEOPLE and each.day <= valid_at]
    taken_back = [each for each in facts if each.type == "pledge-withdrawn" and each.kind is Kind.PEOPLE and each.day <= valid_at]
    rungs: dict[Step, Rung | None] = {
        Step.SIGNALLED: _pledged([each for each in promised if each.modality is Modality.CONDITIONAL], taken_back),
        Step.PLEDGED: _pledged([each for each in promised if each.modality is not Modality.CONDITIONAL], taken_back),
        Step.COMMITTED: _committed(facts, valid_at)
        if promised or plans
        else _committed([each for each in facts if _people(each)], valid_at),
        Step.SCHEDULED: _scheduled(plans),
        Step.DEPARTED: _moved(facts, "contingent-departed", valid_at, "the sum of departures"),
        Step.DEPLOYED: _deployed(strength, facts, valid_at),
        Step.WITHDRAWN: _moved(facts, "contingent-withdrawn", valid_at, "the sum of withdrawals"),
    }
    return ContributorPeople(
        contributor=code,
        taken_back=_latest(taken_back, "the last one told"),
        reached=_reached(rungs),
        **{step.value: rung for step, rung in rungs.items()},
    )


def _reached(rungs: dict[Step, Rung | None]) -> Step | None:
    there = rungs[Step.DEPLOYED]
    nobody_left = rungs[Step.WITHDRAWN] is not None and (there is None or (there.quantity is not None and there.quantity.amount == 0))
    order = (Step.DEPLOYED, Step.DEPARTED, Step.SCHEDULED, Step.COMMITTED, Step.PLEDGED, Step.SIGNALLED)
    return Step.WITHDRAWN if nobody_left else next((step for step in order if rungs[step]), None)


def _pledged(promised: Sequence[Fact], taken_back: Sequence[Fact]) -> Rung | None:
    """The pledge made last, less what was taken back of it since; the ones before it are its history."""
    standing = [each for each in promised if not any(_undoes(back, each) for back in taken_back)]
    if not standing:
        return None
    numbered = sorted(
        (each for each in standing if each.quantity),
        key=lambda each: (each.day, each.quantity.amount if each.quantity else 0, each.fact_id),
    )
    if not numbered:
        latest = min(standing, key=lambda each: (each.day, each.fact_id))
        return Rung(date=latest.date, rule="promised without a number", figures=tuple(figure(each) for each in _by_day(standing)))
    shown = numbered[-1]
    assert shown.quantity
    cuts = [each for each in taken_back if each.quantity and _after(each, shown)]
    cut = sum(each.quantity.amount for each in cuts if each.quantity)
    rule = "the pledge made last" if len(numbered) > 1 else shown.quantity_rule
    return Rung(
        quantity=shown.quantity.model_copy(update={"amount": max(0, shown.quantity.amount - cut)}),
        date=shown.date,
        rule=f"{rule}, less {cut:,} taken back since" if cut else rule,
        figures=(figure(shown), *(figure(each) for each in cuts), *(figure(each) for each in _by_day(standing) if not each.quantity)),
        history=tuple(figure(each) for each in numbered[:-1]),
    )


def _undoes(back: Fact, pledge: Fact) -> bool:
    """Taken back whole: no number is given, or no less than was promised."""
    whole = back.quantity is None or (pledge.quantity is not None and back.quantity.amount >= pledge.quantity.amount)
    return whole and _after(back, pledge)


def _after(back: Fact, pledge: Fact) -> bool:
    # An undated pledge that is first told of beside its withdrawal came before it.
    return pledge.day <= back.day or (pledge.date is None and pledge.first_told <= back.first_told)


def _committed(facts: Sequence[Fact], valid_at: date) -> Rung | None:
    cleared = [each for each in facts if each.type == "obstacle-cleared" and each.day <= valid_at and BINDING & set(each.reasons)]
    return _latest(cleared, "the number approved last")


def _latest(facts: Sequence[Fact], rule: str) -> Rung | None:
    """The last fact with a number of people, else the last one."""
    if not facts:
        return None
    ordered = sorted(facts, key=lambda each: (_people(each) is None, -each.day.toordinal(), each.fact_id))
    shown = ordered[0]
    return Rung(
        quantity=_people(shown),
        date=shown.date,
        rule=rule if len(ordered) > 1 else (shown.quantity_rule if _people(shown) else "told without a number"),
        figures=tuple(figure(each) for each in ordered),
    )


def _people(fact: Fact) -> Quantity | None:
    return fact.quantity if fact.quantity and fact.quantity.kind is Kind.PEOPLE else None


def _scheduled(plans: Sequence[Plan]) -> Rung | None:
    """What is still to go: the sum of plans not carried out, and not so long past that they lapsed. A target strength is no contingent."""
    ahead = [each for each in plans if each.outcome in ("open", "overdue", "partly") and each.step not in ("full-strength", "withdrawal")]
    if not ahead:
        return None
    adding = [each.quantity for each in ahead if each.quantity]
    gone = sum(each.met_by.quantity.amount for each in ahead if each.met_by and each.met_by.quantity)
    return Rung(
        quantity=total(adding, less=gone) if adding else None,
        date=min((each.planned_for for each in ahead if each.planned_for), default=None),
        rule="the sum of plans not yet carried out" if len(ahead) > 1 else "the plan not yet carried out",
        figures=tuple(each.figures[0] for each in ahead),
    )


def _moved(facts: Sequence[Fact], type_: str, valid_at: date, rule: str) -> Rung | None:
    movements = moved(facts, type_, valid_at)
    return sum_rung(counted(movements), [each for each in movements if not each.quantity], rule)


def _deployed(strength: Strength | None, facts: Sequence[Fact], valid_at: date) -> Rung | None:
    if strength:
        behind = [*([strength.reported] if strength.reported else []), *(each.figure for each in strength.movements)]
        return Rung(quantity=strength.quantity, date=behind[-1].date if behind else None, rule=strength.reckoned, figures=tuple(behind))
    arrived = moved(facts, "contingent-arrived", valid_at)
    return sum_rung([], _by_day(arrived), "arrived, without a number") if arrived else None


def _by_day(facts: Sequence[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda each: (each.day, each.fact_id))
