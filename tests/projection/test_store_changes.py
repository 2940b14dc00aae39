"""What one transaction writes into the outbox, and that it adds up to the board, whatever happens between."""

import random
import sys
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid5

import pytest
from muster_contracts.changes import Because, ChangeEvent, FactEstablished, FactWithdrawn, StatusChanged
from muster_contracts.claims import AnyClaim, CommanderAppointed, ContingentArrived, ExtractionCompleted, PledgeAnnounced, StrengthReported
from muster_contracts.codec import decode
from muster_contracts.envelope import Envelope
from muster_contracts.topics import MISSION_CHANGES
from muster_contracts.transport.settings import PostgresSettings
from muster_projection.changes import evolve, initial, shown
from muster_projection.migrations import migrate
from muster_projection.store.boards import Laid, keep_board, kept_board
from muster_projection.store.catching_up import catch_up
from muster_projection.store.engine import make_engine
from muster_projection.store.folding import fold
from muster_projection.store.live import Lives
from muster_projection.store.outbox import Lag, lag, mute, unmute, waiting
from muster_projection.store.reading import board_of
from muster_projection.store.reckoning import mend
from muster_projection.store.telling import Sent, is_muted, tell, told_of
from muster_testkit.telling import ENTERED, article, claim, completed, news, retracted, told
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

Event = AnyClaim | ExtractionCompleted
HAITI, SOMALIA = "haiti-mss", "somalia-aussom"

MARCH = article("offer", published="2024-03-01")
MAY = article("count", published="2024-05-20", source="Harbour Post")
PLEDGE = claim(PledgeAnnounced, MARCH, contributor="KE", amount=1000)
ARRIVAL = claim(ContingentArrived, MAY, contributor="KE", amount=400, date="2024-05-18", quote="have landed")
BEFORE = claim(StrengthReported, article("count before", published="2024-02-01"), amount=20, unit="troops", quote="20 soldiers")
OTHER = claim(StrengthReported, MAY, mission=SOMALIA, contributor="UG", amount=4500, unit="troops", quote="4,500 soldiers")
COPY = claim(PledgeAnnounced, article("again", published="2024-03-02", copy_of="offer"), contributor="KE", amount=1000)


async def hear(engine: AsyncEngine, *events: Event, lives: Lives | None = None) -> None:
    async with engine.begin() as connection:
        assert await fold(connection, news(events), lives) == []
    if lives:
        lives.committed()


async def sent(engine: AsyncEngine, mission: str = HAITI) -> list[tuple[ChangeEvent, Envelope]]:
    """Everything in the outbox of one mission, in order, as its readers decode it."""
    async with engine.begin() as connection:
        found = await waiting(connection, 100_000)
    assert found is not None
    return [decode(MISSION_CHANGES, each.record.headers, each.record.value) for each in found if each.record.key == mission.encode()]


async def adds_up(engine: AsyncEngine, mission: str = HAITI) -> bool:
    state = initial()
    for change, _ in await sent(engine, mission):
        state = evolve(state, change)
    async with engine.connect() as connection:
        board = shown(await board_of(connection, mission, None, None))
    values = [{key: said.value for key, said in each.items()} for each in (state.facts, board.facts, state.status, board.status)]
    return values[0] == values[1] and values[2] == values[3]


async def test_a_change_has_its_causes_time_and_names_it(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(PLEDGE))
    changes = await sent(board_engine)
    assert changes
    for change, envelope in changes:
        assert (envelope.id, envelope.type, envelope.time) == (str(change.change_id), change.type, ENTERED)
        assert envelope.causation_id == str(completed(MARCH, [PLEDGE]).completion_id)
        assert (envelope.subject, envelope.source) == (HAITI, "/muster/projection")
        assert change.because is Because.TOLD


async def test_each_article_of_a_batch_makes_its_own_changes(board_engine: AsyncEngine, fresh_database: Callable[[], str]) -> None:
    events = [*told(PLEDGE), *told(ARRIVAL, OTHER)]
    await hear(board_engine, *events)
    one_by_one = make_engine(PostgresSettings(url=fresh_database()), client="test")
    try:
        await migrate(one_by_one)
        for event in events:
            await hear(one_by_one, event)
        for mission in (HAITI, SOMALIA):
            assert await sent(one_by_one, mission) == await sent(board_engine, mission) != []
            assert await adds_up(board_engine, mission)
    finally:
        await one_by_one.dispose()


