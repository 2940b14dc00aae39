"""A board laid out in rows, for whoever reads with SQL. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from muster_contracts.values import Quantity
from sqlalchemy import Table

from muster_projection.board import Board, Fact
from muster_projection.store.tables import fact_claims, facts, money, people, plans, slips

Row = dict[str, Any]

RUNGS_OF_PEOPLE = ("signalled", "pledged", "taken_back", "committed", "scheduled", "departed", "deployed", "withdrawn")
RUNGS_OF_MONEY = ("announced", "pledged", "paid", "frozen")


def fact_rows(mission: str, told: Sequence[Fact]) -> list[tuple[Table, list[Row]]]:
    """Facts' rows by table, in an order in which they can be inserted."""
    return [(facts, [_fact(mission, fact) for fact in told]), (fact_claims, list(_citations(mission, told)))]


def status_rows(board: Board) -> list[tuple[Table, list[Row]]]:
    """The rows of the board's status, by table."""
    return [
        (people, list(_people(board))),
        (money, list(_money(board))),
        (plans, list(_plans(board))),
        (slips, list(_slips(board))),
    ]


def _fact(mission: str, fact: Fact) -> Row:
    return {
        "mission": mission,
        "fact_id": fact.fact_id,
        "type": fact.type,
        "contributor": fact.contributor,
        "kind": fact.kind.value if fact.kind else None,
        **_quantity(fact.quantity),
        "date": fact.date,
        "day": fact.day,
        "reasons": [reason.value for reason in fact.reasons],
        "origins": fact.origins,
        "articles": fact.articles,
        "first_told": fact.first_told,
        "last_told": fact.last_told,
        "payload": fact.model_dump(mode="json"),
    }


def _citations(mission: str, told: Iterable[Fact]) -> Iterator[Row]:
    for fact in told:
        for place, citation in enumerate(fact.claims):
            yield {"mission": mission, "fact_id": fact.fact_id, "claim_id": citation.claim_id, "place": place}


def _people(board: Board) -> Iterator[Row]:
    for one in board.people:
        for name in RUNGS_OF_PEOPLE:
            rung = getattr(one, name)
            if rung is not None:
                yield {
                    "mission": board.mission,
                    "contributor": one.contributor,
                    "rung": name,
                    **_quantity(rung.quantity),
                    "date": rung.date,
                    "reached": one.reached == name,
                    "rule": rung.rule,
                }


def _money(board: Board) -> Iterator[Row]:
    for one in board.money:
        for name in RUNGS_OF_MONEY:
            for place, rung in enumerate(getattr(one, name)):
                yield {
                    "mission": board.mission,
                    "contributor": one.contributor,
                    "rung": name,
                    "place": place,
                    **_quantity(rung.quantity),
                    "date": rung.date,
                    "main_funder": one.main_funder,
                    "rule": rung.rule,
                }


def _plans(board: Board) -> Iterator[Row]:
    for plan in board.plans:
        yield {
            "mission": board.mission,
            "plan_id": plan.plan_id,
            "contributor": plan.contributor,
            "step": plan.step,
            **_quantity(plan.quantity),
            "planned_for": plan.planned_for,
            "first_planned_for": plan.first_planned_for,
            "outcome": plan.outcome,
            "days_lost": plan.days_lost,
            "causes": [cause.value for cause in plan.causes],
        }


def _slips(board: Board) -> Iterator[Row]:
    for place, slip in enumerate(board.delays):
        yield {
            "mission": board.mission,
            "place": place,
            "plan_id": slip.plan_id,
            "contributor": slip.contributor,
            **_quantity(slip.quantity),
            "told_on": slip.told_on,
            "before": slip.before,
            "after": slip.after,
            "days": slip.days,
            "causes": [cause.value for cause in slip.causes],
            "fact_id": slip.figure.fact_id,
        }


def _quantity(quantity: Quantity | None) -> Row:
    if quantity is None:
        return {"amount": None, "unit": None, "qualifier": None}
    return {"amount": quantity.amount, "unit": quantity.unit, "qualifier": quantity.qualifier.value}
