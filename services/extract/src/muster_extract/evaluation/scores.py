"""The scores of a set: overall with intervals, per type, per class of article and of event."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from muster_extract.evaluation.classes import article_classes, article_ground, event_classes
from muster_extract.evaluation.intervals import Interval, intervals, ratios
from muster_extract.evaluation.scoring import LEVELS, Label, Outcome


class Frozen(BaseModel):
    """Scores are facts: they don't change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(Frozen):
    """Precision, recall and F1 at one level, each with the middle 95 % of 1,000 resamples."""

    precision: float
    recall: float
    f1: float
    precision_interval: Interval
    recall_interval: Interval
    f1_interval: Interval

    @property
    def half_width(self) -> float:
        """Of the interval of F1: the noise."""
        return (self.f1_interval[1] - self.f1_interval[0]) / 2


class Line(Frozen):
    """Counts of a part of a set; F1 per level."""

    articles: int
    labels: int
    read: int
    f1: tuple[float, float, float]


class Found(Frozen):
    """Labelled events of a class, and how many of them were found at each level."""

    labels: int
    found: tuple[int, int, int]


class SetScores(Frozen):
    """The scores of one labelled set."""

    digest: str
    """Of the labelled file."""

    sources: str
    """Of the code and lexicons that read it."""

    articles: int
    labels: int
    read: int
    quiet: int
    """Articles without a labelled event."""

    false_on_quiet: int
    """Events read in them."""

    quiet_kept: int
    levels: dict[str, Level]
    types: dict[str, Line]
    grounds: dict[str, Line]
    article_classes: dict[str, Line]
    event_classes: dict[str, Found]


class Scores(Frozen):
    """All scores of one extractor."""

    extractor: str
    sets: dict[str, SetScores]

    @classmethod
    def read(cls, path: Path) -> "Scores | None":
        """Scores that were written; None where there are none."""
        return cls.model_validate_json(path.read_text("utf-8")) if path.is_file() else None

    def write(self, path: Path) -> None:
        """Write them as JSON, a set on a line."""
        sets = ",\n".join(f'"{name}": {found.model_dump_json()}' for name, found in self.sets.items())
        path.write_text(f'{{"extractor": "{self.extractor}", "sets": {{\n{sets}\n}}}}\n', "utf-8")


def score(outcomes: Sequence[Outcome], *, digest: str = "", sources: str = "") -> SetScores:
    """The scores of a set from what was read in each of its articles."""
    quiet = [found for found in outcomes if not found.labels]
    return SetScores(
        digest=digest,
        sources=sources,
        articles=len(outcomes),
        labels=sum(len(found.labels) for found in outcomes),
        read=sum(len(found.guesses) for found in outcomes),
        quiet=len(quiet),
        false_on_quiet=sum(len(found.guesses) for found in quiet),
        quiet_kept=sum(not found.guesses for found in quiet),
        levels={name: _level(outcomes, k) for k, name in enumerate(LEVELS)},
        types=_by_type(outcomes),
        grounds=_lines(outcomes, article_ground),
        article_classes=_lines(outcomes, article_classes),
        event_classes=_by_event_class(outcomes),
    )


def _level(outcomes: Sequence[Outcome], k: int) -> Level:
    counts = [(found.hits[k], len(found.labels), len(found.guesses)) for found in outcomes]
    precision, recall, f1 = ratios(*(sum(column) for column in zip(*counts, strict=True))) if counts else (0.0, 0.0, 0.0)
    of_precision, of_recall, of_f1 = intervals(counts)
    return Level(
        precision=_rounded(precision),
        recall=_rounded(recall),
        f1=_rounded(f1),
        precision_interval=_ends(of_precision),
        recall_interval=_ends(of_recall),
        f1_interval=_ends(of_f1),
    )


def _by_type(outcomes: Iterable[Outcome]) -> dict[str, Line]:
    articles: dict[str, set[str]] = defaultdict(set)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    for found in outcomes:
        for place, events in ((0, found.labels), (1, found.guesses)):
            for event in events:
                counts[event["type"]][place] += 1
                articles[event["type"]].add(found.row["id"])
        for level, i, _ in found.pairs:
            for k in range(level):
                counts[found.labels[i]["type"]][2 + k] += 1
    return {name: _line(len(articles[name]), *counts[name]) for name in sorted(counts)}


def _lines(outcomes: Iterable[Outcome], classes: Callable[[dict[str, Any]], Iterable[str]]) -> dict[str, Line]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0, 0])
    for found in outcomes:
        for name in classes(found.row):
            for place, more in enumerate((1, len(found.labels), len(found.guesses), *found.hits)):
                counts[name][place] += more
    return {name: _line(*counts[name]) for name in sorted(counts)}


def _line(articles: int, labels: int, read: int, *hits: int) -> Line:
    detect, strict, full = (_rounded(ratios(hit, labels, read)[2]) for hit in hits)
    return Line(articles=articles, labels=labels, read=read, f1=(detect, strict, full))


def _by_event_class(outcomes: Iterable[Outcome]) -> dict[str, Found]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for found in outcomes:
        reached = {i: level for level, i, _ in found.pairs}
        for i, label in enumerate(found.labels):
            _count(counts, found.row, label, reached.get(i, 0))
    return {name: Found(labels=labels, found=(one, two, three)) for name, (labels, one, two, three) in sorted(counts.items())}


def _count(counts: dict[str, list[int]], row: dict[str, Any], label: Label, reached: int) -> None:
    for name in event_classes(row, label):
        counts[name][0] += 1
        for k in range(reached):
            counts[name][1 + k] += 1


def _rounded(ratio: float) -> float:
    return round(ratio, 4)


def _ends(interval: Interval) -> Interval:
    return _rounded(interval[0]), _rounded(interval[1])
