"""The live path: events a second into a mission of so many claims, from the store's transaction on, against a real database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import date, timedelta

from measure import RUNS, Figure, figure
from muster_contracts.claims import AnyClaim, ExtractionCompleted
from muster_contracts.transport.settings import PostgresSettings
from muster_deploy.settings import read_settings
from muster_projection.migrations import migrate
from muster_projection.store.claims import keep_claims, keep_completions
from muster_projection.store.engine import make_engine
from muster_projection.store.folding import fold
from muster_projection.store.live import Lives
from muster_testkit.claims import completed
from muster_testkit.resources import running_postgres
from muster_testkit.telling import news
from muster_testkit.years import PER_ARTICLE, reading
from sqlalchemy.ext.asyncio import AsyncEngine

SIZES = (1_000, 10_000)
"""Claims that the mission has before."""

LARGE = 100_000
"""Claims of a mission that takes many minutes: only measured when asked for."""

KEPT_AT_ONCE = 2_000
BEGINS = date(2000, 1, 1)


def measure(sizes: Sequence[int] = SIZES) -> list[Figure]:
    """One article at a time, and ten in a batch, into missions of growing size."""
    with running_postgres(read_settings()) as server:
        return [each for size in sizes for each in asyncio.run(_measure(server.fresh_database(), size))]


async def _measure(url: str, size: int) -> list[Figure]:
    engine = make_engine(PostgresSettings(url=url), client="bench")
    try:
        await migrate(engine)
        number, lives = size // PER_ARTICLE, Lives(2 * LARGE)
        await _kept(engine, number)
        began = time.perf_counter()
        await _fold(engine, lives, number, 1)  # the mission's board is made here, from all its claims
        first = time.perf_counter() - began
        one, ten = [], []
        for _ in range(RUNS):
            one.append(await _fold(engine, lives, number := number + 1, 1))
            ten.append(await _fold(engine, lives, number := number + 1, 10))
            number += 10
    finally:
        await engine.dispose()
    return [
        figure(f"a mission of {size:,} claims read anew, and its board made", [first], "s"),
        figure(f"live into a mission of {size:,} claims, an article at a time", one, "events/s"),
        figure(f"live into a mission of {size:,} claims, ten articles a batch", ten, "events/s"),
    ]


async def _kept(engine: AsyncEngine, articles: int) -> None:
    """The log so far, kept and not reckoned."""
    for begin in range(0, articles, KEPT_AT_ONCE):
        events = [event for number in range(begin, min(begin + KEPT_AT_ONCE, articles)) for event in _reading(number)]
        async with engine.begin() as connection:
            await keep_claims(connection, [event for event in events if not isinstance(event, ExtractionCompleted)])
            await keep_completions(connection, [event for event in events if isinstance(event, ExtractionCompleted)])


async def _fold(engine: AsyncEngine, lives: Lives, number: int, articles: int) -> float:
    events = [event for each in range(number, number + articles) for event in _reading(each)]
    began = time.perf_counter()
    async with engine.begin() as connection:
        await fold(connection, news(events), lives)
    lives.committed()
    return len(events) / (time.perf_counter() - began)


def _reading(number: int) -> list[AnyClaim | ExtractionCompleted]:
    """The article with a number, read; a day brings four."""
    claims = reading(number, BEGINS + timedelta(days=number // 4))
    return [*claims, completed(*claims)]
