"""Waiting for an outage to end, attempt by attempt."""

import asyncio

from muster_contracts.transport.consumer import wait_out


class Backoff:
    """Counts the attempts at one thing that is down, and waits longer before each."""

    def __init__(self) -> None:
        self._attempts = 0

    async def wait(self, error: Exception, *, at: str, unless: asyncio.Event | None = None) -> None:
        """Wait before the next attempt, or until the event is set, where one is given."""
        self._attempts += 1
        await wait_out(self._attempts, error, at=at, unless=unless)
