"""`muster up`, `muster down`, `muster ps`: the local stack and the services."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from muster_deploy.cli.output import out, print_json, say, table
from muster_deploy.home import Home
from muster_deploy.programs import Program
from muster_deploy.settings import Settings, read_settings

JSON = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def up(detach: Annotated[bool, typer.Option("--detach", "-d", help="Return once everything works, and leave it running.")] = False) -> None:
    """Start Kafka, Postgres and all services, and keep them running.

    Resolves what is missing, applies topics and migrations, and waits until every service works. Without --detach it stays, and Ctrl-C
    stops everything. A service that ends is started again. An address in MUSTER_KAFKA__BOOTSTRAP or MUSTER_POSTGRES__URL replaces ours.
    """
    from muster_deploy import running

    settings = read_settings()
    with stop_signals():
        started = running.up(settings, say)
        stays = not detach and not started.was_running
        try:
            out.print(f"board   {started.board}\nkafka   {started.addresses.bootstrap}\nlogs    {Home(settings.home).logs}", soft_wrap=True)
            if started.was_running:
                say("it was running already; `muster down` stops it")
            if stays:
                say("Ctrl-C stops everything")
                stay(settings)
        except KeyboardInterrupt:
            pass
        finally:
            if stays:
                running.down(settings, say)


def down(wipe: Annotated[bool, typer.Option("--wipe", help="Remove data, logs and state as well.")] = False) -> None:
    """Stop the services, then Postgres, then Kafka; data stays unless --wipe is given."""
    from muster_deploy import running

    running.down(read_settings(), say, wipe=wipe)


def ps(as_json: JSON = False) -> None:
    """Show what runs: programs with their pids, restarts and logs, and the addresses."""
    from muster_deploy.state import read_services, read_stack

    home = Home(read_settings().home)
    stack, services = read_stack(home), read_services(home)
    programs = [part.program for part in (stack.kafka, stack.postgres) if part is not None and part.program is not None]
    programs += [stack.supervisor] if stack.supervisor is not None else []
    rows = [_row(program, services.restarts) for program in [*programs, *services.programs]]
    if as_json:
        print_json({"home": home.folder, "kafka": stack.bootstrap, "board": stack.board, "programs": rows})
        return
    if not rows:
        say(f"nothing runs in {home.folder}; `muster up` starts it")
        return
    out.print(table(["program", "state", "pid", "since", "restarts"], [list(row.values())[:-1] for row in rows]))
    out.print(f"\nkafka  {stack.bootstrap or '–'}\nboard  {stack.board or '–'}\nlogs   {home.logs}", soft_wrap=True)


def _row(program: Program, restarts: dict[str, int]) -> dict[str, Any]:
    since = datetime.fromtimestamp(program.started, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {
        "program": program.name,
        "state": "runs" if program.runs() else "ended",
        "pid": program.pid,
        "since": since,
        "restarts": restarts.get(program.name, 0),
        "log": str(program.log),
    }


@contextmanager
def stop_signals() -> Iterator[None]:
    """While open, SIGTERM and a closed terminal end a command as Ctrl-C does, so that what it started is stopped."""
    # SIGINT too: a shell's background job inherits it ignored, and Python then leaves it so.
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stay(settings: Settings) -> None:
    """Stay until the end of the supervisor; Ctrl-C, SIGTERM and a closed terminal raise KeyboardInterrupt."""
    from muster_deploy.state import read_stack

    home = Home(settings.home)
    while (supervisor := read_stack(home).supervisor) is not None and supervisor.runs():
        time.sleep(0.5)
