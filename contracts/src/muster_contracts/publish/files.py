"""The files that are made of the models, and which of them are not what they should be."""

import json
from pathlib import Path
from typing import Any

from muster_contracts.publish.asyncapi import asyncapi
from muster_contracts.publish.catalogue import catalogue
from muster_contracts.publish.schemas import event_schema, versions


def files(contracts: Path) -> dict[Path, str]:
    """Every published file and what it says.

    Args:
        contracts: the folder of a checkout that holds `examples`.
    """
    schemas = {contracts / "schemas" / f"{version.name}.json": as_text(event_schema(version)) for version in versions()}
    return {**schemas, contracts / "asyncapi.json": as_text(asyncapi(contracts)), contracts / "CATALOGUE.md": catalogue(contracts)}


def write(contracts: Path) -> list[Path]:
    """Write what differs, take away what is no longer made, and return both."""
    wanted = files(contracts)
    changed = drift(contracts, wanted)
    for path in changed:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], "utf-8")
        else:
            path.unlink()
    return changed


def drift(contracts: Path, wanted: dict[Path, str] | None = None) -> list[Path]:
    """The files that are missing, say something else, or are no longer made."""
    wanted = files(contracts) if wanted is None else wanted
    differing = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    return sorted([*differing, *(path for path in (contracts / "schemas").glob("*.json") if path not in wanted)])


def as_text(value: dict[str, Any]) -> str:
    """JSON for people: one text for one value."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
