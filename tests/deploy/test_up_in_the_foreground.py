"""`muster up` without --detach: it stays, and everything ends with it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from muster_deploy.home import Home
from muster_deploy.programs import Program
from muster_deploy.running import down
from muster_deploy.settings import BoardApi, GivenKafka, GivenPostgres, Settings
from muster_deploy.state import read_services, read_stack
from muster_testkit.resources import elsewhere, throw_away_home, untold
from muster_testkit.stack import MUSTER


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    with throw_away_home() as folder:
        yield Home(folder)
        elsewhere(lambda: down(Settings(home=folder, kafka=GivenKafka(), postgres=GivenPostgres(), api=BoardApi(port=0)), untold))


@contextmanager
def up(home: Home) -> Iterator[subprocess.Popen[str]]:
    """The command, once it has said that everything works."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUSTER_")}
    environment = {
        **kept,
        "MUSTER_HOME": str(home.folder),
        "MUSTER_API__PORT": "0",
        "MUSTER_STACK__JAVA_OPTIONS": "-XX:TieredStopAtLevel=1",
        "PYTHONUNBUFFERED": "1",
    }
    said = home.folder.with_suffix(".err")
    # As a background job of a shell without job control starts: with SIGINT ignored.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    with said.open("w") as err, subprocess.Popen([MUSTER, "up"], stdout=subprocess.PIPE, stderr=err, text=True, env=environment) as command:
        signal.signal(signal.SIGINT, before)
        assert command.stdout is not None
        assert [line.split()[0] for line in (command.stdout.readline(), command.stdout.readline(), command.stdout.readline())] == [
            "board",
            "kafka",
            "logs",
        ], said.read_text()
        try:
            yield command
        finally:
            command.kill()
    said.unlink()


def running(home: Home) -> set[str]:
    state = read_stack(home)
    parts: list[Program | None] = [part.program for part in (state.kafka, state.postgres) if part is not None]
    return {program.name for program in [*parts, state.supervisor, *read_services(home).programs] if program is not None and program.runs()}


ALL = {"kafka", "postgres", "supervisor", "ingest", "extract", "projection", "board"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_polite_kills_stop_everything(home: Home, number: signal.Signals) -> None:
    with up(home) as command:
        assert running(home) == ALL
        command.send_signal(number)
        assert command.wait(90) == 0
    assert running(home) == set()


def test_what_a_killed_command_leaves_is_stopped_by_down(home: Home) -> None:
    with up(home) as command:
        command.kill()
        command.wait(30)
    assert running(home) == ALL
    done = subprocess.run([MUSTER, "down"], capture_output=True, check=True, text=True, env={**os.environ, "MUSTER_HOME": str(home.folder)})
    assert done.stderr.splitlines() == ["services stopped: board, projection, extract, ingest", "postgres stopped", "kafka stopped"]
    assert running(home) == set()
