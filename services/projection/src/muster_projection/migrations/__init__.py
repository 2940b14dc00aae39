"""Migrations of schema `board`, and how they are run: from the package, without a configuration file."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.schema import CreateSchema

from muster_projection.store.locks import MIGRATIONS
from muster_projection.store.tables import SCHEMA


async def migrate(engine: AsyncEngine) -> str:
    """Bring the schema to this release's version, in one transaction. Does nothing where it is there already.

    Safe when several start at once: the others wait for a lock that the transaction holds, and find the work done.

    Returns:
        The revision that the schema is at now.
    """
    async with engine.begin() as connection:
        await connection.execute(select(func.pg_advisory_xact_lock(MIGRATIONS)))
        await connection.execute(CreateSchema(SCHEMA, if_not_exists=True))
        await connection.run_sync(_upgrade)
        return await connection.run_sync(_revision) or ""


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the schema is at this release's version. Raises what the client raises where the database can't be reached."""
    async with engine.connect() as connection:
        return await connection.run_sync(_revision) == head()


def head() -> str | None:
    """This release's revision."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table_schema": SCHEMA}).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "muster_projection:migrations")
    config.set_main_option("path_separator", "os")
    return config
