"""How a figure is measured: five runs after a warm-up, the median is quoted, beside a bound measured in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

RUNS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    value: float
    unit: str
    spread: tuple[float, float]
    """Least and most of the five."""

    bound_name: str | None = None
    bound: float | None = None
    """What the same machine does at best in the same run; the ratio to it is what can be compared between machines."""

    @property
    def ratio(self) -> float | None:
        """The figure over its bound."""
        return self.value / self.bound if self.bound else None


def rate(work: Callable[[], int]) -> list[float]:
    """Things per second, five times. `work` does some and returns how many."""
    work()
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        count = work()
        found.append(count / (time.perf_counter() - began))
    return found


def rates(*works: Callable[[], int]) -> list[list[float]]:
    """Things per second of processor time for several works, five times each, by turns: what a neighbour slows slows all of them alike.

    For work of one thread that waits for nothing.
    """
    for work in works:
        work()
    found: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for work, into in zip(works, found, strict=True):
            began = time.process_time()
            count = work()
            into.append(count / (time.process_time() - began))
    return found


def seconds(work: Callable[[], object]) -> list[float]:
    """Seconds that `work` takes, five times, without a warm-up."""
    found = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found


def figure(name: str, found: list[float], unit: str, bound_name: str | None = None, bound: list[float] | None = None) -> Figure:
    """The median of what was found, beside the median of its bound."""
    return Figure(
        name, statistics.median(found), unit, (min(found), max(found)), bound_name, statistics.median(bound) if bound is not None else None
    )
