"""What one transaction makes of a batch: a pure function of the set of events, whatever came when."""

import asyncio
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from muster_contracts.claims import (
    AnyClaim,
    ContingentArrived,
    DeploymentDelayed,
    DeploymentScheduled,
    ExtractionCompleted,
    Extractor,
    FundingProvided,
    PledgeAnnounced,
    StrengthReported,
)
from muster_contracts.transport.settings import PostgresSettings
from muster_contracts.values import Reason
from muster_projection.board import Board, Fact
from muster_projection.folds import board_from
from muster_projection.migrations import migrate
from muster_projection.store.boards import board_as_of
from muster_projection.store.engine import make_engine
from muster_projection.store.folding import fold
from muster_projection.store.reading import board_of, mission_lines
from muster_projection.store.reckoning import mend
from muster_testkit.dumps import dump_board
from muster_testkit.telling import article, claim, completed, news, retracted, told
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

WAITING_FOR_A_LOCK = text(
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database "
    "WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
)

Event = AnyClaim | ExtractionCompleted

AUGUST = article("offer", published="2023-08-01")
JUNE = article("departure", published="2024-06-24")
COPY = article("departure-elsewhere", published="2024-06-25", copy_of="departure", source="Harbour Post")
JULY = article("strength", published="2024-07-20")

PLEDGE = claim(PledgeAnnounced, AUGUST, contributor="KE", amount=1000)
SCHEDULE = claim(DeploymentScheduled, JUNE, contributor="KE", amount=400, date="2024-06-25")
DELAY = claim(DeploymentDelayed, JUNE, contributor="KE", reasons=(Reason.COURT,), quote="held up by judges")
AGAIN = claim(DeploymentScheduled, COPY, contributor="KE", amount=400, date="2024-06-25")
ARRIVAL = claim(ContingentArrived, JULY, contributor="KE", amount=400, date="2024-06-25", quote="have landed")
MONEY = claim(FundingProvided, JULY, contributor="US", amount=300_000_000, unit="USD", quote="has paid in")
OTHER = claim(StrengthReported, JULY, mission="somalia-aussom", contributor="UG", amount=4500, unit="troops", quote="4,500 soldiers")

ARTICLES: tuple[Sequence[Event], ...] = (told(PLEDGE), told(SCHEDULE, DELAY), told(AGAIN), told(ARRIVAL, MONEY, OTHER))


async def hear(engine: AsyncEngine, *events: Event) -> None:
    async with engine.begin() as connection:
        assert await fold(connection, news(events)) == []


async def pledged(engine: AsyncEngine, mission: str = "haiti-mss") -> list[str]:
    async with engine.connect() as connection:
        board = await board_of(connection, mission, None, None)
    return list(board.pledging) if board else []


async def test_a_batch_with_two_missions_reckons_both(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *(event for events in ARTICLES for event in events))
    async with board_engine.connect() as connection:
        lines, failed = await mission_lines(connection)
    assert [line.mission for line in lines] == ["haiti-mss", "somalia-aussom"]
    assert failed == []


