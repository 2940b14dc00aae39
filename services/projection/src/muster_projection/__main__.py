"""The command `muster-projection`."""

import asyncio
import sys
from typing import NoReturn

import structlog
import typer
from muster_contracts.transport.logs import configure
from pydantic import ValidationError

from muster_projection.settings import ProjectionSettings

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
def serve() -> None:
    """Serve the board: a read API, and a page for each mission."""
    import uvicorn

    from muster_projection.api import make_app

    settings = _settings()
    uvicorn.run(make_app(settings), host=settings.api.host, port=settings.api.port, log_config=None, access_log=False)


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
