"""Programs that outlive the command that starts them: spawned with a log, known again by pid and start time, stopped with grace."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import psutil
from pydantic import BaseModel

# The start time that the system reports moves with the clock's corrections, by a second at most.
SAME_START: Final = 2.0

# Popen's destructor warns of a child that still runs; ours are meant to. Kept here until this process ends.
_children: Final[dict[int, subprocess.Popen[bytes]]] = {}


class Program(BaseModel):
    """A program that we started: enough to find it again and never take another one for it."""

    name: str
    pid: int
    started: float  # seconds since the epoch, as psutil reports it: a recycled pid has another one
    log: Path

    def process(self) -> psutil.Process | None:
        """The running process, or None where it has ended or the pid is somebody else's by now."""
        try:
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.started) > SAME_START or process.status() == psutil.STATUS_ZOMBIE:
                return None
        except psutil.NoSuchProcess:
            return None
        return process

    def runs(self) -> bool:
        """Whether it still runs."""
        return self.process() is not None

    def last_lines(self, count: int = 20) -> tuple[str, ...]:
        """The last lines of its log, oldest first."""
        return last_lines(self.log, count)


def last_lines(log: Path, count: int = 20) -> tuple[str, ...]:
    """The last lines of a log file, oldest first; none where there is no file."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, stream.seek(0, os.SEEK_END) - 200 * 1024))
            return tuple(stream.read().decode("utf-8", "replace").splitlines()[-count:])
    except FileNotFoundError:
        return ()


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    uid: int | None = None,
    gid: int | None = None,
) -> Program:
    """Start a program in a session of its own, with both outputs appended to its log.

    Args:
        environment: set on top of this process's own.
        uid, gid: the user it runs as, where that isn't the caller (root only).

    A session of its own keeps a terminal's Ctrl-C away: who starts a program decides in which order things stop.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
            user=uid,
            group=gid,
            extra_groups=[] if uid is not None else None,
        )
    _children[child.pid] = child
    return Program(name=name, pid=child.pid, started=psutil.Process(child.pid).create_time(), log=log)


def stop(program: Program, *, seconds: float, first: signal.Signals = signal.SIGTERM) -> str:
    """Stop a program and say how it went: "was not running", "stopped" or "killed".

    Args:
        seconds: how long it may take to stop by itself; then it is killed.
        first: the signal that asks for a clean stop.
    """
    process = program.process()
    if process is None:
        _forget(program.pid)
        return "was not running"
    with suppress(psutil.NoSuchProcess):
        process.send_signal(first)
    outcome = "stopped"
    if not _ends(program, seconds):
        with suppress(psutil.NoSuchProcess):
            process.kill()
        _ends(program, seconds)
        outcome = "killed"
    _forget(program.pid)
    return outcome


def _ends(program: Program, seconds: float) -> bool:
    # Not psutil's wait: where the program's parent is gone, that waits until somebody has taken its exit status, which can be never.
    deadline = time.monotonic() + seconds
    while program.runs():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _forget(pid: int) -> None:
    child = _children.pop(pid, None)
    if child is not None:
        # Takes its exit status: no zombie stays, and the destructor has nothing to warn of. Its threads may take a moment longer than it.
        with suppress(subprocess.TimeoutExpired):
            child.wait(5)
