"""Kafka's jars, resolved by Maven into a cache that every checkout shares."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from muster_deploy.errors import MissingProgram, OperatorError
from muster_deploy.java import find_java
from muster_deploy.settings import CHECKOUT, read_settings

POM = CHECKOUT / "deploy" / "kafka" / "pom.xml"


def jar_folder(cache: Path, pom: Path = POM) -> Path:
    """Where the jars of this pom lie, or will lie. A changed pom has another folder, so it is resolved anew."""
    try:
        content = pom.read_bytes()
    except FileNotFoundError:
        raise OperatorError(
            f"There is no {pom}: the local Kafka belongs to a checkout.", remedy="Set MUSTER_KAFKA__BOOTSTRAP to a broker that runs."
        ) from None
    version = re.search(rb"<kafka\.version>([^<]+)<", content)
    name = f"kafka-{version[1].decode() if version else 'unknown'}-{hashlib.sha256(content).hexdigest()[:12]}"
    return cache.expanduser() / name


def resolve_jars(cache: Path, pom: Path = POM) -> Path:
    """The folder with all jars of a broker, resolved now where that hasn't been done.

    Maven fills a folder beside the final one, which then gets its name in one step: a folder with the name is whole.

    Raises:
        MissingProgram: `mvn` is not on this machine.
        OperatorError: Maven could not resolve them; carries the end of what it said.
    """
    folder = jar_folder(cache, pom)
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise MissingProgram(
            "Maven (`mvn`) is not on this machine; it fetches Kafka's jars.",
            remedy="Install it (Debian: apt install maven; macOS: brew install maven), or give a broker in MUSTER_KAFKA__BOOTSTRAP.",
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    filling = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        done = subprocess.run(
            [maven, "-B", "-q", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={filling}", "-DincludeScope=runtime"],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env=_environment(),
        )
        if done.returncode != 0 or not any(filling.glob("kafka_2*.jar")):
            raise OperatorError(
                f"Maven could not resolve Kafka's jars (mvn ended with status {done.returncode}).",
                remedy="Check that Maven Central, or the mirror in ~/.m2/settings.xml, can be reached; then run the command again.",
                log_lines=tuple(done.stdout.splitlines()[-20:]),
            )
        filling.chmod(0o755)
        try:
            filling.rename(folder)
        except OSError:
            if not folder.is_dir():  # another command was faster with the same jars: its folder is as good
                raise
    finally:
        shutil.rmtree(filling, ignore_errors=True)
    return folder


def _environment() -> dict[str, str]:
    """Maven runs on a Java itself: where it would find none, it is pointed at the one that the broker runs on."""
    if "JAVA_HOME" in os.environ or shutil.which("java") is not None:
        return dict(os.environ)
    return {**os.environ, "JAVA_HOME": str(find_java().resolve().parents[1])}


def class_path(folder: Path) -> str:
    """All jars of a folder as a class path."""
    return os.pathsep.join(str(jar) for jar in sorted(folder.glob("*.jar")))


def main() -> None:
    """Resolve the jars ahead of the first start, for `make setup`. Without Maven a given broker still does, so that is only told."""
    try:
        resolve_jars(read_settings().stack.cache)
    except OperatorError as error:
        print("\n".join([error.problem, *error.log_lines, error.remedy]), file=sys.stderr)  # noqa: T201 - its output is for the terminal
        sys.exit(0 if isinstance(error, MissingProgram) else error.exit_status)


if __name__ == "__main__":
    main()
