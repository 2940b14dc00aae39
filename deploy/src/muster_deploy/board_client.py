"""Reads the board's API."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from urllib.parse import quote

import httpx
from muster_projection.board import Board, MissionSummary
from pydantic import BaseModel, ValidationError

from muster_deploy.errors import BadInput, NotRunning, OperatorError
from muster_deploy.home import Home
from muster_deploy.settings import Settings
from muster_deploy.state import read_stack

Answer = TypeVar("Answer", bound=BaseModel)


class Missions(BaseModel):
    """What the board answers to `GET /missions`."""

    missions: list[MissionSummary]
    failed: list[dict[str, str]] = []  # missions whose board a fault of the program keeps from being reckoned


def board_address(settings: Settings) -> str:
    """Where the board answers: as the environment says, else as the running stack has it, else the default address."""
    state = read_stack(Home(settings.home))
    if state.board is not None and "port" not in settings.api.model_fields_set and state.supervisor is not None and state.supervisor.runs():
        return state.board
    return f"http://{settings.api.host}:{settings.api.port}"


def read_missions(settings: Settings) -> Missions:
    """All missions of the board, one line each.

    Raises:
        NotRunning: no board answers.
    """
    return _get(settings, "/missions", {}, Missions)


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
    return _get(settings, f"/missions/{quote(mission, safe='')}", asked, Board)


def _get(settings: Settings, path: str, query: dict[str, str], kind: type[Answer]) -> Answer:
    address = board_address(settings)
    try:
        answer = httpx.get(address + path, params=query, timeout=30)
    except httpx.HTTPError as error:
        raise NotRunning(
            f"No board answers at {address} ({error}).",
            remedy="Start everything with `muster up --detach`, or say where it is with MUSTER_API__HOST and MUSTER_API__PORT.",
        ) from error
    if answer.is_success:
        try:
            return kind.model_validate_json(answer.content)
        except ValidationError as error:
            raise OperatorError(f"What answers at {address} is no board of this release: {error.errors()[0]['msg']}.") from error
    if answer.status_code == httpx.codes.NOT_FOUND and path != "/missions":
        slugs = [summary.mission for summary in read_missions(settings).missions]
        raise BadInput(
            _message(answer), remedy=f"The board has {', '.join(slugs)}." if slugs else "The board is empty: `muster publish` fills it."
        )
    if answer.is_client_error:
        raise BadInput(_message(answer))
    raise OperatorError(f"The board at {address} answered {answer.status_code}: {_message(answer)}", remedy="See its log: `muster ps`.")


def _message(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        return answer.text[:300]
