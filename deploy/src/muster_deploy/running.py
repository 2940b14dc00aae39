"""Everything up, everything down: the stack, its topics and tables, and the services."""

from __future__ import annotations

import asyncio
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
from aiokafka.errors import KafkaError
from muster_contracts.transport import topics
from muster_contracts.transport.settings import KafkaSettings

from muster_deploy.errors import DidNotStart, OperatorError
from muster_deploy.home import Home
from muster_deploy.lag import LagReader
from muster_deploy.ports import free_ports, is_free
from muster_deploy.programs import last_lines, spawn, stop
from muster_deploy.services import MIGRATIONS, SERVICES, migrate
from muster_deploy.settings import Settings
from muster_deploy.stack import Addresses, Told, start_stack, stop_stack
from muster_deploy.state import change_stack, read_services, read_stack
from muster_deploy.supervisor import stop_orphans

HOPELESS_AFTER = 5  # ends of one service during a start; their pauses sum up to 15 s


@dataclass(frozen=True)
class Running:
    """Where everything is."""

    addresses: Addresses
    board: str  # http://host:port
    was_running: bool


def up(settings: Settings, told: Told, *, durable: bool = True) -> Running:
    """Start whatever doesn't run yet, and return once all services work. A second call finds everything running and changes nothing.

    What this call started is stopped again where it fails.

    Raises:
        OperatorError: something is missing, didn't start or didn't answer in time.
    """
    home = Home(settings.home)
    with home.locked():
        before = read_stack(home)
        was_running = before.supervisor is not None and before.supervisor.runs()
        try:
            addresses = start_stack(settings, told, durable=durable)
            if was_running and before.board is not None and _same(before.bootstrap, before.postgres_url, addresses):
                until_services_work(settings, addresses, before.board)
                return Running(addresses, before.board, was_running=True)
            return _start_services(settings, home, addresses, told)
        except BaseException:
            if not was_running:
                _stop_all(settings, home, told)
            raise


def down(settings: Settings, told: Told, *, wipe: bool = False) -> None:
    """Stop what runs: the services, then Postgres, then Kafka. Says of each how it went.

    Args:
        wipe: remove data, logs and state as well.
    """
    home = Home(settings.home)
    with home.locked():
        _stop_all(settings, home, told, wipe=wipe)


def apply_topics(bootstrap: str, told: Told) -> None:
    """Make the broker's topics what the topic table says.

    Raises:
        OperatorError: the broker refused.
    """
    try:
        changes = asyncio.run(topics.apply(KafkaSettings(bootstrap=bootstrap)))
    except KafkaError as error:
        raise OperatorError(f"The topics could not be applied at {bootstrap}: {error}") from error
    told(f"topics applied: {len(changes)} change{'' if len(changes) == 1 else 's'}")


def until_services_work(settings: Settings, addresses: Addresses, board: str) -> None:
    """Wait until every consumer has its partitions and the board answers.

    Raises:
        DidNotStart: one ended again and again, or took too long; carries the last lines of its log.
    """
    asyncio.run(_until_services_work(settings, addresses, board))


def _start_services(settings: Settings, home: Home, addresses: Addresses, told: Told) -> Running:
    before = read_stack(home)
    if before.supervisor is not None:
        stop(before.supervisor, seconds=settings.stack.stop_seconds * len(SERVICES))
    stop_orphans(home, told, seconds=settings.stack.stop_seconds)
    with ThreadPoolExecutor() as at_once:  # each is a program's start more than work
        steps = [at_once.submit(apply_topics, addresses.bootstrap, told)]
        steps += [at_once.submit(migrate, home, command, addresses.environment()) for command in MIGRATIONS]
    for step in steps:
        step.result()
    told("tables migrated")
    port = _board_port(settings)
    board = f"http://{settings.api.host}:{port}"
    environment = {
        **addresses.environment(),
        "MUSTER_HOME": str(home.folder),
        "MUSTER_API__HOST": settings.api.host,
        "MUSTER_API__PORT": str(port),
    }
    supervisor = spawn(
        "supervisor",
        [sys.executable, "-m", "muster_deploy.supervisor"],
        log=home.log("supervisor"),
        cwd=home.folder,
        environment=environment,
    )
    change_stack(home, supervisor=supervisor, board=board)
    told(f"services start: {', '.join(service.name for service in SERVICES)}")
    began = time.monotonic()
    until_services_work(settings, addresses, board)
    told(f"services work after {time.monotonic() - began:.1f} s")
    return Running(addresses, board, was_running=False)


def _stop_all(settings: Settings, home: Home, told: Told, *, wipe: bool = False) -> None:
    state = read_stack(home)
    if state.supervisor is not None:
        names = [program.name for program in read_services(home).programs]
        outcome = stop(state.supervisor, seconds=settings.stack.stop_seconds * len(SERVICES))
        told(f"services {outcome}" + (f": {', '.join(reversed(names))}" if outcome == "stopped" and names else ""))
    stop_orphans(home, told, seconds=settings.stack.stop_seconds)
    change_stack(home, supervisor=None, board=None)
    stop_stack(settings, told, wipe=wipe)


def _board_port(settings: Settings) -> int:
    wanted, host = settings.api.port, settings.api.host
    if wanted == 0:
        return free_ports(None)[0]
    if is_free(wanted, host):
        return wanted
    if "port" in settings.api.model_fields_set:
        raise DidNotStart(
            f"Port {wanted} on {host} is in use by another program.", remedy="Set MUSTER_API__PORT to a free port, or unset it."
        )
    return free_ports(None)[0]


def _same(bootstrap: str | None, postgres_url: str | None, addresses: Addresses) -> bool:
    return (bootstrap, postgres_url) == (addresses.bootstrap, addresses.postgres_url)


async def _until_services_work(settings: Settings, addresses: Addresses, board: str) -> None:
    home = Home(settings.home)
    deadline = time.monotonic() + settings.stack.start_seconds
    waiting = [service for service in SERVICES if service.group is not None]
    async with LagReader(addresses.bootstrap) as reader, httpx.AsyncClient(base_url=board, timeout=2.0) as client:
        board_answers = False
        while waiting or not board_answers:
            waiting = [service for service in waiting if not await reader.is_consuming(service.group or "")]
            board_answers = board_answers or await _answers(client)
            restarts = read_services(home).restarts
            late = waiting[0].name if waiting else "board"
            hopeless = next((name for name, count in restarts.items() if count >= HOPELESS_AFTER), None)
            if hopeless is not None or time.monotonic() > deadline:
                name = hopeless or late
                raise DidNotStart(
                    f"{name} ended again and again while it started."
                    if hopeless
                    else f"{name} did not work after {settings.stack.start_seconds:.0f} s.",
                    remedy=f"Its log: {home.log(name)}",
                    log_lines=last_lines(home.log(name)),
                )
            if waiting or not board_answers:
                await asyncio.sleep(0.1)


async def _answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/ready")).is_success
    except httpx.HTTPError:
        return False
