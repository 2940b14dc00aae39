"""The command `muster-ingest`."""

import asyncio

import typer
from muster_contracts.transport import logs
from sqlalchemy.ext.asyncio import create_async_engine

from muster_ingest.service import make_service
from muster_ingest.settings import IngestSettings
from muster_ingest.state.migrate import migrate as migrate_schema

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Takes articles in and publishes them clean, once each.")


@app.command()
def migrate() -> None:
    """Bring the schema `ingest` in Postgres to this release's form."""
    settings = IngestSettings()
    logs.configure("ingest", settings.log_level)

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
    settings = IngestSettings()
    logs.configure("ingest", settings.log_level)
    asyncio.run(make_service(settings).run())


if __name__ == "__main__":
    app()
