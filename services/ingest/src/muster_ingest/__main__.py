"""The command `muster-ingest`."""

import asyncio

import typer
from muster_contracts.transport import logs
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import create_async_engine

from muster_ingest.service import make_service
from muster_ingest.settings import IngestSettings
from muster_ingest.state.migrate import migrate as migrate_schema

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # boxes are for people; a service's standard error goes to a log
    help="Takes articles in and publishes them clean, once each.",
)


@app.command()
def migrate() -> None:
    """Bring the schema `ingest` in Postgres to this release's form."""
    settings = _settings()

    async def apply() -> str:
        engine = create_async_engine(settings.postgres.async_url)
        try:
            return await migrate_schema(engine)
        finally:
            await engine.dispose()

    typer.echo(f"schema ingest is at {asyncio.run(apply())}")


@app.command()
def run() -> None:
    """Take submissions until stopped (SIGINT or SIGTERM)."""
    settings = _settings()
    asyncio.run(make_service(settings).run())


def _settings() -> IngestSettings:
    try:
        settings = IngestSettings()
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            typer.echo(f"MUSTER_{'__'.join(map(str, wrong['loc'])).upper()}: {wrong['msg']}", err=True)
        raise typer.Exit(2) from None
    logs.configure("ingest", settings.log_level)
    return settings


if __name__ == "__main__":
    app()
