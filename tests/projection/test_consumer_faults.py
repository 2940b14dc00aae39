"""Where the consumer stops, and where it goes on: faults of ours, floods of unreadable records, holes in the log."""

import asyncpg
import pytest
import structlog
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from aiokafka.structs import TopicPartition
from muster_contracts.claims import PledgeAnnounced
from muster_contracts.codec import Record
from muster_contracts.topics import Topic
from muster_contracts.transport.consumer import LETTERS_IN_A_ROW, TooManyDeadLetters
from muster_testkit.folding import folding, lag, own_topic, publish, read_all, until, until_folded
from muster_testkit.telling import article, claim, records, told
from sqlalchemy.exc import ProgrammingError


@pytest.fixture
async def topic(kafka: str) -> Topic:
    return await own_topic(kafka, partitions=1)


def pledge(topic: Topic, country: str) -> list[Record]:
    return records(told(claim(PledgeAnnounced, article(f"pledge-{country}"), contributor=country, amount=200)), topic)


async def execute(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


async def test_a_fault_of_ours_stops_the_consumer_with_nothing_written(kafka: str, topic: Topic, board_url: str) -> None:
    await execute(board_url, "ALTER TABLE board.claims RENAME COLUMN quote TO words")  # tables of another release, say
    async with folding(kafka, topic, board_url) as running:
        await publish(kafka, pledge(topic, "KE"))

        async def stopped() -> bool:
            return bool(running.failures)

        await until(stopped, "the consumer stops")
        await publish(kafka, pledge(topic, "JM"))
    assert isinstance(running.failures[0], ProgrammingError)
    assert await execute(board_url, "SELECT count(*) FROM board.checkpoints") == 0
    assert await read_all(kafka, topic.dead_letters(topic.consumers[0])) == []
    assert await lag(kafka, topic, f"muster-{topic.consumers[0]}") == 4
    await execute(board_url, "ALTER TABLE board.claims RENAME COLUMN words TO quote")
    async with folding(kafka, topic, board_url):
        await until_folded(kafka, topic)
    assert await execute(board_url, "SELECT count(*) FROM board.people") == 2


async def test_a_flood_of_unreadable_records_stops_the_consumer(kafka: str, topic: Topic, board_url: str) -> None:
    noise = [Record(topic.name, b"k", (), b"noise")] * (LETTERS_IN_A_ROW + 1)
    await publish(kafka, noise)
    async with folding(kafka, topic, board_url) as running:

        async def stopped() -> bool:
            return bool(running.failures)

        await until(stopped, "the consumer stops")
    assert isinstance(running.failures[0], TooManyDeadLetters)


async def test_unreadable_records_among_good_ones_stop_nobody(kafka: str, topic: Topic, board_url: str) -> None:
    noise = [Record(topic.name, b"k", (), b"noise")] * (LETTERS_IN_A_ROW - 1)
    await publish(kafka, [*noise, *pledge(topic, "KE"), *noise, *pledge(topic, "JM")])
    async with folding(kafka, topic, board_url) as running:
        await until_folded(kafka, topic)
    assert running.failures == []
    assert await execute(board_url, "SELECT count(*) FROM board.people") == 2
    assert len(await read_all(kafka, topic.dead_letters(topic.consumers[0]))) == 2 * len(noise)


async def test_a_log_whose_beginning_was_deleted_is_read_from_where_it_begins(kafka: str, topic: Topic, board_url: str) -> None:
    await publish(kafka, pledge(topic, "KE"))
    async with folding(kafka, topic, board_url):
        await until_folded(kafka, topic)
    await publish(kafka, [*pledge(topic, "JM"), *pledge(topic, "BS")])
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        await admin.delete_records({TopicPartition(topic.name, 0): RecordsToDelete(before_offset=4)})
    finally:
        await admin.close()
    with structlog.testing.capture_logs() as lines:
        async with folding(kafka, topic, board_url) as running:
            await until_folded(kafka, topic)
    assert running.failures == []
    assert "the log has a hole" in {line["event"] for line in lines}
    assert await execute(board_url, "SELECT string_agg(contributor, ' ' ORDER BY contributor) FROM board.people") == "BS KE"


async def test_a_record_that_brings_the_longest_quote_is_kept(kafka: str, topic: Topic, board_url: str) -> None:
    long = "a" * 1_000_000
    await publish(kafka, records(told(claim(PledgeAnnounced, article("long"), contributor="KE", amount=1, quote=long)), topic))
    async with folding(kafka, topic, board_url) as running:
        await until_folded(kafka, topic)
    assert running.failures == []
    assert await execute(board_url, "SELECT max(length(quote)) FROM board.claims") == len(long)
