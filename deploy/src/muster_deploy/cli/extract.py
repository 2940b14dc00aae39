"""`muster extract PATH… | -`: what an article says, without a broker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from muster_deploy.cli.output import err, print_json_line
from muster_deploy.errors import BadInput

if TYPE_CHECKING:
    from muster_contracts.articles import ArticleSubmitted
    from muster_extract.pipeline import Reader


def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, or - for standard input.", show_default=False)],
    labels: Annotated[bool, typer.Option("--labels", help='Print {"id": …, "events": […]} as the labelling guide has it.')] = False,
) -> None:
    """Read articles (JSON Lines or plain text) and print the claims of each: one JSON object an article, in order.

    The same normalising and the same reading as in the services, in this process. Needs neither broker nor database. What is no usable
    article is named with its file, line and field; everything else is read. Ends with status 2 where anything was left out.
    """
    left_out = extract_files(paths, received=datetime.now(UTC).date(), labels=labels)
    if left_out:
        raise BadInput(f"{left_out} article{'' if left_out == 1 else 's'} could not be used.")


def extract_files(paths: Sequence[str], *, received: date, labels: bool) -> int:
    """Print what each article says; the number of those that could not be used."""
    from muster_contracts.errors import RecordError
    from muster_extract.pipeline import load_reader
    from muster_ingest.sources.files import read

    reader, left_out = None, 0
    for found in read(paths, received=received):
        if isinstance(found.article, RecordError):
            err.print(f"[bold red]error:[/] {escape(f'{found.origin}: {found.article}')}", soft_wrap=True)
            left_out += 1
            continue
        reader = reader or load_reader()
        print_json_line(reading(reader, found.article, received=received, labels=labels))
    return left_out


def reading(reader: Reader, submitted: ArticleSubmitted, *, received: date, labels: bool) -> dict[str, Any]:
    """One article's object: its id as it came (else its address, else ours), and its events or claims.

    An article that its publisher takes back says nothing any more.
    """
    from muster_extract.labels import to_labels
    from muster_ingest.normalise import normalise, received_article

    if submitted.pubstatus != "usable":
        known = submitted.id or submitted.url
        return {"id": known, "events": []} if labels else {"id": known, "retracted": True, "claims": []}
    draft = normalise(submitted, received=received)
    article = received_article(draft, origin_id=draft.article_id)
    known = submitted.id or submitted.url or str(article.article_id)
    extraction = reader.extract(article)
    if labels:
        return {"id": known, "events": to_labels(extraction.claims)}
    return {
        "id": known,
        "article": article.model_dump(mode="json"),
        "extractor": extraction.completed.extractor.model_dump(mode="json"),
        "claims": [claim.model_dump(mode="json", exclude={"article", "extractor"}) for claim in extraction.claims],
    }
