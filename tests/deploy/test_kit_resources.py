"""The kit's resources are what they say."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import asyncpg
from aiokafka.admin import AIOKafkaAdminClient
from muster_deploy.home import Home
from muster_deploy.programs import Program, spawn, stop
from muster_deploy.state import ServicesState, write_services
from muster_testkit.resources import OWNER, PREFIX, PostgresResource, throw_away_home


async def test_the_kafka_of_the_session_answers_an_admin_call(kafka: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        cluster = await admin.describe_cluster()
    finally:
        await admin.close()
    assert [broker["node_id"] for broker in cluster["brokers"]] == [1]


async def test_fresh_databases_are_empty_and_share_nothing(postgres: PostgresResource) -> None:
    first, second = postgres.fresh_database(), postgres.fresh_database()
    one = await asyncpg.connect(first)
    other = await asyncpg.connect(second)
    try:
        await one.execute("CREATE TABLE seen (at int)")
        assert await other.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0
    finally:
        await one.close()
        await other.close()


def test_what_a_killed_session_left_is_stopped_and_removed(tmp_path: Path) -> None:
    owner = spawn("tests", [sys.executable, "-c", "pass"], log=tmp_path / "tests.log", cwd=tmp_path)
    stop(owner, seconds=30)
    abandoned = Home(Path(tempfile.mkdtemp(prefix=PREFIX)))
    left = spawn("ingest", [sys.executable, "-c", "import signal; signal.pause()"], log=tmp_path / "ingest.log", cwd=tmp_path)
    write_services(abandoned, ServicesState(programs=[left]))
    (abandoned.folder / OWNER).write_text(owner.model_dump_json(), encoding="utf-8")
    with throw_away_home():
        assert not left.runs()
        assert not abandoned.folder.exists()
    stop(left, seconds=0)


def test_a_running_sessions_home_is_left_alone() -> None:
    with throw_away_home() as first:
        with throw_away_home():
            assert first.is_dir()
        assert Program.model_validate_json((first / OWNER).read_bytes()).runs()
