"""Missions that a process keeps between transactions: the same rows and the same changes as if it read them anew each time."""

import random
from collections.abc import AsyncIterator, Callable, Sequence

import pytest
from alembic import command
from muster_contracts.claims import AnyClaim, ExtractionCompleted
from muster_contracts.transport.settings import PostgresSettings
from muster_projection import migrations
from muster_projection.folds import reckon
from muster_projection.migrations import migrate
from muster_projection.store.boards import kept_board
from muster_projection.store.engine import make_engine
from muster_projection.store.folding import fold
from muster_projection.store.live import Lives
from muster_projection.store.outbox import mute, unmute, waiting
from muster_projection.store.telling import memory_of
from muster_testkit.claims import RULES, arrived, article, completed, delayed, departed, pledged, said, scheduled, strength
from muster_testkit.dumps import dump_board
from muster_testkit.telling import news
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

Event = AnyClaim | ExtractionCompleted
HAITI = "haiti-mss"


def stories(count: int) -> list[list[Event]]:
    """Articles on one mission: pledges restated and raised, plans that slip and are met, copies, corrections and retractions."""
    found: list[list[Event]] = []
    for number in range(count):
        who, day = ("KE", "JM", "BS")[number % 3], f"2024-{number % 6 + 1:02}-{number % 27 + 1:02}"
        told = article(f"a-{number}", published=day, copy_of=f"a-{number - 3}" if number % 5 == 4 else None)
        claims: list[AnyClaim] = [
            pledged(who, 100 + number % 4 * 50, told=told),
            scheduled(who, 50, f"2024-07-{number % 9 + 1:02}", told=told),
            delayed(who, None, "court", told=told),
            departed(who, 50, day, told=told),
            arrived(who, 40 + number % 2 * 10, day, told=told),
            strength(None, 100 + number, day, told=told),
            said(f"word {number % 7}", told=told),
        ]
        events: list[Event] = [*claims, completed(*claims)]
        again = told.model_copy(update={"revision": 2, "revision_id": told.article_id})
        if number % 6 == 5:
            events.append(completed(told=again, retracted=True))
        elif number % 6 == 2:
            mended = [pledged(who, 300, told=again)]
            events += [*mended, completed(*mended)]
        found.append(events)
    return found


@pytest.fixture
async def second_engine(fresh_database: Callable[[], str]) -> AsyncIterator[AsyncEngine]:
    engine = make_engine(PostgresSettings(url=fresh_database()), client="test")
    await migrate(engine)
    yield engine
    await engine.dispose()


async def hear(engine: AsyncEngine, lives: Lives | None, *events: Event) -> None:
    async with engine.begin() as connection:
        assert await fold(connection, news(events), lives) == []
    if lives:
        lives.committed()


async def everything(engine: AsyncEngine) -> list[object]:
    """Every row of the board, and every change in the outbox, in its order."""
    async with engine.begin() as connection:
        found = await waiting(connection, 100_000)
    assert found
    dump = await dump_board(engine.url.render_as_string(hide_password=False).replace("+asyncpg", ""))
    return [*dump.decode().splitlines(), *(each.record for each in found)]


def batches(seed: int, queues: Sequence[Sequence[Event]]) -> list[list[Event]]:
    """The events in another order and cut, some twice; those of one article keep theirs."""
    chance, left, cut = random.Random(seed), [list(events) for events in queues], []
    batch: list[Event] = []
    while left:
        queue = chance.choice(left)
        batch += [queue.pop(0)] * chance.choice([1, 1, 2])
        left = [each for each in left if each]
        if chance.random() < 0.1 or not left:
            cut.append(batch)
            batch = []
    return cut


@pytest.mark.parametrize(("seed", "limit"), [(1, 120_000), (2, 20)])
async def test_a_process_that_keeps_missions_writes_and_tells_what_one_does_that_reads_them_anew(
    board_engine: AsyncEngine, second_engine: AsyncEngine, seed: int, limit: int
) -> None:
    lives = Lives(limit)
    for batch in batches(seed, stories(12)):
        await hear(board_engine, lives, *batch)
        await hear(second_engine, None, *batch)
    assert await everything(board_engine) == await everything(second_engine)


async def test_what_somebody_else_folded_meanwhile_is_seen(board_engine: AsyncEngine, second_engine: AsyncEngine) -> None:
    ours, theirs = Lives(), Lives()
    for number, events in enumerate(stories(8)):
        await hear(board_engine, (ours, theirs)[number % 2], *events)
        await hear(second_engine, None, *events)
    assert await everything(board_engine) == await everything(second_engine)


