"""The consumer on a real broker and a real database: every event once in effect, none lost, whatever fails."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace

import asyncpg
import pytest
import structlog
from aiokafka import TopicPartition
from muster_contracts.claims import ContingentArrived, DeploymentScheduled, PledgeAnnounced
from muster_contracts.codec import Record
from muster_contracts.topics import Topic
from muster_contracts.transport.settings import PostgresSettings
from muster_projection.migrations import migrate
from muster_projection.store.engine import make_engine
from muster_testkit.cable import Cable
from muster_testkit.dumps import dump_board
from muster_testkit.folding import folding, lag, own_topic, publish, read_all, set_back, until, until_folded
from muster_testkit.telling import article, claim, records, told

COUNTRIES = ("KE", "JM", "BS", "BB", "TD", "BD", "SV", "GT")


@pytest.fixture
async def topic(kafka: str) -> Topic:
    return await own_topic(kafka)


def stories(topic: Topic, *countries: str) -> list[Record]:
    """One article for each country: it pledges, and schedules."""
    return [
        record
        for country in countries or COUNTRIES
        for story in [article(f"pledge-{country}")]
        for record in records(
            told(
                claim(PledgeAnnounced, story, contributor=country, amount=200),
                claim(DeploymentScheduled, story, contributor=country, amount=100, date="2024-07-01", quote="is due to leave"),
            ),
            topic,
        )
    ]


async def pledging(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        return [row[0] for row in await connection.fetch("SELECT contributor FROM board.people WHERE rung = 'pledged' ORDER BY 1")]
    finally:
        await connection.close()


async def test_what_is_published_stands_on_the_board(kafka: str, topic: Topic, board_url: str) -> None:
    await publish(kafka, stories(topic))
    async with folding(kafka, topic, board_url) as running:
        await until_folded(kafka, topic)
    assert await pledging(board_url) == sorted(COUNTRIES)
    assert running.failures == []


async def test_claims_without_their_completion_do_not_show(kafka: str, topic: Topic, board_url: str) -> None:
    claims_alone = stories(topic, "KE")[:-1]
    await publish(kafka, claims_alone)
    async with folding(kafka, topic, board_url):
        await until_folded(kafka, topic)
        assert await pledging(board_url) == []
        await publish(kafka, stories(topic, "KE")[-1:])
        await until_folded(kafka, topic)
    assert await pledging(board_url) == ["KE"]


async def test_everything_twice_is_everything_once(kafka: str, topic: Topic, board_url: str) -> None:
    async with folding(kafka, topic, board_url):
        await publish(kafka, stories(topic))
        await until_folded(kafka, topic)
        once = await dump_board(board_url)
        await publish(kafka, stories(topic))
        await until_folded(kafka, topic)
    assert await dump_board(board_url) == once


async def test_a_bad_record_makes_a_dead_letter_and_its_batch_goes_on(kafka: str, topic: Topic, board_url: str) -> None:
    good = stories(topic)
    whole = good[0]
    key = whole.key
    nul = json.loads(whole.value or b"")
    nul["evidence"] = {"quote": "a\x00b", "start": 0, "end": 3}
    nul["claim_id"] = "00000000-0000-5000-8000-000000000001"
    bad = {
        "missing-header": Record(topic.name, key, (("trace", b"\xff\xfe"),), whole.value),
        "unknown-type": Record(topic.name, key, _with(whole, "ce_type", b"moon-landed.v1"), whole.value),
        "invalid-payload": Record(topic.name, key, whole.headers, b"{"),
        "unexpected": Record(
            topic.name, key, _with(whole, "ce_id", nul["claim_id"].encode()), json.dumps(nul).encode()
        ),  # Postgres holds no NUL in a text
    }
    await publish(kafka, [*good[:4], *bad.values(), *good[4:]])
    async with folding(kafka, topic, board_url) as running:
        await until_folded(kafka, topic)
    assert await pledging(board_url) == sorted(COUNTRIES)
    letters = await read_all(kafka, topic.dead_letters(topic.consumers[0]))
    assert sorted(dict(letter.headers)["dlq_reason"].decode() for letter in letters) == sorted(bad)
    assert {letter.value for letter in letters} == {record.value for record in bad.values()}
    assert running.failures == []


async def test_an_id_with_another_body_is_a_dead_letter_and_the_first_on_the_log_holds(kafka: str, topic: Topic, board_url: str) -> None:
    first = stories(topic)
    other = replace(first[0], value=json.dumps({**json.loads(first[0].value or b""), "certainty": 0.5}).encode())
    await publish(kafka, first)
    async with folding(kafka, topic, board_url) as running:
        await until_folded(kafka, topic)
        once = await dump_board(board_url)
        await publish(kafka, [other, *first, other])
        await until_folded(kafka, topic)
    assert await dump_board(board_url) == once
    letters = await read_all(kafka, topic.dead_letters(topic.consumers[0]))
    assert [(dict(letter.headers)["dlq_reason"], dict(letter.headers)["dlq_field"], letter.value) for letter in letters] == [
        (b"id-reused", b"ce_id", other.value)
    ] * 2
    assert running.failures == []


async def test_a_crash_before_the_commit_to_kafka_folds_nothing_twice(kafka: str, topic: Topic, board_url: str) -> None:
    await publish(kafka, stories(topic))
    async with folding(kafka, topic, board_url):
        await until_folded(kafka, topic)
    before = await dump_board(board_url, checkpoints=True)
    await set_back(kafka, topic)
    assert await lag(kafka, topic, f"muster-{topic.consumers[0]}") == len(stories(topic))
    async with folding(kafka, topic, board_url):
        await until_folded(kafka, topic)  # the hint is given again, though there is nothing left to fold
    assert await dump_board(board_url, checkpoints=True) == before


async def test_a_new_database_is_filled_from_the_start_whatever_kafka_remembers(
    kafka: str, topic: Topic, board_url: str, fresh_database: Callable[[], str]
) -> None:
    await publish(kafka, stories(topic))
    async with folding(kafka, topic, board_url):
        await until_folded(kafka, topic)
    new = fresh_database()
    engine = make_engine(PostgresSettings(url=new), client="test")
    await migrate(engine)
    await engine.dispose()
    async with folding(kafka, topic, new):
        await until(lambda: _same(board_url, new), "the new database holds the same board")


async def test_records_that_were_read_before_the_checkpoint_was_sought_leave_no_hole(kafka: str, board_url: str) -> None:
    topic = await own_topic(kafka, partitions=1)
    place = TopicPartition(topic.name, 0)
    await publish(kafka, stories(topic, "KE"))
    async with folding(kafka, topic, board_url):
        await until_folded(kafka, topic)
    async with folding(kafka, topic, board_url) as running:

        async def is_assigned() -> bool:
            return place in running.consumer.client.assignment() and await running.consumer.client.position(place) == 3

        await until(is_assigned, "the consumer stands at the checkpoint")
        running.consumer.client.pause(place)  # so that it has brought nothing from there yet
        await publish(kafka, [*stories(topic, "JM"), *stories(topic, "BS")])
        # What the client handed out from Kafka's committed offset while the store was being asked for its own:
        await running.consumer.on_batch(tuple((await read_all(kafka, topic))[6:]))
        assert await pledging(board_url) == ["KE"]
        running.consumer.client.resume(place)
        await until_folded(kafka, topic)
    assert await pledging(board_url) == ["BS", "JM", "KE"]


async def test_a_second_owner_is_fenced_and_harms_nothing(
    kafka: str, topic: Topic, board_url: str, fresh_database: Callable[[], str]
) -> None:
    with structlog.testing.capture_logs() as lines:
        async with folding(kafka, topic, board_url) as one, folding(kafka, topic, board_url, consumer="rival") as other:
            await publish(kafka, stories(topic, "KE"))
            await until_folded(kafka, topic)
            await publish(kafka, stories(topic))
            await until_folded(kafka, topic)
            await until(lambda: _is_zero(lag(kafka, topic, "muster-rival")), "the rival has seen that there is nothing left")
    assert "fenced" in {line["event"] for line in lines}
    assert (one.failures, other.failures) == ([], [])
    assert await pledging(board_url) == sorted(COUNTRIES)
    connection = await asyncpg.connect(board_url)
    folded = await connection.fetchval("SELECT sum(next_offset) FROM board.checkpoints")
    await connection.close()
    assert folded == len(stories(topic)) + len(stories(topic, "KE"))


async def test_a_board_that_is_emptied_under_a_running_consumer_is_filled_again(kafka: str, board_url: str) -> None:
    topic = await own_topic(kafka, partitions=1)
    async with folding(kafka, topic, board_url) as running:
        await publish(kafka, stories(topic))
        await until_folded(kafka, topic)
        before = await dump_board(board_url)
        connection = await asyncpg.connect(board_url)
        await connection.execute("TRUNCATE board.claims, board.completions, board.missions, board.checkpoints CASCADE")
        await connection.close()
        await publish(kafka, stories(topic, "KE"))  # what it is fenced off at
        await until_folded(kafka, topic)
        await until(lambda: _dumps(board_url, before), "the board is as it was")
    assert running.failures == []


async def test_an_outage_of_the_database_is_waited_for(kafka: str, topic: Topic, board_url: str) -> None:
    async with Cable(board_url) as cable:
        with structlog.testing.capture_logs() as lines:
            async with folding(kafka, topic, cable.url) as running:
                await publish(kafka, stories(topic, "KE"))
                await until_folded(kafka, topic)
                await cable.pull()
                await publish(kafka, stories(topic))

                async def waits() -> bool:
                    return "waiting for an outage to end" in {line["event"] for line in lines}

                await until(waits, "the consumer waits")
                await cable.plug()
                await until_folded(kafka, topic)
    assert await pledging(board_url) == sorted(COUNTRIES)
    assert await read_all(kafka, topic.dead_letters(topic.consumers[0])) == []
    assert running.failures == []


async def test_a_consumer_that_starts_during_an_outage_folds_from_the_checkpoint_afterwards(
    kafka: str, topic: Topic, board_url: str
) -> None:
    await publish(kafka, stories(topic, "KE"))
    async with folding(kafka, topic, board_url):
        await until_folded(kafka, topic)
    await set_back(kafka, topic)
    await publish(kafka, stories(topic, "JM"))
    async with Cable(board_url) as cable:
        await cable.pull()
        with structlog.testing.capture_logs() as lines:
            async with folding(kafka, topic, cable.url):

                async def waits() -> bool:
                    return "waiting for an outage to end" in {line["event"] for line in lines}

                await until(waits, "the consumer waits")
                await cable.plug()
                await until_folded(kafka, topic)
    assert await pledging(board_url) == ["JM", "KE"]


async def test_partitions_move_to_another_member_and_back_without_loss(kafka: str, topic: Topic, board_url: str) -> None:
    async with folding(kafka, topic, board_url):
        await publish(kafka, stories(topic, *COUNTRIES[:3]))
        async with folding(kafka, topic, board_url):
            await publish(kafka, stories(topic, *COUNTRIES[3:6]))
            await until_folded(kafka, topic)
        await publish(kafka, stories(topic, *COUNTRIES[6:]))
        await until_folded(kafka, topic)
    assert await pledging(board_url) == sorted(COUNTRIES)


async def test_how_the_log_is_cut_into_partitions_changes_nothing(kafka: str, fresh_database: Callable[[], str]) -> None:
    dumps = []
    for partitions in (1, 5):
        topic, url = await own_topic(kafka, partitions=partitions), fresh_database()
        engine = make_engine(PostgresSettings(url=url), client="test")
        await migrate(engine)
        await engine.dispose()
        later = article("arrival", published="2024-06-26")
        landed = records(told(claim(ContingentArrived, later, contributor="KE", amount=200, date="2024-06-25")), topic)
        await publish(kafka, [*landed, *stories(topic)] if partitions > 1 else [*stories(topic), *landed])
        async with folding(kafka, topic, url):
            await until_folded(kafka, topic)
        dumps.append(await dump_board(url))
    assert dumps[0] == dumps[1]
    assert b"contingent-arrived" in dumps[0]


def _with(record: Record, name: str, value: bytes) -> tuple[tuple[str, bytes], ...]:
    return tuple((header, value if header == name else held) for header, held in record.headers)


async def _dumps(url: str, whole: bytes) -> bool:
    return await dump_board(url) == whole


async def _same(one: str, other: str) -> bool:
    return await dump_board(one) == await dump_board(other)


async def _is_zero(number: Awaitable[int]) -> bool:
    return await number == 0
