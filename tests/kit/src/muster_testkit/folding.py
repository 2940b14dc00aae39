"""The projection's consumer at work inside a test, on a topic of the test's own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, TopicPartition
from muster_contracts.codec import Record
from muster_contracts.topics import MISSION_EVENTS, Topic
from muster_contracts.transport.broker import make_broker
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.settings import KafkaSettings, PostgresSettings
from muster_contracts.transport.topics import apply
from muster_projection.consumer import BoardConsumer
from muster_projection.store.engine import make_engine

TIMEOUT_S = 30.0


@dataclass(frozen=True)
class Running:
    """A consumer at work, and the failures that would end its process."""

    consumer: BoardConsumer
    failures: list[Exception]


async def own_topic(kafka: str, *, partitions: int = 3) -> Topic:
    """A topic like `mission-events`, with a name, a consumer and dead letters of its own."""
    number = uuid4().hex[:8]  # the broker may be one that outlives the session
    consumer = f"projection-{number}"
    topic = replace(MISSION_EVENTS, name=f"mission-events-{number}", partitions=partitions, consumers=(consumer,))
    await apply(KafkaSettings(bootstrap=kafka), [topic, topic.dead_letters(consumer)])
    return topic


async def publish(kafka: str, records: Iterable[Record]) -> None:
    """Put records on the log."""
    publisher = Publisher(KafkaSettings(bootstrap=kafka), client_id="test")
    await publisher.start()
    try:
        await publisher.publish(list(records))
    finally:
        await publisher.stop()


@asynccontextmanager
async def folding(kafka: str, topic: Topic, postgres_url: str, *, consumer: str | None = None) -> AsyncIterator["Running"]:
    """A running consumer.

    Args:
        consumer: another name makes another group, which owns the partitions as well.
    """
    name = consumer or topic.consumers[0]
    settings = KafkaSettings(bootstrap=kafka)
    engine = make_engine(PostgresSettings(url=postgres_url), client="test")
    broker, publisher = make_broker(settings, client_id="test"), Publisher(settings, client_id="test")
    failures: list[Exception] = []
    read = replace(topic, consumers=(*topic.consumers, name))
    running = BoardConsumer(broker, publisher, engine, on_failure=failures.append, topic=read, consumer=name)
    await broker.start()
    try:
        yield Running(running, failures)
    finally:
        await broker.stop()
        await publisher.stop()
        await engine.dispose()


async def until(condition: Callable[[], Awaitable[bool]], what: str) -> None:
    """Return once a condition holds; fails after TIMEOUT_S."""
    try:
        async with asyncio.timeout(TIMEOUT_S):
            while not await condition():  # noqa: ASYNC110 - what is waited for is in another system
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"not within {TIMEOUT_S:.0f} s: {what}") from None


async def until_folded(kafka: str, topic: Topic) -> None:
    """Return once the group has committed everything that the topic holds, which it does after it has folded it."""
    group = f"muster-{topic.consumers[0]}"

    async def done() -> bool:
        return await lag(kafka, topic, group) == 0

    await until(done, f"{topic.name} folded")


async def lag(kafka: str, topic: Topic, group: str) -> int:
    """How many records a group has not committed."""
    async with _reader(kafka, group) as (reader, partitions):
        places = partitions(topic)
        ends = await reader.end_offsets(places)
        return sum([ends[place] - (await reader.committed(place) or 0) for place in places])


async def end_of(kafka: str, topic: Topic) -> int:
    """How many records a topic has taken."""
    async with _reader(kafka, None) as (reader, partitions):
        ends = await reader.end_offsets(partitions(topic))
        return sum(ends.values())


async def set_back(kafka: str, topic: Topic, offset: int = 0) -> None:
    """Commit an offset for a group that is not running, as if its later commits had been lost in a crash."""
    async with _reader(kafka, f"muster-{topic.consumers[0]}") as (reader, partitions):
        places = partitions(topic)
        reader.assign(places)
        await reader.commit(dict.fromkeys(places, offset))


async def read_all(kafka: str, topic: Topic) -> list[Any]:
    """Every record that a topic holds now."""
    async with _reader(kafka, None) as (reader, partitions):
        places = partitions(topic)
        reader.assign(places)
        await reader.seek_to_beginning(*places)
        ends = await reader.end_offsets(places)
        found: list[Any] = []
        while any([await reader.position(place) < ends[place] for place in places]):
            for records in (await reader.getmany(timeout_ms=200)).values():
                found.extend(records)
        return found


@asynccontextmanager
async def _reader(kafka: str, group: str | None) -> AsyncIterator[tuple[Any, Callable[[Topic], list[TopicPartition]]]]:
    reader = AIOKafkaConsumer(bootstrap_servers=kafka, group_id=group, enable_auto_commit=False)
    await reader.start()
    try:
        yield reader, lambda topic: [TopicPartition(topic.name, number) for number in range(topic.partitions)]
    finally:
        await reader.stop()
