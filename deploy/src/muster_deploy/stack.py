"""The local stack: Kafka and Postgres, started, found again, stopped. An address in the settings replaces either."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from muster_deploy.errors import DidNotStart, NotRunning
from muster_deploy.home import Home
from muster_deploy.jars import jar_folder, resolve_jars
from muster_deploy.java import find_java
from muster_deploy.kafka import KafkaServer, answers_admin
from muster_deploy.ports import LOOPBACK, free_ports, is_free
from muster_deploy.postgres import PostgresServer, database_answers
from muster_deploy.programs import stop
from muster_deploy.settings import Settings
from muster_deploy.state import KafkaState, PostgresState, change_stack, read_stack
from muster_deploy.waiting import until_ready

Told = Callable[[str], None]  # takes one line of progress

# A free port can be taken between the look and the start; a start with other ports is the answer.
STARTS: Final = 3


@dataclass(frozen=True)
class Addresses:
    """Where the broker and the database are."""

    bootstrap: str
    postgres_url: str

    def environment(self) -> dict[str, str]:
        """As the services read them."""
        return {"MUSTER_KAFKA__BOOTSTRAP": self.bootstrap, "MUSTER_POSTGRES__URL": self.postgres_url}


def start_stack(settings: Settings, told: Told, *, durable: bool = True) -> Addresses:
    """Start what doesn't run yet, and wait until both answer. The caller holds the home's lock.

    Raises:
        OperatorError: a program is missing or didn't start, or an address that was given doesn't answer.
    """
    home = Home(settings.home)
    with ThreadPoolExecutor(max_workers=2) as both:
        broker = both.submit(start_kafka, settings, home, told)
        database = both.submit(start_postgres, settings, home, told, durable)
    # Both have ended here, so what did start is on record before either's error is raised.
    addresses = Addresses(broker.result(), database.result())
    change_stack(home, bootstrap=addresses.bootstrap, postgres_url=addresses.postgres_url)
    return addresses


def stop_stack(settings: Settings, told: Told, *, wipe: bool = False) -> None:
    """Stop what we started: Postgres first, then Kafka. The caller holds the home's lock, and has stopped the services.

    Args:
        wipe: remove data, logs and state as well.
    """
    home = Home(settings.home)
    stop_postgres(settings, told)
    stop_kafka(settings, told)
    change_stack(home, bootstrap=None, postgres_url=None)
    if wipe:
        if home.postgres.is_dir():
            PostgresServer(home.postgres, log=home.log("postgres")).wipe()
        shutil.rmtree(home.kafka, ignore_errors=True)
        shutil.rmtree(home.logs, ignore_errors=True)
        for path in (home.stack_state, home.services_state):
            path.unlink(missing_ok=True)
        told(f"data, logs and state in {home.folder} removed")


def stop_postgres(settings: Settings, told: Told) -> None:
    """Stop our Postgres, where one runs; its port and data stay for the next start."""
    home = Home(settings.home)
    known = read_stack(home).postgres
    if known is not None and known.program is not None:
        # SIGINT is Postgres's fast shutdown: open transactions are rolled back, nothing is lost, nobody is waited for.
        outcome = stop(known.program, seconds=settings.stack.stop_seconds, first=signal.SIGINT)
        change_stack(home, postgres=known.model_copy(update={"program": None}))
        told(f"postgres {outcome}")


def stop_kafka(settings: Settings, told: Told) -> None:
    """Stop our Kafka, where one runs; its ports and data stay for the next start."""
    home = Home(settings.home)
    known = read_stack(home).kafka
    if known is not None and known.program is not None:
        outcome = stop(known.program, seconds=settings.stack.stop_seconds)
        change_stack(home, kafka=known.model_copy(update={"program": None}))
        told(f"kafka {outcome}")


def running_broker(settings: Settings) -> str:
    """The broker's address: as given, else as the running stack has it.

    Raises:
        NotRunning: neither.
    """
    state = read_stack(Home(settings.home))
    is_ours = state.kafka is not None and state.kafka.bootstrap == state.bootstrap
    alive = not is_ours or (state.kafka is not None and state.kafka.program is not None and state.kafka.program.runs())
    bootstrap = settings.kafka.bootstrap or (state.bootstrap if alive else None)
    if bootstrap is None:
        raise NotRunning(
            f"No Kafka runs in {settings.home}.", remedy="Start it with `muster up`, or give an address in MUSTER_KAFKA__BOOTSTRAP."
        )
    return bootstrap


def start_kafka(settings: Settings, home: Home, told: Told) -> str:
    """The broker's address, which answers."""
    if given := settings.kafka.bootstrap:
        if not answers_admin(given):
            raise NotRunning(
                f"No Kafka answers at {given} (MUSTER_KAFKA__BOOTSTRAP).",
                remedy="Start it, mend the address, or unset it for a Kafka of ours.",
            )
        told(f"kafka is given: {given}")
        return given
    known = read_stack(home).kafka
    if known is not None and known.program is not None and known.program.runs():
        until_ready(known.program, lambda: answers_admin(known.bootstrap), seconds=settings.stack.start_seconds)
        told(f"kafka runs: {known.bootstrap}")
        return known.bootstrap

    java = find_java(settings.stack.java)
    if not jar_folder(settings.stack.cache).exists():
        told("kafka: resolving its jars")
    jars = resolve_jars(settings.stack.cache)
    server = KafkaServer(
        home.kafka, java=java, jars=jars, heap=settings.stack.kafka_heap, options=settings.stack.java_options, log=home.log("kafka")
    )
    for attempt in range(1, STARTS + 1):
        began = time.monotonic()
        port, controller_port = free_ports(*((known.port, known.controller_port) if known and attempt == 1 else (None, None)))
        bootstrap = f"{LOOPBACK}:{port}"
        told(f"kafka starts on {bootstrap}")
        program = server.start(port, controller_port)
        change_stack(home, kafka=KafkaState(bootstrap=bootstrap, port=port, controller_port=controller_port, program=program))
        try:
            until_ready(program, lambda address=bootstrap: answers_admin(address), seconds=settings.stack.start_seconds)  # type: ignore[misc]
        except DidNotStart:
            port_was_taken = not program.runs() and not (is_free(port) and is_free(controller_port))
            stop(program, seconds=settings.stack.stop_seconds)
            if port_was_taken and attempt < STARTS:
                continue
            raise
        told(f"kafka answers after {time.monotonic() - began:.1f} s")
        return bootstrap
    raise AssertionError("unreachable: the last attempt returns or raises")


