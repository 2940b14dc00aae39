"""What stands in the way, and what no longer does."""

from collections.abc import Sequence
from datetime import date

from muster_contracts.values import Reason

from muster_projection.board import Fact, Obstacle
from muster_projection.folds.facts import figure
from muster_projection.folds.movements import moved

BINDING = frozenset({Reason.COURT, Reason.PARLIAMENT, Reason.LEGAL_AGREEMENT})
"""What has to be out of the way before people go; want of money or security may last with people there."""


def obstacles(facts: Sequence[Fact], valid_at: date) -> tuple[Obstacle, ...]:
    """Obstacles by `valid_at`: open ones first, then cleared ones, each by day.

    What is told as cleared takes with it all that was raised before it against the same contributor for the same reason. A court's or
    parliament's bar on a contributor is behind it once its people have left or arrived: that movement is shown as what cleared it.
    """
    raised = [each for each in facts if each.type == "obstacle-raised" and each.day <= valid_at]
    cleared = sorted(
        (each for each in facts if each.type == "obstacle-cleared" and each.day <= valid_at), key=lambda each: (each.day, each.fact_id)
    )
    gone = [each for type_ in ("contingent-departed", "contingent-arrived") for each in moved(facts, type_, valid_at)]
    met: set[object] = set()
    found: list[tuple[bool, date, Obstacle]] = []
    for each in raised:
        end = next((other for other in cleared if _clears(other, each)), None)
        if end:
            met.add(end.fact_id)
        if end is None and set(each.reasons) & BINDING:
            end = next((other for other in gone if other.contributor == each.contributor and other.day > each.day), None)
        found.append((end is not None, each.day, _obstacle(each, end)))
    found += [(True, each.day, _obstacle(None, each)) for each in cleared if each.fact_id not in met]
    found.sort(key=lambda each: (each[0], each[1], (each[2].raised or each[2].cleared).fact_id))  # type: ignore[union-attr]
    return tuple(each[2] for each in found)


def _clears(cleared: Fact, raised: Fact) -> bool:
    whose = cleared.contributor is None or raised.contributor is None or cleared.contributor == raised.contributor
    why = not cleared.reasons or not raised.reasons or bool(set(cleared.reasons) & set(raised.reasons))
    before = raised.day <= cleared.day or (raised.date is None and raised.first_told <= cleared.first_told)
    return whose and why and before


def _obstacle(raised: Fact | None, cleared: Fact | None) -> Obstacle:
    of = raised or cleared
    assert of
    return Obstacle(
        contributor=of.contributor,
        reasons=of.reasons,
        quantity=of.quantity,
        raised=figure(raised) if raised else None,
        cleared=figure(cleared) if cleared else None,
    )
