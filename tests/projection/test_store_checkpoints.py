"""Checkpoints move by compare-and-swap, so that one partition has one owner."""

import asyncio

import pytest
from muster_projection.store.checkpoints import Fenced, advance, stored
from sqlalchemy.ext.asyncio import AsyncEngine

TOPIC = "mission-events"


async def test_a_checkpoint_moves_from_where_its_owner_believes_it_to_be(board_engine: AsyncEngine) -> None:
    async with board_engine.begin() as connection:
        await advance(connection, TOPIC, 3, expected=None, next_offset=10)
        await advance(connection, TOPIC, 3, expected=10, next_offset=25)
    async with board_engine.connect() as connection:
        assert await stored(connection, TOPIC, [2, 3]) == {3: 25}


@pytest.mark.parametrize("expected", [None, 9, 11])
async def test_an_owner_with_another_belief_is_fenced(board_engine: AsyncEngine, expected: int | None) -> None:
    async with board_engine.begin() as connection:
        await advance(connection, TOPIC, 0, expected=None, next_offset=10)
    async with board_engine.begin() as connection:
        with pytest.raises(Fenced):
            await advance(connection, TOPIC, 0, expected=expected, next_offset=12)
    async with board_engine.connect() as connection:
        assert await stored(connection, TOPIC, [0]) == {0: 10}


async def test_a_second_owner_waits_for_the_first_and_then_is_fenced(board_engine: AsyncEngine) -> None:
    second_waits = asyncio.Event()

    async def second() -> None:
        async with board_engine.begin() as connection:
            second_waits.set()
            await advance(connection, TOPIC, 0, expected=None, next_offset=99)

    async with board_engine.begin() as connection:
        await advance(connection, TOPIC, 0, expected=None, next_offset=10)
        other = asyncio.create_task(second())
        await second_waits.wait()
    with pytest.raises(Fenced):
        await other
    async with board_engine.connect() as connection:
        assert await stored(connection, TOPIC, [0]) == {0: 10}
