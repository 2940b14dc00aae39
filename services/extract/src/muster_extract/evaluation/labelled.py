"""The labelled sets: where they are, and their rows as articles."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from muster_contracts.articles import ArticleReceived
from muster_contracts.ids import article_id, revision_id, text_hash

Row = dict[str, Any]

BESIDE = ("dev.jsonl", "dev-written-haiti.jsonl", "dev-written-other.jsonl")
"""The development sets; they stand in `../shared/gold`, beside the checkout, and are no part of it."""


@dataclass(frozen=True)
class LabelledSet:
    """A file of labelled articles."""

    name: str
    path: Path

    @property
    def is_here(self) -> bool:
        """Whether the file is on this machine."""
        return self.path.is_file()

    @property
    def digest(self) -> str:
        """Of the file's content: other labels are another set."""
        return sha256(self.path.read_bytes()).hexdigest()[:16]

    def rows(self) -> list[Row]:
        """The labelled articles.

        Raises:
            ValueError: a row lacks what an article or a label needs; names the file and the line.
        """
        return list(_rows(self.path))


def labelled_sets(checkout: Path) -> list[LabelledSet]:
    """All sets that a checkout is scored on, whether they are here or not; the first is the world's own wording."""
    gold, corpus = checkout.parent / "shared" / "gold", checkout / "tests" / "corpus"
    return [
        *(LabelledSet(name.removesuffix(".jsonl"), gold / name) for name in BESIDE),
        LabelledSet("corpus", corpus / "articles.jsonl"),
        *(LabelledSet(path.stem, path) for path in sorted(corpus.glob("real-*.jsonl"))),
    ]


def article(row: Row) -> ArticleReceived:
    """A labelled row as the article that extract would be handed."""
    content = text_hash(row["title"], row["published"], row["text"])
    article = article_id(url=row.get("url"), source=row["source"], guid=row["id"], content=content)
    published = date.fromisoformat(row["published"][:10])
    return ArticleReceived(
        article_id=article,
        revision_id=revision_id(article, 1, content),
        revision=1,
        url=row.get("url"),
        source=row["source"],
        origin_id=article,
        title=row["title"],
        text=row["text"],
        published_on=published,
        known_on=published,
    )


def _rows(path: Path) -> Iterator[Row]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            lacking = _lacking(row, ("id", "source", "published", "title", "text", "events"))
            lacking += [name for event in row.get("events") or () for name in _lacking(event, ("type",))]
            date.fromisoformat(str(row.get("published"))[:10])
        except (ValueError, AttributeError, TypeError) as error:
            raise ValueError(f"{path}:{number}: no labelled article: {error}") from error
        if lacking:
            raise ValueError(f"{path}:{number}: no labelled article: it lacks {', '.join(lacking)}")
        yield row


def _lacking(row: Row, names: Sequence[str]) -> list[str]:
    return [name for name in names if name not in row]
