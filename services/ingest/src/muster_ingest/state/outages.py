"""Which errors of the database mean that it is down: those are waited out, all others are faults of ours."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

# Connection exceptions, transactions rolled back for others' sake, resources, an operator's stop, the system (PostgreSQL, appendix A).
_OUTAGE_CLASSES = ("08", "40", "53", "57", "58")
_LOST_RACE = "23505"  # another instance made the revision first: deciding again, with that one known, is right


class DatabaseDown(Exception):
    """The database can't be used now; the same work will do later."""


@asynccontextmanager
async def transaction(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that commits at its end.

    Raises:
        DatabaseDown: in place of what the driver raises when the database is down, and when another instance was first.
    """
    try:
        async with engine.begin() as connection:
            yield connection
    except (DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        if _is_outage(error):
            raise DatabaseDown(str(error).splitlines()[0]) from error
        raise


def _is_outage(error: Exception) -> bool:
    if isinstance(error, OperationalError | InterfaceError | asyncpg.InterfaceError):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    state = str(getattr(getattr(error, "orig", error), "sqlstate", None) or "")
    return state[:2] in _OUTAGE_CLASSES or state == _LOST_RACE
