"""Scores the extractor on labelled articles: `python -m muster_extract.evaluate GOLD.jsonl [--errors] [--scorer score.py]`.

Counts as the gold set's own scorer does: detect (type and contributor agree), strict (and quantity; for delays and obstacles the
reason), full (and the date, to the coarser precision, where the label has one).
"""

import json
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from muster_contracts.articles import ArticleReceived
from muster_contracts.ids import article_id, revision_id, text_hash

from muster_extract.labels import to_labels
from muster_extract.pipeline import load_reader

Label = dict[str, Any]
REASONED = frozenset({"DeploymentDelayed", "ObstacleRaised"})
LEVELS = ("detect", "strict", "full")


def article(row: dict[str, Any]) -> ArticleReceived:
    """A labelled row as the article that extract would be handed."""
    content = text_hash(row["title"], row["published"], row["text"])
    article = article_id(url=row.get("url"), source=row["source"], guid=row["id"], content=content)
    published = date.fromisoformat(row["published"][:10])
    return ArticleReceived(
        article_id=article,
        revision_id=revision_id(article, 1, content),
        revision=1,
        url=row.get("url"),
        source=row["source"],
        origin_id=article,
        title=row["title"],
        text=row["text"],
        published_on=published,
        known_on=published,
    )


def agreement(label: Label, guess: Label) -> int:
    """How far a pair agrees: 0 not at all, 1 detect, 2 strict, 3 full."""
    if label["type"] != guess["type"] or label["contributor"] != guess["contributor"]:
        return 0
    if (label["quantity"] or None) != (guess["quantity"] or None):
        return 1
    if label["type"] in REASONED and label["reason"] != guess["reason"]:
        return 1
    wanted, given = label["date"], guess["date"]
    if not wanted:
        return 3
    return 3 if given and wanted[: min(len(wanted), len(given))] == given[: min(len(wanted), len(given))] else 2


def matched(labels: list[Label], guesses: list[Label]) -> list[tuple[int, int, int]]:
    """Pairs of label and guess, the best agreement first, each used once: (level, label index, guess index)."""
    pairs = sorted(
        ((agreement(a, b), i, j) for i, a in enumerate(labels) for j, b in enumerate(guesses)), key=lambda p: (-p[0], p[1], p[2])
    )
    out: list[tuple[int, int, int]] = []
    for level, i, j in pairs:
        if level and all(i != x and j != y for _, x, y in out):
            out.append((level, i, j))
    return out


def brief(event: Label) -> str:
    """One event on one line."""
    parts: list[str] = [event["type"], event["contributor"] or "-", *(str(event[k]) for k in ("quantity", "reason", "date") if event[k])]
    quote = " ".join(str(event["evidence"]).split())
    return f"{' '.join(parts)} [{quote}]"


def evaluate(gold: Path, errors: Annotated[bool, typer.Option(help="Also list what was missed and what was made up.")] = False) -> None:
    """Score the extractor on labelled articles."""
    rows = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    reader = load_reader()
    hits: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    wanted: dict[str, int] = defaultdict(int)
    given: dict[str, int] = defaultdict(int)
    quiet = kept = 0
    for row in rows:
        guesses = to_labels(reader.extract(article(row)).claims)
        labels = row["events"]
        quiet += not labels
        kept += not labels and not guesses
        for event in labels:
            wanted[event["type"]] += 1
        for event in guesses:
            given[event["type"]] += 1
        pairs = matched(labels, guesses)
        for level, i, _ in pairs:
            for k in range(level):
                hits[labels[i]["type"]][k] += 1
        if errors:
            _list_errors(row["id"], labels, guesses, pairs)
    _say(f"{len(rows)} articles, {sum(wanted.values())} events, {sum(given.values())} read; {kept} of {quiet} quiet kept")
    for k, name in enumerate(LEVELS):
        _say(f"{name:8} " + _f1(sum(h[k] for h in hits.values()), sum(wanted.values()), sum(given.values())))
    for kind in sorted(set(wanted) | set(given)):
        counts = f"labels {wanted[kind]:4} read {given[kind]:4}"
        detect, strict = (_f1(hits[kind][k], wanted[kind], given[kind]) for k in (0, 1))
        _say(f"  {kind:22} {counts}  detect {detect}  strict {strict.split()[-1]}")


def _list_errors(name: str, labels: list[Label], guesses: list[Label], pairs: list[tuple[int, int, int]]) -> None:
    for level, i, j in pairs:
        if level < 3:
            _say(f"{name}: {LEVELS[level - 1]} only: {brief(labels[i])} <- {brief(guesses[j])}")
    for i in sorted(set(range(len(labels))) - {i for _, i, _ in pairs}):
        _say(f"{name}: missed: {brief(labels[i])}")
    for j in sorted(set(range(len(guesses))) - {j for _, _, j in pairs}):
        _say(f"{name}: made up: {brief(guesses[j])}")


def _f1(hit: int, wanted: int, given: int) -> str:
    precision = hit / given if given else 0.0
    recall = hit / wanted if wanted else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.2f} R {recall:.2f} F1 {f1:.3f}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    typer.run(evaluate)
