"""The codec against pydantic alone, and delivery against a bare consumer, on a real broker."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import uuid4

from aiokafka import AIOKafkaConsumer
from measure import RUNS, Figure, figure, rates
from muster_contracts.claims import PledgeAnnounced
from muster_contracts.codec import Record, decode, decode_envelope, encode
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
    structured = encode(event, envelope, MISSION_EVENTS, key=None, mode="structured")
    bare = TypeAdapter(PledgeAnnounced)
    assert record.value is not None

    def repeat(work: Callable[[], object]) -> Callable[[], int]:
        def many() -> int:
            for _ in range(EVENTS):
                work()
            return EVENTS

        return many

    decoded, body_read, encoded, body_written, from_structured, envelopes = rates(
        repeat(lambda: decode(MISSION_EVENTS, record.headers, record.value)),
        repeat(lambda: bare.validate_json(record.value or b"")),
        repeat(lambda: encode(event, envelope, MISSION_EVENTS, key=None)),
        repeat(event.model_dump_json),
        repeat(lambda: decode(MISSION_EVENTS, structured.headers, structured.value)),
        repeat(lambda: decode_envelope(record.headers)),
    )
    return [
        figure("decode an event", decoded, "events/s", "pydantic, the body alone", body_read),
        figure("encode an event", encoded, "events/s", "pydantic, the body alone", body_written),
        figure("decode an event in structured mode", from_structured, "events/s", "binary mode", decoded),
        figure("read an envelope", envelopes, "envelopes/s"),
        _held("hold a decoded event with its envelope", lambda: decode(MISSION_EVENTS, record.headers, record.value)),
    ]


def _held(name: str, work: Callable[[], object]) -> Figure:
    """Bytes that one result keeps, of a thousand kept at once."""
    work()
    found = []
    for _ in range(RUNS):
        tracemalloc.start()
        kept = [work() for _ in range(1000)]
        held, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        found.append(held / len(kept))
    return figure(name, found, "bytes")


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
