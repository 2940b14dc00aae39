"""What a reader tells of a text, in one short line an event: type, contributor, quantity, date."""

from collections.abc import Container
from typing import Any

from muster_extract.evaluate import article
from muster_extract.labels import to_labels
from muster_extract.pipeline import Reader

PEOPLE = frozenset(
    {"ContingentArrived", "ContingentDeparted", "ContingentWithdrawn", "DeploymentScheduled", "StrengthReported", "CasualtyReported"}
)
"""Types on people who come, are there, go, or are hurt."""


def told(reader: Reader, published: str, title: str, *paragraphs: str, types: Container[str] = PEOPLE) -> list[str]:
    """The events of these types that are read in a text, sorted: `ContingentArrived CN 140 2013-07-09`."""
    row = {"id": "a", "source": "test", "published": published, "title": title, "text": "\n".join(paragraphs)}
    return sorted(essence(event) for event in to_labels(reader.extract(article(row)).claims) if event["type"] in types)


def essence(event: dict[str, Any]) -> str:
    """An event on a line; `-` where it names no contributor."""
    return " ".join([event["type"], event["contributor"] or "-", *(str(event[part]) for part in ("quantity", "date") if event[part])])
