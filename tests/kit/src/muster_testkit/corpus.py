"""The sample corpus of tests/corpus: articles with their labels, later versions of some of them, and input that is no article."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from muster_deploy.settings import CHECKOUT

FOLDER: Final = CHECKOUT / "tests" / "corpus"
ARTICLES: Final = FOLDER / "articles.jsonl"
UPDATES: Final = FOLDER / "updates.jsonl"
BAD: Final = FOLDER / "bad"
QUESTIONS: Final = FOLDER / "questions.toml"

Row = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@dataclass(frozen=True)
class BadInput:
    """Something that a publisher sends and that is no article."""

    name: str
    body: bytes
    """What stands in the file, or in the record's value."""

    says: str
    """A regular expression that the error must match: it names the field, and says what is wrong with it."""

    reaches_kafka: bool = True
    """False where the broker itself refuses the record, so that no service ever sees it."""


def bad_inputs() -> list[BadInput]:
    """Every kind of bad input, from the folder `bad` and its table. The huge one is built here: nobody wants it in a repository."""
    told = tomllib.loads((BAD / "expected.toml").read_text("utf-8"))
    found = [BadInput(name, (BAD / row["file"]).read_bytes(), row["says"]) for name, row in told["files"].items()]
    return [*found, *(BadInput(name, _huge(row["characters"]), row["says"], row["reaches_kafka"]) for name, row in told["built"].items())]


def _huge(characters: int) -> bytes:
    word = "Haiti "
    text = word * (characters // len(word) + 1)
    article = {"id": "bad-huge", "source": "Specimen Post", "published": "2024-06-24", "title": "A long story", "text": text[:characters]}
    return json.dumps(article).encode() + b"\n"
