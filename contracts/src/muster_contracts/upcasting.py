"""Older versions of events, read as the newest: JSON body to JSON body, version by version."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json

from muster_contracts.errors import InvalidPayload, UnknownEventType, UnknownVersion
from muster_contracts.older import OLDER, Older
from muster_contracts.topics import Topic

_VERSIONED = re.compile(r"(?P<family>.+)\.v\d+")


def newest(name: str, older: Mapping[str, Older] = OLDER) -> str:
    """The version that an event of this type is read as: the end of its steps; the name itself where it has none."""
    while name in older:
        name = older[name].becomes
    return name


def older_versions(topic: Topic, older: Mapping[str, Older] = OLDER) -> dict[str, Older]:
    """What the topic's log may hold from earlier releases, by name on the wire."""
    return {name: version for name, version in older.items() if newest(name, older) in topic.models}


def upcast(topic: Topic, name: str, value: bytes | None, older: Mapping[str, Older] = OLDER) -> Any:
    """The newest event that a body of an older version tells. Costs what its steps cost; the codec comes here for nothing else.

    Args:
        topic: that holds the record.
        name: the type as its envelope gives it, which the topic does not carry as it is.
        value: the record's body.
        older: the versions that can be read.

    Raises:
        UnknownVersion: the topic carries the type, but not in this version.
        UnknownEventType: the topic does not carry the type at all.
        InvalidPayload: the body is empty.
        ValidationError: the body is not what its version says.
    """
    end = newest(name, older)
    if end == name or end not in topic.models:
        raise unknown(topic, name, older)
    if not value:
        raise InvalidPayload("the body is empty")
    # First what its own version says of it: a step may rely on that, and an error names the fields that its writer knows.
    older[name].model.model_validate_json(value)
    body: dict[str, Any] = from_json(value, cache_strings="none")
    while name in older:
        step = older[name]
        body = {**step.upcast(body), "type": step.becomes}
        name = step.becomes
    return topic.models[end].model_validate(body)


def unknown(topic: Topic, name: str, older: Mapping[str, Older] = OLDER) -> UnknownEventType:
    """The error of a type that the topic does not carry: UnknownVersion where it carries another version of it."""
    readable = sorted({*topic.models, *older_versions(topic, older)})
    found = _VERSIONED.fullmatch(name)
    family = found["family"] if found else None
    versions = [each for each in readable if each.rpartition(".")[0] == family]
    if versions:
        return UnknownVersion(f"this release reads {', '.join(versions)}", field="ce_type", got=name)
    return UnknownEventType(f"the topic {topic.name} carries {', '.join(readable)}", field="ce_type", got=name)
