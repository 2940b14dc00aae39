"""Measures everything that has a benchmark: `make bench`, or one part: `make bench ARGS="codec extract"`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime

import hostile
import letters
import line
import live
import reading
import wire
from measure import Figure
from muster_deploy.settings import read_settings
from muster_testkit.resources import running_kafka
from rich.console import Console
from rich.table import Table


def with_kafka(measure: Callable[[str], list[Figure]]) -> list[Figure]:
    """Run a measurement on a broker of its own."""
    with running_kafka(read_settings()) as bootstrap:
        return measure(bootstrap)


PARTS: dict[str, Callable[[], list[Figure]]] = {
    "codec": wire.codec,
    "delivery": lambda: with_kafka(wire.delivery),
    "letters": lambda: with_kafka(letters.measure),
    "reading": reading.measure,
    "line": line.measure,
    "live": live.measure,
}
LONG: dict[str, Callable[[], list[Figure]]] = {
    "fuzz": hostile.fuzz,
    "roundtrips": hostile.round_trips,
    "large-mission": lambda: live.measure([live.LARGE]),
}
"""Trials of minutes, run only when named."""


def main() -> int:
    """Print a table, or JSON with --json."""
    arguments = argparse.ArgumentParser(description=__doc__)
    names = f"{', '.join(PARTS)}; all of these by default. Only by name: {', '.join(LONG)}"
    arguments.add_argument("parts", nargs="*", choices=[*PARTS, *LONG, []], help=f"which: {names}")
    arguments.add_argument("--json", action="store_true")
    asked = arguments.parse_args()
    console = Console(stderr=True)
    figures: list[Figure] = []
    for part in asked.parts or PARTS:
        with console.status(f"measuring {part}"):
            figures += (PARTS | LONG)[part]()
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {datetime.now(UTC).date()}"
    if asked.json:
        print(json.dumps({"machine": machine, "figures": [{**asdict(figure), "ratio": figure.ratio} for figure in figures]}))  # noqa: T201
        return 0
    table = Table(title=f"Medians of five ({machine})")
    for column in ("figure", "median", "least - most", "unit", "bound", "of bound"):
        table.add_column(column)
    for figure in figures:
        least, most = figure.spread
        bound = f"{figure.bound:,.4g} ({figure.bound_name})" if figure.bound else ""
        table.add_row(
            figure.name,
            f"{figure.value:,.4g}",
            f"{least:,.4g} - {most:,.4g}",
            figure.unit,
            bound,
            f"{figure.ratio:.2f}" if figure.ratio else "",
        )
    Console(width=160).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
