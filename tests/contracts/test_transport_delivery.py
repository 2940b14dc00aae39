"""Delivery on a real broker: no record is lost, whatever its handler does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import MessageSizeTooLargeError
from muster_contracts.articles import ArticleSubmitted
from muster_contracts.codec import Record
from muster_contracts.errors import InvalidPayload
from muster_contracts.topics import Topic
from muster_contracts.transport import consumer as consumer_module
from muster_contracts.transport.broker import make_broker
from muster_contracts.transport.consumer import Delivery, TooManyDeadLetters
from muster_contracts.transport.dead_letters import read_letter
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.records import RawRecord
from muster_contracts.transport.settings import KafkaSettings
from muster_contracts.transport.topics import apply, plan

TIMEOUT_S = 30.0


@pytest.fixture
async def topic(kafka: str) -> Topic:
    """A topic of the test's own, with its dead letters."""
    topic = Topic(f"t-{uuid4()}", "any", ArticleSubmitted, 3, ("test",), ("tester",))
    await apply(KafkaSettings(bootstrap=kafka), [topic, topic.dead_letters("tester")])
    return topic


class Desk:
    """Handles records as a test says, and remembers what it saw."""

    def __init__(self) -> None:
        self.seen: list[bytes | None] = []
        self.on: Callable[[RawRecord], Awaitable[None]] | None = None
        self.failure: Exception | None = None

    async def handle(self, record: RawRecord) -> None:
        self.seen.append(record.value)
        if self.on is not None:
            await self.on(record)

    def fail(self, error: Exception) -> None:
        self.failure = error


@asynccontextmanager
async def delivering(kafka: str, topic: Topic, desk: Desk) -> AsyncIterator[Publisher]:
    settings = KafkaSettings(bootstrap=kafka)
    publisher = Publisher(settings, client_id="test")
    broker = make_broker(settings, client_id="test")
    Delivery(broker, publisher, topic, "tester", desk.handle, on_failure=desk.fail)
    await publisher.start()
    await broker.start()
    try:
        yield publisher
    finally:
        await broker.stop()
        await publisher.stop()


async def until(condition: Callable[[], bool | Awaitable[bool]]) -> None:
    async with asyncio.timeout(TIMEOUT_S):
        while True:
            holds = condition()
            if holds if isinstance(holds, bool) else await holds:
                return
            await asyncio.sleep(0.02)


