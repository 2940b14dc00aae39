"""`muster extract PATH… | -`: what an article says, without a broker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.markup import escape

from muster_deploy.cli.coding import SpeakingCoder
from muster_deploy.cli.output import err, out, print_json_line, say
from muster_deploy.cli.words import counted
from muster_deploy.errors import BadInput

if TYPE_CHECKING:
    from muster_contracts.articles import ArticleReceived, ArticleSubmitted
    from muster_extract.coder import Coder

CoderChoice = Literal["rules", "llm", "both"]


def extract(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, or - for standard input.", show_default=False)],
    labels: Annotated[bool, typer.Option("--labels", help='Print {"id": …, "events": […]} as the labelling guide has it.')] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show sentences, frames, and what was claimed or dropped and why.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the explanation as one HTML page.")] = None,
    coder: Annotated[
        CoderChoice | None,
        typer.Option(
            "--coder", help="Who reads: the rules, a language model (MUSTER_LLM__…), or both; else MUSTER_EXTRACT__CODER, else the rules."
        ),
    ] = None,
    precise: Annotated[bool, typer.Option("--precise", help="Only what the rules are all but certain of.")] = False,
) -> None:
    """Read articles (JSON Lines or plain text) and print the claims of each: one JSON object an article, in order.

    The same normalising and the same reading as in the services, in this process. Needs neither broker nor database. What is no usable
    article is named with its file, line and field; everything else is read. Ends with status 2 where anything was left out.
    """
    if labels and (explain or html):
        raise BadInput("--labels prints JSON, --explain a text.", remedy="Give one of them.")
    received = datetime.now(UTC).date()
    if explain or html:
        left_out = explain_files(paths, received=received, html=html, coder=SpeakingCoder(coder, precise=precise))
    else:
        left_out = extract_files(paths, received=received, labels=labels, coder=SpeakingCoder(coder, precise=precise))
    if left_out:
        raise BadInput(f"{left_out} article{'' if left_out == 1 else 's'} could not be used.")


def extract_files(paths: Sequence[str], *, received: date, labels: bool, coder: SpeakingCoder) -> int:
    """Print what each article says; the number of those that could not be used."""
    left_out = 0
    with closing(coder) as reader:
        for submitted in usable(paths, received=received):
            if submitted is None:
                left_out += 1
                continue
            print_json_line(reading(reader, submitted, received=received, labels=labels))
    return left_out


def explain_files(paths: Sequence[str], *, received: date, html: Path | None, coder: SpeakingCoder) -> int:
    """Show how each article is read, or write that as a page; the number of those that could not be used."""
    from muster_extract.explain import explain
    from muster_extract.explain_page import page

    from muster_deploy.cli.explained import explained

    left_out, found = 0, []
    with closing(coder) as reader:
        for submitted in usable(paths, received=received):
            if submitted is None:
                left_out += 1
                continue
            explanation = explain(reader, as_received(submitted, received))
            if html:
                found.append(explanation)
                continue
            for part in explained(explanation):
                out.print(part)
            out.print()
    if html and found:
        try:
            html.write_text(page(tuple(found)), "utf-8")
        except OSError as error:
            raise BadInput(f"--html: {html} can't be written: {error.strerror}.") from error
        say(f"{html}: {counted(len(found), 'article')}")
    return left_out


def usable(paths: Sequence[str], *, received: date) -> Iterator[ArticleSubmitted | None]:
    """The articles in order; None for each that can't be used, after naming it and what is wrong with it."""
    from muster_contracts.errors import RecordError
    from muster_ingest.sources.files import read

    for found in read(paths, received=received):
        if isinstance(found.article, RecordError):
            err.print(f"[bold red]error:[/] {escape(f'{found.origin}: {found.article}')}", soft_wrap=True)
            yield None
        else:
            yield found.article


def as_received(submitted: ArticleSubmitted, received: date) -> ArticleReceived:
    """An article as ingest would hand it to extract."""
    from muster_ingest.normalise import normalise, received_article

    draft = normalise(submitted, received=received)
    return received_article(draft, origin_id=draft.article_id)


def reading(reader: Coder, submitted: ArticleSubmitted, *, received: date, labels: bool) -> dict[str, Any]:
    """One article's object: its id as it came (else its address, else ours), and its events or claims.

    An article that its publisher takes back says nothing any more.
    """
    from muster_extract.labels import to_labels

    if submitted.pubstatus != "usable":
        known = submitted.id or submitted.url
        return {"id": known, "events": []} if labels else {"id": known, "retracted": True, "claims": []}
    article = as_received(submitted, received)
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
