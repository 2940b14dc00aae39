"""The one place where a FastStream broker is made, with the settings that keep records from being lost."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiokafka import ConsumerRebalanceListener
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.message import KafkaMessage
from faststream.message import StreamMessage

from muster_contracts.topics import Topic
from muster_contracts.transport.records import RawRecord
from muster_contracts.transport.settings import KafkaSettings

BATCH_TIMEOUT_MS = 50
"""Milliseconds that a poll waits for records; FastStream waits for it twice on an empty topic."""

REBALANCE_TIMEOUT_MS = 60_000
"""Time for a batch in hand to end before its partitions go to another. The client's default is the session's 10 s."""

GRACEFUL_TIMEOUT_S = 30.0
"""Seconds for a batch in hand to end at a stop; one that is cut off is delivered again."""

Batch = tuple[RawRecord, ...]


def make_broker(kafka: KafkaSettings, *, client_id: str) -> KafkaBroker:
    """A broker that consumes only; what we publish goes through `Publisher`."""
    return KafkaBroker(
        kafka.bootstrap,
        client_id=client_id,
        consumer_only=True,
        allow_auto_create_topics=False,  # a topic made by a reader has one partition; ours are applied from the topic table
        ack_policy=AckPolicy.MANUAL,  # the others commit on an exception too, and the failed record is lost
        apply_types=False,  # handlers take raw records; each is decoded alone, so that one bad record never fails its batch
        graceful_timeout=GRACEFUL_TIMEOUT_S,
        logger=logging.getLogger("muster.faststream"),  # FastStream's own brings a handler and colours of its own
        log_level=logging.DEBUG,
    )


def subscribe(
    broker: KafkaBroker,
    topic: Topic,
    consumer: str,
    on_batch: Callable[[Batch], Awaitable[None]],
    *,
    max_records: int,
    listener: ConsumerRebalanceListener | None = None,
) -> Any:
    """Register `on_batch` for the raw records of a topic, in the group `muster-<consumer>`.

    Args:
        max_records: most records in a batch.
        listener: is told of assignments and revocations.

    Returns:
        FastStream's subscriber; its attribute `consumer` is the aiokafka consumer once the broker has started.
    """
    subscriber = broker.subscriber(
        topic.name,
        group_id=f"muster-{consumer}",
        batch=True,
        auto_offset_reset="earliest",  # a new group reads the log from its start; the default would skip what is there
        batch_timeout_ms=BATCH_TIMEOUT_MS,
        max_records=max_records,
        rebalance_timeout_ms=REBALANCE_TIMEOUT_MS,
        max_partition_fetch_bytes=topic.max_message_bytes,
        listener=listener,
        parser=_unparsed,
        decoder=_undecoded,
    )

    # FastStream makes a model of the handler's signature for its AsyncAPI document, and can make none of a protocol.
    async def handle(records: Any) -> None:
        await on_batch(records)

    subscriber(handle)
    return subscriber


async def _unparsed(records: Any) -> StreamMessage[Any]:
    # FastStream's own batch parser decodes every header as UTF-8: one stray byte in one record would lose its whole batch.
    return KafkaMessage(raw_message=records, body=b"", consumer=_NO_CONSUMER)


async def _undecoded(message: StreamMessage[Any]) -> Any:
    return message.raw_message


class _NoConsumer:
    """Stands where FastStream would acknowledge through a message. Offsets are committed explicitly, so nothing may."""

    async def commit(self) -> None:
        raise RuntimeError("offsets are committed explicitly, by partition")

    def seek(self, partition: Any, offset: int) -> None:
        raise RuntimeError(f"positions are sought by the consumer, not through a message ({partition}, {offset})")


_NO_CONSUMER = _NoConsumer()
