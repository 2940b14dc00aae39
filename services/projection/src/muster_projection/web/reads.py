"""The routes of the read API: boards, facts, health. JSON in and out; the pages are beside them in `web`."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request
from muster_contracts.values import MissionSlug
from pydantic import BeforeValidator, Field
from sqlalchemy.ext.asyncio import AsyncEngine

from muster_projection.board import Board, Fact, MissionSummary
from muster_projection.board.base import BoardModel
from muster_projection.migrations import is_current
from muster_projection.store.boards import BoardFailed
from muster_projection.store.reading import board_of, fact_of, is_told_of, mission_lines
from muster_projection.web.errors import ErrorAnswer, NoAnswer, no_answer, not_migrated

ERRORS: dict[int | str, dict[str, Any]] = {status: {"model": ErrorAnswer} for status in (404, 422, 500, 503)}

routes = APIRouter(responses={status: answer for status, answer in ERRORS.items() if status in (500, 503)})


class FailedMission(BoardModel):
    """A mission whose board a fault of the program keeps from being reckoned."""

    mission: MissionSlug
    failure: str


class Missions(BoardModel):
    """All missions, those last in the news first."""

    missions: tuple[MissionSummary, ...]
    failed: tuple[FailedMission, ...] = ()


class Facts(BoardModel):
    """A mission's facts, by day."""

    facts: tuple[Fact, ...]


class Status(BoardModel):
    status: Annotated[str, Field(examples=["live", "ready"])]


def engine_of(request: Request) -> AsyncEngine:
    """The application's engine."""
    engine = request.app.state.engine
    assert isinstance(engine, AsyncEngine)
    return engine


Engine = Annotated[AsyncEngine, Depends(engine_of)]
# A form that is sent with an empty field means: no such day.
NoDay = BeforeValidator(lambda given: given or None)
ValidAt = Annotated[date | None, NoDay, Query(description="A day in the world: what had happened, and was due, by its end.")]
KnownAt = Annotated[date | None, NoDay, Query(description="A day of publication: what was public by its end.")]
Slug = Annotated[str, Path(description="A mission's slug, e.g. haiti-mss.", max_length=80)]


async def asked_board(slug: Slug, engine: Engine, valid_at: ValidAt = None, known_at: KnownAt = None) -> Board:
    """The board that a request asks for.

    Raises:
        NoAnswer: there is none.
    """
    async with engine.connect() as connection:
        try:
            board = await board_of(connection, slug, valid_at, known_at)
        except BoardFailed as failed:
            raise no_answer(500, "board-failed", f"The board of {slug} could not be reckoned: {failed}.") from failed
        if board is not None:
            return board
        if not await is_told_of(connection, slug):
            raise no_answer(404, "unknown-mission", f"No article tells of a mission {slug!r}.", "slug")
    known = f" as known on {known_at}" if known_at else ""
    raise no_answer(404, "nothing-known", f"Nothing that was told of {slug} stands{known}.", "known_at" if known_at else None)


AskedBoard = Annotated[Board, Depends(asked_board)]


@routes.get("/missions")
async def missions(engine: Engine) -> Missions:
    """All missions in one line each."""
    async with engine.connect() as connection:
        lines, failed = await mission_lines(connection)
    return Missions(missions=tuple(lines), failed=tuple(FailedMission(mission=one.mission, failure=one.failure) for one in failed))


@routes.get("/missions/{slug}", responses=ERRORS)
async def mission(board: AskedBoard) -> Board:
    """A mission's board; with `valid_at` or `known_at`, as it was on a day, or as it was known on one."""
    return board


@routes.get("/missions/{slug}/facts", responses=ERRORS)
async def facts(board: AskedBoard) -> Facts:
    """A mission's facts with every claim behind them and its quote."""
    return Facts(facts=board.facts)


@routes.get("/facts/{fact_id}", responses=ERRORS)
async def fact(fact_id: UUID, engine: Engine) -> Fact:
    """A fact with every claim behind it and its quote."""
    async with engine.connect() as connection:
        found = await fact_of(connection, fact_id)
    if found is None:
        raise no_answer(404, "unknown-fact", f"No fact {fact_id} is established.", "fact_id")
    return found


@routes.get("/health")
async def health() -> Status:
    """Whether the process answers. Asks nobody else, so that a database's outage restarts no reader."""
    return Status(status="live")


@routes.get("/ready")
async def ready(engine: Engine) -> Status:
    """Whether requests can be served: the database answers, and its tables are this release's."""
    if not await is_current(engine):
        raise NoAnswer(503, not_migrated())
    return Status(status="ready")
