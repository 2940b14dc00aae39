"""The relay on a real broker and a real database: in order, at least once, and a repeat has the same id."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import structlog
from muster_contracts.claims import PledgeAnnounced
from muster_contracts.codec import decode
from muster_contracts.topics import MISSION_CHANGES
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.settings import KafkaSettings, PostgresSettings
from muster_contracts.transport.topics import apply
from muster_projection.consumer import Relay
from muster_projection.consumer.relay import Refused
from muster_projection.store.engine import make_engine
from muster_projection.store.folding import fold
from muster_projection.store.outbox import lag, waiting
from muster_testkit.cable import Cable
from muster_testkit.folding import read_all, until
from muster_testkit.telling import article, claim, news, told
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

SOURCE = iter(range(1_000_000))


@pytest.fixture
def mission() -> str:
    """A mission of the test's own: the topic holds others' changes, too."""
    return f"x-relay-{next(SOURCE)}"


@pytest.fixture
async def changes_topic(kafka: str) -> str:
    await apply(KafkaSettings(bootstrap=kafka), [MISSION_CHANGES])
    return kafka


@asynccontextmanager
async def relaying(kafka: str, engine: AsyncEngine) -> AsyncIterator[Relay]:
    failures: list[Exception] = []
    relay = Relay(engine, Publisher(KafkaSettings(bootstrap=kafka), client_id="test"), on_failure=failures.append)
    await relay.start()
    try:
        yield relay
    finally:
        await relay.stop()
    assert failures == []


async def pledge(engine: AsyncEngine, mission: str, *amounts: int) -> None:
    """One article for each amount; each raises the pledge."""
    for amount in amounts:
        story = article(f"{mission}-{amount}", published=f"2024-03-{amount % 28 + 1:02}")
        async with engine.begin() as connection:
            await fold(connection, news(told(claim(PledgeAnnounced, story, mission=mission, contributor="KE", amount=amount))))


async def until_empty(engine: AsyncEngine) -> None:
    async def empty() -> bool:
        async with engine.connect() as connection:
            return (await lag(connection)).waiting == 0

    await until(empty, "the outbox is empty")


async def published(kafka: str, mission: str) -> list[str]:
    """Ids of a mission's changes, in the order of the log."""
    records = [record for record in await read_all(kafka, MISSION_CHANGES) if record.key == mission.encode()]
    assert len({record.partition for record in records}) <= 1
    return [decode(MISSION_CHANGES, record.headers, record.value)[1].id for record in sorted(records, key=lambda each: each.offset)]


async def in_outbox(engine: AsyncEngine) -> list[str]:
    async with engine.begin() as connection:
        return [dict(each.record.headers)["ce_id"].decode() for each in await waiting(connection, 10_000) or ()]


async def test_what_waits_is_published_in_order_and_waits_no_longer(changes_topic: str, board_engine: AsyncEngine, mission: str) -> None:
    await pledge(board_engine, mission, *range(100, 120))
    ids = await in_outbox(board_engine)
    assert len(ids) > 30
    async with relaying(changes_topic, board_engine):
        await until_empty(board_engine)
    assert await published(changes_topic, mission) == ids


async def test_a_crash_between_publishing_and_taking_note_repeats_the_same_changes(
    changes_topic: str, board_engine: AsyncEngine, mission: str
) -> None:
    await pledge(board_engine, mission, 100, 101)
    ids = await in_outbox(board_engine)
    publisher = Publisher(KafkaSettings(bootstrap=changes_topic), client_id="test")
    async with board_engine.connect() as connection:  # never committed, as if the process had ended here
        changes = await waiting(connection, 100)
        assert changes
        await publisher.publish([change.record for change in changes])
        await publisher.stop()
    async with relaying(changes_topic, board_engine):
        await until_empty(board_engine)
    assert await published(changes_topic, mission) == [*ids, *ids]


