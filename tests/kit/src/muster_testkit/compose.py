"""The compose project of the repository, run beside whatever else runs: under a name of its own, on ports that are free."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

UP_SECONDS: Final = 900  # measured: 35 s on two cores with nothing of ours built before
IMAGE_TAG: Final = "test"  # so that a test never replaces the images that somebody runs


class ComposeFailed(Exception):
    """A compose command ended badly. Its message holds what compose said, and the logs of the project."""


@dataclass(frozen=True)
class ServiceState:
    """What a service's container does now."""

    state: str
    """`created`, `running`, `exited` …"""

    health: str
    """`starting`, `healthy`, `unhealthy`, or empty where the service has no health check."""

    exit_status: int

    restarts: int
    """How often Docker started it again after it had ended."""


@dataclass(frozen=True)
class ComposeProject:
    """A project that can be brought up.

    Args:
        name: of the project; its containers, volumes and network begin with it.
        folder: holds docker-compose.yml.
        environment: set on top of this process's own, for the variables of the file.
    """

    name: str
    folder: Path
    environment: Mapping[str, str]

    def up(self, *services: str) -> None:
        """Build, start and wait until all are healthy, or run where they have no health check, and the one-shot steps have ended well.

        Raises:
            ComposeFailed: one was not, or a step ended with another status than 0.
        """
        try:
            self._compose("up", "--build", "--detach", "--wait", *services, seconds=UP_SECONDS)
        except ComposeFailed as error:
            raise ComposeFailed(f"{error}\n{self.logs()}") from error

    def replace(self, *services: str) -> None:
        """Throw these containers away and start new ones in their place. What is in volumes stays, and nothing else does."""
        self._compose("up", "--detach", "--wait", "--no-deps", "--force-recreate", *services, seconds=UP_SECONDS)

    def down(self) -> None:
        """Remove containers, network and volumes. The images stay: the next build starts from them."""
        self._compose("down", "--volumes", "--remove-orphans", "--timeout", "20", seconds=180)

    def states(self) -> dict[str, ServiceState]:
        """What each service does now, those that have ended included."""
        rows = [json.loads(line) for line in self._compose("ps", "--all", "--format", "json", seconds=60).splitlines()]
        return {row["Service"]: ServiceState(row["State"], row["Health"], row["ExitCode"], _restarts(row["ID"])) for row in rows}

    def run_in(self, service: str, *command: str) -> str:
        """What a command prints in a service's running container."""
        return self._compose("exec", "--no-TTY", service, *command, seconds=120)

    def logs(self, *services: str) -> str:
        """The last lines of each service's log."""
        return self._compose("logs", "--no-color", "--tail", "40", *services, seconds=60)

    def _compose(self, *arguments: str, seconds: float) -> str:
        done = subprocess.run(
            ["docker", "compose", "--project-name", self.name, *arguments],
            cwd=self.folder,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        if done.returncode != 0:
            said = "\n".join(done.stderr.splitlines()[-40:])
            raise ComposeFailed(f"`docker compose {' '.join(arguments)}` ended with status {done.returncode}:\n{said}")
        return done.stdout


def _restarts(container: str) -> int:
    command = ["docker", "inspect", "--format", "{{.RestartCount}}", container]
    return int(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)


@contextmanager
def running(project: ComposeProject, *services: str) -> Iterator[ComposeProject]:
    """The project, up until the block ends, however it ends."""
    try:
        project.up(*services)
        yield project
    finally:
        project.down()