@pytest.mark.parametrize("seed", range(2))
async def test_batches_in_any_cut_with_repeats_add_up(board_engine: AsyncEngine, seed: int) -> None:
    chance = random.Random(seed)
    queues = [told(PLEDGE), told(ARRIVAL, OTHER), [*told(COPY), retracted(COPY.article, known="2024-03-04")]]
    batch: list[Event] = []
    while queues:
        queue = chance.choice(queues)
        batch += [queue.pop(0)] * chance.choice([1, 2])
        queues = [each for each in queues if each]
        if chance.random() < 0.5 or not queues:
            await hear(board_engine, *batch)
            batch = []
    assert await adds_up(board_engine)
    assert await adds_up(board_engine, SOMALIA)


async def test_copies_and_repeats_make_no_change(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(PLEDGE))
    before = await sent(board_engine)
    await hear(board_engine, *told(COPY))
    await hear(board_engine, *told(PLEDGE), *told(COPY))
    assert await sent(board_engine) == before


async def test_in_silence_boards_go_on_and_afterwards_only_what_differs_is_told(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(PLEDGE))
    before = await sent(board_engine)
    async with board_engine.begin() as connection:
        await mute(connection, "green")
        await mute(connection, "blue")
    passing = claim(PledgeAnnounced, article("mistake", published="2024-03-03"), contributor="JM", amount=200)
    await hear(board_engine, *told(passing), *told(ARRIVAL))
    await hear(board_engine, retracted(passing.article, known="2024-03-05"))
    assert await sent(board_engine) == before
    async with board_engine.begin() as connection:
        assert (await lag(connection)) == Lag(len(before), ENTERED, ("blue", "green"), 1)
        assert await unmute(connection, "green")
        assert await is_muted(connection)
    async with board_engine.begin() as connection:
        assert await unmute(connection, "blue")
        assert not await is_muted(connection)
        assert await catch_up(connection) > 0
        assert await catch_up(connection) == 0
    late = (await sent(board_engine))[len(before) :]
    assert {change.because for change, _ in late} == {Because.RECKONED_AGAIN}
    assert "JM" not in {getattr(change, "contributor", None) for change, _ in late}
    assert {envelope.causation_id for _, envelope in late} == {str(retracted(passing.article, known="2024-03-05").completion_id)}
    assert await adds_up(board_engine)


async def test_after_silence_the_next_article_brings_what_was_not_told_before_its_own(board_engine: AsyncEngine) -> None:
    async with board_engine.begin() as connection:
        await mute(connection, "green")
    await hear(board_engine, *told(PLEDGE))
    async with board_engine.begin() as connection:
        await unmute(connection, "green")
    await hear(board_engine, *told(ARRIVAL))
    reasons = [change.because for change, _ in await sent(board_engine)]
    assert reasons == sorted(reasons)  # reckoned-again, then told
    assert set(reasons) == {Because.RECKONED_AGAIN, Because.TOLD}
    assert await adds_up(board_engine)


async def test_an_installation_that_never_told_anything_tells_its_boards_as_they_stand(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(PLEDGE), *told(ARRIVAL, OTHER))
    async with board_engine.begin() as connection:
        for table in ("told", "missions", "outbox"):  # as the migration leaves them, with boards that are there already
            await connection.execute(text(f"DELETE FROM changes.{table}"))  # noqa: S608
    async with board_engine.begin() as connection:
        assert (await lag(connection)).behind == 2
        count = await catch_up(connection)
        assert (await lag(connection)).behind == 0
    changes = [*await sent(board_engine), *await sent(board_engine, SOMALIA)]
    assert len(changes) == count > 0
    assert {change.because for change, _ in changes} == {Because.RECKONED_AGAIN}
    assert {change.type for change, _ in changes} == {"fact-established.v1", "status-changed.v1"}
    assert {envelope.causation_id for _, envelope in changes} == {None}
    assert await adds_up(board_engine)
    assert await adds_up(board_engine, SOMALIA)


async def test_the_same_difference_told_at_once_a_second_time_is_another_change(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(PLEDGE))

    async def toggled() -> None:
        async with board_engine.begin() as connection:  # as a release would leave it that reckons otherwise
            await connection.execute(text("DELETE FROM changes.told WHERE about = 'fact'"))
            await connection.execute(text("UPDATE changes.missions SET behind = true"))
            assert await catch_up(connection) == 1

    await toggled()
    await toggled()
    ids = [change.change_id for change, _ in await sent(board_engine)]
    assert len(set(ids)) == len(ids)


