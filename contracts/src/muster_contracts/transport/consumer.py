"""Delivery of one topic's records, each alone and in order, at least once, none lost.

What an error means is decided here: a record's own fault makes a dead letter, an outage is waited for, and anything else is a
fault of ours, which makes a dead letter too. Too many letters in a row stop the consumer: then it is not the records.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError, MessageSizeTooLargeError
from faststream.kafka import KafkaBroker

from muster_contracts.codec import Record
from muster_contracts.errors import RecordError
from muster_contracts.topics import Topic
from muster_contracts.transport.broker import Batch, subscribe
from muster_contracts.transport.dead_letters import dead_letter, smaller
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.records import RawRecord

log = structlog.get_logger(__name__)

RETRY_FIRST = timedelta(milliseconds=200)  # above the client's own backoff of 100 ms
RETRY_LONGEST = timedelta(seconds=10)  # an operator who has mended an outage does not wait longer than this
LETTERS_IN_A_ROW = 100
OUTAGES: tuple[type[Exception], ...] = (OSError, TimeoutError, KafkaError)


class TooManyDeadLetters(Exception):
    """So many records in a row could not be used that the fault is not theirs."""


class Delivery:
    """Delivers the records of `topic` to `handle`, for the group `muster-<consumer>`.

    Args:
        broker: from `make_broker`; the subscription is registered on it.
        publisher: for the dead letters.
        handle: does one record's work to its end. Raises RecordError for a record that can't be used.
        outages: further exceptions that mean that something is down, e.g. a database's. They are retried until they end.
        on_failure: is called once when the consumer can't go on; the process should end.
        max_records: most records between two commits of offsets.
    """

    def __init__(
        self,
        broker: KafkaBroker,
        publisher: Publisher,
        topic: Topic,
        consumer: str,
        handle: Callable[[RawRecord], Awaitable[None]],
        *,
        on_failure: Callable[[Exception], None],
        outages: tuple[type[Exception], ...] = (),
        max_records: int = 200,
    ) -> None:
        self._publisher = publisher
        self._topic = topic
        self._consumer = consumer
        self._handle = handle
        self._on_failure = on_failure
        self._outages = (*OUTAGES, *outages)
        self._letters_in_a_row = 0
        self._failed = False
        self._subscriber = subscribe(broker, topic, consumer, self._on_batch, max_records=max_records)

    async def _on_batch(self, records: Batch) -> None:
        if self._failed:
            return  # until the stop takes hold batches still come; to commit one would pass over the record that failed
        done: dict[TopicPartition, int] = {}
        try:
            for record in records:
                await self._deliver(record)
                done[TopicPartition(record.topic, record.partition)] = record.offset + 1
        except Exception as error:
            # FastStream would swallow it and go on with the next batch.
            self._failed = True
            log.error("consumer stops", topic=self._topic.name, error=str(error), exc_info=not isinstance(error, TooManyDeadLetters))
            self._on_failure(error)
        finally:
            # Also when a stop cuts the batch off: what is done is done, the rest comes again.
            await commit(self._subscriber.consumer, done)

    async def _deliver(self, record: RawRecord) -> None:
        attempts = 0
        first_failed: datetime | None = None
        while True:
            attempts += 1
            try:
                await self._handle(record)
            except (RecordError, MessageSizeTooLargeError) as error:
                await self._bury(record, error, attempts, first_failed)
            except self._outages as error:
                first_failed = first_failed or datetime.now(UTC)
                await wait_out(attempts, error, at=f"{record.topic}/{record.partition}@{record.offset}")
                continue
            except Exception as error:
                log.exception("handler failed", topic=record.topic, partition=record.partition, offset=record.offset)
                await self._bury(record, error, attempts, first_failed)
            else:
                self._letters_in_a_row = 0
            return

    async def _bury(self, record: RawRecord, error: Exception, attempts: int, first_failed: datetime | None) -> None:
        self._letters_in_a_row += 1
        if self._letters_in_a_row > LETTERS_IN_A_ROW:
            raise TooManyDeadLetters(f"{LETTERS_IN_A_ROW} records in a row were unusable, the last one: {error}")
        await bury(self._publisher, record, self._topic, self._consumer, error, attempts, first_failed)


async def bury(
    publisher: Publisher,
    record: RawRecord,
    topic: Topic,
    consumer: str,
    error: Exception,
    attempts: int,
    first_failed: datetime | None = None,
) -> None:
    """Publish a record's dead letter, waiting for the broker as long as it takes. The arguments are those of `dead_letter`.

    Raises:
        MessageSizeTooLargeError: the broker takes not even a letter with our own headers alone.
    """
    letter = dead_letter(record, topic, consumer, error, attempts, first_failed)
    tries = 0
    while True:
        tries += 1
        try:
            await publish_letter(publisher, letter)
        except MessageSizeTooLargeError:
            raise
        except (OSError, TimeoutError, KafkaError) as outage:
            await wait_out(tries, outage, at=letter.topic)
            continue
        log.warning("dead letter", to=letter.topic, partition=record.partition, offset=record.offset, error=str(error))
        return


async def publish_letter(publisher: Publisher, letter: Record) -> None:
    """Publish a dead letter, as much of it as the broker takes.

    Raises:
        MessageSizeTooLargeError: the broker takes not even a letter with our own headers alone.
        KafkaError: it is away.
    """
    while True:
        try:
            await publisher.publish([letter])
        except MessageSizeTooLargeError:
            whole, letter = letter, smaller(letter)
            if letter == whole:
                raise
        else:
            return


async def wait_out(attempts: int, error: Exception, *, at: str, unless: asyncio.Event | None = None) -> None:
    """Wait before the next attempt at something that is down: from RETRY_FIRST doubling to RETRY_LONGEST.

    Args:
        attempts: how many have failed, from 1.
        error: of the last one.
        at: what is waited for, for the log.
        unless: cuts the wait short once it is set.
    """
    seconds = min(RETRY_FIRST.total_seconds() * 2 ** min(attempts - 1, 10), RETRY_LONGEST.total_seconds())
    log.warning("waiting for an outage to end", at=at, attempts=attempts, wait_s=seconds, error=str(error) or type(error).__name__)
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await (unless or asyncio.Event()).wait()


async def commit(consumer: AIOKafkaConsumer | None, offsets: dict[TopicPartition, int]) -> None:
    """Commit offsets of partitions that are still ours. One that is not is read again by its new owner, which harms nothing."""
    if consumer is None:
        return
    ours = {partition: offset for partition, offset in offsets.items() if partition in consumer.assignment()}
    if not ours:
        return
    try:
        await consumer.commit(ours)
    except (KafkaError, IllegalStateError) as error:
        log.warning("offsets were not committed", error=str(error) or type(error).__name__, partitions=len(ours))
