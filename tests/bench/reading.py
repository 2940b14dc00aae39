"""Extraction: how many articles a second one core reads, and how soon and in how much memory it is ready."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date

from measure import RUNS, Figure, figure, rate, seconds
from muster_contracts.articles import ArticleReceived, ArticleSubmitted
from muster_extract.gate import is_relevant
from muster_extract.parse import load_parser, parse
from muster_extract.pipeline import Reader, load_reader
from muster_extract.segment import sentences
from muster_ingest.normalise import as_article, normalise
from muster_testkit.corpus import ARTICLES, read_rows

ONE_IN = 20
"""A mixed feed has one relevant article in so many."""

READY = "from muster_extract.pipeline import load_reader; load_reader()"
PEAK = """
import json, sys
sys.path[:0] = {path!r}
import reading
reader = reading.load_reader()
for article in reading.articles():
    reader.extract(article)
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def articles() -> list[ArticleReceived]:
    """The sample corpus as ingest makes it."""
    rows = [ArticleSubmitted.model_validate(row) for row in read_rows(ARTICLES)]
    return [as_article(normalise(row, received=date(2026, 12, 1))) for row in rows]


def measure() -> list[Figure]:
    """All figures of extraction."""
    reader, everything = load_reader(), articles()
    labels = {row["title"]: row["events"] for row in read_rows(ARTICLES)}
    relevant = [article for article in everything if labels.get(article.title)]
    quiet = [article for article in everything if not is_relevant(article.title, article.text)] or [
        article for article in everything if not labels.get(article.title, True)
    ]
    mixed = [*relevant[:10], *(quiet[number % len(quiet)] for number in range(10 * (ONE_IN - 1)))]
    parser = load_parser()
    return [
        figure(
            "read relevant articles",
            rate(lambda: _read(reader, relevant)),
            "articles/s",
            "parsing all their sentences",
            rate(lambda: _parse(parser, relevant)),
        ),
        figure(f"read a feed, 1 in {ONE_IN} relevant", rate(lambda: _read(reader, mixed)), "articles/s"),
        figure("99th percentile of a relevant article", [_percentile(reader, relevant) for _ in range(RUNS)], "ms"),
        figure(
            "ready after",
            seconds(lambda: subprocess.run([sys.executable, "-c", READY], check=True)),
            "s",
            "an empty Python",
            seconds(lambda: subprocess.run([sys.executable, "-c", ""], check=True)),
        ),
        figure("resident after the corpus", [_peak() for _ in range(RUNS)], "MB"),
    ]


def _read(reader: Reader, some: Sequence[ArticleReceived]) -> int:
    for article in some:
        reader.extract(article)
    return len(some)


def _parse(parser: object, some: Sequence[ArticleReceived]) -> int:
    for article in some:
        for _ in parse(parser, [sentence.text for sentence in sentences(article.text)]):  # type: ignore[arg-type]
            pass
    return len(some)


def _percentile(reader: Reader, some: Sequence[ArticleReceived]) -> float:
    took = []
    for article in [*some, *some, *some]:
        began = time.perf_counter()
        reader.extract(article)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(took, n=100)[98]


def _peak() -> float:
    ran = subprocess.run([sys.executable, "-c", PEAK.format(path=sys.path[:1])], capture_output=True, text=True, check=True)
    return int(ran.stdout) / 1024
