"""Releases of the contract: what each promised, kept beside the schemas of now."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from muster_contracts.publish.compatibility import ANNOTATIONS, Break, breaks
from muster_contracts.publish.schemas import shared_schemas, versions
from muster_contracts.topics import EVENT_TOPICS, Topic

OUTSIDE = "publishers"
"""How the topic table names producers that are not Muster's."""


class AlreadyReleased(Exception):
    """There is a snapshot of this version: what was released is never written again."""


def declared_version(contracts: Path) -> str:
    """The version that `pyproject.toml` gives the package: the release that is being worked at."""
    declared: str = tomllib.loads((contracts / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return declared


def written_outside(topic: Topic) -> bool:
    """Whether others than Muster publish to the topic."""
    return OUTSIDE in topic.producers


def snapshot(release: str) -> dict[str, Any]:
    """What the contract promises now, without what only people read.

    Returns:
        `topics` with their keys and the events that their logs may hold; `events` by name on the wire, in JSON Schema over `definitions`.
    """
    found = versions()
    events, definitions = shared_schemas(found, "#/definitions/{model}")
    carried = {topic.name: sorted(version.name for version in found if version.topic is topic) for topic in EVENT_TOPICS}
    return {
        "release": release,
        "topics": {
            topic.name: {"key": topic.key, "written_outside": written_outside(topic), "events": carried[topic.name]}
            for topic in EVENT_TOPICS
        },
        "events": {name: bare(schema) for name, schema in events.items()},
        "definitions": {name: bare(schema) for name, schema in definitions.items()},
    }


def bare(schema: Any) -> Any:
    """A schema without its annotations."""
    if isinstance(schema, list):
        return [bare(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    made = {name: bare(value) for name, value in schema.items() if name not in ANNOTATIONS and name not in _VERBATIM}
    for name in _VERBATIM & schema.keys():
        made[name] = schema[name]
    if "properties" in schema:  # a field may be called `title` or `description`
        made["properties"] = {name: bare(value) for name, value in schema["properties"].items()}
    return made


_VERBATIM = frozenset({"default", "const", "enum", "properties"})


def releases(contracts: Path) -> list[dict[str, Any]]:
    """The snapshots of all releases, oldest first."""
    found = [json.loads(path.read_text("utf-8")) for path in (contracts / "released").glob("*.json")]
    return sorted(found, key=lambda each: tuple(int(part) for part in each["release"].split(".")))


def broken(contracts: Path) -> list[Break]:
    """What the contract of now would break, for any release."""
    now = snapshot("now")
    return [each for released in releases(contracts) for each in breaks(released, now)]


def keep(contracts: Path) -> Path:
    """Write the snapshot of the package's version.

    Raises:
        AlreadyReleased: there is one.
    """
    release = declared_version(contracts)
    path = contracts / "released" / f"{release}.json"
    if path.exists():
        raise AlreadyReleased(f"{release} is released; give contracts/pyproject.toml the next version first")
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(snapshot(release), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path