async def test_only_missions_that_a_batch_touches_are_reckoned(board_engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    await hear(board_engine, *(event for events in ARTICLES for event in events))
    reckoned: list[str] = []

    def counting(mission: str, facts: Sequence[Fact], **options: Any) -> Board:
        reckoned.append(mission)
        return board_from(mission, facts, **options)

    monkeypatch.setattr("muster_projection.folds.course.board_from", counting)
    later = article("more", published="2024-08-01")
    await hear(board_engine, *told(claim(PledgeAnnounced, later, contributor="JM", amount=200)))
    assert set(reckoned) == {"haiti-mss"}


async def test_a_newer_extraction_takes_away_what_it_leaves_out(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(PLEDGE))
    assert await pledged(board_engine) == ["KE"]
    better = Extractor(name="rules", version="1.10.0")
    moved = claim(PledgeAnnounced, AUGUST, mission="haiti-gsf", contributor="KE", amount=1000, extractor=better)
    await hear(board_engine, moved, completed(AUGUST, [moved], extractor=better))
    assert await pledged(board_engine) == []
    assert await pledged(board_engine, "haiti-gsf") == ["KE"]
    await hear(board_engine, completed(AUGUST, [PLEDGE], extractor=Extractor(name="rules", version="1.9.0")))
    assert await pledged(board_engine, "haiti-gsf") == ["KE"]


async def test_what_a_retracted_article_told_stands_no_longer_and_is_kept(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(PLEDGE))
    await hear(board_engine, retracted(AUGUST, known="2023-08-03"))
    async with board_engine.connect() as connection:
        assert await board_of(connection, "haiti-mss", None, None) is None
        assert await connection.scalar(text("SELECT count(*) FROM board.claims")) == 1
        assert await connection.scalar(text("SELECT count(*) FROM board.missions")) == 0
        as_known = await board_as_of(connection, "haiti-mss", known_at=date(2023, 8, 2))
    assert as_known is not None
    assert as_known.pledging == ("KE",)


async def test_asked_as_known_on_a_day_later_articles_are_left_out(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *(event for events in ARTICLES for event in events))
    async with board_engine.connect() as connection:
        before = await board_as_of(connection, "haiti-mss", known_at=date(2024, 6, 24))
        after = await board_as_of(connection, "haiti-mss", known_at=date(2024, 7, 20))
    assert before is not None
    assert after is not None
    assert [one.deployed for one in before.people] == [None]
    assert {one.contributor: one.deployed is not None for one in after.people}["KE"]


async def test_rows_say_who_pledged_who_paid_and_what_slipped(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *(event for events in ARTICLES for event in events))
    async with board_engine.connect() as connection:
        people = await connection.execute(
            text("SELECT contributor, amount, unit FROM board.people WHERE mission = 'haiti-mss' AND rung = 'pledged'")
        )
        money = await connection.execute(text("SELECT contributor, amount, unit FROM board.money WHERE rung = 'paid'"))
        slips = await connection.execute(text("SELECT contributor, causes FROM board.slips WHERE 'court' = ANY (causes)"))
        quotes = await connection.scalars(
            text(
                "SELECT quote FROM board.facts JOIN board.fact_claims USING (mission, fact_id) JOIN board.claims USING (claim_id) "
                "WHERE facts.type = 'pledge-announced'"
            )
        )
        assert [tuple(row) for row in people] == [("KE", 1000, "police")]
        assert [tuple(row) for row in money] == [("US", 300_000_000, "USD")]
        assert [tuple(row) for row in slips] == [("KE", ["court"])]
        assert list(quotes) == ["will send officers"]


@pytest.mark.parametrize("seed", range(6))
async def test_order_repeats_and_batches_change_no_byte(
    board_engine: AsyncEngine, board_url: str, fresh_database: Callable[[], str], seed: int
) -> None:
    await hear(board_engine, *(event for events in (*ARTICLES, [retracted(COPY, known="2024-06-26")]) for event in events))
    other_url = fresh_database()
    engine = make_engine(PostgresSettings(url=other_url), client="test")
    try:
        await migrate(engine)
        for batch in _batches(seed):
            await hear(engine, *batch)
    finally:
        await engine.dispose()
    assert await dump_board(other_url) == await dump_board(board_url)


async def test_two_that_touch_one_mission_at_once_lose_nothing_of_each_other(board_engine: AsyncEngine) -> None:
    later = article("more", published="2024-08-01")
    jamaica = claim(PledgeAnnounced, later, contributor="JM", amount=200)
    async with board_engine.begin() as first:
        await fold(first, news(told(PLEDGE)))
        second = asyncio.create_task(hear(board_engine, *told(jamaica)))
        async with board_engine.connect() as watch:
            async with asyncio.timeout(30):
                while not await watch.scalar(WAITING_FOR_A_LOCK):
                    assert not second.done(), "it did not wait for the first"
    await second
    assert await pledged(board_engine) == ["JM", "KE"]


async def test_a_claim_that_comes_after_its_completion_stands(board_engine: AsyncEngine) -> None:
    # Never so on the log; so it is when a mended dead letter is put back.
    await hear(board_engine, completed(AUGUST, [PLEDGE]))
    await hear(board_engine, PLEDGE)
    assert await pledged(board_engine) == ["KE"]


async def test_a_fault_in_a_fold_is_said_on_its_mission_alone_and_mended_later(
    board_engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _failing(monkeypatch, "haiti-mss"):
        await hear(board_engine, *(event for events in ARTICLES for event in events))
        async with board_engine.connect() as connection:
            lines, failed = await mission_lines(connection)
        assert [line.mission for line in lines] == ["somalia-aussom"]
        assert [(one.mission, one.failure) for one in failed] == [("haiti-mss", "ZeroDivisionError: by no people at all")]
    async with board_engine.begin() as connection:
        assert await mend(connection) == ["haiti-mss"]
    assert await pledged(board_engine) == ["KE"]


@contextmanager
def _failing(monkeypatch: pytest.MonkeyPatch, broken: str) -> Iterator[None]:
    reckoning = sys.modules["muster_projection.folds.reckon"]  # the package gives its function the same name
    real = reckoning.people

    def fails(*given: Any) -> Any:
        if any(fact.mission == broken for fact in given[0]):
            raise ZeroDivisionError("by no people at all")
        return real(*given)

    with monkeypatch.context() as patched:
        patched.setattr(reckoning, "people", fails)
        yield


def _batches(seed: int) -> Iterator[list[Event]]:
    """The same events in another order and cut, some twice. Events of one article keep theirs, as on the log."""
    shuffle = random.Random(seed)
    queues = [list(events) for events in ARTICLES]
    queues[2].append(retracted(COPY, known="2024-06-26"))
    batch: list[Event] = []
    while queues:
        queue = shuffle.choice(queues)
        event = queue.pop(0)
        batch += [event] * shuffle.choice([1, 1, 2])
        queues = [each for each in queues if each]
        if shuffle.random() < 0.4:
            yield batch
            batch = []
    yield batch
