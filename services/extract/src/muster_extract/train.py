"""Fits the models of certainty: `python -m muster_extract.train candidates FILE…`, then `… fit SENTENCES… --judged FILE`.

The second model asks how often a rule is right on text that it was not written on. So its candidates have to come from articles that
nobody developed on; in this package's own sets the rules are right far too often. Which sets the weights in the release were fitted on
stands in the package's README.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from muster_extract.certainty import fitting
from muster_extract.certainty.features import CLAIMS, structure
from muster_extract.certainty.fitting import Judged, Wording
from muster_extract.certainty.rerank import buckets
from muster_extract.certainty.weights import FILE
from muster_extract.certainty.wording import wording
from muster_extract.emit import claim
from muster_extract.evaluation.labelled import LabelledSet, Row, article
from muster_extract.evaluation.scoring import matched
from muster_extract.labels import to_label
from muster_extract.resolve.actors import find_actors
from muster_extract.segment import sentences

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Fits the models of certainty.")
WEIGHTS = Path(__file__).parent / "certainty" / FILE

Labelled = Annotated[list[Path], typer.Argument(metavar="FILE…", help="Labelled articles, JSON Lines.")]


@app.command()
def candidates(files: Labelled) -> None:
    """Print what the rules make of labelled articles, a candidate a line, with whether a label has it. Use unseen articles."""
    from muster_extract.gate import is_relevant
    from muster_extract.pipeline import load_reader

    reader = load_reader()
    for row in _rows(files):
        news = article(row)
        if not is_relevant(news.title, news.text):
            continue
        standing = [c for c in reader.candidates(news).standing if c.claim in CLAIMS]
        guesses = [to_label(claim(news, candidate)) or {} for candidate in standing]
        right = {guess for _, _, guess in matched(row["events"], guesses)}
        for at, candidate in enumerate(standing):
            judged = {
                "article": row["id"],
                "claim": candidate.claim,
                "buckets": buckets(candidate.read),
                "structure": structure(candidate, standing),
                "is_right": at in right,
            }
            sys.stdout.write(json.dumps(judged) + "\n")


@app.command()
def fit(
    files: Labelled,
    judged: Annotated[Path, typer.Option(help="What `candidates` printed.")],
    precision: Annotated[float, typer.Option(min=0, max=1, help="What --precise is to reach on articles held out.")] = 0.9,
    least: Annotated[float, typer.Option(min=0, max=1, help="Certainty below which a candidate falls by default.")] = 0.25,
    into: Annotated[Path, typer.Option(help="Where the weights go.")] = WEIGHTS,
) -> None:
    """Fit both models and write their weights; print what they reach on candidates of articles that they had not seen."""
    told = [Judged(**(row | {"buckets": tuple(row["buckets"])})) for row in map(json.loads, judged.read_text("utf-8").splitlines())]
    found = fitting.fit(list(_wordings(files)), told, precision=precision, least=least)
    found.weights.write(into)
    for bound in (0.0, least, 0.5, found.weights.precise):
        kept = [j.is_right for j, certainty in zip(told, found.held_out, strict=True) if certainty >= bound]
        right = sum(kept) / len(kept) if kept else 0.0
        sys.stdout.write(f"certainty {bound:.2f} and above: {len(kept)} of {len(told)} candidates, {right:.3f} right\n")


def _rows(files: list[Path]) -> Iterator[Row]:
    for path in files:
        yield from LabelledSet(path.stem, path).rows()


def _wordings(files: list[Path]) -> Iterator[Wording]:
    """Every sentence of the labelled articles, each wording once."""
    seen = set()
    for row in _rows(files):
        if row["text"] in seen:
            continue
        seen.add(row["text"])
        mentions = find_actors(row["text"])
        places = [(event["type"], row["text"].find(event.get("evidence") or "\0")) for event in row["events"]]
        for sentence in sentences(row["text"]):
            if sentence.kind == "heading":
                continue
            within = [m for m in mentions if sentence.start <= m.start and m.end <= sentence.end]
            tells = {kind for kind, at in places if sentence.start <= at < sentence.end and kind in CLAIMS}
            yield Wording(row["id"], wording(sentence.text, within, sentence.start), frozenset(tells))


if __name__ == "__main__":
    app()
