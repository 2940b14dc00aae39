"""The money ladder: announced, pledged, paid, frozen. Sums are never added up: texts seldom say whether one is part of another."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from muster_contracts.values import Kind, Modality, Qualifier

from muster_projection.board import ContributorMoney, Equipment, Fact, Rung
from muster_projection.folds.facts import figure

LARGEST = "the largest sum told; the others may be part of it, and are not added"


def money(facts: Sequence[Fact], valid_at: date) -> tuple[ContributorMoney, ...]:
    """Each contributor's sums by `valid_at`, by code; funds and totals that name nobody come last."""
    told = [each for each in facts if each.kind is Kind.MONEY and each.day <= valid_at]
    codes = sorted({each.contributor for each in told}, key=lambda code: (code is None, code or ""))
    ladders = []
    for code in codes:
        own = [each for each in told if each.contributor == code]
        promised = [each for each in own if each.type == "pledge-announced"]
        paid = [each for each in own if each.type == "funding-provided"]
        ladders.append(
            ContributorMoney(
                contributor=code,
                main_funder=any(each.main for each in paid),
                announced=_rungs([each for each in promised if each.modality is Modality.CONDITIONAL]),
                pledged=_rungs([each for each in promised if each.modality is not Modality.CONDITIONAL]),
                paid=_rungs(paid),
                frozen=_rungs([each for each in own if each.type == "pledge-withdrawn"]),
            )
        )
    return tuple(ladders)


def equipment(facts: Sequence[Fact], valid_at: date) -> tuple[Equipment, ...]:
    """Materiel promised and handed over by `valid_at`, delivered first, each by day."""
    told = [
        each
        for each in facts
        if each.day <= valid_at
        and each.kind is Kind.EQUIPMENT
        and each.type in ("equipment-delivered", "contingent-arrived", "pledge-announced")
    ]
    told.sort(key=lambda each: (each.type == "pledge-announced", each.day, each.contributor or "~", each.fact_id))
    return tuple(
        Equipment(contributor=each.contributor, delivered=each.type != "pledge-announced", quantity=each.quantity, figure=figure(each))
        for each in told
    )


def _rungs(facts: Sequence[Fact]) -> tuple[Rung, ...]:
    """One for each currency, the largest sum in front; then one for what is told without a sum."""
    by_currency: dict[str, list[Fact]] = defaultdict(list)
    for each in facts:
        by_currency[each.quantity.unit if each.quantity else ""].append(each)
    rungs = []
    for currency in sorted(by_currency, key=lambda unit: (unit == "", unit)):
        ordered = sorted(by_currency[currency], key=lambda each: (-(each.quantity.amount if each.quantity else 0), each.day, each.fact_id))
        shown = ordered[0]
        several = len(ordered) > 1 and shown.quantity is not None
        rungs.append(
            Rung(
                quantity=shown.quantity.model_copy(update={"qualifier": Qualifier.AT_LEAST})
                if several and shown.quantity
                else shown.quantity,
                date=shown.date,
                rule=LARGEST if several else (shown.quantity_rule if shown.quantity else "told without a sum"),
                figures=tuple(figure(each) for each in ordered),
            )
        )
    return tuple(rungs)
