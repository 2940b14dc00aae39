"""`muster missions`, `muster status MISSION`: the board on the terminal."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

import typer
from rich.markup import escape

from muster_deploy.cli.output import err, out, print_json, say
from muster_deploy.cli.stack import JSON
from muster_deploy.errors import BadInput
from muster_deploy.settings import Settings, read_settings


def missions(as_json: JSON = False) -> None:
    """List the missions of the board: who leads, ceiling, deployed strength, next date, days lost."""
    from muster_deploy.board_client import read_missions
    from muster_deploy.cli.board_tables import missions_table

    found = read_missions(read_settings())
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    for failed in found.failed:
        err.print(f"[bold red]error:[/] {escape(failed['mission'])}: {escape(failed['failure'])}", soft_wrap=True)
    if found.missions:
        out.print(missions_table(found.missions))
    else:
        say("the board is empty; `muster publish` fills it")


def status(
    mission: Annotated[str, typer.Argument(help="A mission's slug, as `muster missions` lists it.")],
    valid_at: Annotated[str | None, typer.Option(metavar="DAY", help="As of this day in the world (YYYY-MM-DD).")] = None,
    known_at: Annotated[str | None, typer.Option(metavar="DAY", help="As far as was published by this day (YYYY-MM-DD).")] = None,
    as_json: JSON = False,
) -> None:
    """Show a mission's board: status, contributors, plans and their slips, money, obstacles, each figure with its quote."""
    show_status(read_settings(), mission, day(valid_at, "--valid-at"), day(known_at, "--known-at"), as_json=as_json)


def show_status(settings: Settings, mission: str, valid_at: date | None, known_at: date | None, *, as_json: bool) -> None:
    """Print a mission's board, as tables or as JSON."""
    from muster_deploy.board_client import read_board
    from muster_deploy.cli.board_tables import board_tables
    from muster_deploy.cli.words import counted

    board = read_board(settings, mission, valid_at=valid_at, known_at=known_at)
    if as_json:
        print_json(board.model_dump(mode="json"))
        return
    known = f", known at {board.known_at}" if board.known_at else ""
    out.print(f"[bold]{board.mission}[/]  {board.name}", soft_wrap=True)
    counts = board.counts
    read = f"{counted(counts.articles, 'article')} ({counted(counts.copies, 'copy', 'copies')})"
    found = f"{counted(counts.claims, 'claim')}, {counted(counts.facts, 'fact')}"
    out.print(f"as of {board.valid_at}{known}; {read}, {found}", style="dim", soft_wrap=True)
    for part in board_tables(board):
        out.print()
        out.print(part)


def day(given: str | None, option: str) -> date | None:
    """A day as an option gives it.

    Raises:
        BadInput: it isn't one.
    """
    if given is None:
        return None
    try:
        return date.fromisoformat(given if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given) else "no day")
    except ValueError:
        raise BadInput(f"{option}: {given} is no day.", remedy="Write it as YYYY-MM-DD, e.g. 2024-06-24.") from None
