"""Brings the schema `ingest` to this release's form. Several processes may try at once: one does it, the others wait."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from muster_ingest.state.tables import SCHEMA

_LOCK = 0x6D75_7374_6572_0001  # "muster", 1: the key of the advisory lock under which ingest migrates


async def migrate(engine: AsyncEngine) -> str:
    """Applies what is missing, in one transaction under an advisory lock. Returns the revision that stands then."""
    async with engine.begin() as connection:
        await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        await connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        await connection.run_sync(_upgrade)
    return newest()


async def is_current(connection: AsyncConnection) -> bool:
    """Whether the schema has this release's form."""
    return await connection.run_sync(_standing) == newest()


def newest() -> str:
    """The revision that this release needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _standing(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table_schema": SCHEMA}).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("muster_ingest.state").joinpath("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
