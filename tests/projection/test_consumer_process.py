"""`muster-projection run` as a process: killed, restarted, told to stop while the database is down."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg
import pytest
from muster_contracts.claims import AnyClaim, ContingentArrived, ExtractionCompleted, PledgeAnnounced
from muster_contracts.topics import MISSION_EVENTS, TOPICS
from muster_contracts.transport.settings import KafkaSettings, PostgresSettings
from muster_contracts.transport.topics import apply
from muster_projection.migrations import migrate
from muster_projection.store.engine import make_engine
from muster_testkit.cable import Cable
from muster_testkit.dumps import dump_board
from muster_testkit.folding import end_of, publish, until
from muster_testkit.telling import article, claim, records, told

STOPS_WITHIN_S = 15.0
"""Seconds on a machine that does other things, too; a stop that waited for the batch in hand would take 30."""


@pytest.fixture
async def log(kafka: str) -> str:
    """A broker whose `mission-events` holds the stories of 150 articles, and perhaps others."""
    await apply(KafkaSettings(bootstrap=kafka), TOPICS)
    events: list[AnyClaim | ExtractionCompleted] = []
    for country in ("KE", "JM", "BS"):
        for number in range(50):
            month = f"2024-{number % 12 + 1:02}"
            story = article(f"{country}-{number}", published=f"{month}-10")
            pledge = claim(PledgeAnnounced, story, contributor=country, amount=100 + number)
            events += told(pledge, claim(ContingentArrived, story, contributor=country, amount=50 + number, date=month))
    await publish(kafka, records(events))
    return kafka


@asynccontextmanager
async def process(kafka: str, postgres_url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {**os.environ, "MUSTER_KAFKA__BOOTSTRAP": kafka, "MUSTER_POSTGRES__URL": postgres_url}
    command = (sys.executable, "-m", "muster_projection", "run")
    running = await asyncio.create_subprocess_exec(*command, env=environment, stderr=asyncio.subprocess.PIPE)
    try:
        yield running
    finally:
        if running.returncode is None:
            running.terminate()  # leaves its group; one that was killed is missed only when its session ends
        await running.communicate()


async def says(running: asyncio.subprocess.Process, event: bytes) -> None:
    """Return once the process has logged an event."""
    assert running.stderr is not None
    async with asyncio.timeout(30):
        while line := await running.stderr.readline():
            if event in line:
                return
    raise AssertionError(f"it ended without {event.decode()}")


async def until_all_is_folded(kafka: str, url: str) -> None:
    """By the store's own checkpoints: Kafka's hint may still speak of another database."""

    async def done() -> bool:
        return await folded(url) == await end_of(kafka, MISSION_EVENTS)

    await until(done, "everything is folded")


async def folded(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("SELECT coalesce(sum(next_offset), 0) FROM board.checkpoints"))
    finally:
        await connection.close()


@pytest.mark.parametrize("moment", [b"service starts", b"partitions sought"])
async def test_killed_at_any_moment_and_started_again_it_makes_the_same_board(
    log: str, board_url: str, fresh_database: Callable[[], str], moment: bytes
) -> None:
    async with process(log, board_url) as running:
        await says(running, moment)
        running.send_signal(signal.SIGKILL)
    async with process(log, board_url):
        await until_all_is_folded(log, board_url)
    undisturbed = fresh_database()
    engine = make_engine(PostgresSettings(url=undisturbed), client="test")
    await migrate(engine)
    await engine.dispose()
    async with process(log, undisturbed):
        await until_all_is_folded(log, undisturbed)
    assert await dump_board(undisturbed, checkpoints=True) == await dump_board(board_url, checkpoints=True)


async def test_told_to_stop_while_the_database_is_down_it_ends_well_and_soon(log: str, board_url: str) -> None:
    async with Cable(board_url) as cable, process(log, cable.url) as running:
        await until_all_is_folded(log, board_url)
        await cable.pull()
        await publish(log, records(told(claim(PledgeAnnounced, article("one-more"), contributor="BD", amount=20))))
        await says(running, b"waiting for an outage to end")
        running.send_signal(signal.SIGTERM)
        async with asyncio.timeout(STOPS_WITHIN_S):
            assert await running.wait() == 0


async def test_without_its_tables_it_ends_with_a_status_and_says_what_to_do(log: str, fresh_database: Callable[[], str]) -> None:
    async with process(log, fresh_database()) as running:
        await says(running, b"run `muster-projection migrate`")
        assert await running.wait() == 1
