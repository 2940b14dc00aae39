"""How outlets all over the world word each type, and what only looks like one: sentences of our own, read one by one."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from muster_extract.evaluate import article
from muster_extract.labels import to_labels
from muster_extract.pipeline import Reader

PUBLISHED = "2024-06-24"  # a Monday
FLOOR = 0.91
"""Share of the sentences that must be read as they stand in the file: raise it when more are."""

CHALLENGE: dict[str, Any] = tomllib.loads((Path(__file__).parent / "challenge.toml").read_text(encoding="utf-8"))
Told = tuple[str, str | None, int | None, str | None]


def expected(name: str, told: str) -> Told:
    """'IT 300 @2024-07' of a type, or 'Type: IT 300' of another one."""
    if ":" in told:
        name, told = (part.strip() for part in told.split(":", 1))
    words = told.split()
    day = next((w[1:] for w in words if w.startswith("@")), None)
    quantity = next((int(w) for w in words[1:] if w.isdigit()), None)
    return name, None if words[0] == "-" else words[0], quantity, day


def cases() -> list[tuple[str, str, list[Told]]]:
    found = []
    for name, lines in CHALLENGE["tells"].items():
        for line in lines:
            text, mission, told = (part.strip() for part in line.split("|"))
            found.append((text, mission, [expected(name, one.strip()) for one in told.split(";")]))
    return found


def read(reader: Reader, text: str, mission: str) -> list[Told]:
    row = {"id": "a", "source": "test", "published": PUBLISHED, "title": CHALLENGE["missions"][mission], "text": text}
    return [(e["type"], e["contributor"], e["quantity"], e["date"]) for e in to_labels(reader.extract(article(row)).claims)]


def as_told(found: list[Told], told: list[Told]) -> bool:
    """Whether exactly what is told was found; a date counts where one is told."""
    left = list(found)
    for event in told:
        match = next((f for f in left if f[:3] == event[:3] and event[3] in {None, f[3]}), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def test_most_wordings_are_read(reader: Reader) -> None:
    results = [(text, read(reader, text, mission), told) for text, mission, told in cases()]
    missed = [(text, found) for text, found, told in results if not as_told(found, told)]
    share = 1 - len(missed) / len(results)
    assert share >= FLOOR, f"{share:.2f} of {len(results)} are read; not so: {missed}"


@pytest.mark.parametrize("line", [line for lines in CHALLENGE["quiet"].values() for line in lines])
def test_look_alikes_tell_nothing(reader: Reader, line: str) -> None:
    text, mission = (part.strip() for part in line.split("|"))
    assert read(reader, text, mission) == []