async def test_what_was_rolled_back_is_not_kept(board_engine: AsyncEngine, second_engine: AsyncEngine) -> None:
    lives = Lives()
    first, second, third = stories(3)
    await hear(board_engine, lives, *first)
    async with board_engine.connect() as connection:
        await fold(connection, news(second), lives)
        await connection.rollback()
    lives.rolled_back()
    for events in (third, second):
        await hear(board_engine, lives, *events)
    for events in (first, third, second):
        await hear(second_engine, None, *events)
    assert await everything(board_engine) == await everything(second_engine)


async def test_silence_is_kept_by_one_that_keeps_missions(board_engine: AsyncEngine, second_engine: AsyncEngine) -> None:
    lives = Lives()
    for engine, keeping in ((board_engine, lives), (second_engine, None)):
        for number, events in enumerate(stories(6)):
            async with engine.begin() as connection:
                await (mute(connection, "green") if number == 2 else unmute(connection, "green"))
            await hear(engine, keeping, *events)
    assert await everything(board_engine) == await everything(second_engine)


async def test_an_article_that_tells_of_a_kept_mission_for_the_first_time_brings_its_past(
    board_engine: AsyncEngine, second_engine: AsyncEngine
) -> None:
    first = stories(1)[0]
    told = article("astray", published="2024-05-01")
    late, elsewhere = pledged("BB", 77, told=told), pledged("BB", 77, told=told, mission="x-astray")
    better = RULES.model_copy(update={"version": "1.1.0"})
    moved = pledged("TD", 88, told=told, by=better)
    steps: list[list[Event]] = [
        first,
        [elsewhere, completed(elsewhere, late)],
        [late],  # a mended dead letter: its completion was heard when the mission had nothing of its article
        [moved, completed(moved, by=better)],
    ]
    lives = Lives()
    for events in steps:
        await hear(board_engine, lives, *events)
        await hear(second_engine, None, *events)
        assert await everything(board_engine) == await everything(second_engine)


async def test_a_kept_mission_holds_nothing_of_other_missions_articles(board_engine: AsyncEngine) -> None:
    lives = Lives()
    first, second = stories(2)
    late = pledged("BB", 77, told=article("mended", published="2024-05-01"))
    foreign = [pledged("TD", number, told=article(f"foreign-{number}"), mission="x-foreign") for number in range(1, 6)]
    for own in (first, [*second, completed(late), late]):  # read anew, then kept
        await hear(board_engine, lives, *(event for claim in foreign[::2] for event in (claim, completed(claim))), *own)
        foreign.pop(0)
    async with board_engine.connect() as connection:
        live = lives.take(HAITI, (await memory_of(connection, HAITI)).version)
    assert live
    claims = [event for event in (*first, *second, late) if not isinstance(event, ExtractionCompleted)]
    articles = {claim.article.article_id for claim in claims}
    assert set(live.course._newest) == set(live.course._standing) == articles
    assert len(live.course) == len(claims)


async def test_a_board_that_is_kept_without_its_facts_comes_back_whole(board_engine: AsyncEngine) -> None:
    events = [event for events in stories(7) for event in events]
    await hear(board_engine, None, *events)
    async with board_engine.connect() as connection:
        board = await kept_board(connection, HAITI)
    assert board is not None
    assert len(board.facts) == board.counts.facts > 20
    assert [fact.day for fact in board.facts] == sorted(fact.day for fact in board.facts)


async def test_boards_of_an_earlier_release_are_parted_from_their_facts(fresh_database: Callable[[], str]) -> None:
    events = stories(3)[0]
    board = reckon(HAITI, [event for event in events if not isinstance(event, ExtractionCompleted)])

    def up(connection: Connection, to: str) -> None:
        config = migrations._config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)

    engine = make_engine(PostgresSettings(url=fresh_database()), client="test")
    async with engine.begin() as connection:
        await connection.execute(text("CREATE SCHEMA board"))
        await connection.run_sync(up, "0002")
        await connection.execute(
            text("INSERT INTO board.missions (mission, board) VALUES (:mission, CAST(:board AS jsonb))"),
            {"mission": HAITI, "board": board.model_dump_json()},
        )
        for fact in board.facts:
            await connection.execute(
                text(
                    "INSERT INTO board.facts (mission, fact_id, type, day, reasons, origins, articles, first_told, last_told, payload) "
                    "VALUES (:mission, :fact_id, :type, :day, '{}', 1, 1, :day, :day, CAST(:payload AS jsonb))"
                ),
                {"mission": HAITI, "fact_id": fact.fact_id, "type": fact.type, "day": fact.day, "payload": fact.model_dump_json()},
            )
    await migrate(engine)
    async with engine.connect() as connection:
        assert await kept_board(connection, HAITI) == board
    await engine.dispose()
