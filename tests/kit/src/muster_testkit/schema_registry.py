"""A real schema registry for tests: Apicurio Registry, which speaks Confluent's REST interface and comes from Maven Central as a program.

Confluent's own registry is not on Central. 2.6 runs on Java 17; 3.x needs 21.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx
from muster_deploy.errors import MissingProgram
from muster_deploy.java import find_java
from muster_deploy.ports import LOOPBACK, free_ports
from muster_deploy.settings import Settings

VERSION: Final = "2.6.13.Final"
ARTIFACT: Final = f"io.apicurio:apicurio-registry-app:{VERSION}:tar.gz:all"
INTERFACE: Final = "/apis/ccompat/v7"
"""Where it speaks Confluent's interface."""

START_S: Final = 120.0  # measured: 9 to 16 s on two cores


class NoRegistry(Exception):
    """The registry's program can't be had here; says why."""


@contextmanager
def running_registry(settings: Settings) -> Iterator[str]:
    """The address of a registry of its own that forgets everything at the end.

    Raises:
        NoRegistry: Maven is missing, or can't fetch the program (140 MB, once for all checkouts).
    """
    program = next(iter(_program(settings.stack.cache.expanduser()).glob("*-runner.jar")))
    (port,) = free_ports(None)
    environment = {**os.environ, "QUARKUS_HTTP_PORT": str(port), "QUARKUS_HTTP_HOST": LOOPBACK}
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "registry.log").open("wb") as log:
        # Compiled fast and not well, as the tests' broker: it starts in two thirds of the time.
        command = [str(find_java(settings.stack.java)), "-XX:TieredStopAtLevel=1", "-Xmx256m", "-jar", str(program)]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://{LOOPBACK}:{port}{INTERFACE}"
            _until_it_answers(address, process, Path(log.name))
            yield address
        finally:
            process.terminate()
            process.wait(30)


def _until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            if httpx.get(f"{address}/subjects").is_success:
                return
        except httpx.TransportError:
            pass
        if process.poll() is not None or time.monotonic() > deadline:
            raise AssertionError(f"the registry did not start:\n{log.read_text('utf-8', 'replace')[-2000:]}")
        time.sleep(0.1)


def _program(cache: Path) -> Path:
    """The folder of the unpacked program. It gets its name in one step, so that a folder with the name is whole."""
    folder = cache / f"apicurio-registry-{VERSION}"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise NoRegistry("Maven (`mvn`) is not on this machine; it fetches the registry")
    cache.mkdir(parents=True, exist_ok=True)
    filling = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=cache))
    try:
        java_home = {} if "JAVA_HOME" in os.environ or shutil.which("java") else {"JAVA_HOME": str(find_java().resolve().parents[1])}
        copy = [maven, "-B", "-q", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={filling}"]
        done = subprocess.run(copy, env={**os.environ, **java_home}, capture_output=True, text=True, check=False)
        archives = list(filling.glob("*.tar.gz"))
        if done.returncode != 0 or not archives:
            raise NoRegistry(f"Maven could not fetch {ARTIFACT}: {(done.stdout + done.stderr)[-300:]}")
        with tarfile.open(archives[0]) as archive:
            if hasattr(tarfile, "data_filter"):  # since 3.11.4; Debian 12 has 3.11.2
                archive.extraction_filter = tarfile.data_filter
            archive.extractall(filling)  # noqa: S202 - a pinned version from Maven Central, filtered where Python can
        archives[0].unlink()
        try:
            filling.rename(folder)
        except OSError:
            if not folder.is_dir():  # another session was faster with the same program
                raise
    except MissingProgram as error:
        raise NoRegistry(str(error)) from error
    finally:
        shutil.rmtree(filling, ignore_errors=True)
    return folder
