"""The words that the rules look for. They live in `lexicons/*.toml`; here they become lookups."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from muster_extract import lexicons

GAP = 6
"""Most words that "…" in a phrase may stand for: "put the long-awaited police deployment on hold" has five."""

VOWELS = "aeiou"


@cache
def inflections(lemma: str) -> tuple[str, ...]:
    """The forms of an English verb, the lemma first: by the irregular table, else by the rules of spelling."""
    irregular = lexicons.read("irregular")["forms"].get(lemma)
    if irregular:
        return (lemma, *irregular)
    if lemma.endswith("e"):
        return (lemma, f"{lemma}s", f"{lemma}d", f"{lemma[:-1]}ing")
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return (lemma, f"{lemma[:-1]}ies", f"{lemma[:-1]}ied", f"{lemma}ing")
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return (lemma, f"{lemma}es", f"{lemma}ed", f"{lemma}ing")
    return (lemma, f"{lemma}s", f"{lemma}ed", f"{lemma}ing")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A phrase of a lexicon class as it stands in a sentence, by token index."""

    word_class: str
    part: str
    """`verbs`, `nouns` or `adjectives`."""

    first: int
    last: int
    """Index behind the last token."""

    phrase: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    word_class: str
    part: str
    phrase: str
    rest: tuple[str, ...]


@cache
def _phrases() -> dict[str, tuple[_Phrase, ...]]:
    """All trigger phrases by the form of their first word."""
    by_form: dict[str, list[_Phrase]] = {}
    for word_class, parts in lexicons.read("triggers").items():
        for part, phrases in parts.items():
            for phrase in phrases:
                first, *rest = phrase.split()
                for form in inflections(first) if part == "verbs" else (first,):
                    for opening, *behind in dict.fromkeys(((form, *rest), _hyphens_apart((form, *rest)))):
                        by_form.setdefault(opening, []).append(_Phrase(word_class, part, phrase, tuple(behind)))
    return {form: tuple(phrases) for form, phrases in by_form.items()}


def _hyphens_apart(words: Sequence[str]) -> tuple[str, ...]:
    """The words as a tokenizer splits them: 'go-ahead' is three tokens in a parse, and one word where sentences are split cheaply."""
    return tuple(part for word in words for part in re.split(r"(-)", word) if part)


def find_triggers(words: Sequence[str]) -> list[Trigger]:
    """Every trigger in a sentence.

    Args:
        words: the sentence's tokens in lower case.
    """
    return list(_triggers(words))


def can_hold_trigger(words: Sequence[str]) -> bool:
    """Whether a sentence is worth parsing at all. The same test as `find_triggers`, on words that were split cheaply."""
    return next(_triggers(words), None) is not None


def _triggers(words: Sequence[str]) -> Iterator[Trigger]:
    phrases = _phrases()
    for first, word in enumerate(words):
        for phrase in phrases.get(word, ()):
            last = _behind(words, first + 1, phrase.rest)
            if last is not None:
                yield Trigger(phrase.word_class, phrase.part, first, last, phrase.phrase)


def _behind(words: Sequence[str], at: int, rest: tuple[str, ...]) -> int | None:
    """The index behind `rest` where it stands from `at` on, None where it doesn't."""
    for index, part in enumerate(rest):
        if part == "…":
            tail = rest[index + 1 :]
            for skip in range(1, GAP + 1):
                end = _behind(words, at + skip, tail)
                if end is not None:
                    return end
            return None
        if at >= len(words) or words[at] != part:
            return None
        at += 1
    return at


@cache
def words_of(lexicon: str, table: str, key: str = "words") -> frozenset[str]:
    """A word list of a lexicon as a set."""
    return frozenset(lexicons.read(lexicon)[table][key])


@cache
def forms_of(lexicon: str, table: str) -> frozenset[str]:
    """A list of verbs with all their forms."""
    return frozenset(form for lemma in lexicons.read(lexicon)[table]["verbs"] for form in inflections(lemma))
