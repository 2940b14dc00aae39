"""`muster dlq list|show|stats|retry|edit|discard`: dead letters, what has become of them, and what to do with them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from muster_deploy.cli.dlq_acts import discard, edit, retry
from muster_deploy.cli.dlq_options import CONSUMERS, IDS, REASONS, SINCE, TOPICS, chosen, reading
from muster_deploy.cli.errors import examples
from muster_deploy.cli.output import out, print_json, say
from muster_deploy.cli.stack import JSON
from muster_deploy.errors import BadInput
from muster_deploy.letters.states import PENDING, State
from muster_deploy.settings import read_settings

if TYPE_CHECKING:
    from muster_deploy.letters.ledger import Case

app = typer.Typer(no_args_is_help=True, help="See and settle dead letters: records that a consumer couldn't use.")

STATES = Annotated[
    list[str] | None,
    typer.Option("--state", help=f"Only in this state: {', '.join(State)}, or all. May be given again. Else what is open or parked."),
]


@app.command(
    "list",
    epilog=examples(
        "muster dlq list", "muster dlq list --consumer ingest --reason bad-date --since 2h", "muster dlq list --state all --json"
    ),
)
def list_(
    ids: IDS = None,
    consumers: CONSUMERS = None,
    topics: TOPICS = None,
    reasons: REASONS = None,
    since: SINCE = None,
    states: STATES = None,
    limit: Annotated[int, typer.Option(min=0, help="Letters to show of each reason, the newest; 0 for all.")] = 20,
    as_json: JSON = False,
) -> None:
    """List dead letters by their reason, the newest of each last. Without --state, those that somebody still has to look at."""
    from muster_deploy.cli.dlq_tables import list_tables, print_groups

    found = _in_states(chosen(ids, consumers, topics, reasons, since), states, named=bool(ids))
    groups: dict[tuple[str, str], list[Case]] = {}
    for case in found:
        groups.setdefault((case.letter.reason, case.letter.consumer), []).append(case)
    if as_json:
        print_groups(len(found), groups, limit)
        return
    for number, part in enumerate(list_tables(groups, limit)):
        if number:
            out.print()
        out.print(part)
    if not found:
        say("no dead letters" if not states else "no dead letters in this state")


@app.command(
    epilog=examples(
        "muster dlq show article-submissions-ingest-dlq/0@17",
        "muster dlq show articles/3@41 --json",
        "muster dlq show articles/3@41 --body > body.json",
    )
)
def show(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="The letter's place, or that of its record: topic/partition@offset.")],
    body: Annotated[bool, typer.Option("--body", help="Print the body alone, byte for byte.")] = False,
    as_json: JSON = False,
) -> None:
    """Show a dead letter: what was wrong, its record's headers and body, and what was done with it."""
    from muster_deploy.cli.dlq_tables import print_letter, whole_json

    case, letter = reading(read_settings(), wanted)
    if body:
        sys.stdout.buffer.write(letter.body or b"")
    elif as_json:
        print_json(whole_json(case, letter))
    else:
        print_letter(case, letter)


@app.command(epilog=examples("muster dlq stats", "muster dlq stats --since 7d --json"))
def stats(consumers: CONSUMERS = None, topics: TOPICS = None, reasons: REASONS = None, since: SINCE = None, as_json: JSON = False) -> None:
    """Count dead letters by consumer and reason: how many are open, parked, retried, returned or discarded, and since when they come."""
    from muster_deploy.cli.dlq_tables import stats_rows, stats_table

    rows = stats_rows(chosen(None, consumers, topics, reasons, since))
    if as_json:
        print_json(rows)
    elif rows:
        out.print(stats_table(rows))
    else:
        say("no dead letters")


app.command(
    epilog=examples(
        "muster dlq retry article-submissions-ingest-dlq/0@17",
        "muster dlq retry --consumer extract --reason unexpected --limit 20 --dry-run",
        'muster dlq retry --all --why "the database has its column again"',
    )
)(retry)
app.command(
    epilog=examples(
        "muster dlq edit article-submissions-ingest-dlq/0@17",
        "muster dlq edit articles/3@41 --body mended.json",
        'muster dlq edit article-submissions/2@5 --set published=2024-06-24 --why "the feed lost the day"',
    )
)(edit)
app.command(
    epilog=examples(
        'muster dlq discard article-submissions-ingest-dlq/0@17 --why "a weather report"',
        'muster dlq discard --reason not-an-article --since 1d --why "a test of the feed" --dry-run',
    )
)(discard)


def _in_states(cases: list[Case], given: list[str] | None, *, named: bool) -> list[Case]:
    if given is None:
        return cases if named else [case for case in cases if case.state in PENDING]
    for one in given:
        if one not in (*State, "all"):
            raise BadInput(f"--state: {one} is no state.", remedy=f"There are {', '.join(State)}, and all.")
    return cases if "all" in given else [case for case in cases if case.state in given]
