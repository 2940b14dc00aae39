"""How the command speaks: tables and sentences for people, JSON for programs, one clear error with what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from muster_deploy.bodies import written
from muster_deploy.errors import OperatorError


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leaves it to the command, which ends quietly; rich itself ends with status 1."""
        raise BrokenPipeError


# Where nobody's terminal sets a width (a pipe, a file), lines are as long as a wide one's.
out: Final = _Console(highlight=False, width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 160)
err: Final = Console(stderr=True, highlight=False)

# Columns that stay on one line on a narrow terminal: what is read down the page, or copied from it.
WHOLE: Final = frozenset(
    {
        "mission",
        "contributor",
        "rung",
        "figure",
        "date",
        "next",
        "last",
        "since",
        "told on",
        "planned for",
        "program",
        "topic",
        "file",
        "letter",
        "state",
        "failed",
        "sent to",
    }
)


def say(line: str) -> None:
    """A line of progress, on standard error: what a command is asked for stands alone on standard output."""
    err.print(escape(line), style="dim")


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    print(written(value, indent=2))  # noqa: T201 - plain, never wrapped or coloured


def print_json_line(value: Any) -> None:
    """One JSON document on one line of standard output."""
    print(written(value), flush=True)  # noqa: T201 - plain, never wrapped or coloured


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> Table:
    """A plain table; None shows as a dash. Cells are text, never markup."""
    drawn = Table(title=title, title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        drawn.add_column(column, no_wrap=column in WHOLE, min_width=16 if column == "quote" else None)
    for row in rows:
        drawn.add_row(*(escape("–" if cell is None else str(cell)) for cell in row))
    return drawn


def print_error(error: OperatorError) -> None:
    """An error as an operator needs it: what is wrong, the end of the log where there is one, what to do."""
    err.print(f"[bold red]error:[/] {escape(error.problem)}", soft_wrap=True)
    for line in error.log_lines:
        err.print(f"  {escape(line)}", style="dim", soft_wrap=True)
    if error.remedy:
        err.print(escape(error.remedy), soft_wrap=True)
