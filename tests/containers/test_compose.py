"""The compose project, brought up for real: what a program on this machine publishes to its Kafka shows on its board."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from aiokafka import AIOKafkaProducer
from muster_contracts.topics import ARTICLE_SUBMISSIONS
from muster_deploy.ports import free_ports
from muster_testkit.compose import IMAGE_TAG, ComposeProject, running
from muster_testkit.docker_engine import KAFKA, POSTGRES, PYTHON, DockerEngine, NoDocker

ROOT = Path(__file__).parents[2]
STEPS = {"topics", "migrate-ingest", "migrate-projection"}
SERVICES = {"ingest", "extract", "projection"}
CHECKED = {"kafka", "postgres", "api"}
SHOWN_WITHIN = 180.0  # seconds; measured: 2 s on two idle cores, 30 s with six programs waiting for each

ARTICLE = {
    "id": "harbour-gazette-0311",
    "url": "https://harbour-gazette.example/0311",
    "source": "Harbour Gazette",
    "published": "2024-03-11T09:30:00+00:00",
    "title": "Benin offers soldiers for the force in Haiti",
    "text": "Benin has pledged 2,000 soldiers to the Multinational Security Support mission in Haiti, its foreign minister said on Monday.",
}


@pytest.fixture(scope="module")
def project(docker_engine: DockerEngine) -> Iterator[ComposeProject]:
    """The whole project, healthy, under a name and on ports of its own; gone with its volumes afterwards."""
    try:
        docker_engine.need_compose()
        docker_engine.provide(PYTHON, POSTGRES, KAFKA)
    except NoDocker as error:
        pytest.skip(str(error))
    kafka_port, postgres_port, api_port = free_ports(None, None, None)
    environment = {
        "MUSTER_KAFKA_PORT": str(kafka_port),
        "MUSTER_POSTGRES_PORT": str(postgres_port),
        "MUSTER_API_PORT": str(api_port),
        "MUSTER_IMAGE_TAG": IMAGE_TAG,
    }
    with running(ComposeProject(f"muster-test-{uuid4().hex[:8]}", ROOT, environment)) as project:
        yield project


def test_the_steps_end_well_and_everything_else_runs(project: ComposeProject) -> None:
    states = project.states()
    assert set(states) == STEPS | SERVICES | CHECKED
    assert {(states[step].state, states[step].exit_status) for step in STEPS} == {("exited", 0)}
    assert {states[service].state for service in SERVICES | CHECKED} == {"running"}
    assert {states[service].health for service in CHECKED} == {"healthy"}


async def test_an_article_published_from_this_machine_shows_on_the_board_and_outlives_new_containers(project: ComposeProject) -> None:
    await publish(project, ARTICLE)
    pledge = await shown_pledge(project, "BJ")
    assert pledge["quantity"]["amount"] == 2000
    assert "pledged 2,000 soldiers" in ARTICLE["text"][pledge["claims"][0]["start"] : pledge["claims"][0]["end"]]

    project.replace("postgres", "projection", "api")
    assert await shown_pledge(project, "BJ") == pledge


def test_nothing_has_had_to_be_started_again(project: ComposeProject) -> None:
    """A service that ends and is started again and again counts as running most of the time."""
    assert {service: state.restarts for service, state in project.states().items() if state.restarts} == {}, project.logs()


def test_an_image_holds_its_own_service_and_nothing_of_the_others(project: ComposeProject) -> None:
    for service in SERVICES:
        packages = project.run_in(service, "python", "-c", LIST_PACKAGES).split()
        assert {package for package in packages if package.startswith("muster")} == {"muster-contracts", f"muster-{service}"}
        assert ("spacy" in packages) == (service == "extract")
        assert "pytest" not in packages
        assert "uv" not in packages


LIST_PACKAGES = "from importlib.metadata import distributions; print(*(found.name for found in distributions()))"


def test_a_service_runs_without_rights_on_a_file_system_that_it_cant_change(project: ComposeProject) -> None:
    for service in SERVICES:
        assert project.run_in(service, "id", "-u").strip() == "10001"
        assert project.run_in(service, "sh", "-c", "touch /opt/muster/x 2>/dev/null || echo refused").strip() == "refused"
        assert set(project.run_in(service, "grep", "CapEff", "/proc/1/status").split()[-1]) == {"0"}


async def publish(project: ComposeProject, article: dict[str, str]) -> None:
    """Send an article as an outside publisher would: plain JSON, no headers of ours."""
    producer = AIOKafkaProducer(bootstrap_servers=f"127.0.0.1:{project.environment['MUSTER_KAFKA_PORT']}")
    await producer.start()
    try:
        await producer.send_and_wait(ARTICLE_SUBMISSIONS.name, json.dumps(article).encode())
    finally:
        await producer.stop()


async def shown_pledge(project: ComposeProject, contributor: str) -> dict[str, Any]:
    """The fact of a contributor's pledge, once the board of the mission in Haiti has it. Fails after SHOWN_WITHIN seconds."""
    board = f"http://127.0.0.1:{project.environment['MUSTER_API_PORT']}/missions/haiti-mss"
    last = "no answer"
    try:
        async with httpx.AsyncClient(timeout=20) as client, asyncio.timeout(SHOWN_WITHIN):
            while True:
                answer = await client.get(board)
                last = answer.text
                if answer.is_success:
                    for fact in answer.json()["facts"]:
                        if (fact["type"], fact["contributor"]) == ("pledge-announced", contributor):
                            return dict(fact)
                await asyncio.sleep(0.3)
    except TimeoutError:
        pytest.fail(f"no pledge by {contributor} after {SHOWN_WITHIN:.0f} s; the board said last: {last[:500]}\n{project.logs()}")
