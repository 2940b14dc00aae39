"""Databases with the tables of the board."""

from collections.abc import AsyncIterator, Callable

import pytest
from muster_contracts.transport.settings import PostgresSettings
from muster_projection.migrations import migrate
from muster_projection.store.engine import make_engine
from sqlalchemy.ext.asyncio import AsyncEngine


@pytest.fixture
async def board_url(fresh_database: Callable[[], str]) -> str:
    """The address of a database with empty tables."""
    url = fresh_database()
    engine = make_engine(PostgresSettings(url=url), client="test")
    await migrate(engine)
    await engine.dispose()
    return url


@pytest.fixture
async def board_engine(board_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on `board_url`."""
    engine = make_engine(PostgresSettings(url=board_url), client="test")
    yield engine
    await engine.dispose()
