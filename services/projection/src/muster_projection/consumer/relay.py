"""The relay: from the outbox to `mission-changes`, in order for each mission, at least once.

A broker or a database that is away is waited for. A change that the broker refuses is a fault: it is named, and the process stops,
since later changes of its mission must not overtake it. A change leaves the outbox once the broker has acknowledged it. A crash
between the two publishes it again, with the same id.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

import structlog
from aiokafka.errors import (
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    InvalidTimestampError,
    InvalidTopicError,
    KafkaError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    RecordTooLargeError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    UnsupportedForMessageFormatError,
)
from muster_contracts.transport.publisher import Publisher
from sqlalchemy.ext.asyncio import AsyncEngine

from muster_projection.consumer.backoff import Backoff
from muster_projection.store.engine import is_outage
from muster_projection.store.outbox import Waiting, acknowledged, waiting

log = structlog.get_logger(__name__)

AT_ONCE = 500
"""Most changes in one transaction; a typical one has 1.5 KB."""

LOOKS_EVERY_S = 1.0
"""Seconds after which the outbox is looked at without being told to: others write into it too."""

STOPS_WITHIN_S = 5.0
"""Seconds for what is being sent to be acknowledged at a stop. What is cut off is sent again at the next start."""

REFUSALS = (
    AuthenticationFailedError,
    ClusterAuthorizationFailedError,
    InvalidTimestampError,
    InvalidTopicError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    RecordListTooLargeError,
    RecordTooLargeError,
    SaslAuthenticationFailed,
    TopicAuthorizationFailedError,
    UnsupportedForMessageFormatError,
)
"""What waiting does not mend. The client's own mark, `retriable`, won't do: timeouts and gaps in a producer's sequence don't have it,
and the next attempt mends them."""


class Refused(Exception):
    """The broker, or the client on its behalf, won't take a change, however often it is sent."""


class Relay:
    """Publishes what the outbox holds. Several may run on one database: one works, the others wait.

    Args:
        publisher: of its own; it is started at the first change and stopped with the relay.
        on_failure: is called once when it can't go on; the process should end.
    """

    def __init__(self, engine: AsyncEngine, publisher: Publisher, *, on_failure: Callable[[Exception], None]) -> None:
        self._engine = engine
        self._publisher = publisher
        self._on_failure = on_failure
        self._woken = asyncio.Event()
        self._ends = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to publish, in the background."""
        self._task = asyncio.create_task(self._run(), name="relay")

    def wake(self) -> None:
        """There may be changes in the outbox."""
        self._woken.set()

    async def stop(self) -> None:
        """Send what is in hand, and no more."""
        self._ends.set()
        self._woken.set()
        if self._task is not None:
            with suppress(TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(self._task, STOPS_WITHIN_S)
        await self._publisher.stop()

    async def _run(self) -> None:
        backoff = Backoff()
        while not self._ends.is_set():
            self._woken.clear()
            try:
                sent = await self._send()
            except Exception as error:
                if not (is_outage(error) or isinstance(error, KafkaError)):
                    log.error("relay stops", exc_info=error)
                    self._on_failure(error)
                    return
                await backoff.wait(error, at="mission-changes", unless=self._ends)
                continue
            backoff = Backoff()
            if sent < AT_ONCE:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOKS_EVERY_S):
                        await self._woken.wait()

    async def _send(self) -> int:
        async with self._engine.begin() as connection:
            changes = await waiting(connection, AT_ONCE)
            if not changes:
                return 0
            sent = await self._publish(changes)
            await acknowledged(connection, [change.place for change in changes[:sent]])
        log.info("changes published", count=sent)
        return sent

    async def _publish(self, changes: Sequence[Waiting]) -> int:
        """All, or those before the first that is refused; how many. Raises Refused where that is the first of all."""
        try:
            await self._publisher.publish([change.record for change in changes])
            return len(changes)
        except REFUSALS as error:
            log.warning("changes refused, sent one by one", count=len(changes), error=str(error))
        for sent, change in enumerate(changes):
            try:
                await self._publisher.publish([change.record])
            except REFUSALS as error:
                if sent:
                    return sent
                mission = (change.record.key or b"").decode()
                log.error("change refused", place=change.place, mission=mission, error=str(error))
                raise Refused(f"outbox place {change.place}, mission {mission}: {error}") from error
        return len(changes)
