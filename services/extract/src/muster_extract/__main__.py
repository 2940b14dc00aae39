"""The command `muster-extract`."""

import asyncio
from typing import Annotated

import typer
from muster_contracts.transport import logs

from muster_extract.coders import NotConfigured, check_configured
from muster_extract.service import make_service
from muster_extract.settings import CoderName, ExtractSettings

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Reads articles and publishes the mission events that they tell.")


@app.callback()
def main() -> None:
    """Reads articles and publishes the mission events that they tell."""


@app.command()
def run(
    coder: Annotated[CoderName | None, typer.Option(help="Who reads; else MUSTER_EXTRACT__CODER, else the rules.")] = None,
    precise: Annotated[bool | None, typer.Option("--precise", help="Publish only what the rules are all but certain of.")] = None,
) -> None:
    """Read articles until stopped (SIGINT or SIGTERM)."""
    settings = ExtractSettings()
    asked = {name: value for name, value in (("coder", coder), ("precise", precise)) if value is not None}
    settings = settings.model_copy(update={"extract": settings.extract.model_copy(update=asked)})
    try:
        check_configured(settings)
    except NotConfigured as missing:
        typer.echo(f"error: {missing}", err=True)
        raise typer.Exit(2) from None
    logs.configure("extract", settings.log_level)
    asyncio.run(make_service(settings).run())


if __name__ == "__main__":
    app()
