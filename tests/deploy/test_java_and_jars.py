"""What the broker is made of: a Java that is new enough, and jars that are whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from muster_deploy.errors import MissingProgram, OperatorError
from muster_deploy.jars import POM, class_path, jar_folder, resolve_jars
from muster_deploy.java import OLDEST, find_java, java_version
from muster_deploy.settings import LocalStack


def program_that_says(path: Path, words: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{words}' >&2\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_java_found_is_new_enough() -> None:
    version = java_version(find_java())
    assert version is not None
    assert version >= OLDEST


def test_an_old_java_is_passed_over_for_a_newer_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program_that_says(tmp_path / "old" / "bin" / "java", 'openjdk version "1.8.0_392"')
    newer = program_that_says(tmp_path / "bin" / "java", 'openjdk version "21.0.2" 2024-01-16')
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "old"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    assert find_java() == newer


def test_a_chosen_java_that_is_too_old_is_an_error_that_names_it(tmp_path: Path) -> None:
    old = program_that_says(tmp_path / "java", 'openjdk version "11.0.22" 2024-01-16')
    with pytest.raises(MissingProgram, match=rf"{old} \(version 11\)"):
        find_java(old)


def test_a_chosen_java_that_is_no_program_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingProgram, match="does not run"):
        find_java(tmp_path / "absent")


def test_without_maven_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram) as missing:
        resolve_jars(tmp_path / "cache")
    assert "apt install maven" in missing.value.remedy


def test_a_changed_pom_has_a_folder_of_its_own(tmp_path: Path) -> None:
    changed = tmp_path / "pom.xml"
    changed.write_text(POM.read_text("utf-8").replace("<version>1</version>", "<version>2</version>"), encoding="utf-8")
    assert jar_folder(tmp_path, changed) != jar_folder(tmp_path)
    assert jar_folder(tmp_path).name.startswith("kafka-4.3.1-")


@pytest.mark.skipif(shutil.which("mvn") is None, reason="Maven is not on this machine")
def test_a_resolution_that_fails_leaves_nothing_that_could_be_taken_for_whole(tmp_path: Path) -> None:
    broken = tmp_path / "pom.xml"
    broken.write_text("<project><modelVersion>4.0.0</modelVersion>", encoding="utf-8")
    with pytest.raises(OperatorError, match="Maven could not resolve") as failure:
        resolve_jars(tmp_path / "cache", broken)
    assert failure.value.log_lines
    assert list((tmp_path / "cache").iterdir()) == []


def test_resolved_jars_are_taken_from_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = resolve_jars(LocalStack().cache)
    monkeypatch.setenv("PATH", str(tmp_path))  # no Maven: a second resolution would fail
    assert resolve_jars(LocalStack().cache) == folder
    assert "kafka_2.13-4.3.1.jar" in class_path(folder)