def start_postgres(settings: Settings, home: Home, told: Told, durable: bool = True) -> str:
    """The database's address, which answers."""
    if given := settings.postgres.url:
        if not database_answers(given):
            raise NotRunning(
                f"No Postgres answers at {without_password(given)} (MUSTER_POSTGRES__URL).",
                remedy="Start it, mend the address (postgresql://user:password@host:port/database), or unset it for a Postgres of ours.",
            )
        told(f"postgres is given: {without_password(given)}")
        return given
    known = read_stack(home).postgres
    server = PostgresServer(home.postgres, log=home.log("postgres"), durable=durable)
    if known is not None and known.program is not None and known.program.runs():
        until_ready(known.program, lambda: server.answers(known.port), seconds=settings.stack.start_seconds)
        told(f"postgres runs: {without_password(known.url)}")
        return known.url

    for attempt in range(1, STARTS + 1):
        began = time.monotonic()
        (port,) = free_ports(known.port if known and attempt == 1 else None)
        url = server.url(port)
        told(f"postgres starts on {LOOPBACK}:{port}")
        program = server.start(port)
        change_stack(home, postgres=PostgresState(url=url, port=port, program=program))
        try:
            until_ready(program, lambda at=port: server.answers(at), seconds=settings.stack.start_seconds)  # type: ignore[misc]
        except DidNotStart:
            port_was_taken = not program.runs() and not is_free(port)
            stop(program, seconds=settings.stack.stop_seconds, first=signal.SIGINT)
            if port_was_taken and attempt < STARTS:
                continue
            raise
        told(f"postgres answers after {time.monotonic() - began:.1f} s")
        return url
    raise AssertionError("unreachable: the last attempt returns or raises")


def without_password(url: str) -> str:
    """A database address as it may be shown."""
    scheme, found, rest = url.partition("://")
    credentials, at, place = rest.rpartition("@")
    return f"{scheme}{found}{credentials.partition(':')[0]}{at}{place}"
