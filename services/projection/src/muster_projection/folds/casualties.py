"""Killed and wounded: running totals aren't added to the incidents that they hold."""

from collections.abc import Sequence
from datetime import date

from muster_projection.board import Casualties, Fact
from muster_projection.folds.facts import figure


def casualties(facts: Sequence[Fact], valid_at: date) -> tuple[Casualties, ...]:
    """By contributor's code; what names none comes last."""
    told = [each for each in facts if each.type == "casualty-reported" and each.day <= valid_at]
    codes = sorted({each.contributor for each in told}, key=lambda code: (code is None, code or ""))
    rows = []
    for code in codes:
        own = [each for each in told if each.contributor == code]
        killed, killed_rule = _count([each for each in own if (each.detail or "").startswith("killed")])
        wounded, wounded_rule = _count([each for each in own if (each.detail or "").startswith("wounded")])
        rules = [f"{harm}: {rule}" for harm, rule in (("killed", killed_rule), ("wounded", wounded_rule)) if rule]
        behind = tuple(figure(each) for each in sorted(own, key=lambda each: (each.day, each.fact_id)))
        rows.append(Casualties(contributor=code, killed=killed, wounded=wounded, rule="; ".join(rules), figures=behind))
    return tuple(rows)


def _count(facts: Sequence[Fact]) -> tuple[int, str]:
    """The last running total plus what happened after it, or the sum of incidents where that is more."""
    incidents = [(each, each.quantity.amount if each.quantity else 1) for each in facts if not each.running_total]
    totals = [each for each in facts if each.running_total and each.quantity]
    total_of_incidents = sum(amount for _, amount in incidents)
    if not totals:
        return total_of_incidents, "the sum of incidents" if len(incidents) > 1 else ("one incident" if incidents else "")
    last = max(totals, key=lambda each: (each.day, each.quantity.amount if each.quantity else 0, each.fact_id))
    assert last.quantity
    since = sum(amount for each, amount in incidents if each.day > last.day)
    reckoned = last.quantity.amount + since
    if total_of_incidents > reckoned:
        return total_of_incidents, "the sum of incidents, which is more than the last total told"
    return reckoned, f"the total told for {last.day}" + (f", + {since} since" if since else "")
