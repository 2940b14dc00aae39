"""The figures of a mission's status, one by one, each with the facts that it was reckoned from."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from muster_contracts.changes import StatusFigure, StatusValue
from muster_contracts.values import Quantity

from muster_projection.board import Board, Fact, Figure, Rung, Strength
from muster_projection.changes.shown import Said, StatusKey, behind

Line = tuple[StatusKey, StatusValue, str, Iterable[Figure]]
"""Which figure, its value, the rule it was reckoned by, and what it was reckoned from, the decisive first."""

PEOPLE = {
    "signalled": StatusFigure.SIGNALLED,
    "pledged": StatusFigure.PLEDGED,
    "taken_back": StatusFigure.TAKEN_BACK,
    "committed": StatusFigure.COMMITTED,
    "scheduled": StatusFigure.SCHEDULED,
    "departed": StatusFigure.DEPARTED,
    "deployed": StatusFigure.DEPLOYED,
    "withdrawn": StatusFigure.WITHDRAWN,
}
MONEY = {
    "announced": StatusFigure.ANNOUNCED_MONEY,
    "pledged": StatusFigure.PLEDGED_MONEY,
    "paid": StatusFigure.PAID_MONEY,
    "frozen": StatusFigure.FROZEN_MONEY,
}


def status(board: Board, facts: Mapping[UUID, Fact]) -> Iterator[tuple[StatusKey, Said[StatusValue]]]:
    """Every figure that the board's status shows, each once. `facts` are the board's, by id."""
    for lines in (_mission(board), _strengths(board), _people(board), _money(board), _plans(board), _obstacles(board), _casualties(board)):
        for key, value, rule, figures in lines:
            yield key, Said(value, rule, *behind(facts, [figure.fact_id for figure in figures]))


def _key(figure: StatusFigure, contributor: str | None = None, item: str = "") -> StatusKey:
    return StatusKey(figure, contributor or "", item)


def _mission(board: Board) -> Iterator[Line]:
    mandate = board.mandate
    if board.ceiling:
        value = StatusValue(quantity=board.ceiling.quantity, date=board.ceiling.since, code=board.ceiling.authority)
        yield _key(StatusFigure.CEILING), value, board.ceiling.figure.rule, [board.ceiling.figure]
    if mandate.extended:
        yield _key(StatusFigure.MANDATE_END), StatusValue(date=mandate.runs_until), mandate.extended.rule, [mandate.extended]
    if mandate.ended:
        value = StatusValue(date=mandate.ended_on, successor=board.successor)
        yield _key(StatusFigure.MISSION_END), value, mandate.ended.rule, [mandate.ended]
    if board.leaders:
        last = board.leaders[-1]
        yield _key(StatusFigure.LEADER), StatusValue(code=last.contributor, date=last.since), last.figure.rule, [last.figure]
    for post, named in {each.post or "": each for each in board.commanders}.items():
        value = StatusValue(person=named.person, code=named.contributor, date=named.since)
        yield _key(StatusFigure.COMMANDER, item=post), value, named.figure.rule, [named.figure]


def _strengths(board: Board) -> Iterator[Line]:
    for each in [*([board.strength] if board.strength else []), *board.contributor_strengths]:
        yield _key(StatusFigure.STRENGTH, each.contributor), StatusValue(quantity=each.quantity), each.reckoned, _reported(each)


def _reported(strength: Strength) -> list[Figure]:
    return [*([strength.reported] if strength.reported else []), *(each.figure for each in strength.movements)]


def _people(board: Board) -> Iterator[Line]:
    for each in board.people:
        for name, figure in PEOPLE.items():
            rung: Rung | None = getattr(each, name)
            if rung:
                yield _key(figure, each.contributor), StatusValue(quantity=rung.quantity, date=rung.date), rung.rule, rung.figures


def _money(board: Board) -> Iterator[Line]:
    for each in board.money:
        for name, figure in MONEY.items():
            rungs: tuple[Rung, ...] = getattr(each, name)
            for rung in rungs:
                currency = rung.quantity.unit if rung.quantity else ""
                value = StatusValue(quantity=rung.quantity, date=rung.date)
                yield _key(figure, each.contributor, currency), value, rung.rule, rung.figures


def _plans(board: Board) -> Iterator[Line]:
    for plan in board.plans:
        value = StatusValue(
            quantity=plan.quantity, date=plan.planned_for, state=plan.outcome, days_lost=plan.days_lost, reasons=plan.causes
        )
        figures = [*plan.figures, *(slip.figure for slip in plan.slips), *([plan.met_by] if plan.met_by else [])]
        yield _key(StatusFigure.PLAN, plan.contributor, str(plan.plan_id)), value, plan.figures[0].rule, figures


def _obstacles(board: Board) -> Iterator[Line]:
    for each in board.obstacles:
        figures = [figure for figure in (each.cleared, each.raised) if figure]
        item = str((each.raised or figures[0]).fact_id)
        value = StatusValue(quantity=each.quantity, state="cleared" if each.cleared else "open", reasons=each.reasons)
        yield _key(StatusFigure.OBSTACLE, each.contributor, item), value, figures[0].rule, figures


def _casualties(board: Board) -> Iterator[Line]:
    for each in board.casualties:
        for figure, count in ((StatusFigure.KILLED, each.killed), (StatusFigure.WOUNDED, each.wounded)):
            if count:
                value = StatusValue(quantity=Quantity(amount=count, unit="personnel"))
                yield _key(figure, each.contributor), value, each.rule, each.figures
