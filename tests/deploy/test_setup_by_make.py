"""`make setup` says what it needs, and does nothing the second time."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from muster_deploy.settings import CHECKOUT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not on this machine")


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return subprocess.run(["make", "-C", folder, *arguments], capture_output=True, check=False, text=True, timeout=120, env=kept)


@pytest.fixture
def bare_checkout(tmp_path: Path) -> Path:
    """What `make setup` looks at before it installs anything."""
    for name in ("Makefile", "pyproject.toml", "uv.lock"):
        shutil.copy(CHECKOUT / name, tmp_path / name)
    (tmp_path / "deploy" / "kafka").mkdir(parents=True)
    shutil.copy(CHECKOUT / "deploy" / "kafka" / "pom.xml", tmp_path / "deploy" / "kafka" / "pom.xml")
    return tmp_path


def program(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_help_names_every_verb() -> None:
    told = make(CHECKOUT, "help").stdout
    assert [line.split()[1] for line in told.splitlines() if line.startswith("make ")] == [
        "help",
        "setup",
        "demo",
        "test",
        "lint",
        "eval",
        "bench",
    ]


def test_a_python_that_is_too_old_is_named(bare_checkout: Path, tmp_path: Path) -> None:
    old = program(tmp_path / "python3.9", '[ "$1" = --version ] && echo Python 3.9.18; [ "$1" = --version ]')
    done = make(bare_checkout, "setup", f"PYTHON={old}")
    assert done.returncode != 0
    assert f"Muster needs Python 3.11 or newer; `{old}` is Python 3.9.18" in done.stderr
    assert not (bare_checkout / ".uv").exists()


def test_a_missing_python_is_named(bare_checkout: Path, tmp_path: Path) -> None:
    done = make(bare_checkout, "setup", f"PYTHON={tmp_path / 'absent'}")
    assert done.returncode != 0
    assert "Muster needs Python 3.11 or newer" in done.stderr


def test_a_python_without_ensurepip_says_what_to_install(bare_checkout: Path, tmp_path: Path) -> None:
    debians = program(tmp_path / "python3", 'case "$2" in *ensurepip*) exit 1;; esac; exit 0')
    done = make(bare_checkout, "setup", f"PYTHON={debians}")
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr


@pytest.mark.skipif(not (CHECKOUT / ".uv" / "stamps" / "jars").exists(), reason="this checkout was not set up by make")
def test_a_second_setup_has_nothing_to_do() -> None:
    assert make(CHECKOUT, "--question", "setup").returncode == 0
