"""The question put to the model: rules and examples as data files beside this module, then the article.

The examples are articles of the sample corpus with their labels, so an evaluation on the corpus leaves them out (`example_ids`).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypedDict

from muster_contracts.articles import ArticleContent

from muster_extract.llm.told import ToldEvent

RULES = "prompt.md"
EXAMPLES = "examples.jsonl"

SHOWN_BACK = 2_000
"""Characters of an unusable answer that are shown back to the model: enough to see what was wrong, and a bounded cost."""


class Message(TypedDict):
    """One turn of the conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True)
class Prompt:
    """Everything before the article, and the SHA-256 of the files it was read from."""

    turns: tuple[Message, ...]
    sha256: str

    @property
    def name(self) -> str:
        """The prompt as a rule's name, by the first figures of its hash."""
        return f"prompt:{self.sha256[:12]}"


@cache
def prompt() -> Prompt:
    """The prompt as shipped."""
    folder = files(__package__)
    rules, examples = (folder.joinpath(name).read_bytes() for name in (RULES, EXAMPLES))
    turns: list[Message] = [{"role": "system", "content": rules.decode()}]
    for row in _rows(examples):
        turns.append(
            {"role": "user", "content": question(row["title"], date.fromisoformat(row["published"]), row["text"], row["missions"])}
        )
        turns.append({"role": "assistant", "content": _answer(row["events"])})
    return Prompt(tuple(turns), hashlib.sha256(rules + b"\0" + examples).hexdigest())


def example_rows() -> tuple[dict[str, Any], ...]:
    """The examples: articles with the missions that they may speak of and their events."""
    return _rows(files(__package__).joinpath(EXAMPLES).read_bytes())


def example_ids() -> frozenset[str]:
    """The corpus ids of the examples."""
    return frozenset(row["id"] for row in example_rows())


def messages(article: ArticleContent, missions: Mapping[str, str]) -> tuple[Message, ...]:
    """The whole conversation up to the answer.

    Args:
        article: to be read.
        missions: slug -> name of those that it may speak of.
    """
    return *prompt().turns, {"role": "user", "content": question(article.title, article.published_on, article.text, missions)}


def question(title: str, published: date, text: str, missions: Mapping[str, str]) -> str:
    """One article as a turn. JSON, because no text can close a JSON string and pose as something else."""
    return json.dumps(
        {"published": f"{published:%A} {published.isoformat()}", "missions": dict(missions), "title": title, "text": text},
        ensure_ascii=False,
    )


def told_back(conversation: tuple[Message, ...], answer: str, fault: str) -> tuple[Message, ...]:
    """The conversation with an unusable answer and what was wrong with it."""
    return (
        *conversation,
        {"role": "assistant", "content": answer[:SHOWN_BACK]},
        {"role": "user", "content": f"That answer can't be used. {fault}. Answer again, with nothing but JSON in the given form."},
    )


def _answer(events: Sequence[Mapping[str, Any]]) -> str:
    """Events as an answer, their fields in the order of the schema: an endpoint that holds a model to it makes them in that order."""
    return json.dumps({"events": [{name: event[name] for name in ToldEvent.model_fields} for event in events]}, ensure_ascii=False)


def _rows(lines: bytes) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in lines.decode().splitlines() if line)
