"""What the compose file and the Dockerfile must keep to, read without Docker."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from muster_testkit.docker_engine import KAFKA, POSTGRES, PYTHON

ROOT = Path(__file__).parents[2]
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "deploy" / "images" / "Dockerfile").read_text(encoding="utf-8")


def test_the_broker_in_the_container_is_the_version_of_the_local_stack() -> None:
    pom = (ROOT / "deploy" / "kafka" / "pom.xml").read_text(encoding="utf-8")
    version = re.search(r"<kafka\.version>([^<]+)<", pom)
    assert version is not None
    assert f"image: apache/kafka:{version[1]}\n" in COMPOSE


def test_the_tests_use_the_images_that_the_project_uses() -> None:
    python = re.search(r"^ARG PYTHON=(\S+)$", DOCKERFILE, re.MULTILINE)
    assert python is not None
    assert f"python:{python[1]}-slim" == PYTHON
    assert set(re.findall(r"image: (\S+:[\w.]+)\n", COMPOSE)) == {KAFKA, POSTGRES}


def test_every_published_port_binds_loopback() -> None:
    published = re.findall(r'ports: \["([^"]+)"\]', COMPOSE)
    assert len(published) == COMPOSE.count("ports:") == 3
    assert all(port.startswith("127.0.0.1:${MUSTER_") for port in published)


@pytest.mark.parametrize("asks", ["# syntax=", "pull_policy: always", "--pull", "COPY --from=python"])
def test_nothing_asks_a_registry_once_the_images_are_here(asks: str) -> None:
    assert asks not in COMPOSE
    assert asks not in DOCKERFILE


def test_one_uv_sets_up_a_checkout_and_builds_the_images() -> None:
    """Two versions could read the one lock file differently."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.findall(r"^ARG UV=(\S+)$", DOCKERFILE, re.MULTILINE) == re.findall(r"^UV_VERSION := (\S+)$", makefile, re.MULTILINE)
