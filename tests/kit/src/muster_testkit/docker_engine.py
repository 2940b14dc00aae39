"""A Docker engine for tests: the one that answers, or one that can be started here. Where neither is, `NoDocker` says why."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from muster_deploy.errors import OperatorError
from muster_deploy.jars import resolve_jars
from muster_deploy.settings import CHECKOUT, LocalStack

# A folder that some machines have beside the checkout: it starts an engine, and builds local images under public names
# where no image registry can be reached.
ENGINE_FOLDER: Final = CHECKOUT.parent / "shared" / "docker"

# The names that docker-compose.yml and deploy/images/Dockerfile use; a test in tests/containers keeps them the same.
PYTHON: Final = "python:3.12-slim"
POSTGRES: Final = "postgres:18"
KAFKA: Final = "apache/kafka:4.3.1"

LEAST_ENGINE: Final = (25, 0)  # the first to know start_interval
LEAST_COMPOSE: Final = (2, 21)  # the first whose `ps` gives JSON by the line

START_SECONDS: Final = 600  # measured: 27 s with everything still to be fetched, 2 s afterwards
IMAGE_SECONDS: Final = 1200  # measured: 46 s for Python, 47 s for Postgres, 11 s for Kafka, on two cores


class NoDocker(Exception):
    """No engine, or no image, can be had on this machine. Says which and why."""


@dataclass(frozen=True)
class DockerEngine:
    """An engine that answers.

    Args:
        tell: takes a line on each step that takes long, with its seconds.
    """

    tell: Callable[[str], None]

    @property
    def reaches_registry(self) -> bool:
        """False where public images are built locally: then the ones that tools bring along can't be pulled either."""
        return not _builds_images()

    def need_compose(self) -> None:
        """Raise NoDocker where the engine or its compose plugin is too old for docker-compose.yml, or there is no plugin."""
        engine = _version("docker", "version", "--format", "{{.Server.Version}}")
        compose = _version("docker", "compose", "version", "--short")
        if engine < LEAST_ENGINE or compose < LEAST_COMPOSE:
            have = f"engine {_dotted(engine)}, compose {_dotted(compose)}"
            raise NoDocker(f"the compose project needs engine {_dotted(LEAST_ENGINE)} and compose {_dotted(LEAST_COMPOSE)}; here: {have}")

    def provide(self, *images: str) -> None:
        """Make images stand ready under these names: as they are, built here, or pulled.

        Raises:
            NoDocker: an image is not here and could be neither built nor pulled.
        """
        missing = [image for image in images if not _succeeds("docker", "image", "inspect", image)]
        if not missing:
            return
        if self.reaches_registry:
            for image in missing:
                _run(["docker", "pull", "--quiet", image], IMAGE_SECONDS, self.tell)
            return
        jars: list[str | Path] = []
        if KAFKA in missing:
            try:
                jars = ["--kafka-jars", resolve_jars(LocalStack().cache)]
            except OperatorError as error:
                raise NoDocker(f"no image {KAFKA}: {error.problem}") from error
        _run([ENGINE_FOLDER / "stand-ins", *jars, *missing], IMAGE_SECONDS, self.tell)


def find_engine(tell: Callable[[str], None]) -> DockerEngine:
    """The engine of this machine. One that is started here goes on running, as a machine's own would: the next run finds it.

    Raises:
        NoDocker: none answers and none can be started, or MUSTER_TEST_DOCKER is 0.
    """
    if os.environ.get("MUSTER_TEST_DOCKER") == "0":
        raise NoDocker("MUSTER_TEST_DOCKER is 0")
    if not _answers():
        if not _builds_images():
            raise NoDocker("no Docker engine answers")
        _run([ENGINE_FOLDER / "start-docker"], START_SECONDS, tell)
        if not _answers():
            raise NoDocker("a Docker engine was started and does not answer")
    return DockerEngine(tell)


def _answers() -> bool:
    return _succeeds("docker", "version", "--format", "{{.Server.Version}}")


def _builds_images() -> bool:
    """Whether this machine has the folder, and we may use it (it takes root)."""
    return (ENGINE_FOLDER / "start-docker").is_file() and os.geteuid() == 0


def _succeeds(*command: str) -> bool:
    if shutil.which(command[0]) is None:
        return False
    try:
        return subprocess.run(command, capture_output=True, timeout=60, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _version(*command: str) -> tuple[int, ...]:
    """The first two numbers of what a command prints of its version; none where it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    found = re.search(r"(\d+)\.(\d+)", done.stdout) if done.returncode == 0 else None
    return (int(found[1]), int(found[2])) if found else ()


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version)) or "none"


def _run(command: Sequence[str | Path], seconds: float, tell: Callable[[str], None]) -> None:
    name = " ".join([Path(command[0]).name, *map(str, command[1:])])
    begun = time.monotonic()
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise NoDocker(f"`{name}` took more than {seconds:.0f} s") from error
    tell(f"{name}: {time.monotonic() - begun:.0f} s")
    if done.returncode != 0:
        raise NoDocker(f"`{name}` ended with status {done.returncode}: {' / '.join(done.stdout.strip().splitlines()[-3:])}")
