"""Ingest as a real process on a real Kafka and a real Postgres."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from muster_contracts.transport import topics
from muster_contracts.transport.settings import KafkaSettings
from muster_testkit.ingesting import Ingest


@pytest.fixture
async def ingest_on(kafka: str, tmp_path: Path) -> AsyncIterator[Callable[[str], Ingest]]:
    """Makes an ingest for a database; what was started is stopped at the end."""
    await topics.apply(KafkaSettings(bootstrap=kafka))
    made: list[Ingest] = []

    def make(database: str) -> Ingest:
        made.append(Ingest(kafka, database, tmp_path))
        return made[-1]

    yield make
    for each in made:
        await asyncio.to_thread(each.close)


@pytest.fixture
def ingest(ingest_on: Callable[[str], Ingest], fresh_database: Callable[[], str]) -> Ingest:
    """A migrated, running ingest on a database of its own."""
    process = ingest_on(fresh_database())
    done = process.command("migrate")
    assert done.returncode == 0, done.stderr.decode()
    process.start()
    return process
