"""The codec against pydantic alone, and delivery against a bare consumer, on a real broker."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

from aiokafka import AIOKafkaConsumer
from measure import Figure, figure, rate
from muster_contracts.claims import PledgeAnnounced
from muster_contracts.codec import Record, decode, encode
from muster_contracts.envelope import Envelope
from muster_contracts.topics import MISSION_EVENTS, Topic
from muster_contracts.transport.broker import Batch, make_broker, subscribe
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.records import read
from muster_contracts.transport.settings import KafkaSettings
from muster_contracts.transport.topics import apply
from muster_testkit.claims import pledged
from pydantic import TypeAdapter

EVENTS = 20_000


def codec() -> list[Figure]:
    """Encoding and decoding of a typical event, a second, on one core."""
    event = pledged("KE", 1000)
    envelope = Envelope(
        str(event.claim_id), "/muster/extract", event.type, datetime(2024, 6, 24, tzinfo=UTC), str(event.article.article_id), str(uuid4())
    )
    record = encode(event, envelope, MISSION_EVENTS, key=str(event.article.article_id))
    bare = TypeAdapter(PledgeAnnounced)

    def repeat(work: Callable[[], object]) -> Callable[[], int]:
        def many() -> int:
            for _ in range(EVENTS):
                work()
            return EVENTS

        return many

    return [
        figure(
            "decode an event",
            rate(repeat(lambda: decode(MISSION_EVENTS, record.headers, record.value))),
            "events/s",
            "pydantic, the body alone",
            rate(repeat(lambda: bare.validate_json(record.value or b""))),
        ),
        figure(
            "encode an event",
            rate(repeat(lambda: encode(event, envelope, MISSION_EVENTS, key=None))),
            "events/s",
            "pydantic, the body alone",
            rate(repeat(event.model_dump_json)),
        ),
    ]


def delivery(bootstrap: str) -> list[Figure]:
    """Records a second through FastStream's batches, decoded, against a bare consumer that looks at nothing."""
    return asyncio.run(_delivery(KafkaSettings(bootstrap=bootstrap)))


async def _delivery(kafka: KafkaSettings) -> list[Figure]:
    event = pledged("KE", 1000)
    envelope = Envelope(str(event.claim_id), "/muster/extract", event.type, datetime(2024, 6, 24, tzinfo=UTC))
    topic = Topic(f"bench-{uuid4()}", "any", MISSION_EVENTS.holds, 1, ("bench",), ("bench",))
    await apply(kafka, [topic])
    publisher = Publisher(kafka, client_id="bench")
    template = encode(event, envelope, MISSION_EVENTS, key=None)
    records = [Record(topic.name, None, template.headers, template.value)] * 1000
    for _ in range(EVENTS // 1000):
        await publisher.publish(records)
    await publisher.stop()
    ours = [await _rate(lambda: _subscribed(kafka, topic)) for _ in range(6)][1:]
    bare = [await _rate(lambda: _bare(kafka, topic)) for _ in range(6)][1:]
    return [figure("deliver and decode events", ours, "events/s", "bare aiokafka, undecoded", bare)]


async def _rate(consuming: Callable[[], AsyncIterator[int]]) -> float:
    """From the first batch to the last: joining a group takes its time and is not what is measured."""
    loop = asyncio.get_running_loop()
    count = first = 0
    began = 0.0
    async for number in consuming():
        if not first:
            first, began = number, loop.time()
        count += number
        if count >= EVENTS:
            break
    return (count - first) / (loop.time() - began)


async def _bare(kafka: KafkaSettings, topic: Topic) -> AsyncIterator[int]:
    consumer = AIOKafkaConsumer(topic.name, bootstrap_servers=kafka.bootstrap, auto_offset_reset="earliest", enable_auto_commit=False)
    await consumer.start()
    try:
        while True:
            for records in (await consumer.getmany(timeout_ms=50, max_records=500)).values():
                yield len(records)
    finally:
        await consumer.stop()


async def _subscribed(kafka: KafkaSettings, topic: Topic) -> AsyncIterator[int]:
    queue: asyncio.Queue[int] = asyncio.Queue()

    async def on_batch(records: Batch) -> None:
        for record in records:
            read(topic, record)
        queue.put_nowait(len(records))

    async with _started(kafka, topic, on_batch):
        while True:
            yield await queue.get()


@asynccontextmanager
async def _started(kafka: KafkaSettings, topic: Topic, on_batch: Callable[[Batch], Awaitable[None]]) -> AsyncIterator[None]:
    broker = make_broker(kafka, client_id="bench")
    subscribe(broker, topic, f"bench-{uuid4()}", on_batch, max_records=500)
    await broker.start()
    try:
        yield
    finally:
        await broker.stop()
