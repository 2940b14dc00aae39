"""What downstream was told by a running stack, folded as a stranger would fold it, against the boards that it serves."""

from __future__ import annotations

import asyncio

import asyncpg
import httpx
from muster_contracts.topics import MISSION_CHANGES
from muster_projection.board import Board
from muster_projection.changes import Shown, evolve, initial, shown

from muster_testkit.flows import board, wait_for
from muster_testkit.resources import elsewhere
from muster_testkit.stack import RunningStack
from muster_testkit.topics import records


def until_told(stack: RunningStack) -> None:
    """Return once every change that was made is on the log."""
    wait_for(lambda: not elsewhere(lambda: asyncio.run(_waiting(stack.addresses.postgres_url))), "all changes are published")


def told(stack: RunningStack) -> dict[str, Shown]:
    """By mission, what all changes on the log add up to; one that comes again is dropped by its id."""
    state: dict[str, Shown] = {}
    seen: set[str] = set()
    for record in records(stack, MISSION_CHANGES):
        if record.headers["ce_id"] not in seen:
            seen.add(record.headers["ce_id"])
            change = MISSION_CHANGES.adapter.validate_json(record.value)
            state[change.mission] = evolve(state.get(change.mission, initial()), change)
    return state


def mistold(stack: RunningStack) -> list[str]:
    """Missions of which the changes do not add up to the board that is served; none where all is well."""
    until_told(stack)
    heard = told(stack)
    served = [line["mission"] for line in httpx.get(f"{stack.board}/missions", timeout=30).json()["missions"]]
    boards = {mission: shown(Board.model_validate(board(stack, mission))) for mission in served}
    missions = sorted({*boards, *heard})
    return [mission for mission in missions if _values(heard.get(mission, initial())) != _values(boards.get(mission, initial()))]


def _values(state: Shown) -> tuple[dict[object, object], dict[object, object]]:
    return {key: said.value for key, said in state.facts.items()}, {key: said.value for key, said in state.status.items()}


async def _waiting(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM changes.outbox"))
    finally:
        await connection.close()
