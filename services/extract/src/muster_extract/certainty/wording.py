"""A sentence's wording as features: which words and pairs of words it has, whoever and however many it is about."""

import re
from collections.abc import Iterable, Sequence
from zlib import crc32

from muster_extract.resolve.actors import ActorMention
from muster_extract.resolve.numbers import NumberMention, find_numbers

BUCKETS = 1 << 13
"""Words and pairs are hashed into so many features; 8,192 lose nothing against a vocabulary of 30,000 that keeps every pair."""

_WORD = re.compile(r"<[a-z]+>|[^\W_]+(?:['’][^\W_]+)*|[$€£%]")
_STATES = frozenset({"name", "demonym", "capital"})


def wording(text: str, mentions: Iterable[ActorMention], offset: int = 0) -> tuple[int, ...]:
    """The features of a sentence: sorted bucket numbers, each once.

    Args:
        text: the sentence.
        mentions: who is named in it; their offsets count from `offset` before the sentence.
        offset: where the sentence begins in the text that the mentions were found in.
    """
    words = masked(text, mentions, find_numbers(text), offset)
    pairs = (f"{one} {other}" for one, other in zip(["<s>", *words], [*words, "</s>"], strict=True))
    return tuple(sorted({_bucket(gram) for gram in (*words, *pairs)}))


def masked(text: str, mentions: Iterable[ActorMention], numbers: Sequence[NumberMention], offset: int = 0) -> list[str]:
    """The words in lower case, with states, bodies and numbers by what they are: rules know them by lists, a model should not."""
    spans = [(m.start - offset, m.end - offset, "<state>" if m.form in _STATES else "<body>") for m in mentions]
    spans += [(n.start, n.end, f"<{n.kind}>") for n in numbers]
    out: list[str] = []
    at = 0
    for start, end, sort in sorted(spans):
        if start >= at:
            out.extend((text[at:start], f" {sort} "))
            at = end
    return _WORD.findall("".join((*out, text[at:])).lower())


def _bucket(gram: str) -> int:
    return crc32(gram.encode()) % BUCKETS
