"""The command `muster-extract`."""

import asyncio

import typer
from muster_contracts.transport import logs

from muster_extract.service import make_service
from muster_extract.settings import ExtractSettings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Reads articles and publishes the mission events that they tell.")


@app.callback()
def main() -> None:
    """Reads articles and publishes the mission events that they tell."""


@app.command()
def run() -> None:
    """Read articles until stopped (SIGINT or SIGTERM)."""
    settings = ExtractSettings()
    logs.configure("extract", settings.log_level)
    asyncio.run(make_service(settings).run())


if __name__ == "__main__":
    app()
