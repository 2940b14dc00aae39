"""The supervisor keeps services running, and leaves none behind."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from muster_deploy.home import Home
from muster_deploy.programs import spawn, stop
from muster_deploy.services import Service
from muster_deploy.state import ServicesState, read_services, write_services
from muster_deploy.supervisor import FIRST_PAUSE, LONGEST_PAUSE, STEADY, Supervised, Supervisor, stop_orphans

STAYS = Service("stays", ("python", "-c", "import signal; signal.pause()"), None)
STAYS_TOO = Service("stays-too", ("python", "-c", "import signal; signal.pause()"), None)


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def pids(home: Home) -> dict[str, int]:
    return {program.name: program.pid for program in read_services(home).programs if program.runs()}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.make()
    return home


@pytest.fixture
def supervised(home: Home) -> Iterator[list[str]]:
    told: list[str] = []
    supervisor = Supervisor(home, {}, told.append, services=[STAYS, STAYS_TOO])
    running = Thread(target=supervisor.run)
    running.start()
    until(lambda: len(pids(home)) == 2)
    yield told
    supervisor.request_stop()
    running.join(60)
    assert not running.is_alive()


def test_a_killed_service_starts_again_with_a_new_pid(home: Home, supervised: list[str]) -> None:
    before = pids(home)
    os.kill(before["stays"], signal.SIGKILL)
    until(lambda: pids(home).get("stays", before["stays"]) != before["stays"])
    assert pids(home)["stays-too"] == before["stays-too"]
    assert read_services(home).restarts == {"stays": 1}
    assert any(line.startswith("stays ended; it starts again in 0.5 s") for line in supervised)


def test_a_stop_stops_the_services_in_the_opposite_order(home: Home) -> None:
    told: list[str] = []
    supervisor = Supervisor(home, {}, told.append, services=[STAYS, STAYS_TOO])
    running = Thread(target=supervisor.run)
    running.start()
    until(lambda: len(pids(home)) == 2)
    supervisor.request_stop()
    running.join(60)
    assert told == ["stays-too stopped", "stays stopped"]
    assert pids(home) == {}


def test_services_of_a_supervisor_that_is_gone_are_stopped(home: Home) -> None:
    orphan = spawn("stays", [sys.executable, "-c", "import signal; signal.pause()"], log=home.log("stays"), cwd=home.folder)
    write_services(home, ServicesState(programs=[orphan]))
    told: list[str] = []
    stop_orphans(home, told.append, seconds=30)
    assert told == ["stays, left over, stopped"]
    assert not orphan.runs()
    stop(orphan, seconds=0)


def test_pauses_grow_and_are_short_again_after_a_steady_run() -> None:
    service = Supervised(STAYS)
    assert [service.ended(now=0.0) for _ in range(9)] == [0.5, 1, 2, 4, 8, 16, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]
    service.since = 100.0
    assert service.ended(now=100.0 + STEADY + 1) == FIRST_PAUSE
