"""The command `muster-projection`."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import structlog
import typer
from muster_contracts.transport.logs import configure
from pydantic import ValidationError

from muster_projection.settings import ProjectionSettings

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

Result = TypeVar("Result")

app = typer.Typer(help="Folds mission events into the board, and serves it. Settings come from the environment.", no_args_is_help=True)
log = structlog.get_logger("muster_projection")


@app.command()
def migrate() -> None:
    """Bring the tables of schema `board` to this release's version."""
    from muster_projection.migrations import migrate as bring_up
    from muster_projection.store.engine import is_outage, make_engine

    settings = _settings()

    async def work() -> str:
        engine = make_engine(settings.postgres, client="muster-projection migrate", pool_size=1)
        try:
            return await bring_up(engine)
        finally:
            await engine.dispose()

    try:
        revision = asyncio.run(work())
    except Exception as error:
        if not is_outage(error):
            raise
        _give_up(f"no Postgres answers; set MUSTER_POSTGRES__URL to its address ({error})")
    log.info("tables migrated", revision=revision)


@app.command()
def run() -> None:
    """Fold mission events from Kafka into the board, until stopped."""
    from muster_projection.service import make_service

    settings = _settings()
    try:
        asyncio.run(make_service(settings).run())
    except Exception as error:  # noqa: BLE001 - whatever it was, it has been logged; the status says that it ended badly
        _give_up(str(error) or type(error).__name__)


@app.command()
def mute(name: Annotated[str, typer.Argument(help="Who wants silence, e.g. the generation that a rebuild makes.")]) -> None:
    """Tell nothing on mission-changes until `unmute` of the same name. Boards are kept up meanwhile."""
    from muster_projection.store import outbox

    _in_store(lambda connection: outbox.mute(connection, name))
    log.info("changes muted", by=name)


@app.command()
def unmute(name: Annotated[str, typer.Argument(help="As given to `mute`.")]) -> None:
    """End a silence. Where it was the last one, what the boards show and was not told is told at once."""
    from muster_projection.store import outbox
    from muster_projection.store.catching_up import catch_up
    from muster_projection.store.telling import is_muted

    async def work(connection: "AsyncConnection") -> tuple[bool, bool, int]:
        was_there = await outbox.unmute(connection, name)
        muted = await is_muted(connection)
        return was_there, muted, 0 if muted else await catch_up(connection)

    was_there, muted, count = _in_store(work)
    log.info("changes unmuted", by=name, was_muted=was_there, still_muted=muted, caught_up=count)


@app.command()
def changes() -> None:
    """Say how far downstream is behind the boards, as JSON: changes waiting, the oldest's time, who mutes, missions not told in full."""
    from dataclasses import asdict

    from muster_projection.store import outbox

    typer.echo(json.dumps(asdict(_in_store(outbox.lag)), default=str))


@app.command()
def serve() -> None:
    """Serve the board: a read API, and a page for each mission."""
    import uvicorn

    from muster_projection.api import make_app

    settings = _settings()
    uvicorn.run(make_app(settings), host=settings.api.host, port=settings.api.port, log_config=None, access_log=False)


def _in_store(work: "Callable[[AsyncConnection], Awaitable[Result]]") -> "Result":
    """Run one transaction."""
    from muster_projection.store.engine import is_outage, make_engine

    settings = _settings()

    async def transaction() -> Result:
        engine = make_engine(settings.postgres, client="muster-projection", pool_size=1)
        try:
            async with engine.begin() as connection:
                return await work(connection)
        finally:
            await engine.dispose()

    try:
        return asyncio.run(transaction())
    except Exception as error:
        if not is_outage(error):
            raise
        _give_up(f"no Postgres answers; set MUSTER_POSTGRES__URL to its address ({error})")


def _settings() -> ProjectionSettings:
    try:
        settings = ProjectionSettings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "MUSTER_" + "__".join(str(part).upper() for part in first["loc"])
        configure("projection")
        _give_up(f"{name}: {first['msg']}")
    configure("projection", settings.log_level)
    return settings


def _give_up(why: str) -> NoReturn:
    log.error("gave up", why=why)
    sys.exit(1)


if __name__ == "__main__":
    app()
