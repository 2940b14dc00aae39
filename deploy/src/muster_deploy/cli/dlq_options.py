"""What the commands on dead letters have in common: their filters, reading the letters with progress, and who acts."""

from __future__ import annotations

import gc
import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from muster_deploy.cli.moments import SINCE_HELP, moment
from muster_deploy.cli.output import err
from muster_deploy.cli.stopping import run
from muster_deploy.errors import BadInput
from muster_deploy.settings import Settings, read_settings

if TYPE_CHECKING:
    from muster_contracts.transport.dead_letters import DeadLetter

    from muster_deploy.letters.choosing import Choice
    from muster_deploy.letters.ledger import Case

IDS = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ID]…", help="Places of letters, or of their records: topic/partition@offset.", show_default=False),
]
CONSUMERS = Annotated[list[str] | None, typer.Option("--consumer", help="Only of this consumer, e.g. ingest. May be given again.")]
TOPICS = Annotated[list[str] | None, typer.Option("--topic", help="Only of records of this topic, e.g. articles. May be given again.")]
REASONS = Annotated[list[str] | None, typer.Option("--reason", help="Only with this reason label, e.g. bad-date. May be given again.")]
SINCE = Annotated[str | None, typer.Option("--since", metavar="TIME", help=f"Only what became a dead letter since. {SINCE_HELP}")]


def given(
    ids: list[str] | None, consumers: list[str] | None, topics: list[str] | None, reasons: list[str] | None, since: str | None
) -> Choice:
    """The letters that the options mean. Raises BadInput for what can be none."""
    from muster_deploy.letters.choosing import choice

    start = moment(since, "--since", now=datetime.now(UTC)) if since is not None else None
    return choice(ids or (), consumers=consumers or (), topics=topics or (), reasons=reasons or (), since=start)


def chosen(
    ids: list[str] | None, consumers: list[str] | None, topics: list[str] | None, reasons: list[str] | None, since: str | None
) -> list[Case]:
    """The letters that the options mean, read now."""
    return cases_of(read_settings(), given(ids, consumers, topics, reasons, since))


def cases_of(settings: Settings, wanted: Choice) -> list[Case]:
    """The letters that a choice means, in any state."""
    from muster_deploy.letters.reading import read_ledger
    from muster_deploy.log_reading import LogReader
    from muster_deploy.stack import running_broker

    async def read() -> list[Case]:
        with progress("reading dead letters") as told, uncollected():
            async with LogReader(running_broker(settings), client_id="muster-dlq") as log:
                return wanted.of(await read_ledger(log, wanted.boxes(), limit=settings.dlq.replays, since=wanted.since, progress=told))

    return run(read())


def reading(settings: Settings, wanted: str) -> tuple[Case, DeadLetter]:
    """One letter, with its body.

    Raises:
        BadInput: the id is none, or that of letters of several consumers.
    """
    from muster_deploy.letters.choosing import choice
    from muster_deploy.letters.reading import whole_letters
    from muster_deploy.log_reading import LogReader
    from muster_deploy.stack import running_broker

    cases = cases_of(settings, choice([wanted]))
    if len(cases) > 1:
        raise BadInput(
            f"{wanted} is a record that several consumers couldn't use.",
            remedy=f"Name one of its letters: {', '.join(str(case.letter.id) for case in cases)}.",
        )

    async def read() -> DeadLetter:
        async with LogReader(running_broker(settings), client_id="muster-dlq") as log:
            async for letter in whole_letters(log, [cases[0].letter.id]):
                return letter
        raise AssertionError("a letter that was read a moment ago is still there: nothing is ever deleted")

    return cases[0], run(read())


def operator_name(settings: Settings, by: str | None) -> str:
    """Who acts: as given, else as the settings say, else the account.

    Raises:
        BadInput: the account has no name either.
    """
    name = (by or settings.operator or "").strip()
    try:
        return name[:200] or getpass.getuser()
    except (OSError, KeyError):
        raise BadInput("Nobody is named as the one who acts.", remedy="Give a name with --by, or in MUSTER_OPERATOR.") from None


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles: letters make none, and looking for them costs a third of the time of reading 100,000."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal's standard error, told how much is done of how much. Nothing elsewhere."""
    if not err.is_terminal:
        yield lambda _done, _all: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)
