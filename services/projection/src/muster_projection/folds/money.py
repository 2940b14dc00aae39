"""The money ladder: announced, pledged, paid, frozen. Sums are never added up: texts seldom say whether one is part of another."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from muster_contracts.values import Kind, Modality, Qualifier

from muster_projection.board import ContributorMoney, Equipment, Fact, Rung
from muster_projection.folds.facts import figure
from muster_projection.folds.memo import Memo

LARGEST = "the largest sum told; the others may be part of it, and are not added"


def money(facts: Sequence[Fact], valid_at: date, memo: Memo) -> tuple[ContributorMoney, ...]:
    """Each contributor's sums by `valid_at`, by code; funds and totals that name nobody come last."""
    told: dict[str | None, list[Fact]] = defaultdict(list)
    for each in facts:
        if each.kind is Kind.MONEY and each.day <= valid_at:
            told[each.contributor].append(each)
    codes = sorted(told, key=lambda code: (code is None, code or ""))
    return tuple(memo.of(("money", code), told[code], None, lambda code=code: _ladder(code, told[code])) for code in codes)  # type: ignore[misc]


def _ladder(code: str | None, told: Sequence[Fact]) -> ContributorMoney:
    promised = [each for each in told if each.type == "pledge-announced"]
    paid = [each for each in told if each.type == "funding-provided"]
    return ContributorMoney(
        contributor=code,
        main_funder=any(each.main for each in paid),
        announced=_rungs([each for each in promised if each.modality is Modality.CONDITIONAL]),
        pledged=_rungs([each for each in promised if each.modality is not Modality.CONDITIONAL]),
        paid=_rungs(paid),
        frozen=_rungs([each for each in told if each.type == "pledge-withdrawn"]),
    )


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
