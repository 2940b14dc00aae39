"""The pytest plugin of the kit: fixtures that own resources. Builders are plain functions elsewhere in the kit."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from types import FrameType

import pytest
from muster_deploy.settings import Settings, read_settings

from muster_testkit.resources import PostgresResource, running_kafka, running_postgres
from muster_testkit.stack import RunningStack, running_stack


def pytest_sessionstart() -> None:
    """Let a polite kill end the session as Ctrl-C does: fixtures then stop what they started."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


@pytest.fixture(scope="session")
def muster_settings() -> Settings:
    """The settings that the environment gives to the session."""
    return read_settings()


@pytest.fixture(scope="session")
def kafka(muster_settings: Settings) -> Iterator[str]:
    """The address (host:port) of a real Kafka, one for the session. MUSTER_KAFKA__BOOTSTRAP replaces it."""
    with running_kafka(muster_settings) as bootstrap:
        yield bootstrap


@pytest.fixture(scope="session")
def postgres(muster_settings: Settings) -> Iterator[PostgresResource]:
    """A real Postgres, one for the session. MUSTER_POSTGRES__URL replaces it."""
    with running_postgres(muster_settings) as server:
        yield server


@pytest.fixture
def fresh_database(postgres: PostgresResource) -> Callable[[], str]:
    """Makes a new, empty database at each call and gives its address."""
    return postgres.fresh_database


@pytest.fixture(scope="session")
def stack() -> Iterator[RunningStack]:
    """All services as real processes on a Kafka and a Postgres of their own, one for the session."""
    with running_stack() as started:
        yield started
