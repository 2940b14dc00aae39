"""`muster demo`: the sample corpus through the whole flow, and its board."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated

import typer

from muster_deploy.cli.output import out, say
from muster_deploy.cli.publish import publish_files, wait_until_folded
from muster_deploy.cli.stack import stay, stop_signals
from muster_deploy.errors import OperatorError
from muster_deploy.settings import CHECKOUT, read_settings

CORPUS = CHECKOUT / "tests" / "corpus"
PARTS = ("articles.jsonl", "updates.jsonl")  # later versions of articles come after them


def demo(once: Annotated[bool, typer.Option("--once", help="Stop everything and end after printing the board.")] = False) -> None:
    """Start everything, publish the sample corpus through Kafka, print its board, and serve it until Ctrl-C."""
    from muster_deploy import running
    from muster_deploy.board_client import read_missions
    from muster_deploy.cli.board import show_status
    from muster_deploy.cli.board_tables import missions_table

    files = [str(CORPUS / part) for part in PARTS]
    if not CORPUS.is_dir():
        raise OperatorError(f"There is no {CORPUS}: the demo belongs to a checkout.", remedy="Clone the repository, then `make demo`.")
    settings = read_settings()
    with stop_signals():
        started = running.up(settings, say)
        try:
            outcome = publish_files(started.addresses.bootstrap, files)
            say(f"published {outcome.published.total()} articles of the sample corpus")
            wait_until_folded(settings)
            missions = read_missions(settings).missions
            for mission in missions:
                out.print()
                show_status(settings, mission.mission, None, None, as_json=False)
            out.print()
            out.print(missions_table(missions))
            out.print(f"\nboard  {started.board}", soft_wrap=True)
            if not once and not started.was_running:
                say("Ctrl-C stops everything")
                with suppress(KeyboardInterrupt):
                    stay(settings)
        finally:
            if not started.was_running:
                running.down(settings, say)
