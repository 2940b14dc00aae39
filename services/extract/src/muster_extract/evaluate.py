"""Scores the extractor: `python -m muster_extract.evaluate [FILE…] [--errors] [--json]`; `--write`, `--check` for the README.

What reads is loaded when something is read: a check compares digests and has to be fast.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from muster_extract.emit import EXTRACTOR
from muster_extract.evaluation.labelled import LabelledSet, Row, article, labelled_sets
from muster_extract.evaluation.page import block, lines, placed
from muster_extract.evaluation.release import check
from muster_extract.evaluation.scores import Scores, SetScores, score
from muster_extract.evaluation.scoring import Label, Outcome, brief, errors, outcome
from muster_extract.evaluation.sources import sources_digest
from muster_extract.labels import to_labels

if TYPE_CHECKING:
    from muster_extract.pipeline import Reader

__all__ = ["article", "read_rows"]

CHECKOUT = Path(__file__).parents[4]
README = CHECKOUT / "services" / "extract" / "README.md"
SCORES = Path(__file__).parent / "evaluation" / "scores.json"
BASELINE = SCORES.with_name("baseline.json")


def evaluate(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[FILE…]", help="Labelled articles; all sets where none is named.")] = None,
    show_errors: Annotated[bool, typer.Option("--errors", help="Also list what was missed and what was made up.")] = False,
    show_losses: Annotated[bool, typer.Option("--losses", help="Also list at which stage each missed event was lost.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
    readings: Annotated[
        Path | None, typer.Option(help="Score what stands in this file (id and events a line) instead: another reader, other labels.")
    ] = None,
    precise: Annotated[bool, typer.Option("--precise", help="Read as `muster extract --precise` does.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Write the scores of all sets into the package's README.")] = False,
    release: Annotated[bool, typer.Option("--release", help="With --write: these are the scores that later ones are held to.")] = False,
    only_check: Annotated[bool, typer.Option("--check", help="Read nothing; fail where the scores are stale or have dropped.")] = False,
) -> None:
    """Score the extractor on labelled articles."""
    if ((files or readings or precise) and (write or only_check)) or (release and not write):
        raise typer.BadParameter("--write and --check are for all sets as the extractor reads them, --release goes with --write")
    if show_losses and readings:
        raise typer.BadParameter("--losses asks the extractor, and --readings are another's")
    if only_check:
        raise typer.Exit(_checked())
    sets = [LabelledSet(str(path), path) for path in files] if files else labelled_sets(CHECKOUT)
    sources = sources_digest()
    found: dict[str, SetScores] = {}
    try:
        reader = None if readings else _reader(precise=precise)
        read = _reading(reader) if reader else _given(readings)
        for labelled in sets:
            if not labelled.is_here and not files:
                _tell(f"{labelled.name}: not on this machine, left out")
                continue
            outcomes = [outcome(row, read(row)) for row in labelled.rows()]
            found[labelled.name] = score(outcomes, digest=labelled.digest, sources=sources)
            if not as_json:
                _say(line for found_in in outcomes if show_errors for line in errors(found_in))
                _say(lines(labelled.name, found[labelled.name]))
            if show_losses and reader and not as_json:
                _say(_lost(reader, outcomes))
    except (OSError, ValueError, KeyError) as error:
        _tell(f"no reading has {error}" if isinstance(error, KeyError) else str(error))
        raise typer.Exit(2) from None
    scores = Scores(extractor=str(EXTRACTOR), sets=found)
    if as_json:
        _say([json.dumps(scores.model_dump(mode="json"))])
    if write:
        if sources_digest() != sources:
            _tell("the sources changed while they were scored; nothing is written")
            raise typer.Exit(1)
        _write(scores, sets, release=release)


def read_rows(reader: "Reader", rows: Iterable[Row]) -> list[Outcome]:
    """Read labelled articles, each wording once however often it stands there: sets overlap."""
    read = _reading(reader)
    return [outcome(row, read(row)) for row in rows]


def _reader(*, precise: bool = False) -> "Reader":
    from muster_extract.pipeline import load_reader

    return load_reader(precise=precise)


def _reading(reader: "Reader") -> Callable[[Row], list[Label]]:
    """The extractor's events of a row."""
    known: dict[tuple[str, str, str], list[Label]] = {}

    def read(row: Row) -> list[Label]:
        wording = (row["title"], row["published"], row["text"])
        if wording not in known:
            known[wording] = to_labels(reader.extract(article(row)).claims)
        return known[wording]

    return read


def _lost(reader: "Reader", outcomes: Iterable[Outcome]) -> Iterator[str]:
    """Each missed event with the stage that lost it, and how many each stage lost."""
    from muster_extract.evaluation.losses import Loss, losses

    counts: Counter[Loss] = Counter()
    for found in outcomes:
        for label, loss in losses(reader, found):
            counts[loss] += 1
            yield f"{found.row['id']}: lost ({loss.value}): {brief(label)}"
    yield from (f"  lost: {loss.value:30} {counts[loss]:5}" for loss in Loss if counts[loss])


def _given(readings: Path | None) -> Callable[[Row], list[Label]]:
    """The events of a row as a file has them; none where it lacks the article."""
    written = readings.read_text("utf-8").splitlines() if readings else []
    rows = [json.loads(line) for line in written if line.strip()]
    events = {row["id"]: row.get("events") or [] for row in rows}
    return lambda row: events.get(row["id"], [])


def _write(scores: Scores, sets: Iterable[LabelledSet], *, release: bool) -> None:
    """Write scores and README. A set that is not on this machine keeps the scores that it has."""
    before = Scores.read(SCORES)
    kept = {name: s for name, s in before.sets.items() if name not in scores.sets} if before else {}
    order = [labelled.name for labelled in sets]
    together = {**kept, **scores.sets}
    scores = Scores(extractor=scores.extractor, sets={name: together[name] for name in order if name in together})
    scores.write(SCORES)
    if release:
        scores.write(BASELINE)
    README.write_text(placed(README.read_text("utf-8"), block(scores, Scores.read(BASELINE))), "utf-8")
    _tell(f"written to {README.relative_to(CHECKOUT)}")


def _checked() -> int:
    scores, baseline = Scores.read(SCORES), Scores.read(BASELINE)
    verdict = check(scores, baseline, labelled_sets(CHECKOUT), sources=sources_digest(), extractor=str(EXTRACTOR))
    wrong = [*verdict.wrong]
    if scores is not None and block(scores, baseline) not in README.read_text("utf-8"):
        wrong.append(f"{README.relative_to(CHECKOUT)} does not show the written scores")
    for line in (*verdict.notes, *wrong):
        _tell(line)
    if wrong:
        _tell("`make eval` scores anew; `make eval RELEASE=1` also makes the result what later ones are held to")
    return 1 if wrong else 0


def _say(said: Iterable[str]) -> None:
    for line in said:
        sys.stdout.write(line + "\n")


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")


if __name__ == "__main__":
    typer.run(evaluate)
