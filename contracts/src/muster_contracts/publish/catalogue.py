"""The catalogue page: every topic and every event on it, with its key, its parties and its examples."""

import json
from collections.abc import Sequence
from pathlib import Path

from muster_contracts.publish.examples import TYPICAL, examples_of, folder_of, headers_of
from muster_contracts.publish.schemas import Version, shared_schemas, versions
from muster_contracts.topics import EVENT_TOPICS, Topic


def catalogue(contracts: Path) -> str:
    """The page, as Markdown.

    Args:
        contracts: the folder that holds `examples`, where the page lies.
    """
    found = versions()
    parts = [_HEAD, _overview(found)]
    for topic in EVENT_TOPICS:
        parts.append(_section(topic, [version for version in found if version.topic is topic], contracts))
    return "\n\n".join([*parts, _codes(found)]) + "\n"


def _overview(found: Sequence[Version]) -> str:
    rows = [
        f"| [`{topic.name}`](#{topic.name}) | {topic.key} | {_parties(topic.producers)} | {_consumers(topic)} | {_retention(topic)} "
        f"| {len({version.family for version in found if version.topic is topic})} |"
        for topic in EVENT_TOPICS
    ]
    return "\n".join(["| topic | key | producers | consumers | retention | events |", "|---|---|---|---|---|---|", *rows])


def _section(topic: Topic, carried: Sequence[Version], contracts: Path) -> str:
    rows = [_row(version, contracts) for version in carried]
    letters = ", ".join(f"`{topic.dead_letters(consumer).name}`" for consumer in topic.consumers) or "none"
    facts = [
        f"## {topic.name}",
        "",
        topic.about,
        "",
        f"- Key: {topic.key}. Partitions: {topic.partitions}.",
        f"- Retention: {_retention(topic)}. Largest record: {topic.max_message_bytes:,} bytes.",
        f"- Producers: {_parties(topic.producers)}. Consumers: {_consumers(topic)}. Dead letters: {letters}.",
        "",
        "| event | version | told when | schema | examples |",
        "|---|---|---|---|---|",
        *rows,
    ]
    return "\n".join(facts) + "\n\n" + _shown(carried[0], contracts)


def _row(version: Version, contracts: Path) -> str:
    schema = f"[schema](schemas/{version.name}.json)"
    told_when = version.told_when + (f" No longer written; read as `{version.becomes}`." if version.becomes else "")
    return f"| `{version.family}` | {version.number} | {told_when} | {schema} | {_links(version, contracts)} |"


def _shown(version: Version, contracts: Path) -> str:
    example = next(example for example in examples_of(version, contracts) if example.name == TYPICAL)
    headers = "\n".join(f"{name}: {value}" for name, value in headers_of(version, example.json).items())
    body = json.dumps(example.json, ensure_ascii=False, indent=2)
    return f"`{version.name}` as it stands on the log, headers first:\n\n```text\n{headers}\n```\n\n```json\n{body}\n```"


def _codes(found: Sequence[Version]) -> str:
    _, definitions = shared_schemas(found, "#/{model}")
    lists = [f"### {name}\n\n{schema['description']}" for name, schema in sorted(definitions.items()) if "enum" in schema]
    return "\n\n".join(["## Codes", "A release may add some: treat one that you don't know as `other`, or as not given.", *lists])


def _links(version: Version, contracts: Path) -> str:
    folder = folder_of(version, contracts).relative_to(contracts)
    return ", ".join(f"[{example.name}]({folder}/{example.path.name})" for example in examples_of(version, contracts))


def _retention(topic: Topic) -> str:
    return "everything, for ever" if topic.configs["retention.ms"] == topic.configs["retention.bytes"] == "-1" else "limited"


def _parties(names: Sequence[str]) -> str:
    return ", ".join(names)


def _consumers(topic: Topic) -> str:
    return _parties((*topic.consumers, "any subscriber"))


_HEAD = """\
# Catalogue

What stands on Muster's log. Made by `python -m muster_contracts.publish` from the models and the topic table: don't edit it.
The same as one document for tools: [asyncapi.json](asyncapi.json). How to publish and to subscribe: [README](README.md)."""
