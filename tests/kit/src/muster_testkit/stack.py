"""The whole stack for system tests: every service a real process, on a broker and a database of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from muster_deploy import running, stack
from muster_deploy.home import Home
from muster_deploy.lag import until_folded
from muster_deploy.programs import Program
from muster_deploy.settings import BoardApi, GivenKafka, GivenPostgres, Settings
from muster_deploy.stack import Addresses
from muster_deploy.state import read_services, read_stack

from muster_testkit.resources import elsewhere, throw_away, throw_away_home, untold

MUSTER = Path(sys.executable).parent / "muster"


class RunningStack:
    """A stack that runs: its addresses, its programs, and the command `muster` pointed at it."""

    def __init__(self, settings: Settings, addresses: Addresses, board: str) -> None:
        self.settings = settings
        self.home = Home(settings.home)
        self.addresses = addresses
        self.board = board  # http://host:port

    def environment(self) -> dict[str, str]:
        """Settings for a child process that works on this stack."""
        return {**os.environ, **self.addresses.environment(), "MUSTER_HOME": str(self.home.folder)}

    def muster(self, *arguments: str | Path, stdin: bytes | None = None, seconds: float = 180) -> subprocess.CompletedProcess[bytes]:
        """Run the command `muster` on this stack and return its outputs and exit status, whatever that is."""
        command = [str(part) for part in (MUSTER, *arguments)]
        return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=seconds, env=self.environment())

    def program(self, name: str) -> Program:
        """A program by its name in `muster ps`: kafka, postgres, supervisor, ingest, extract, projection or board.

        Raises:
            KeyError: no such program is on record now. A service that was killed comes back with a new pid.
        """
        state = read_stack(self.home)
        programs = [part.program for part in (state.kafka, state.postgres) if part is not None and part.program is not None]
        programs += [state.supervisor] if state.supervisor is not None else []
        return {program.name: program for program in [*programs, *read_services(self.home).programs]}[name]

    def until_folded(self, seconds: float = 120) -> None:
        """Return once the board holds everything that was published before the call."""
        elsewhere(lambda: asyncio.run(until_folded(self.addresses.bootstrap, seconds=seconds)))

    def stop_kafka(self) -> None:
        """Stop the broker cleanly. Its port and data stay."""
        stack.stop_kafka(self.settings, untold)

    def start_kafka(self) -> None:
        """Start the broker again on the same port and data."""
        self._stays_at(self.addresses.bootstrap, elsewhere(lambda: stack.start_kafka(self.settings, self.home, untold)))

    def stop_postgres(self) -> None:
        """Stop the database cleanly. Its port and data stay."""
        stack.stop_postgres(self.settings, untold)

    def start_postgres(self) -> None:
        """Start the database again on the same port and data."""
        again = elsewhere(lambda: stack.start_postgres(self.settings, self.home, untold, durable=False))
        self._stays_at(self.addresses.postgres_url, again)

    @staticmethod
    def _stays_at(before: str, after: str) -> None:
        assert before == after, f"another program took the port of {before}"


@contextmanager
def running_stack() -> Iterator[RunningStack]:
    """Start everything in a throw-away home; stop and remove everything at the end, however that comes."""
    with throw_away_home() as home:
        # Its tests kill, empty and restart what it runs on, so addresses that the environment gives are not for it.
        settings = throw_away(Settings(kafka=GivenKafka(), postgres=GivenPostgres(), api=BoardApi(port=0)), home)
        started = elsewhere(lambda: running.up(settings, untold, durable=False))
        try:
            yield RunningStack(settings, started.addresses, started.board)
        finally:
            elsewhere(lambda: running.down(settings, untold))
