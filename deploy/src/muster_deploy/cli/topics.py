"""`muster topics plan|apply`: the topic table and the broker."""

from __future__ import annotations

import asyncio

import typer

from muster_deploy.cli.errors import examples
from muster_deploy.cli.output import out, print_json, say, table
from muster_deploy.cli.stack import JSON
from muster_deploy.errors import NotRunning, OperatorError
from muster_deploy.settings import read_settings

app = typer.Typer(no_args_is_help=True, help="Compare the broker's topics with the topic table, or make them the same.")


@app.command(epilog=examples("muster topics plan", "muster topics plan --json"))
def plan(as_json: JSON = False) -> None:
    """Show what `apply` would change. Changes nothing."""
    _run(applying=False, as_json=as_json)


@app.command(epilog=examples("muster topics apply", "MUSTER_KAFKA__BOOTSTRAP=broker:9092 muster topics apply"))
def apply(as_json: JSON = False) -> None:
    """Create what is missing and set what differs. Never deletes a topic; a second run changes nothing.

    Where MUSTER_REGISTRY__URL gives a schema registry, the schemas of all events are registered there too.
    """
    _run(applying=True, as_json=as_json)
    _register_schemas()


def _run(*, applying: bool, as_json: bool) -> None:
    from aiokafka.errors import KafkaError
    from muster_contracts.transport import topics
    from muster_contracts.transport.settings import KafkaSettings

    from muster_deploy.stack import running_broker

    bootstrap = running_broker(read_settings())
    try:
        changes = asyncio.run((topics.apply if applying else topics.plan)(KafkaSettings(bootstrap=bootstrap)))
    except (KafkaError, OSError) as error:
        raise NotRunning(
            f"No Kafka answers at {bootstrap}: {error}", remedy="Start the stack with `muster up`, or mend the address."
        ) from error
    rows = [{"topic": change.topic.name, "change": change.what, "detail": change.detail} for change in changes]
    if as_json:
        print_json(rows)
    elif rows:
        out.print(table(["topic", "change", "detail"], [list(row.values()) for row in rows]))
        say("applied" if applying else "`muster topics apply` would do this")
    else:
        say(f"{bootstrap} has every topic as the table says")


def _register_schemas() -> None:
    address = read_settings().registry.url
    if address is None:
        return
    from muster_contracts.registry.client import Registry, RegistryError
    from muster_contracts.registry.registering import register
    from muster_contracts.registry.schemas import subjects

    try:
        with Registry(address) as registry:
            outcomes = register(registry, subjects())
    except RegistryError as error:
        raise OperatorError(str(error), remedy="Mend MUSTER_REGISTRY__URL or the registry, or unset it: nothing else needs one.") from error
    broken = [f"{outcome.subject}: {outcome.detail}" for outcome in outcomes if outcome.what == "incompatible"]
    if broken:
        raise OperatorError(
            f"The registry refuses {len(broken)} schemas, so none was registered.",
            remedy="What breaks readers of the log has to be a new version of its event.",
            log_lines=tuple(broken),
        )
    new = sum(outcome.what == "registered" for outcome in outcomes)
    say(f"{registry.shown} has the schemas of {len(outcomes)} events, {new} of them new")
