"""Real resources for tests: a broker, a database server, the whole stack with its services. Nothing here imitates anything."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg
from muster_deploy.home import Home
from muster_deploy.settings import Settings
from muster_deploy.stack import start_kafka, start_postgres, stop_stack

Result = TypeVar("Result")


def elsewhere(work: Callable[[], Result]) -> Result:
    """Run something in a thread of its own: it may run an event loop, whatever the caller's thread does."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def untold(_line: str) -> None:
    """Takes a line of progress and drops it: pytest shows what matters, the logs keep the rest."""


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """A home folder that is removed at the end, with whatever runs in it stopped before."""
    home = Path(tempfile.mkdtemp(prefix="muster-tests-"))
    home.chmod(0o711)  # Postgres runs as another account where the tests run as root, and has to pass here
    try:
        yield home
    finally:
        settings = Settings(home=home)
        with Home(home).locked():
            elsewhere(lambda: stop_stack(settings, untold, wipe=True))
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def running_kafka(settings: Settings) -> Iterator[str]:
    """The address (host:port) of a real broker: the one that the settings give, else one of our own."""
    with throw_away_home() as home:
        ours = settings.model_copy(update={"home": home})
        yield elsewhere(lambda: start_kafka(ours, Home(home), untold))


class PostgresResource:
    """A real database server, and new empty databases on it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._numbers = count(1)
        self._made: list[str] = []

    def fresh_database(self) -> str:
        """The address of a new, empty database. Takes some 30 ms; it goes away with the session."""
        name = f"muster_test_{next(self._numbers)}"
        elsewhere(lambda: asyncio.run(self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')))
        self._made.append(name)
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def drop_all(self) -> None:
        """Drop what was made, where the server isn't ours to throw away."""
        statements = [f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in self._made]
        elsewhere(lambda: asyncio.run(self._execute(*statements)))

    async def _execute(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.url)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running_postgres(settings: Settings) -> Iterator[PostgresResource]:
    """A real server: the one that the settings give, else one of our own that doesn't wait for the disk."""
    with throw_away_home() as home:
        ours = settings.model_copy(update={"home": home})
        server = PostgresResource(elsewhere(lambda: start_postgres(ours, Home(home), untold, durable=False)))
        try:
            yield server
        finally:
            if settings.postgres.url is not None:
                server.drop_all()
