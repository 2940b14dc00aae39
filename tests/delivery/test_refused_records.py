"""A record of our own topics that is wrong, on a real broker: each way has its one reason, and what stands behind it goes on."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from muster_contracts.codec import Record
from muster_contracts.topics import MISSION_EVENTS, Topic
from muster_contracts.transport.broker import make_broker
from muster_contracts.transport.consumer import Delivery
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.records import RawRecord, read
from muster_contracts.transport.settings import KafkaSettings
from muster_contracts.transport.topics import apply
from muster_testkit.claims import pledged
from muster_testkit.telling import records

WITHIN_S = 60.0
GOOD = records([pledged("KE", 1000)])[0]
OTHER = records([pledged("JM", 200)])[0]


def headers(**changes: bytes | None) -> tuple[tuple[str, bytes], ...]:
    return tuple((name, value) for name, value in {**dict(GOOD.headers), **changes}.items() if value is not None)


def body(**changes: Any) -> bytes:
    return json.dumps({**json.loads(GOOD.value or b""), **changes}).encode()


REFUSED: list[tuple[str, Record]] = [
    ("wrong-type", replace(GOOD, headers=headers(ce_type=b"article-received.v1"))),
    ("unknown-type", replace(GOOD, headers=headers(ce_type=b"moon-landed.v1"))),
    ("unknown-version", replace(GOOD, headers=headers(ce_type=b"pledge-announced.v99"))),
    ("wrong-specversion", replace(GOOD, headers=headers(ce_specversion=b"0.3"))),
    ("missing-header", replace(GOOD, headers=headers(ce_id=None))),
    ("missing-header", replace(GOOD, headers=())),
    ("not-an-event", replace(GOOD, headers=headers(ce_time=b"soon"))),
    ("wrong-content-type", replace(GOOD, headers=headers(**{"content-type": b"application/avro"}))),
    ("bad-framing", replace(GOOD, value=b"\0\0\1")),
    ("header-body-mismatch", replace(GOOD, value=OTHER.value)),
    ("header-body-mismatch", replace(GOOD, headers=headers(ce_type=b"pledge-withdrawn.v1"))),
    ("header-body-mismatch", replace(GOOD, headers=headers(ce_subject=str(uuid4()).encode()))),
    ("invalid-payload", replace(GOOD, value=b"{")),
    ("invalid-payload", replace(GOOD, value=body(contributor="Kenya"))),
    ("too-large", replace(GOOD, value=body(padding="x" * (8 * 2**20)))),
    ("tombstone", replace(GOOD, value=None)),
    ("wrong-key", replace(GOOD, key=b"haiti-mss")),
    ("wrong-key", replace(GOOD, key=None)),
]


@pytest.fixture
async def topic(kafka: str) -> Topic:
    """The topic of mission events under a name of the test's own, on one partition, with its dead letters."""
    topic = replace(MISSION_EVENTS, name=f"mission-events-{uuid4()}", partitions=1, consumers=("reader",))
    await apply(KafkaSettings(bootstrap=kafka), [topic, topic.dead_letters("reader")])
    return topic


async def test_each_way_of_being_wrong_has_its_one_reason(kafka: str, topic: Topic) -> None:
    # Compressed, as a publisher may, so that the broker lets the body over the limit through.
    async with AIOKafkaProducer(bootstrap_servers=kafka, compression_type="gzip", max_request_size=32 * 2**20) as producer:
        for record in (*(wrong for _, wrong in REFUSED), GOOD):
            await producer.send_and_wait(topic.name, record.value, key=record.key, headers=list(record.headers))
    read_events: list[Any] = []

    async def handle(record: RawRecord) -> None:
        read_events.append(read(topic, record).event)

    settings = KafkaSettings(bootstrap=kafka)
    publisher, broker, failures = Publisher(settings, client_id="reader"), make_broker(settings, client_id="reader"), list[Exception]()
    Delivery(broker, publisher, topic, "reader", handle, on_failure=failures.append)
    await publisher.start()
    await broker.start()
    try:
        await until(lambda: bool(read_events))
    finally:
        await broker.stop()
        await publisher.stop()
    assert (read_events, failures) == ([pledged("KE", 1000)], [])
    letters = await read_all(kafka, topic.dead_letters("reader"), len(REFUSED))
    assert [dict(letter.headers)["dlq_reason"].decode() for letter in letters] == [reason for reason, _ in REFUSED]
    for letter, (reason, record) in zip(letters, REFUSED, strict=True):
        said = {name: value.decode() for name, value in letter.headers if name.startswith("dlq_")}
        assert (said["dlq_topic"], bool(said["dlq_field"]), bool(said["dlq_error"])) == (topic.name, True, True)
        assert (said.get("dlq_body") == "left-out") == (reason == "too-large")
        assert letter.value == (None if reason == "too-large" else record.value)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(WITHIN_S):
        while not condition():  # noqa: ASYNC110 - the consumer's own loop sets no event
            await asyncio.sleep(0.02)


async def read_all(kafka: str, topic: Topic, count: int) -> list[Any]:
    found: list[Any] = []
    async with AIOKafkaConsumer(bootstrap_servers=kafka, enable_auto_commit=False, max_partition_fetch_bytes=2**23) as consumer:
        consumer.assign([TopicPartition(topic.name, 0)])
        await consumer.seek_to_beginning()
        async with asyncio.timeout(WITHIN_S):
            while len(found) < count:
                for batch in (await consumer.getmany(timeout_ms=100)).values():
                    found += batch
    return found