async def read_all(kafka: str, topic: Topic) -> list[Any]:
    """Every record that the topic holds now."""
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, auto_offset_reset="earliest", enable_auto_commit=False)
    await consumer.start()
    try:
        partitions = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        found: list[Any] = []
        while any([await consumer.position(partition) < ends[partition] for partition in partitions]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found.extend(records)
        return found
    finally:
        await consumer.stop()


async def committed(kafka: str, topic: Topic) -> int:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        offsets = await admin.list_consumer_group_offsets("muster-tester")
        return sum(place.offset for partition, place in offsets.items() if partition.topic == topic.name)
    finally:
        await admin.close()


def a_record(topic: Topic, value: bytes, *, key: bytes | None = None, headers: tuple[tuple[str, bytes], ...] = ()) -> Record:
    return Record(topic.name, key, headers, value)


async def test_a_new_group_reads_what_was_there_before_it(kafka: str, topic: Topic) -> None:
    publisher = Publisher(KafkaSettings(bootstrap=kafka), client_id="test")
    await publisher.publish([a_record(topic, b"early")])
    await publisher.stop()
    desk = Desk()
    async with delivering(kafka, topic, desk):
        await until(lambda: desk.seen == [b"early"])


async def test_records_of_one_key_are_handled_in_order(kafka: str, topic: Topic) -> None:
    desk = Desk()
    async with delivering(kafka, topic, desk) as publisher:
        wanted = [str(number).encode() for number in range(300)]
        await publisher.publish([a_record(topic, value, key=b"one") for value in wanted])
        await until(lambda: len(desk.seen) == 300)
    assert desk.seen == wanted


async def test_a_bad_record_becomes_a_dead_letter_and_the_others_go_through(kafka: str, topic: Topic) -> None:
    desk = Desk()
    began = datetime.now(UTC)

    async def refuse(record: RawRecord) -> None:
        if record.value == b"bad":
            raise InvalidPayload("no such article", field="text")

    desk.on = refuse
    async with delivering(kafka, topic, desk) as publisher:
        stray = (("trace", b"\xff\xfe"), ("ce_type", b"some.v1"))
        await publisher.publish([a_record(topic, value, key=b"k", headers=stray) for value in (b"one", b"bad", b"two")])
        await until(lambda: len(desk.seen) == 3)
        await until(lambda: _is(committed(kafka, topic), 3))
    (letter,) = await read_all(kafka, topic.dead_letters("tester"))
    headers = dict(letter.headers)
    assert (letter.key, letter.value) == (b"k", b"bad")
    assert headers["trace"] == b"\xff\xfe"
    assert headers["dlq_reason"] == b"invalid-payload"
    assert headers["dlq_error"] == b"text: no such article"
    assert headers["dlq_field"] == b"text"
    assert headers["dlq_topic"] == topic.name.encode()
    assert headers["dlq_offset"] == b"1"
    assert headers["dlq_attempts"] == b"1"
    assert began <= datetime.fromisoformat(headers["dlq_first_failure"].decode()) <= datetime.now(UTC)


async def test_attempts_and_first_failure_count_from_the_first_outage_on(kafka: str, topic: Topic) -> None:
    desk = Desk()
    failed_at: list[datetime] = []

    async def down_then_refused(record: RawRecord) -> None:
        failed_at.append(datetime.now(UTC))
        if len(failed_at) < 3:
            raise ConnectionRefusedError("the database is down")
        raise InvalidPayload("no such article")

    desk.on = down_then_refused
    async with delivering(kafka, topic, desk) as publisher:
        await publisher.publish([a_record(topic, b"one")])
        await until(lambda: _is(committed(kafka, topic), 1))
    (letter,) = await read_all(kafka, topic.dead_letters("tester"))
    assert dict(letter.headers)["dlq_attempts"] == b"3"
    first = datetime.fromisoformat(dict(letter.headers)["dlq_first_failure"].decode())
    assert failed_at[0] <= first < failed_at[1]


async def test_a_record_too_large_for_a_letter_has_one_without_its_body(kafka: str) -> None:
    roomy = Topic(f"t-{uuid4()}", "any", ArticleSubmitted, 1, ("test",), ("tester",))
    letters = replace(roomy.dead_letters("tester"), max_message_bytes=1000)  # as where a compressed record is over the limit once unpacked
    await apply(KafkaSettings(bootstrap=kafka), [roomy, letters])
    desk = Desk()

    async def refuse(record: RawRecord) -> None:
        if record.value != b"next":
            raise InvalidPayload("no such article")

    desk.on = refuse
    async with delivering(kafka, roomy, desk) as publisher:
        long_headers = a_record(roomy, b"y" * 5000, key=b"k", headers=(("trace", b"z" * 3000),))
        await publisher.publish([a_record(roomy, b"x" * 5000, key=b"k"), long_headers, a_record(roomy, b"next", key=b"k")])
        await until(lambda: _is(committed(kafka, roomy), 3))
    first, second = [read_letter(letter, "tester") for letter in await read_all(kafka, letters)]
    assert (first.body, first.left_out, first.reason, first.key) == (None, True, "invalid-payload", b"k")
    assert (second.body, second.left_out, second.reason, second.headers) == (b"", True, "invalid-payload", ())


async def test_the_name_of_a_header_that_is_larger_than_a_letter_is_cut(kafka: str) -> None:
    roomy = Topic(f"t-{uuid4()}", "any", ArticleSubmitted, 1, ("test",), ("tester",))
    letters = replace(roomy.dead_letters("tester"), max_message_bytes=3000)
    await apply(KafkaSettings(bootstrap=kafka), [roomy, letters])
    desk = Desk()

    async def refuse(record: RawRecord) -> None:
        if record.value != b"next":
            raise InvalidPayload("not the attribute in the body", field=record.headers[0][0])

    desk.on = refuse
    async with delivering(kafka, roomy, desk) as publisher:
        named = ((f"ce_{'x' * 5000}", b"1"),)
        await publisher.publish([a_record(roomy, b"", key=b"k", headers=named), a_record(roomy, b"next", key=b"k")])
        await until(lambda: _is(committed(kafka, roomy), 2))
    (letter,) = [read_letter(each, "tester") for each in await read_all(kafka, letters)]
    assert (letter.field, letter.key, letter.headers, letter.left_out) == (f"ce_{'x' * 114}…", None, (), True)


async def test_a_fault_that_leaves_no_letter_stops_the_consumer_and_loses_nothing(kafka: str) -> None:
    roomy = Topic(f"t-{uuid4()}", "any", ArticleSubmitted, 1, ("test",), ("tester",))
    no_letter_fits = replace(roomy.dead_letters("tester"), max_message_bytes=100)
    settings = KafkaSettings(bootstrap=kafka)
    await apply(settings, [roomy, no_letter_fits])
    desk = Desk()

    async def refuse(record: RawRecord) -> None:
        if record.value == b"bad":
            raise InvalidPayload("no such article")

    desk.on = refuse
    publisher = Publisher(settings, client_id="test")
    await publisher.publish([a_record(roomy, value) for value in (b"good", b"bad", b"later", b"last")])
    broker = make_broker(settings, client_id="test")
    delivery = Delivery(broker, publisher, roomy, "tester", desk.handle, on_failure=desk.fail, max_records=1)
    await broker.start()

    async def all_polled() -> bool:
        return bool(await delivery._subscriber.consumer.position(TopicPartition(roomy.name, 0)) == 4)

    await until(lambda: desk.failure is not None)
    await until(all_polled)  # the batches behind it came too, before the service could stop
    await broker.stop()
    await publisher.stop()
    assert isinstance(desk.failure, MessageSizeTooLargeError)
    assert desk.seen == [b"good", b"bad"]
    assert await committed(kafka, roomy) == 1, "what has no letter is read again after the restart"


async def test_a_fault_of_ours_is_kept_as_a_dead_letter_too(kafka: str, topic: Topic) -> None:
    desk = Desk()

    async def stumble(record: RawRecord) -> None:
        raise ZeroDivisionError("a bug")

    desk.on = stumble
    async with delivering(kafka, topic, desk) as publisher:
        await publisher.publish([a_record(topic, b"one")])
        await until(lambda: _is(committed(kafka, topic), 1))
    (letter,) = await read_all(kafka, topic.dead_letters("tester"))
    assert dict(letter.headers)["dlq_reason"] == b"unexpected"
    assert dict(letter.headers)["dlq_error"] == b"ZeroDivisionError: a bug"


async def test_an_outage_is_waited_for_and_nothing_is_dead(kafka: str, topic: Topic) -> None:
    desk = Desk()
    down = 3

    async def until_it_is_up(record: RawRecord) -> None:
        nonlocal down
        if down:
            down -= 1
            raise ConnectionRefusedError("the database is down")

    desk.on = until_it_is_up
    async with delivering(kafka, topic, desk) as publisher:
        await publisher.publish([a_record(topic, b"one", key=b"k"), a_record(topic, b"two", key=b"k")])
        await until(lambda: _is(committed(kafka, topic), 2))
    assert desk.seen == [b"one"] * 4 + [b"two"]
    assert await read_all(kafka, topic.dead_letters("tester")) == []


async def test_a_record_in_hand_at_a_stop_comes_again(kafka: str, topic: Topic) -> None:
    first = Desk()
    stuck = asyncio.Event()

    async def hang(record: RawRecord) -> None:
        if record.value == b"two":
            stuck.set()
            await asyncio.Event().wait()

    first.on = hang
    settings = KafkaSettings(bootstrap=kafka)
    publisher = Publisher(settings, client_id="test")
    broker = make_broker(settings, client_id="test")
    Delivery(broker, publisher, topic, "tester", first.handle, on_failure=first.fail)
    await publisher.publish([a_record(topic, value, key=b"k") for value in (b"one", b"two", b"three")])
    await broker.start()
    await asyncio.wait_for(stuck.wait(), TIMEOUT_S)
    broker.config.broker_config.graceful_timeout = 0.1  # a user who is in a hurry
    await broker.stop()
    await publisher.stop()

    second = Desk()
    async with delivering(kafka, topic, second):
        await until(lambda: second.seen[-2:] == [b"two", b"three"])
    assert first.seen == [b"one", b"two"]


async def test_too_many_dead_letters_in_a_row_stop_the_consumer(kafka: str, topic: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumer_module, "LETTERS_IN_A_ROW", 5)
    desk = Desk()

    async def refuse(record: RawRecord) -> None:
        raise InvalidPayload("none is good")

    desk.on = refuse
    async with delivering(kafka, topic, desk) as publisher:
        await publisher.publish([a_record(topic, str(number).encode(), key=b"k") for number in range(10)])
        await until(lambda: desk.failure is not None)
    assert isinstance(desk.failure, TooManyDeadLetters)
    letters = await read_all(kafka, topic.dead_letters("tester"))
    assert [letter.value for letter in letters] == [b"0", b"1", b"2", b"3", b"4"]
    assert await committed(kafka, topic) == 5, "what was not buried is read again after the restart"


async def test_applying_the_topic_table_twice_changes_nothing(kafka: str, topic: Topic) -> None:
    settings = KafkaSettings(bootstrap=kafka)
    assert await plan(settings, [topic]) == []
    more = Topic(topic.name, "any", ArticleSubmitted, 5, ("test",), ("tester",), max_message_bytes=2_000_000)
    assert [change.what for change in await apply(settings, [more])] == ["add partitions", "set configs"]
    assert await apply(settings, [more]) == []
    assert [change.what for change in await plan(settings, [topic])] == ["too many partitions", "set configs"]


async def _is(answer: Awaitable[int], wanted: int) -> bool:
    return await answer == wanted
