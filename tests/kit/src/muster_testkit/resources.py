"""Real resources for tests: a broker, a database server, the whole stack with its services. Nothing here imitates anything."""

from __future__ import annotations

import asyncio
import os
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
import psutil
from muster_deploy.home import Home
from muster_deploy.programs import Program
from muster_deploy.running import down
from muster_deploy.settings import Settings
from muster_deploy.stack import start_kafka, start_postgres

Result = TypeVar("Result")

PREFIX = "muster-tests-"
OWNER = "owner.json"


def elsewhere(work: Callable[[], Result]) -> Result:
    """Run something in a thread of its own: it may run an event loop, whatever the caller's thread does."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work).result()


def throw_away(settings: Settings, home: Path) -> Settings:
    """Settings for servers that live for a test session: Java compiles fast and not well, so a broker starts in two thirds of the time."""
    return settings.model_copy(
        update={"home": home, "stack": settings.stack.model_copy(update={"java_options": "-XX:TieredStopAtLevel=1"})}
    )


def untold(_line: str) -> None:
    """Takes a line of progress and drops it: pytest shows what matters, the logs keep the rest."""


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """A home folder that is removed at the end, with whatever runs in it stopped before.

    A session that is killed outright can't do that; so every session looks first for homes whose owner is gone.
    """
    for home in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_abandoned(home):
            _remove(home)
    home = Path(tempfile.mkdtemp(prefix=PREFIX))
    home.chmod(0o711)  # Postgres runs as another account where the tests run as root, and has to pass here
    us = Program(name="tests", pid=os.getpid(), started=psutil.Process().create_time(), log=home / "tests.log")
    (home / OWNER).write_text(us.model_dump_json(), encoding="utf-8")
    try:
        yield home
    finally:
        _remove(home)


def _is_abandoned(home: Path) -> bool:
    try:
        return not Program.model_validate_json((home / OWNER).read_bytes()).runs()
    except (OSError, ValueError):
        return False  # just being made, or another user's


def _remove(home: Path) -> None:
    settings = Settings(home=home)
    elsewhere(lambda: down(settings, untold, wipe=True))
    shutil.rmtree(home, ignore_errors=True)


@contextmanager
def running_kafka(settings: Settings) -> Iterator[str]:
    """The address (host:port) of a real broker: the one that the settings give, else one of our own."""
    with throw_away_home() as home:
        ours = throw_away(settings, home)
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
