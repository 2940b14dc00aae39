"""The operator's command `muster`."""

from __future__ import annotations

import typer

from muster_deploy.cli import board, demo, dlq, extract, publish, stack, tail, topics
from muster_deploy.cli.errors import OperatorGroup, examples

app = typer.Typer(
    cls=OperatorGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="Muster keeps a ledger of international missions, from the news: who pledged what, who delivered, what is late and why.",
)
app.command(epilog=examples("muster up", "muster up --detach", "MUSTER_KAFKA__BOOTSTRAP=broker:9092 muster up"))(stack.up)
app.command(epilog=examples("muster down", "muster down --wipe"))(stack.down)
app.command(epilog=examples("muster ps", "muster ps --json"))(stack.ps)
app.command(
    epilog=examples(
        "muster tail mission-events",
        "muster tail mission-events --type pledge-announced --mission haiti-mss --since 2024-06-01 --json",
        "muster tail mission-changes --since 2h --no-follow",
        "muster tail articles-extract-dlq --since @-10",
    )
)(tail.tail)
app.command(
    epilog=examples(
        "muster publish news.jsonl more.jsonl --wait",
        'muster publish story.txt --source Devdiscourse --url "https://…" --published 2024-06-24',
        "muster publish - < news.jsonl",
    )
)(publish.publish)
app.command(epilog=examples("muster missions", "muster missions --json"))(board.missions)
app.command(
    epilog=examples(
        "muster status haiti-mss",
        "muster status haiti-mss --valid-at 2024-06-24",
        "muster status haiti-mss --known-at 2023-12-31 --json",
    )
)(board.status)
app.command(
    epilog=examples(
        "muster extract news.jsonl",
        "muster extract gold.jsonl --labels > read.jsonl",
        "muster extract - < story.txt",
        "muster extract story.txt --explain",
        "muster extract story.txt --explain --html story.html",
    )
)(extract.extract)
app.command(epilog=examples("muster demo", "muster demo --once"))(demo.demo)
app.add_typer(topics.app, name="topics")
app.add_typer(dlq.app, name="dlq")
