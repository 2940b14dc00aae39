"""Bringing a registry to what the models say: everything is checked before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from muster_contracts.registry.client import LEVEL, Registry


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a subject is, or became."""

    subject: str
    what: Literal["unchanged", "new", "next version", "registered", "incompatible"]
    """`new` and `next version` are what `register` would do, `registered` what it did."""

    detail: str


def check(registry: Registry, subjects: Mapping[str, dict[str, Any]]) -> list[Outcome]:
    """What `register` would do. Changes nothing. Raises RegistryError."""
    return [_look(registry, subject, schema) for subject, schema in subjects.items()]


def register(registry: Registry, subjects: Mapping[str, dict[str, Any]]) -> list[Outcome]:
    """Register what is missing, each under BACKWARD_TRANSITIVE; nothing at all where one is incompatible. Raises RegistryError.

    A second run changes nothing. A run that breaks off is completed by the next.
    """
    for subject in subjects:
        if registry.versions(subject) and registry.level(subject) != LEVEL:
            registry.set_level(subject)  # first: the level is what the registry checks by
    looked = check(registry, subjects)
    if any(outcome.what == "incompatible" for outcome in looked):
        return looked
    return [
        outcome if outcome.what == "unchanged" else _registered(registry, outcome.subject, subjects[outcome.subject]) for outcome in looked
    ]


def _look(registry: Registry, subject: str, schema: dict[str, Any]) -> Outcome:
    found = registry.find(subject, schema)
    if found is not None:
        return Outcome(subject, "unchanged", f"id {found}")
    there = registry.versions(subject)
    if not there:
        return Outcome(subject, "new", "first version")
    broken = registry.incompatibilities(subject, schema)
    if broken:
        return Outcome(subject, "incompatible", "; ".join(broken))
    return Outcome(subject, "next version", f"after version {max(there)}")


def _registered(registry: Registry, subject: str, schema: dict[str, Any]) -> Outcome:
    number = registry.register(subject, schema)
    if registry.level(subject) != LEVEL:
        registry.set_level(subject)
    return Outcome(subject, "registered", f"id {number}")
