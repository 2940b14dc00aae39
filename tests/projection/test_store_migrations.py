"""The tables come about by migrations, and are what the store takes them for."""

import asyncio
from collections.abc import Callable

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from muster_contracts.transport.settings import PostgresSettings
from muster_projection.migrations import head, is_current, migrate
from muster_projection.store.changes_tables import CHANGES
from muster_projection.store.engine import make_engine
from muster_projection.store.tables import SCHEMA, metadata
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine


async def test_two_that_migrate_at_once_both_end_well(fresh_database: Callable[[], str]) -> None:
    url = fresh_database()
    engines = [make_engine(PostgresSettings(url=url), client="test") for _ in range(2)]
    try:
        assert not await is_current(engines[0])
        assert await asyncio.gather(*(migrate(engine) for engine in engines)) == [head(), head()]
        assert await is_current(engines[0])
    finally:
        for engine in engines:
            await engine.dispose()


async def test_migrating_again_changes_nothing(board_engine: AsyncEngine) -> None:
    async with board_engine.begin() as connection:
        await connection.execute(text("INSERT INTO board.checkpoints VALUES ('mission-events', 0, 7)"))
    assert await migrate(board_engine) == head()
    async with board_engine.connect() as connection:
        assert await connection.scalar(text("SELECT next_offset FROM board.checkpoints")) == 7


async def test_the_migrated_tables_are_those_that_the_store_names(board_engine: AsyncEngine) -> None:
    def differences(connection: Connection) -> list[object]:
        def ours(name: str | None, kind: str, _parents: object) -> bool:
            return name in (SCHEMA, CHANGES) if kind == "schema" else True

        options = {"include_schemas": True, "include_name": ours, "version_table_schema": SCHEMA, "compare_type": True}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    async with board_engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_every_table_says_what_it_holds(board_engine: AsyncEngine) -> None:
    async with board_engine.connect() as connection:
        untold = await connection.scalars(
            text(
                "SELECT relname FROM pg_class WHERE relnamespace IN ('board'::regnamespace, 'changes'::regnamespace) AND relkind = 'r' "
                "AND relname <> 'alembic_version' AND obj_description(oid, 'pg_class') IS NULL"
            )
        )
        assert list(untold) == []
