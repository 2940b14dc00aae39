"""Connections to the database, and what its errors mean."""

from muster_contracts.transport.settings import PostgresSettings
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

COMMAND_TIMEOUT_S = 30.0
"""Seconds for one statement. A database that hangs is an outage like one that refuses."""

CONNECT_TIMEOUT_S = 5.0

PASSING = ("08", "40", "53", "57", "58", "55P03")
"""SQLSTATE classes of conditions that pass by themselves: connection, rollback by the server (deadlock), resources, operator
intervention, system error, lock not available (PostgreSQL 18 documentation, appendix A)."""


class DatabaseDown(Exception):
    """The database can't be reached, or gave up on a statement that was in order. Trying again later helps."""


def make_engine(postgres: PostgresSettings, *, client: str, pool_size: int = 5) -> AsyncEngine:
    """An engine for one process; connects at first use.

    Args:
        client: name under which the server lists the connections.
        pool_size: connections that are kept open.
    """
    return create_async_engine(
        postgres.async_url,
        pool_size=pool_size,
        pool_pre_ping=True,  # a connection that a restart of the server has cut is replaced before it fails a transaction
        connect_args={
            "timeout": CONNECT_TIMEOUT_S,
            "command_timeout": COMMAND_TIMEOUT_S,
            "server_settings": {"application_name": client, "timezone": "UTC"},
        },
    )


def is_outage(error: BaseException) -> bool:
    """Whether an error says that the database is down or busy, and nothing about what it was asked."""
    if isinstance(error, OSError | TimeoutError | DatabaseDown):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None)
    if isinstance(state, str):
        return state.startswith(PASSING)
    # asyncpg's own InterfaceError has no state: the connection was closed under a statement.
    said = str(cause).lower()
    return isinstance(error, DBAPIError) and ("connection" in said and ("closed" in said or "lost" in said))


def is_unmigrated(error: BaseException) -> bool:
    """Whether an error says that a table, a column or the schema is not there (undefined_table, undefined_column, invalid_schema)."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in ("42P01", "42703", "3F000")
