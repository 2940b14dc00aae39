"""Our transport on the image of Apache Kafka and our migrations on that of PostgreSQL, in containers that Testcontainers starts."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer
from muster_contracts.articles import ArticleSubmitted
from muster_contracts.codec import encode
from muster_contracts.envelope import Envelope
from muster_contracts.topics import ARTICLE_SUBMISSIONS, TOPICS
from muster_contracts.transport import topics
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.records import read
from muster_contracts.transport.settings import KafkaSettings
from muster_testkit.docker_engine import KAFKA, POSTGRES, DockerEngine, NoDocker
from testcontainers.community.kafka import KafkaContainer
from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.config import ConnectionMode, testcontainers_config


class ApacheKafkaContainer(KafkaContainer):
    """Testcontainers' Kafka, whose start script is Confluent's, on Apache's own image: the version that we run."""

    def _verify_min_kraft_version(self) -> None:
        """Confluent's numbers do not apply; 4 and above know KRaft alone."""

    def tc_start(self) -> None:
        """Tell the broker its address, known only now that the container has its port, and let it go."""
        listeners = f"{self.listener_name}://{self.get_container_host_ip()}:{self.get_exposed_port(self.port)},BROKER://localhost:9092"
        script = f"#!/bin/bash\nexport KAFKA_ADVERTISED_LISTENERS={listeners}\nexec /etc/kafka/docker/run\n"
        self.create_file(script.encode(), KafkaContainer.TC_START_SCRIPT)


@pytest.fixture(scope="module")
def containers(docker_engine: DockerEngine) -> None:
    """Testcontainers set up for this engine, with the images at hand."""
    try:
        docker_engine.provide(KAFKA, POSTGRES)
    except NoDocker as error:
        pytest.skip(str(error))
    if not docker_engine.reaches_registry:
        testcontainers_config.ryuk_disabled = True  # it cleans up after a killed run, from an image of its own
        testcontainers_config.connection_mode_override = ConnectionMode.docker_host


@pytest.fixture(scope="module")
def container_kafka(containers: None) -> Iterator[KafkaSettings]:
    """A broker in a container, with no topics."""
    with ApacheKafkaContainer(KAFKA).with_kraft().with_env("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false") as kafka:
        yield KafkaSettings(bootstrap=kafka.get_bootstrap_server())


@pytest.fixture(scope="module")
def container_postgres(containers: None) -> Iterator[str]:
    """The address of an empty database in a container."""
    with PostgresContainer(POSTGRES, driver=None) as postgres:
        yield postgres.get_connection_url()


async def test_the_topic_table_is_applied_to_a_container_once(container_kafka: KafkaSettings) -> None:
    created = await topics.apply(container_kafka)
    assert {change.topic.name for change in created} == {topic.name for topic in TOPICS}

    assert await topics.apply(container_kafka) == []


async def test_an_article_with_its_envelope_goes_through_a_broker_in_a_container(container_kafka: KafkaSettings) -> None:
    await topics.apply(container_kafka)
    article = ArticleSubmitted(
        source="Harbour Gazette", title="Forty engineers for the river force", text="Forty engineers left on Monday. " * 2000
    )
    envelope = Envelope(id="harbour-1", source="/harbour-gazette", type=article.type, time=datetime(2024, 6, 24, 18, 29, tzinfo=UTC))
    publisher = Publisher(container_kafka, client_id="test")
    consumer = AIOKafkaConsumer(ARTICLE_SUBMISSIONS.name, bootstrap_servers=container_kafka.bootstrap, auto_offset_reset="earliest")
    await consumer.start()
    try:
        await publisher.publish([encode(article, envelope, ARTICLE_SUBMISSIONS, key=None)])
        record = await asyncio.wait_for(consumer.getone(), timeout=30)
    finally:
        await consumer.stop()
        await publisher.stop()

    recorded = read(ARTICLE_SUBMISSIONS, record)
    assert recorded.event == article
    assert recorded.envelope == envelope


async def test_both_services_migrate_a_database_in_a_container_twice(container_postgres: str) -> None:
    for service in ("ingest", "projection") * 2:
        migrate(service, container_postgres)

    connection = await asyncpg.connect(container_postgres)
    try:
        assert connection.get_server_version().major == 18
        tables = await connection.fetch("SELECT table_schema AS schema, count(*) FROM information_schema.tables GROUP BY table_schema")
    finally:
        await connection.close()
    assert {row["schema"] for row in tables} >= {"ingest", "board"}


def migrate(service: str, url: str) -> None:
    """Run a service's migrations as its image does, in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-m", f"muster_{service}", "migrate"],
        env={**os.environ, "MUSTER_POSTGRES__URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
