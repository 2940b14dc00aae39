"""The whole line: the sample corpus from a publish to a folded board, on a stack of its own."""

from __future__ import annotations

import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import RUNS, Figure, figure
from muster_testkit.corpus import ARTICLES, read_rows
from muster_testkit.stack import RunningStack, running_stack

COPIES = 4
"""Each run publishes the corpus so often, each time as new articles at new addresses."""


def measure() -> list[Figure]:
    """Articles a second through all services, and the time of a single one."""
    with running_stack() as stack, TemporaryDirectory() as folder:
        path = Path(folder) / "feed.jsonl"
        _run(stack, path, "warm")
        many = [_run(stack, path, f"many{number}") for number in range(RUNS)]
        one = [_run(stack, path, f"one{number}", articles=1) for number in range(RUNS)]
    return [
        figure("publish to board, all services on one machine", [count / took for count, took in many], "articles/s"),
        figure("publish to board, a single article", [took for _, took in one], "s"),
    ]


def _run(stack: RunningStack, path: Path, name: str, *, articles: int | None = None) -> tuple[int, float]:
    rows = read_rows(ARTICLES)[:articles] if articles is not None else read_rows(ARTICLES) * COPIES
    renamed = [{**row, "id": f"{name}-{number}", "url": f"https://bench.example/{name}/{number}"} for number, row in enumerate(rows)]
    path.write_text("".join(json.dumps(row) + "\n" for row in renamed), "utf-8")
    began = time.perf_counter()
    ran = stack.muster("publish", path, "--wait")
    took = time.perf_counter() - began
    if ran.returncode != 0:
        raise RuntimeError(ran.stderr.decode())
    return len(renamed), took