async def test_a_broker_that_is_away_is_waited_for(changes_topic: str, board_engine: AsyncEngine, mission: str) -> None:
    await pledge(board_engine, mission, 100)
    ids = await in_outbox(board_engine)
    async with Cable(f"kafka://{changes_topic}") as cable:
        address = cable.url.rpartition("@")[2].removeprefix("kafka://")
        await cable.pull()
        with structlog.testing.capture_logs() as lines:
            async with relaying(address, board_engine):

                async def waits() -> bool:
                    return "waiting for an outage to end" in {line["event"] for line in lines}

                await until(waits, "the relay waits")
                assert await in_outbox(board_engine) == ids
                await cable.plug()
                await until_empty(board_engine)
    assert await published(changes_topic, mission) == ids


async def test_a_database_that_is_away_is_waited_for(changes_topic: str, board_url: str, board_engine: AsyncEngine, mission: str) -> None:
    async with Cable(board_url) as cable:
        engine = make_engine(PostgresSettings(url=cable.url), client="test")
        with structlog.testing.capture_logs() as lines:
            async with relaying(changes_topic, engine) as relay:
                await cable.pull()
                await pledge(board_engine, mission, 100)
                ids = await in_outbox(board_engine)
                relay.wake()

                async def waits() -> bool:
                    return "waiting for an outage to end" in {line["event"] for line in lines}

                await until(waits, "the relay waits")
                await cable.plug()
                await until_empty(board_engine)
        await engine.dispose()
    assert await published(changes_topic, mission) == ids


async def test_a_change_that_the_broker_refuses_stops_the_relay_and_is_named(
    changes_topic: str, board_engine: AsyncEngine, mission: str
) -> None:
    await pledge(board_engine, mission, 100, 101)
    ids = await in_outbox(board_engine)
    async with board_engine.begin() as connection:
        places = [each.place for each in await waiting(connection, 100) or ()]
        too_long = {"place": places[2], "body": "x" * 16 * 2**20}  # more than any topic takes
        await connection.execute(text("UPDATE changes.outbox SET body = :body WHERE place = :place"), too_long)
    failures: list[Exception] = []
    relay = Relay(board_engine, Publisher(KafkaSettings(bootstrap=changes_topic), client_id="test"), on_failure=failures.append)

    async def stopped() -> bool:
        return bool(failures)

    with structlog.testing.capture_logs() as lines:
        await relay.start()
        await until(stopped, "the relay stops")
        await relay.stop()
    assert [type(failure) for failure in failures] == [Refused]
    refused = [(line["place"], line["mission"]) for line in lines if line["event"] == "change refused" and line["log_level"] == "error"]
    assert refused == [(places[2], mission)]
    assert await in_outbox(board_engine) == ids[2:]
    assert list(dict.fromkeys(await published(changes_topic, mission))) == ids[:2]


async def test_of_two_relays_one_works_and_nothing_comes_twice(changes_topic: str, board_engine: AsyncEngine, mission: str) -> None:
    async with relaying(changes_topic, board_engine) as one, relaying(changes_topic, board_engine) as other:
        for amount in range(100, 110):
            await pledge(board_engine, mission, amount)
            one.wake()
            other.wake()
        await until_empty(board_engine)
    found = await published(changes_topic, mission)
    assert len(found) == len(set(found)) == 20


async def test_the_commands_mute_unmute_and_say_how_far_downstream_is_behind(
    board_url: str, board_engine: AsyncEngine, mission: str
) -> None:
    async def run(*arguments: str) -> str:
        environment = {"MUSTER_POSTGRES__URL": board_url}
        ran = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "muster_projection", *arguments, env=environment, stdout=asyncio.subprocess.PIPE
        )
        said, _ = await ran.communicate()
        assert ran.returncode == 0
        return said.decode()

    await run("mute", "green")
    await pledge(board_engine, mission, 100)
    assert json.loads(await run("changes")) == {"waiting": 0, "oldest": None, "muted_by": ["green"], "behind": 1}
    await run("unmute", "green")
    async with board_engine.connect() as connection:
        now = await lag(connection)
    assert (now.muted_by, now.behind) == ((), 0)
    assert now.waiting == len(await in_outbox(board_engine)) > 0
