"""The consumer: mission events from Kafka into the board, each exactly once in effect.

The store holds the offsets, in the transaction that writes the rows. Kafka's own committed offsets are a hint for lag tools; nothing
here reads them.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError
from faststream.kafka import KafkaBroker
from muster_contracts.topics import MISSION_EVENTS, Topic
from muster_contracts.transport.broker import Batch, subscribe
from muster_contracts.transport.consumer import commit
from muster_contracts.transport.publisher import Publisher
from sqlalchemy.ext.asyncio import AsyncEngine

from muster_projection.consumer.backoff import Backoff
from muster_projection.consumer.letters import Letters
from muster_projection.consumer.places import Places, Share
from muster_projection.store.checkpoints import Fenced, advance
from muster_projection.store.engine import is_outage
from muster_projection.store.folding import fold
from muster_projection.store.live import Lives

log = structlog.get_logger(__name__)

MAX_RECORDS = 2000
"""Most records in one transaction. A mission's board is written once in each that touches it, so a backlog is folded sooner by large
ones; the first event of a quiet day waits no longer for it."""

LISTENER_TIMEOUT_S = 5.0
"""Seconds that an assignment may wait for the store: the client sends no heartbeats meanwhile, and its session is 10 s."""


class BoardConsumer(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka ships no types
    """Folds the records of a topic into the board, for the group `muster-<consumer>`.

    What an error means is decided here. A record that can't be read or kept makes a dead letter, and its batch goes on without it.
    An outage of the database or the broker is waited for, as long as it takes; the client's heartbeats go on meanwhile. A second
    owner of a partition is fenced off. Anything else is a fault of ours in this edge: the process stops, with nothing of the batch
    written, since a consumer that went on would leave a hole. (A fault in a fold is no such thing: see `store/folding.py`.)

    Args:
        broker: from `make_broker`; the subscription is registered on it.
        publisher: for dead letters, which are on the log before the transaction commits.
        on_failure: is called once when the consumer can't go on; the process should end.
        on_folded: is called after each transaction: there may be changes in the outbox.
        topic: as in the topic table; tests bring topics of their own.
    """

    def __init__(
        self,
        broker: KafkaBroker,
        publisher: Publisher,
        engine: AsyncEngine,
        *,
        on_failure: Callable[[Exception], None],
        on_folded: Callable[[], None] = lambda: None,
        topic: Topic = MISSION_EVENTS,
        consumer: str = "projection",
    ) -> None:
        self._engine = engine
        self._on_failure = on_failure
        self._on_folded = on_folded
        self._topic = topic
        self._letters = Letters(publisher, topic, consumer)
        self._places = Places(topic.name)
        self._lives = Lives()
        self._turn = asyncio.Lock()  # held while places are read or changed
        self._revoked = asyncio.Event()  # set: the batch in hand is no longer ours. Replaced at each revocation
        self._ended = ""  # why nothing more is folded
        self._subscriber = subscribe(broker, topic, consumer, self.on_batch, max_records=MAX_RECORDS, listener=self)

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """Finish the transaction in hand, or give up waiting for one, and forget where we stood."""
        self._revoked.set()
        async with self._turn:
            self._places.forget()
            self._revoked = asyncio.Event()

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """Put the client where the store says. A store that is down is not waited for: `on_batch` seeks what has no place yet."""
        try:
            async with asyncio.timeout(LISTENER_TIMEOUT_S), self._turn:
                await self._places.seek(self.client, self._engine, [partition.partition for partition in assigned])
        except Exception as error:  # noqa: BLE001 - the client would log it and go on; `_stop` ends the process
            if not _passes(error):
                self._stop(error)
                return
            log.warning("assigned, but not sought yet", error=str(error) or type(error).__name__)

    async def on_batch(self, records: Batch) -> None:
        """Fold one batch to its end. Raises nothing: FastStream would drop the exception, and the batch with it."""
        revoked, backoff = self._revoked, Backoff()
        while not (revoked.is_set() or self._ended):
            try:
                async with self._turn:
                    if revoked.is_set():
                        break
                    records, folded = await self._step(records)
                await commit(self.client, folded)
            except Exception as error:  # noqa: BLE001 - FastStream would drop it; `_stop` ends the process
                if not _passes(error):
                    self._stop(error)
                    break
                await backoff.wait(error, at=self._topic.name, unless=revoked)
                continue
            if not records:
                self._letters.settle()
                return
        log.warning("batch dropped", records=len(records), why=self._ended or "its partitions were taken away")

    async def _step(self, records: Sequence[Any]) -> tuple[tuple[Any, ...], dict[TopicPartition, int]]:
        """Seek what has to be sought, or fold what is left. Gives the records still to be folded, and offsets for Kafka's hint."""
        records = await self._places.current(self.client, records)
        shares, astray = self._places.divide(records)
        if astray:
            ours = {partition.partition for partition in self.client.assignment() if partition.topic == self._topic.name}
            await self._places.seek(self.client, self._engine, astray & ours)
            # The client brings them again from the place that was sought; they must not be taken for what follows there.
            return tuple(record for record in records if record.partition not in astray), {}
        try:
            await self._fold(shares)
        except Fenced as fenced:
            # Rolled back as a whole. Places that are forgotten are sought in the next step, and their records dropped.
            log.warning("fenced", topic=fenced.topic, partition=fenced.partition, expected=fenced.expected)
            self._places.forget()
            self._lives = Lives()  # the tables may have been emptied; versions of missions stand beside the board and outlive it
            return tuple(records), {}
        return (), self._places.move(shares)

    async def _fold(self, shares: list[Share]) -> None:
        """One transaction: checkpoints, what the records tell, the boards they touch, and what changes there."""
        if not shares:
            return
        told = await self._letters.readable([record for share in shares for record in share.records])
        try:
            async with self._engine.begin() as connection:
                for share in shares:  # first, so that a second owner writes nothing; in one order, so that two don't deadlock
                    await advance(connection, self._topic.name, share.partition, expected=share.expected, next_offset=share.following)
                for record, error in await fold(connection, told, self._lives):
                    await self._letters.bury(record, error)
        except BaseException:
            self._lives.rolled_back()
            raise
        self._lives.committed()
        self._on_folded()

    async def leave(self) -> None:
        """Fold nothing more, and wait for no outage: the process is to end. A transaction in hand is finished."""
        self._ended = "the consumer was told to stop"
        self._revoked.set()

    def _stop(self, error: Exception) -> None:
        self._ended = "the consumer could not go on"
        log.error("consumer stops", topic=self._topic.name, exc_info=error)
        self._on_failure(error)

    @property
    def client(self) -> AIOKafkaConsumer:
        """The Kafka client; there once the broker has started."""
        client = self._subscriber.consumer
        assert client is not None, "the broker has not started"
        return client


def _passes(error: Exception) -> bool:
    return is_outage(error) or isinstance(error, KafkaError)
