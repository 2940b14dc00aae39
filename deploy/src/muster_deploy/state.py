"""What is known about a running local stack, on disk."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from muster_deploy.home import Home, write_whole
from muster_deploy.programs import Program


class KafkaState(BaseModel):
    """A broker of the stack. The ports outlive a stop, so that an address stays the same from one start to the next."""

    bootstrap: str
    port: int
    controller_port: int
    program: Program | None = None


class PostgresState(BaseModel):
    """A database server of the stack."""

    url: str  # with the password: the file is readable by its owner alone
    port: int
    program: Program | None = None


class StackState(BaseModel):
    """Kafka, Postgres and the supervisor, as `up` left them. None: not started by us."""

    kafka: KafkaState | None = None
    postgres: PostgresState | None = None
    supervisor: Program | None = None
    bootstrap: str | None = None  # addresses that the services were given, ours or another's
    postgres_url: str | None = None
    board: str | None = None


class ServicesState(BaseModel):
    """The services as the supervisor last saw them."""

    programs: list[Program] = []
    restarts: dict[str, int] = {}


State = TypeVar("State", bound=BaseModel)


def _read(path: Path, kind: type[State]) -> State:
    try:
        return kind.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        # A file of another version or half a disk: what it named can't be trusted, and ports are found anew.
        return kind()


def read_stack(home: Home) -> StackState:
    """The stack's state; an empty one where there is none."""
    return _read(home.stack_state, StackState)


_changing: Final = threading.Lock()  # Kafka and Postgres start in two threads; between processes the home's lock stands


def change_stack(home: Home, **fields: Any) -> StackState:
    """Write some of the stack's fields, at once: what runs has to be on record however we end."""
    with _changing:
        state = read_stack(home).model_copy(update=fields)
        write_whole(home.stack_state, state.model_dump_json(indent=1))
    return state


def read_services(home: Home) -> ServicesState:
    """The services' state; an empty one where there is none."""
    return _read(home.services_state, ServicesState)


def write_services(home: Home, state: ServicesState) -> None:
    write_whole(home.services_state, state.model_dump_json(indent=1))
