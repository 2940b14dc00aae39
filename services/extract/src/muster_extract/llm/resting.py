"""When an endpoint is left alone: it failed several times in a row, or asked for it."""

import time
from collections.abc import Callable

FAILURES = 3
"""In a row, before it rests: one can be chance, and each may cost the full timeout."""

REST_SECONDS = 60.0
"""A restart of a model server takes about that long."""

LONGEST_SECONDS = 3600.0
"""However long the endpoint asks for: an hour later it is worth a call to see."""


class Resting:
    """Remembers failures. While it rests, articles are the rules'; afterwards the next one tries again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._until = clock()

    @property
    def seconds(self) -> float:
        """How long the endpoint still rests; 0 where it can be asked."""
        return max(0.0, self._until - self._clock())

    def failed(self, wait: float | None = None) -> None:
        """Counts a failure. `wait` is how long the endpoint asked to be left alone."""
        self._failures += 1
        rest = max(min(wait or 0.0, LONGEST_SECONDS), REST_SECONDS if self._failures >= FAILURES else 0.0)
        self._until = max(self._until, self._clock() + rest)

    def answered(self) -> None:
        """Forgets the failures."""
        self._failures = 0
