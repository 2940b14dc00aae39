"""What tests do to a running stack: empty it, publish, read its board, kill. Every wait is for a condition, and bounded."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from muster_contracts.topics import EVENT_TOPICS, TOPICS
from muster_deploy import running
from muster_deploy.programs import Program, spawn, stop
from muster_deploy.services import program_path
from muster_deploy.state import change_stack, read_services, read_stack
from muster_deploy.supervisor import stop_orphans

from muster_testkit.dumps import dump_board
from muster_testkit.resources import elsewhere, untold
from muster_testkit.stack import RunningStack
from muster_testkit.topics import end_of

FOLDED_WITHIN: Final = 90.0
"""Seconds for the board to hold what was published; the corpus takes a few on two cores that do nothing else."""

Found = TypeVar("Found")


class NeverCame(AssertionError):
    """A condition did not come about in time."""


def wait_for(condition: Callable[[], Found | None], what: str, *, seconds: float = 30.0) -> Found:
    """What `condition` gives, once it gives something true.

    Raises:
        NeverCame: it gave nothing within the bound; names what was waited for.
    """
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise NeverCame(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.02)
    return found


def stop_services(stack: RunningStack) -> None:
    """Supervisor and services down; broker and database stay up."""
    seconds = stack.settings.stack.stop_seconds
    with stack.home.locked():
        supervisor = read_stack(stack.home).supervisor
        if supervisor is not None:
            stop(supervisor, seconds=seconds * 4)
        stop_orphans(stack.home, untold, seconds=seconds)
        change_stack(stack.home, supervisor=None, board=None)


def start_services(stack: RunningStack) -> None:
    """Services up again, until all of them work."""
    stack.board = elsewhere(lambda: running.up(stack.settings, untold, durable=False)).board


def fresh(stack: RunningStack) -> None:
    """The services on empty topics, an empty database and empty logs. Broker and database go on running."""
    if not any(end_of(stack, topic) for topic in EVENT_TOPICS) and not read_services(stack.home).restarts:
        return  # as it was started: nothing has happened yet
    stop_services(stack)
    _run(_empty_topics(stack.addresses.bootstrap))
    _run(_empty_database(stack.addresses.postgres_url))
    for log in stack.home.logs.glob("*.log"):
        if log.stem not in {"kafka", "postgres"}:
            log.unlink()
    start_services(stack)


def publish(stack: RunningStack, *paths: Path) -> None:
    """`muster publish` of files, which must succeed; returns once the board holds them."""
    done = stack.muster("publish", *paths)
    assert done.returncode == 0, done.stderr.decode()
    stack.until_folded(FOLDED_WITHIN)


def status(stack: RunningStack, mission: str, *options: str) -> dict[str, Any]:
    """`muster status MISSION --json`: the board as JSON."""
    done = stack.muster("status", mission, *options, "--json")
    assert done.returncode == 0, done.stderr.decode()
    board: dict[str, Any] = json.loads(done.stdout)
    return board


def board(stack: RunningStack, mission: str, *, valid_at: date | None = None, known_at: date | None = None) -> dict[str, Any]:
    """The board as the read API serves it."""
    days = {"valid_at": valid_at, "known_at": known_at}
    asked = {name: day.isoformat() for name, day in days.items() if day is not None}
    answer = httpx.get(f"{stack.board}/missions/{mission}", params=asked, timeout=30)
    assert answer.is_success, answer.text
    served: dict[str, Any] = answer.json()
    return served


def board_rows(stack: RunningStack) -> bytes:
    """Every row of the board's schema, in one order: equal boards give equal bytes. Places in the log are left out."""
    return _run(dump_board(stack.addresses.postgres_url))


def differences(one: bytes, other: bytes, *, shown: int = 6) -> list[str]:
    """What two dumps differ in, row by row: none where they are the same bytes.

    Args:
        shown: most rows that are given of each.
    """
    if one == other:
        return []
    left, right = one.decode().splitlines(), other.decode().splitlines()
    only = [f"- {row}" for row in sorted(set(left) - set(right))[:shown]] + [f"+ {row}" for row in sorted(set(right) - set(left))[:shown]]
    return only or ["the same rows, in another order or number"]


def kill(stack: RunningStack, name: str) -> None:
    """`kill -9` of a service; returns once its supervisor has started it again."""
    killed = stack.program(name)
    os.kill(killed.pid, signal.SIGKILL)
    wait_for(lambda: _other_pid(stack, name, killed.pid), f"{name} starts again")


def log_of(stack: RunningStack, name: str) -> str:
    """What a program has said so far; empty where it has said nothing."""
    path = stack.home.log(name)
    return path.read_text("utf-8", "replace") if path.is_file() else ""


@contextmanager
def another(stack: RunningStack, *command: str) -> Iterator[Program]:
    """One more process of a service beside the supervised one, e.g. `another(stack, "muster-projection", "run")`."""
    name = f"another-{command[0]}"
    environment = stack.addresses.environment()
    program = spawn(name, program_path(command), log=stack.home.log(name), cwd=stack.home.folder, environment=environment)
    try:
        yield program
    finally:
        stop(program, seconds=stack.settings.stack.stop_seconds)


def members(stack: RunningStack, group: str) -> int:
    """How many members a consumer group has while it is stable; 0 while it is not."""
    return _run(_members(stack.addresses.bootstrap, group))


def _run(work: Awaitable[Found]) -> Found:
    async def awaited() -> Found:
        return await work

    return elsewhere(lambda: asyncio.run(awaited()))


def _other_pid(stack: RunningStack, name: str, pid: int) -> bool:
    try:
        return stack.program(name).pid != pid
    except KeyError:
        return False


async def _empty_topics(bootstrap: str) -> None:
    # What groups have committed goes with the topics.
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        there = set(await admin.list_topics()) & {topic.name for topic in TOPICS}
        if there:
            await admin.delete_topics(sorted(there))
        deadline = time.monotonic() + 30
        while there & set(await admin.list_topics()):
            assert time.monotonic() < deadline, "the topics did not go"
            await asyncio.sleep(0.05)
    finally:
        await admin.close()


async def _empty_database(url: str) -> None:
    name = urlsplit(url).path.removeprefix("/")
    connection = await asyncpg.connect(urlunsplit(urlsplit(url)._replace(path="/postgres")))
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.execute(f'CREATE DATABASE "{name}"')
    finally:
        await connection.close()


async def _members(bootstrap: str, group: str) -> int:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        for answer in await admin.describe_consumer_groups([group]):
            for _error, _group, state, _protocol_type, _protocol, found, *_ in answer.groups:
                return len(found) if state == "Stable" else 0
        return 0
    except KafkaError:
        return 0  # its coordinator is not there yet
    finally:
        await admin.close()
