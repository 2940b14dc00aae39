"""The kit's resources are what they say."""

from __future__ import annotations

import asyncpg
from aiokafka.admin import AIOKafkaAdminClient
from muster_testkit.resources import PostgresResource


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
