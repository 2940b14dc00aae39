"""`muster-projection run`, killed while articles come in: downstream is told what an undisturbed run tells, and nothing is lost."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiokafka.partitioner import DefaultPartitioner
from muster_contracts.claims import AnyClaim, ContingentArrived, DeploymentScheduled, ExtractionCompleted, PledgeAnnounced
from muster_contracts.codec import decode
from muster_contracts.topics import MISSION_CHANGES, MISSION_EVENTS, TOPICS
from muster_contracts.transport.settings import KafkaSettings, PostgresSettings
from muster_contracts.transport.topics import apply
from muster_projection.changes import evolve, initial, shown
from muster_projection.migrations import migrate
from muster_projection.store.engine import make_engine
from muster_projection.store.outbox import lag
from muster_projection.store.reading import board_of
from muster_testkit.folding import end_of, publish, read_all, until
from muster_testkit.telling import article, claim, records, retracted, told
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

ARTICLES = 60


def stories(mission: str) -> list[list[AnyClaim | ExtractionCompleted]]:
    """Articles of one partition, so that they come in one order: pledges raised, restated and taken back, plans that slip, arrivals."""
    partitioner, everyone = DefaultPartitioner(), list(range(MISSION_EVENTS.partitions))
    found: list[list[AnyClaim | ExtractionCompleted]] = []
    number = 0
    while len(found) < ARTICLES:
        number += 1
        day = f"2024-{number % 12 + 1:02}-10"
        story = article(f"{mission}-{number}", published=day)
        if partitioner(str(story.article_id).encode(), everyone, everyone) != 0:
            continue
        who = ("KE", "JM", "BS")[number % 3]
        events = told(
            claim(PledgeAnnounced, story, mission=mission, contributor=who, amount=100 + number),
            claim(DeploymentScheduled, story, mission=mission, contributor=who, amount=50, date=f"2025-{number % 12 + 1:02}-01"),
            claim(ContingentArrived, story, mission=mission, contributor=who, amount=10 + number, date=day, quote="have landed"),
        )
        found.append([*events, *([retracted(story, known=day)] if number % 5 == 0 else [])])
    return found


class Running:
    """A projection that runs as a process, and can be killed and started again."""

    def __init__(self, kafka: str, url: str) -> None:
        self._environment = {**os.environ, "MUSTER_KAFKA__BOOTSTRAP": kafka, "MUSTER_POSTGRES__URL": url}
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        command = (sys.executable, "-m", "muster_projection", "run")
        self._process = await asyncio.create_subprocess_exec(*command, env=self._environment, stderr=asyncio.subprocess.DEVNULL)

    async def end(self, by: signal.Signals) -> None:
        assert self._process is not None
        assert self._process.returncode is None, "it ended by itself"
        self._process.send_signal(by)
        await self._process.wait()


@asynccontextmanager
async def projection(kafka: str, url: str) -> AsyncIterator[Running]:
    running = Running(kafka, url)
    await running.start()
    try:
        yield running
    finally:
        await running.end(signal.SIGTERM)


@asynccontextmanager
async def database(fresh_database: Callable[[], str]) -> AsyncIterator[tuple[str, AsyncEngine]]:
    url = fresh_database()
    engine = make_engine(PostgresSettings(url=url), client="test")
    await migrate(engine)
    try:
        yield url, engine
    finally:
        await engine.dispose()


async def folded(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int(await connection.scalar(text("SELECT coalesce(sum(next_offset), 0) FROM board.checkpoints")))


async def until_told(kafka: str, engine: AsyncEngine) -> None:
    async def all_told() -> bool:
        if await folded(engine) != await end_of(kafka, MISSION_EVENTS):
            return False
        async with engine.connect() as connection:
            return (await lag(connection)).waiting == 0

    await until(all_told, "everything is folded and told")


async def changes(kafka: str, mission: str, since: int) -> list[tuple[str, bytes]]:
    """Ids and bodies of a mission's changes in the order of the log, from the n-th on."""
    found = sorted((each for each in await read_all(kafka, MISSION_CHANGES) if each.key == mission.encode()), key=lambda each: each.offset)
    return [(decode(MISSION_CHANGES, each.headers, each.value)[1].id, each.value) for each in found[since:]]


async def test_killed_while_articles_come_in_it_tells_what_an_undisturbed_run_tells(kafka: str, fresh_database: Callable[[], str]) -> None:
    await apply(KafkaSettings(bootstrap=kafka), TOPICS)
    mission = f"x-killed-{uuid4().hex[:8]}"
    articles = stories(mission)
    async with database(fresh_database) as (url, engine):
        async with projection(kafka, url) as running:
            for number, events in enumerate(articles):
                before = await folded(engine)
                await publish(kafka, records(events))
                if number == ARTICLES // 2:
                    await until(lambda before=before: _moved(engine, before), "it is in the middle of it")  # type: ignore[misc]
                    await running.end(signal.SIGKILL)
                    await running.start()
            await until_told(kafka, engine)
        disturbed = await changes(kafka, mission, 0)
        state = initial()
        for _, body in disturbed:
            state = evolve(state, MISSION_CHANGES.adapter.validate_json(body))
        async with engine.connect() as connection:
            board = shown(await board_of(connection, mission, None, None))
    async with database(fresh_database) as (url, engine), projection(kafka, url):
        await until_told(kafka, engine)
        undisturbed = await changes(kafka, mission, len(disturbed))
    assert len(undisturbed) == len(dict(undisturbed)) > 3 * ARTICLES
    assert first_ones(disturbed) == undisturbed, "the same changes with the same bodies in the same order, none lost"
    assert len(set(disturbed)) == len(dict(disturbed)), "a repeat is the same to the byte"
    assert {key: said.value for key, said in state.facts.items()} == {key: said.value for key, said in board.facts.items()}
    assert {key: said.value for key, said in state.status.items()} == {key: said.value for key, said in board.status.items()}


def first_ones(found: Sequence[Any]) -> list[Any]:
    return list(dict.fromkeys(found))


async def _moved(engine: AsyncEngine, before: int) -> bool:
    return await folded(engine) > before
