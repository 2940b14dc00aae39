"""`muster tail TOPIC`: the records of a topic as they come."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

import typer

from muster_deploy.cli.output import out, print_json_line, say
from muster_deploy.errors import BadInput, NotRunning
from muster_deploy.settings import read_settings


def tail(
    topic: Annotated[str, typer.Argument(help="Name of a topic, e.g. mission-events.")],
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Begin with the oldest record, not with new ones.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="End after so many records.")] = None,
    follow: Annotated[bool, typer.Option("--follow/--no-follow", help="Wait for new records, or end with the newest one there is.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print each record as a JSON object, one a line.")] = False,
) -> None:
    """Show the records of a topic as they come, until Ctrl-C. Joins no group and moves no offsets."""
    from muster_contracts.topics import TOPICS

    from muster_deploy.stack import running_broker

    known = [one.name for one in TOPICS]
    if topic not in known:
        raise BadInput(f"There is no topic {topic} in the topic table.", remedy=f"There are {', '.join(known)}.")
    asyncio.run(_tail(running_broker(read_settings()), topic, from_beginning=from_beginning, limit=limit, follow=follow, as_json=as_json))


async def _tail(bootstrap: str, topic: str, *, from_beginning: bool, limit: int | None, follow: bool, as_json: bool) -> None:
    seen = 0
    async for record in _records(bootstrap, topic, from_beginning=from_beginning, follow=follow):
        shown = as_object(record)
        if as_json:
            print_json_line(shown)
        else:
            kind = shown["headers"].get("ce_type") or shown["headers"].get("reason") or "–"
            body = shown["value"] if isinstance(shown["value"], str) else json.dumps(shown["value"], ensure_ascii=False)
            out.print(f"{shown['partition']}@{shown['offset']}", f"{kind}", f"{body}", markup=False, soft_wrap=True)
        seen += 1
        if seen == limit:
            return
    if not seen:
        say(f"{topic} holds nothing")


def as_object(record: Any) -> dict[str, Any]:
    """A record as JSON shows it: headers as text, the body as JSON where it is JSON, else as text."""
    return {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "timestamp": record.timestamp,
        "key": _text(record.key),
        "headers": {name: _text(value) for name, value in record.headers},
        "value": _body(record.value),
    }


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")


def _body(value: bytes | None) -> Any:
    try:
        return None if value is None else json.loads(value)
    except ValueError:
        return _text(value)


async def _records(bootstrap: str, topic: str, *, from_beginning: bool, follow: bool) -> AsyncIterator[Any]:
    from aiokafka import AIOKafkaConsumer
    from aiokafka.errors import KafkaError

    consumer = AIOKafkaConsumer(
        topic,  # without a group, all its partitions are ours
        bootstrap_servers=bootstrap,
        client_id="muster-tail",
        enable_auto_commit=False,
        auto_offset_reset="earliest" if from_beginning else "latest",
    )
    try:
        await consumer.start()
    except (KafkaError, OSError) as error:
        await consumer.stop()
        raise NotRunning(f"No Kafka answers at {bootstrap}.", remedy="Start the stack with `muster up`, or mend the address.") from error
    try:
        partitions = consumer.assignment()
        if not partitions:
            raise BadInput(f"{bootstrap} has no topic {topic}.", remedy="Run `muster topics apply`.")
        ends = await consumer.end_offsets(partitions)
        while True:
            if not follow and all([await consumer.position(partition) >= ends[partition] for partition in partitions]):
                return
            for records in (await consumer.getmany(timeout_ms=200)).values():
                for record in records:
                    yield record
    finally:
        await consumer.stop()
