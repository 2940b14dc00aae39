"""Versions of events that are no longer written. The log keeps them for ever, so they are read for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Older:
    """A version that is no longer written, and the step to the next one."""

    model: type[BaseModel]
    """What its bodies are: for their schema, and for clear errors. Never changed again."""

    becomes: str
    """The next version's name on the wire."""

    upcast: Callable[[Mapping[str, Any]], dict[str, Any]]
    """A body of this version, in JSON types, as a body of the next one. A pure function; it gets what `model` accepts, with whatever
    unknown fields came along, and need not set `type`."""


OLDER: Mapping[str, Older] = MappingProxyType({})
"""By name on the wire."""
