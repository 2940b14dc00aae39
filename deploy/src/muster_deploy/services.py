"""The services of Muster as child processes: what runs them, what must have run before them, and when they are ready."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from muster_deploy.errors import DidNotStart, MissingProgram
from muster_deploy.home import Home


@dataclass(frozen=True)
class Service:
    """A service: its name in `muster up`, its command, and the consumer group by which its readiness shows (None for the board's API)."""

    name: str
    command: tuple[str, ...]
    group: str | None


# In the order in which they start; they stop in the opposite order. Nobody needs that order: each waits for what it reads.
SERVICES: Final = (
    Service("ingest", ("muster-ingest", "run"), "muster-ingest"),
    Service("extract", ("muster-extract", "run"), "muster-extract"),
    Service("projection", ("muster-projection", "run"), "muster-projection"),
    Service("board", ("muster-projection", "serve"), None),
)

MIGRATIONS: Final = (("muster-ingest", "migrate"), ("muster-projection", "migrate"))


def program_path(command: tuple[str, ...]) -> list[str]:
    """A command with its program's path: the one beside the Python that runs us, so that versions belong together.

    Raises:
        MissingProgram: it is not installed.
    """
    path = Path(sys.executable).parent / command[0]
    if not path.is_file():
        raise MissingProgram(f"{command[0]} is not installed beside {sys.executable}.", remedy="Run `make setup`.")
    return [str(path), *command[1:]]


def migrate(home: Home, command: tuple[str, ...], environment: Mapping[str, str]) -> None:
    """Bring one service's schema to its newest form.

    Raises:
        DidNotStart: the migration failed; carries the end of what it said.
    """
    log = home.log("migrations")
    done = subprocess.run(
        program_path(command),
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    with log.open("a", encoding="utf-8") as kept:
        kept.write(done.stdout)
    if done.returncode != 0:
        raise DidNotStart(
            f"`{' '.join(command)}` ended with status {done.returncode}.",
            remedy=f"Its log: {log}",
            log_lines=tuple(done.stdout.splitlines()[-20:]),
        )
