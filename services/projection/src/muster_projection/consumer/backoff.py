"""Waiting for an outage to end."""

import asyncio

import structlog

log = structlog.get_logger(__name__)

FIRST_S = 0.2  # above the Kafka client's own backoff of 100 ms
LONGEST_S = 10.0  # an operator who has mended an outage does not wait longer than this


class Backoff:
    """Waits that double from FIRST_S to LONGEST_S, and may be cut short."""

    def __init__(self) -> None:
        self._attempts = 0

    async def wait(self, error: Exception, *, at: str, unless: asyncio.Event | None = None) -> None:
        """Wait before the next attempt, or until the event is set, where one is given."""
        seconds = min(FIRST_S * 2 ** min(self._attempts, 10), LONGEST_S)
        self._attempts += 1
        log.warning(
            "waiting for an outage to end", at=at, attempts=self._attempts, wait_s=seconds, error=str(error) or type(error).__name__
        )
        try:
            async with asyncio.timeout(seconds):
                await (unless or asyncio.Event()).wait()
        except TimeoutError:
            return