async def test_what_a_board_that_failed_would_have_told_is_told_once_it_is_mended(
    board_engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    reckoning = sys.modules["muster_projection.folds.reckon"]
    real = reckoning.people

    def fails(facts: Sequence[Any], *more: Any) -> Any:
        if any(fact.type == "contingent-arrived" for fact in facts):
            raise ZeroDivisionError("by no people at all")
        return real(facts, *more)

    await hear(board_engine, *told(PLEDGE))
    before = await sent(board_engine)
    with monkeypatch.context() as patched:
        patched.setattr(reckoning, "people", fails)
        await hear(board_engine, *told(ARRIVAL))
        assert await sent(board_engine) == before
        async with board_engine.begin() as connection:
            assert await catch_up(connection) == 0
    async with board_engine.begin() as connection:
        assert await mend(connection) == [HAITI]
    assert len(await sent(board_engine)) > len(before)
    assert await adds_up(board_engine)


@pytest.mark.parametrize("keeping", [False, True])
@pytest.mark.parametrize("tellable", [True, False])
async def test_a_board_that_could_not_be_reckoned_on_the_way_is_kept_and_told_at_once(
    board_engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch, keeping: bool, tellable: bool
) -> None:
    reckoning = sys.modules["muster_projection.folds.reckon"]
    real, lives = reckoning.people, Lives() if keeping else None

    def fails(facts: Sequence[Any], *more: Any) -> Any:
        types = {fact.type for fact in facts}
        if "pledge-announced" in types and "contingent-arrived" not in types:  # a board on the way, not the last one
            raise ZeroDivisionError("by no people at all")
        return real(facts, *more)

    def cannot_tell(mission: str, was: Any, *more: Any) -> Any:
        raise ZeroDivisionError("by no difference at all")

    await hear(board_engine, *told(BEFORE), lives=lives)
    before = await sent(board_engine)
    with monkeypatch.context() as patched:
        patched.setattr(reckoning, "people", fails)
        if not tellable:
            patched.setattr("muster_projection.store.reckoning.catching_up", cannot_tell)
        await hear(board_engine, *told(PLEDGE), *told(ARRIVAL), lives=lives)
    async with board_engine.connect() as connection:
        board = await board_of(connection, HAITI, None, None)
    assert board is not None
    assert len(board.facts) == 3
    async with board_engine.begin() as connection:
        assert (await catch_up(connection) == 0) is tellable
    late = (await sent(board_engine))[len(before) :]
    assert {change.because for change, _ in late} == {Because.RECKONED_AGAIN}
    assert {envelope.causation_id for _, envelope in late} == {str(completed(MAY, [ARRIVAL, OTHER]).completion_id)}
    assert await adds_up(board_engine)
    await hear(board_engine, *told(COPY), lives=lives)
    assert await adds_up(board_engine)


async def test_more_facts_go_at_once_than_a_statement_has_parameters(board_engine: AsyncEngine) -> None:
    await hear(board_engine, *told(PLEDGE), *told(ARRIVAL))
    established = [(change, envelope) for change, envelope in await sent(board_engine) if isinstance(change, FactEstablished)]
    (first, envelope), *_ = established
    withdrawn = FactWithdrawn.model_validate(first.model_dump(exclude={"type"}))
    many = [uuid5(first.change_id, str(number)) for number in range(33_000)]
    gone = [withdrawn.model_copy(update={"fact": first.fact.model_copy(update={"fact_id": each})}) for each in many]
    async with board_engine.begin() as connection:
        await tell(connection, HAITI, [Sent(each, envelope.time, envelope.id) for each in (*gone, withdrawn)])
        assert set((await told_of(connection, HAITI)).facts) == {change.fact.fact_id for change, _ in established[1:]}
        board = await kept_board(connection, HAITI)
        assert board is not None
        laid = await keep_board(connection, board, None)
        fewer = board.model_copy(update={"facts": board.facts[:1]})
        await keep_board(connection, fewer, Laid({**dict.fromkeys(many, board.facts[0]), **laid.facts}, laid.rows))
        assert (await connection.scalars(text("SELECT fact_id FROM board.facts"))).all() == [board.facts[0].fact_id]


async def test_a_post_of_any_length_is_told_and_stops_nothing(board_engine: AsyncEngine) -> None:
    post = "".join(random.Random(0).choices([chr(c) for c in range(0x4E00, 0x9FA5)], k=6_000))  # an index holds 2,704 bytes of a key
    await hear(board_engine, *told(claim(CommanderAppointed, MARCH, contributor="KE", person="Achieng Odera", post=post)))
    (item,) = [change.item for change, _ in await sent(board_engine) if isinstance(change, StatusChanged) and change.figure == "commander"]
    assert item
    assert post.startswith(item)
    assert await adds_up(board_engine)
