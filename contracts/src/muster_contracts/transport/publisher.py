"""Publishing: everything is sent, then every acknowledgement is awaited."""

import asyncio
from collections.abc import Sequence

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from muster_contracts.codec import Record
from muster_contracts.envelope import Position
from muster_contracts.topics import TOPICS
from muster_contracts.transport.settings import KafkaSettings

log = structlog.get_logger(__name__)

LINGER_MS = 5
"""Milliseconds for which a batch may fill. An article's events are sent together, so that they mostly share a request."""


class Publisher:
    """An idempotent producer. FastStream's own adds a random header to each record; a replay must make the same bytes."""

    def __init__(self, kafka: KafkaSettings, *, client_id: str) -> None:
        self._kafka = kafka
        self._client_id = client_id
        self._producer: AIOKafkaProducer | None = None

    async def start(self) -> None:
        """Connect. Raises KafkaConnectionError where no broker answers."""
        producer = AIOKafkaProducer(
            bootstrap_servers=self._kafka.bootstrap,
            client_id=self._client_id,
            enable_idempotence=True,  # implies acks=all: an acknowledged event is on the log, once
            linger_ms=LINGER_MS,
            max_request_size=max(topic.max_message_bytes for topic in TOPICS),
        )
        try:
            await producer.start()
        except BaseException:
            await producer.stop()
            raise
        self._producer = producer

    async def stop(self) -> None:
        """Send what is still buffered, and disconnect."""
        producer, self._producer = self._producer, None
        if producer is not None:
            await producer.stop()

    async def publish(self, records: Sequence[Record]) -> list[Position]:
        """Send records in order and wait until the broker has acknowledged each.

        Returns:
            Where each stands now.

        Raises:
            KafkaError: not all were acknowledged. Sending all again is safe, since ids are functions of content.
        """
        if not records:
            return []
        if self._producer is None:
            await self.start()
        assert self._producer is not None
        try:
            sent = [
                await self._producer.send(
                    record.topic, value=record.value, key=record.key, partition=record.partition, headers=list(record.headers)
                )
                for record in records
            ]
            return [Position(done.topic, done.partition, done.offset) for done in await asyncio.gather(*sent)]
        except KafkaError as error:
            # A failed batch leaves a gap in an idempotent producer's sequence; the next attempt starts with a new one.
            log.warning("publishing failed", error=str(error) or type(error).__name__, count=len(records))
            await self.stop()
            raise
