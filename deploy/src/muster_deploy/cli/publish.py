"""`muster publish PATH… | -`: articles from files into the log."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from muster_deploy.cli.output import err, out, print_json, table
from muster_deploy.cli.stack import JSON
from muster_deploy.errors import BadInput
from muster_deploy.settings import Settings, read_settings

if TYPE_CHECKING:
    from muster_contracts.errors import RecordError
    from muster_ingest.sources.plain_text import Given

    from muster_deploy.publishing import Published

FOLD_SECONDS = 600.0


def publish(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, or - for standard input.", show_default=False)],
    source: Annotated[str | None, typer.Option(help="The outlet, for plain texts that don't name it.")] = None,
    url: Annotated[str | None, typer.Option(help="The article's address, for a plain text.")] = None,
    published: Annotated[str | None, typer.Option(help="Day or time of publication (ISO 8601), for a plain text that has none.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Return once the board holds what was published.")] = False,
    as_json: JSON = False,
) -> None:
    """Publish articles: plain text, or JSON Lines of {id, url, source, published, title, text}.

    What can't be used is named with its file, line and field; everything else is published. Ends with status 2 where anything was left out.
    """
    from muster_ingest.sources.plain_text import Given

    from muster_deploy.stack import running_broker

    settings = read_settings()
    outcome = publish_files(running_broker(settings), paths, Given(source, url, published))
    if wait:
        wait_until_folded(settings)
    files = list(dict.fromkeys([*outcome.published, *outcome.unusable]))
    rows = [{"file": file, "published": outcome.published[file], "unusable": outcome.unusable[file]} for file in files]
    if as_json:
        print_json(rows)
    else:
        out.print(table(["file", "published", "unusable"], [list(row.values()) for row in rows]))
    if outcome.unusable:
        raise BadInput(f"{outcome.unusable.total()} of {outcome.unusable.total() + outcome.published.total()} articles could not be used.")


def publish_files(bootstrap: str, paths: Sequence[str], given: Given | None = None) -> Published:
    """Publish the articles of files, in order; says on standard error what is wrong with those that can't be used."""
    from muster_ingest.sources.files import read

    from muster_deploy.publishing import publish as send

    def on_error(origin: str, error: RecordError) -> None:
        err.print(f"[bold red]error:[/] {escape(f'{origin}: {error}')}", soft_wrap=True)

    articles = read(paths, received=datetime.now(UTC).date(), given=given)
    return asyncio.run(send(bootstrap, articles, on_error))


def wait_until_folded(settings: Settings) -> None:
    """Wait until the board holds what was published, with progress on a terminal."""
    from muster_deploy.lag import Lag, until_folded
    from muster_deploy.stack import running_broker

    with err.status("waiting for the board") as status:

        def progress(lag: Lag) -> None:
            status.update(f"{lag.stage.group} is {lag.behind} of {lag.end} behind on {lag.stage.topic}")

        asyncio.run(until_folded(running_broker(settings), seconds=FOLD_SECONDS, progress=progress))
