"""A mission's board as tables: every figure on a line with its quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from muster_projection.board import Board, ContributorMoney, ContributorPeople, MissionSummary, Rung
from muster_projection.contributors import by_name, contributor_name
from rich.table import Table

from muster_deploy.cli.output import table
from muster_deploy.cli.words import amount, days, names_of, quoted, reasons, told

PEOPLE_RUNGS = ("signalled", "pledged", "taken_back", "committed", "scheduled", "departed", "deployed", "withdrawn")
RUNG_COLUMNS = ("contributor", "rung", "figure", "date", "quote")
MONEY_RUNGS = ("announced", "pledged", "paid", "frozen")

Row = Sequence[Any]


def missions_table(missions: Sequence[MissionSummary]) -> Table:
    """All missions, one line each."""
    rows = [
        (
            mission.mission,
            contributor_name(mission.leader) if mission.leader else None,
            amount(mission.ceiling),
            mission.pledging,
            amount(mission.deployed),
            mission.next_planned,
            days(mission.days_lost),
            mission.last_told,
        )
        for mission in missions
    ]
    return table(["mission", "leads", "ceiling", "pledging", "deployed", "next", "lost", "last"], rows)


def board_tables(board: Board) -> Iterator[Table]:
    """The board from top to bottom; a part on which there is nothing to say is left out."""
    parts = (
        ("Status", ("", "figure", "since", "quote"), status_rows(board)),
        (
            "Contributors",
            ("contributor", "rung", "figure", "date", "quote"),
            [row for one in by_name(board.people) for row in people_rows(one)],
        ),
        ("Plans", ("contributor", "step", "figure", "planned for", "first for", "outcome", "lost", "quote"), plan_rows(board)),
        ("Delays", ("told on", "contributor", "from", "to", "lost", "cause", "quote"), delay_rows(board)),
        ("Causes", ("cause", "delays", "days lost"), [(reasons([one.reason]), one.slips, days(one.days_lost)) for one in board.causes]),
        ("Money", RUNG_COLUMNS, [row for one in by_name(board.money) for row in money_rows(one)]),
        ("Equipment", ("contributor", "", "figure", "quote"), equipment_rows(board)),
        ("Obstacles", ("contributor", "reason", "figure", "state", "quote"), obstacle_rows(board)),
        ("Casualties", ("contributor", "killed", "wounded", "quote"), casualty_rows(board)),
        ("Contradictions", ("type", "contributor", "shown", "beside", "rule"), contradiction_rows(board)),
    )
    for title, columns, rows in parts:
        if rows:
            yield table(columns, rows, title=title)


def status_rows(board: Board) -> list[Row]:
    rows: list[Row] = []
    if board.ceiling:
        rows.append(("ceiling", amount(board.ceiling.quantity), board.ceiling.since, told(board.ceiling.figure)))
    if board.strength:
        reported = board.strength.reported
        rows.append(("deployed", amount(board.strength.quantity), reported.date if reported else None, board.strength.reckoned))
    if board.leaders:
        leader = board.leaders[-1]
        rows.append(("leads", contributor_name(leader.contributor), leader.since, told(leader.figure)))
    rows += [(one.post or "commander", one.person, one.since, told(one.figure)) for one in board.commanders]
    mandate = board.mandate
    if mandate.runs_until:
        rows.append(("mandate", f"until {mandate.runs_until}", None, told(mandate.extended or mandate.authorized)))
    if mandate.ended:
        rows.append(("ended", mandate.ended_on, None, told(mandate.ended)))
    if board.pledging:
        rows.append(("pledging", len(board.pledging), None, names_of(board.pledging)))
    if board.main_funders:
        rows.append(("main funder", names_of(board.main_funders), None, _main_funder_quote(board)))
    return rows


def people_rows(people: ContributorPeople) -> Iterator[Row]:
    """The ladder of one contributor, a rung a line. The name stands at the first."""
    name: str | None = contributor_name(people.contributor)
    for step in PEOPLE_RUNGS:
        rung: Rung | None = getattr(people, step)
        if rung is not None:
            reached = "•" if step == people.reached else " "
            yield (name or "", f"{reached} {step.replace('_', ' ')}", amount(rung.quantity), rung.date, _decisive(rung))
            name = None


def money_rows(money: ContributorMoney) -> Iterator[Row]:
    name: str | None = contributor_name(money.contributor)
    for step in MONEY_RUNGS:
        rungs: tuple[Rung, ...] = getattr(money, step)
        for rung in rungs:
            yield (name or "", step, amount(rung.quantity), rung.date, _decisive(rung))
            name = None


def plan_rows(board: Board) -> list[Row]:
    return [
        (
            contributor_name(plan.contributor),
            plan.step,
            amount(plan.quantity),
            plan.planned_for or "later",
            plan.first_planned_for if plan.first_planned_for != plan.planned_for else None,
            plan.outcome,
            days(plan.days_lost),
            told(plan.figures[0]),
        )
        for plan in board.plans
    ]


def delay_rows(board: Board) -> list[Row]:
    return [
        (
            slip.told_on,
            contributor_name(slip.contributor),
            slip.before,
            slip.after,
            days(slip.days),
            reasons(slip.causes),
            quoted(slip.figure.citation),
        )
        for slip in board.delays
    ]


def equipment_rows(board: Board) -> list[Row]:
    return [
        (contributor_name(one.contributor), "delivered" if one.delivered else "promised", amount(one.quantity), told(one.figure))
        for one in board.equipment
    ]


def obstacle_rows(board: Board) -> list[Row]:
    return [
        (
            contributor_name(one.contributor),
            reasons(one.reasons),
            amount(one.quantity),
            "cleared" if one.cleared else "open",
            told(one.cleared or one.raised),
        )
        for one in board.obstacles
    ]


def casualty_rows(board: Board) -> list[Row]:
    return [
        (contributor_name(one.contributor), one.killed, one.wounded, told(one.figures[0]) if one.figures else None)
        for one in by_name(board.casualties)
    ]


def contradiction_rows(board: Board) -> list[Row]:
    return [
        (
            one.type,
            contributor_name(one.contributor),
            amount(one.shown.quantity) or one.shown.date,
            "; ".join(filter(None, (amount(figure.quantity) or figure.date for figure in one.beside))),
            one.rule,
        )
        for one in board.contradictions
    ]


def _decisive(rung: Rung) -> str | None:
    return told(rung.figures[0]) if rung.figures else rung.rule


def _main_funder_quote(board: Board) -> str | None:
    return next((quoted(fact.claims[0]) for fact in board.facts if fact.main and fact.claims), None)
