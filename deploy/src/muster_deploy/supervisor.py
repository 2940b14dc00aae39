"""Keeps the services running: starts them, starts one that ended again, with growing pauses, and stops them all at the end.

Runs inside `muster up`, or by itself: `python -m muster_deploy.supervisor` is what `muster up --detach` leaves behind.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from muster_deploy.home import Home
from muster_deploy.programs import Program, spawn, stop
from muster_deploy.services import SERVICES, Service, program_path
from muster_deploy.settings import read_settings
from muster_deploy.state import ServicesState, read_services, write_services

FIRST_PAUSE: Final = 0.5  # seconds; a service whose broker is away fails in about that time
LONGEST_PAUSE: Final = 30.0
STEADY: Final = 60.0  # seconds of running after which a service counts as mended, and its next pause is the first one again
LOOK_EVERY: Final = 0.1


@dataclass
class Supervised:
    """One service under watch."""

    service: Service
    program: Program | None = None
    since: float = 0.0
    ends_in_a_row: int = 0
    restarts: int = 0
    not_before: float = field(default=0.0)

    def ended(self, now: float) -> float:
        """Note an end; the pause, in seconds, until it may start again."""
        self.ends_in_a_row = 1 if now - self.since > STEADY else self.ends_in_a_row + 1
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** (self.ends_in_a_row - 1))
        self.not_before, self.program = now + pause, None
        return pause


class Supervisor:
    """Runs services until it is told to stop.

    Args:
        environment: what the services are told beside this process's own environment.
        told: takes one line of progress.
    """

    def __init__(
        self,
        home: Home,
        environment: Mapping[str, str],
        told: Callable[[str], None],
        *,
        services: Sequence[Service] = SERVICES,
        stop_seconds: float = 30.0,
    ) -> None:
        self._home = home
        self._environment = environment
        self._told = told
        self._watched = [Supervised(service) for service in services]
        self._stop_seconds = stop_seconds
        self._stopping = threading.Event()

    def request_stop(self) -> None:
        """End `run` soon. Safe from another thread and from a signal handler."""
        self._stopping.set()

    def run(self) -> None:
        """Start the services and keep them running until a stop is requested; then stop them and return."""
        stop_orphans(self._home, self._told, seconds=self._stop_seconds)
        try:
            while not self._stopping.is_set():
                for watched in self._watched:
                    self._look_at(watched)
                self._stopping.wait(LOOK_EVERY)
        finally:
            self._stop_all()

    def _look_at(self, watched: Supervised) -> None:
        now = time.monotonic()
        if watched.program is not None and not watched.program.runs():
            stop(watched.program, seconds=0)  # takes its exit status
            pause = watched.ended(now)
            self._told(f"{watched.service.name} ended; it starts again in {pause:.1f} s (log: {self._home.log(watched.service.name)})")
            watched.restarts += 1
        if watched.program is None and now >= watched.not_before:
            watched.program = spawn(
                watched.service.name,
                program_path(watched.service.command),
                log=self._home.log(watched.service.name),
                cwd=self._home.folder,
                environment=self._environment,
            )
            watched.since = now
            self._write()

    def _stop_all(self) -> None:
        for watched in reversed(self._watched):
            if watched.program is not None:
                self._told(f"{watched.service.name} {stop(watched.program, seconds=self._stop_seconds)}")
                watched.program = None
        self._write()

    def _write(self) -> None:
        programs = [watched.program for watched in self._watched if watched.program is not None]
        restarts = {watched.service.name: watched.restarts for watched in self._watched if watched.restarts}
        write_services(self._home, ServicesState(programs=programs, restarts=restarts))


def stop_orphans(home: Home, told: Callable[[str], None], *, seconds: float) -> None:
    """Stop services whose supervisor is gone: killed, or lost with its terminal."""
    for program in reversed(read_services(home).programs):
        if program.runs():
            told(f"{program.name}, left over, {stop(program, seconds=seconds)}")
    write_services(home, ServicesState())


def main() -> None:
    """Supervise until SIGTERM or SIGINT. Addresses come from the environment, as for the services."""
    settings = read_settings()
    home = Home(settings.home)

    def told(line: str) -> None:
        print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {line}", flush=True)  # noqa: T201 - its output is its log

    supervisor = Supervisor(home, {}, told, stop_seconds=settings.stack.stop_seconds)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: supervisor.request_stop())
    supervisor.run()


if __name__ == "__main__":
    main()
