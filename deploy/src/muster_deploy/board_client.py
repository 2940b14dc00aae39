"""Reads the board's API."""

from __future__ import annotations

from datetime import date

import httpx
from muster_projection.board import Board, MissionSummary
from pydantic import TypeAdapter

from muster_deploy.errors import BadInput, NotRunning, OperatorError
from muster_deploy.home import Home
from muster_deploy.settings import Settings
from muster_deploy.state import read_stack

SUMMARIES = TypeAdapter(list[MissionSummary])


def board_address(settings: Settings) -> str:
    """Where the board answers: as the environment says, else as the running stack has it, else the default address."""
    state = read_stack(Home(settings.home))
    if state.board is not None and "port" not in settings.api.model_fields_set and state.supervisor is not None and state.supervisor.runs():
        return state.board
    return f"http://{settings.api.host}:{settings.api.port}"


def read_missions(settings: Settings) -> list[MissionSummary]:
    """All missions of the board, one line each.

    Raises:
        NotRunning: no board answers.
    """
    return SUMMARIES.validate_python(_get(settings, "/missions", {}))


def read_board(settings: Settings, mission: str, *, valid_at: date | None, known_at: date | None) -> Board:
    """One mission's board.

    Args:
        valid_at: as of this day in the world; None: the newest.
        known_at: as far as was public on this day; None: everything.

    Raises:
        BadInput: the board has no such mission; names those that it has.
        NotRunning: no board answers.
    """
    days = {"valid_at": valid_at, "known_at": known_at}
    asked = {name: day.isoformat() for name, day in days.items() if day is not None}
    return Board.model_validate(_get(settings, f"/missions/{mission}", asked))


def _get(settings: Settings, path: str, query: dict[str, str]) -> object:
    address = board_address(settings)
    try:
        answer = httpx.get(address + path, params=query, timeout=30)
    except httpx.HTTPError as error:
        raise NotRunning(
            f"No board answers at {address} ({error}).",
            remedy="Start everything with `muster up --detach`, or say where it is with MUSTER_API__HOST and MUSTER_API__PORT.",
        ) from error
    if answer.status_code == httpx.codes.NOT_FOUND and path != "/missions":
        slugs = [summary.mission for summary in read_missions(settings)]
        raise BadInput(
            f"The board has no mission {path.removeprefix('/missions/')}.",
            remedy=f"It has {', '.join(slugs)}." if slugs else "It is empty: publish something with `muster publish`.",
        )
    if not answer.is_success:
        raise OperatorError(f"The board at {address} answered {answer.status_code}: {answer.text[:500]}")
    return answer.json()
