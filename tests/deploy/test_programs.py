"""Programs are known again by pid and start time, and stopped with grace."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import psutil
import pytest
from muster_deploy.programs import Program, last_lines, spawn, stop
from muster_deploy.waiting import until_ready


def python(name: str, code: str, folder: Path) -> Program:
    return spawn(name, [sys.executable, "-c", code], log=folder / f"{name}.log", cwd=folder)


def test_a_pid_that_somebody_else_has_by_now_is_left_alone(tmp_path: Path) -> None:
    us = psutil.Process()
    ended_long_ago = Program(name="kafka", pid=us.pid, started=us.create_time() - 3600, log=tmp_path / "kafka.log")
    assert not ended_long_ago.runs()
    assert stop(ended_long_ago, seconds=1) == "was not running"
    assert us.is_running()


def test_a_program_is_asked_to_stop_first(tmp_path: Path) -> None:
    program = python(
        "polite",
        "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(print('bye'))); print('up', flush=True); signal.pause()",
        tmp_path,
    )
    until_ready(program, lambda: bool(last_lines(program.log)), seconds=30)
    assert stop(program, seconds=30) == "stopped"
    assert program.last_lines() == ("up", "bye")


def test_a_program_that_does_not_stop_is_killed(tmp_path: Path) -> None:
    program = python(
        "deaf",
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True)\nwhile True: signal.pause()",
        tmp_path,
    )
    until_ready(program, lambda: bool(last_lines(program.log)), seconds=30)
    assert stop(program, seconds=0.2) == "killed"
    assert not program.runs()


def test_what_was_stopped_leaves_no_zombie(tmp_path: Path) -> None:
    program = python("short", "import signal; signal.pause()", tmp_path)
    stop(program, seconds=30)
    assert not psutil.pid_exists(program.pid)


def test_a_program_does_not_hear_the_terminals_ctrl_c(tmp_path: Path) -> None:
    program = python("apart", "import signal; signal.pause()", tmp_path)
    try:
        assert os.getsid(program.pid) == program.pid != os.getsid(0)
    finally:
        stop(program, seconds=30)


def test_the_last_lines_of_a_log_are_its_last_lines(tmp_path: Path) -> None:
    log = tmp_path / "long.log"
    log.write_text("".join(f"line {number}\n" for number in range(100_000)), encoding="utf-8")
    assert last_lines(log, 2) == ("line 99998", "line 99999")
    assert last_lines(tmp_path / "absent.log") == ()


def test_a_failed_start_shows_the_end_of_the_log(tmp_path: Path) -> None:
    from muster_deploy.errors import DidNotStart

    program = python("broken", "raise SystemExit('the port is taken')", tmp_path)
    with pytest.raises(DidNotStart, match="ended while it started") as failure:
        until_ready(program, lambda: False, seconds=30)
    assert failure.value.log_lines == ("the port is taken",)
    assert str(program.log) in failure.value.remedy
    stop(program, seconds=1)
