"""The figures of a mission's status, one by one, each with the facts that it was reckoned from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Literal
from uuid import UUID

from muster_contracts.changes import StatusFigure, StatusValue
from muster_contracts.values import Quantity

from muster_projection.board import Board, Casualties, Ceiling, Fact, Figure, Obstacle, Plan, Rung, Strength
from muster_projection.changes.shown import Said, StatusKey, behind
from muster_projection.folds.memo import Memo

Figures = Iterable[Figure]
Value = tuple[StatusValue, str, Figures]
"""A value, the rule it was reckoned by, and what it was reckoned from, the decisive first."""

Line = tuple[StatusKey, Sequence[object], Callable[[], Value]]
"""Which figure, the parts of the board that show it, and what they show."""

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


POST_CUT_AT = 200
"""Characters of a commander's post that name the figure: it enters the key of what was told, of which an index holds 2,704 bytes."""


def status(board: Board, facts: Mapping[UUID, Fact], memo: Memo) -> Iterator[tuple[StatusKey, Said[StatusValue]]]:
    """Every figure that the board's status shows, each once.

    Args:
        facts: the board's, by id.
        memo: parts of the board that are the same objects as last time show what they showed.
    """
    for lines in (_mission(board), _strengths(board), _people(board), _money(board), _plans(board), _obstacles(board), _casualties(board)):
        for key, parts, value in lines:
            yield key, memo.of(key, parts, None, lambda value=value: _said(facts, *value()))  # type: ignore[misc]


def _said(facts: Mapping[UUID, Fact], value: StatusValue, rule: str, figures: Figures) -> Said[StatusValue]:
    return Said(value, rule, *behind(facts, [figure.fact_id for figure in figures]))


def _key(figure: StatusFigure, contributor: str | None = None, item: str = "") -> StatusKey:
    return StatusKey(figure, contributor or "", item)


def _mission(board: Board) -> Iterator[Line]:
    if board.ceiling:
        yield _key(StatusFigure.CEILING), [board.ceiling], partial(_ceiling, board.ceiling)
    mandate = board.mandate
    if mandate.extended:
        yield (
            _key(StatusFigure.MANDATE_END),
            [mandate],
            partial(_one, StatusValue(date=mandate.runs_until), mandate.extended),
        )
    if mandate.ended:
        value = StatusValue(date=mandate.ended_on, successor=board.successor)
        yield _key(StatusFigure.MISSION_END), [mandate, board.successor], partial(_one, value, mandate.ended)
    if board.leaders:
        last = board.leaders[-1]
        yield _key(StatusFigure.LEADER), [last], partial(_one, StatusValue(code=last.contributor, date=last.since), last.figure)
    for post, named in {(each.post or "")[:POST_CUT_AT]: each for each in board.commanders}.items():
        value = StatusValue(person=named.person, code=named.contributor, date=named.since)
        yield _key(StatusFigure.COMMANDER, item=post), [named], partial(_one, value, named.figure)


def _ceiling(ceiling: Ceiling) -> Value:
    return _one(StatusValue(quantity=ceiling.quantity, date=ceiling.since, code=ceiling.authority), ceiling.figure)


def _one(value: StatusValue, figure: Figure) -> Value:
    return value, figure.rule, [figure]


def _strengths(board: Board) -> Iterator[Line]:
    for each in [*([board.strength] if board.strength else []), *board.contributor_strengths]:
        yield _key(StatusFigure.STRENGTH, each.contributor), [each], partial(_strength, each)


def _strength(strength: Strength) -> Value:
    figures = [*([strength.reported] if strength.reported else []), *(each.figure for each in strength.movements)]
    return StatusValue(quantity=strength.quantity), strength.reckoned, figures


def _people(board: Board) -> Iterator[Line]:
    for each in board.people:
        for name, figure in PEOPLE.items():
            rung: Rung | None = getattr(each, name)
            if rung:
                yield _key(figure, each.contributor), [rung], partial(_rung, rung)


def _money(board: Board) -> Iterator[Line]:
    for each in board.money:
        for name, figure in MONEY.items():
            rungs: tuple[Rung, ...] = getattr(each, name)
            for rung in rungs:
                yield _key(figure, each.contributor, rung.quantity.unit if rung.quantity else ""), [rung], partial(_rung, rung)


def _rung(rung: Rung) -> Value:
    return StatusValue(quantity=rung.quantity, date=rung.date), rung.rule, rung.figures


def _plans(board: Board) -> Iterator[Line]:
    for plan in board.plans:
        yield _key(StatusFigure.PLAN, plan.contributor, str(plan.plan_id)), [plan], partial(_plan, plan)


def _plan(plan: Plan) -> Value:
    value = StatusValue(quantity=plan.quantity, date=plan.planned_for, state=plan.outcome, days_lost=plan.days_lost, reasons=plan.causes)
    figures = [*plan.figures, *(slip.figure for slip in plan.slips), *([plan.met_by] if plan.met_by else [])]
    return value, plan.figures[0].rule, figures


def _obstacles(board: Board) -> Iterator[Line]:
    for each in board.obstacles:
        named = each.raised or each.cleared
        assert named
        yield _key(StatusFigure.OBSTACLE, each.contributor, str(named.fact_id)), [each], partial(_obstacle, each)


def _obstacle(obstacle: Obstacle) -> Value:
    figures = [figure for figure in (obstacle.cleared, obstacle.raised) if figure]
    state: Literal["cleared", "open"] = "cleared" if obstacle.cleared else "open"
    return StatusValue(quantity=obstacle.quantity, state=state, reasons=obstacle.reasons), figures[0].rule, figures


def _casualties(board: Board) -> Iterator[Line]:
    for each in board.casualties:
        for figure, count in ((StatusFigure.KILLED, each.killed), (StatusFigure.WOUNDED, each.wounded)):
            if count:
                yield _key(figure, each.contributor), [each], partial(_harmed, each, count)


def _harmed(casualties: Casualties, count: int) -> Value:
    return StatusValue(quantity=Quantity(amount=count, unit="personnel")), casualties.rule, casualties.figures
