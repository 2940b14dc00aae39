"""The stored examples: bodies of every event in every version, written by hand and kept for ever."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from muster_contracts.publish.schemas import Version

MINIMAL, TYPICAL = "minimal", "typical"


@dataclass(frozen=True, slots=True)
class Example:
    """A stored body."""

    name: str
    """`minimal`, `typical`, or what else it shows."""

    path: Path
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body as JSON."""
        loaded: dict[str, Any] = json.loads(self.body)
        return loaded


def folder_of(version: Version, contracts: Path) -> Path:
    """Where the examples of an event's version lie."""
    return contracts / "examples" / version.family / version.number


def examples_of(version: Version, contracts: Path) -> list[Example]:
    """The examples of an event's version: minimal, typical, then others by name. None where none are stored."""
    found = [Example(path.stem, path, path.read_bytes()) for path in sorted(folder_of(version, contracts).glob("*.json"))]
    return sorted(
        found, key=lambda example: ([MINIMAL, TYPICAL].index(example.name) if example.name in (MINIMAL, TYPICAL) else 2, example.name)
    )


def headers_of(version: Version, body: dict[str, Any]) -> dict[str, str]:
    """Headers with which such a body stands on the log, for showing."""
    article = body.get("article") or {}
    subject = article.get("article_id") or body.get("article_id")
    own = next((body[name] for name in _IDS if name in body), None)
    headers = {
        "ce_specversion": "1.0",
        "ce_id": own or "courier-2024-06-24-117",
        "ce_source": f"/muster/{version.topic.producers[0].split()[-1]}" if own else "https://courier.example/feed",
        "ce_type": version.name,
        "ce_time": "2024-06-24T16:40:02.000Z",
        "ce_subject": subject,
        "content-type": "application/json",
    }
    return {name: value for name, value in headers.items() if value is not None}


_IDS = ("claim_id", "completion_id", "change_id", "act_id", "retraction_id", "revision_id")
"""Fields that hold an event's own id, the more special ones first."""
