"""What is registered: one subject for each event in each version. Pure."""

from collections.abc import Mapping
from typing import Any, Final

from muster_contracts.publish.schemas import event_schema, versions

DIALECT: Final = "http://json-schema.org/draft-07/schema#"
"""The newest draft in which registries compare schemas: 2020-12 can be registered with most of them, and compared with few. Ours use no
keyword that came later, but `$defs`, which a reference finds under any name."""


def subjects() -> dict[str, dict[str, Any]]:
    """The schema of every subject. A subject is an event with its version (`pledge-announced.v1`), whatever its topic.

    So what a subject's versions must agree on is what an event's version promises: only optional fields are added. Another version of
    the event is another subject.
    """
    return {version.name: as_registered(event_schema(version)) for version in versions()}


def as_registered(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A published schema in the form that a registry compares: closed, in its dialect, and without an address of its own."""
    return {"$schema": DIALECT, **{name: value for name, value in closed(schema).items() if name not in ("$schema", "$id")}}


def closed(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema as writers are held to it: no field that isn't named.

    Published schemas leave objects open, since readers ignore what they don't know. To a registry an open object may have held anything,
    so that naming a new optional field narrows it: BACKWARD would refuse the very change that a version allows.
    """
    said = {name: _within(value) for name, value in schema.items()}
    if isinstance(said.get("properties"), dict):
        said.setdefault("additionalProperties", False)
    return said


def _within(value: Any) -> Any:
    if isinstance(value, Mapping):
        return closed(value)
    return [_within(each) for each in value] if isinstance(value, list) else value
