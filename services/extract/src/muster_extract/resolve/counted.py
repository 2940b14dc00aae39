"""What a number counts: the noun behind it, or the one before it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from muster_extract import lexicons
from muster_extract.resolve.numerals import NUMBER_WORDS

Counted = Literal["people", "equipment", "other"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A counted noun: its words in the text, where they end, and the unit of the labelling guide (None outside it)."""

    start: int
    end: int
    words: str
    kind: Counted
    unit: str | None


@cache
def _nouns() -> dict[str, tuple[tuple[str, Counted, str | None], ...]]:
    """First word in lower case -> (phrase in lower case, kind, unit), longest first."""
    lists = lexicons.read("nouns")
    entries: dict[str, tuple[Counted, str | None]] = {}
    for unit, words in lists["people"].items():
        for word in words:
            entries[word.lower()] = ("people", unit)
    for unit, words in lists["equipment"].items():
        for word in (unit, *words):
            entries[word.lower()] = ("equipment", unit)
    for word in lists["other"]["nouns"]:
        entries.setdefault(word.lower(), ("other", None))
    by_first: dict[str, list[tuple[str, Counted, str | None]]] = {}
    for phrase, (kind, unit) in entries.items():
        by_first.setdefault(re.split(r"[ -]", phrase)[0], []).append((phrase, kind, unit))
    return {first: tuple(sorted(found, key=lambda e: -len(e[0]))) for first, found in by_first.items()}


@cache
def _peoples() -> frozenset[str]:
    """Plural demonyms: `Kenyans`, `Poles`, `Nepalese`."""
    words: set[str] = set()
    for forms in lexicons.read("countries").values():
        words.update(word for word in forms.get("people", ()) if " " not in word)
        words.update(f"{word}s" for word in forms.get("adjectives", ()) if " " not in word and not word.endswith(("s", "sh", "ch", "ese")))
    words -= {"Americas"}
    return frozenset(words)


_STOPS = frozenset(
    [
        "from",
        "to",
        "in",
        "for",
        "by",
        "with",
        "that",
        "who",
        "whom",
        "whose",
        "which",
        "were",
        "was",
        "are",
        "is",
        "be",
        "been",
        "have",
        "has",
        "had",
        "will",
        "would",
        "could",
        "should",
        "may",
        "might",
        "can",
        "must",
        "on",
        "at",
        "as",
        "after",
        "before",
        "while",
        "but",
        "not",
        "if",
        "when",
        "where",
        "since",
        "until",
        "than",
        "into",
        "onto",
        "about",
        "between",
        "through",
        "during",
        "under",
        "over",
        "against",
        "per",
        "said",
        "says",
        "or",
        "nor",
        "there",
        "here",
        "they",
        "he",
        "she",
        "it",
        "we",
        "you",
        "i",
        "did",
        "do",
        "does",
        "don",
        "now",
        "today",
        "yesterday",
        "tomorrow",
        "this",
        "gave",
        "had",
        "went",
        "came",
        "left",
        "arrived",
        "landed",
        "flew",
        "took",
        "took-off",
        "joined",
        "died",
        "killed",
    ]
)
_TOKEN = re.compile(r" ?([\w’'.]+(?:-[\w’']+)*|,)")
_LINK = re.compile(r"(?:,? and(?: other)?|,? or|,|/) ?")
_OWNED = re.compile(r" of (?:its|their|the|his|her|our|those|these|them|whom|which)\b(?: own)?")
_AMONG = re.compile(
    r" (?:out )?of (?:the |its |their |a |those )?(?:[a-z]+ )?\d{1,3}(?:,\d{3})*(?!\d)"
)  # 200 of the promised 1,000 officers
_STRONG = re.compile(r"[ -]strong\b")
_HYPHENED = re.compile(r"-([a-z]+)(?=[\s,.;:)]|-(?:old|long|strong)\b|$)")
_COLLECTIVE = re.compile(
    (
        r"\b(force|strength|contingent|team|unit|battalion|company|group|batch|ceiling|brigade|detachment"
        r"|party|complement|total|platoon|deployment|mission|target|cap|limit|maximum|level|reinforcements"
        r"|garrison|numbers?|numbering|number|totall?ing)"
        r"(?: ceiling| strength)?(?: (?:of|at|to|is|was|stands at|stood at))?(?: (?:up to|about|some"
        r"|around|only|just|roughly|at least|more than|over|nearly|almost|an estimated|no more than"
        r"|fewer than|a maximum of|a total of|approximately|between|now))*[ ]$"
    ),
    re.I,
)
_MEMBERS = {
    "strong": "personnel",
    "member": "personnel",
    "man": "troops",
    "person": "personnel",
    "officer": "police",
    "soldier": "troops",
    "troop": "troops",
    "people": "personnel",
}


def noun_after(text: str, end: int) -> Noun | None:
    """The noun that the number ending at `end` counts, looked for in the words behind it; None where none is near.

    Two people nouns of different units side by side (`soldiers and police`, `police and military personnel`) make personnel.
    """
    if hyphened := _HYPHENED.match(text, end):
        word = hyphened[1]
        if word in _MEMBERS:
            return Noun(end + 1, hyphened.end(), word, "people", _MEMBERS[word])
        return Noun(end + 1, hyphened.end(), word, "other", None)
    if strong := _STRONG.match(text, end):
        return Noun(end + 1, strong.end(), "strong", "people", "personnel")
    position = end
    if among := _AMONG.match(text, end):
        return noun_after(text, among.end())
    if owned := _OWNED.match(text, end):
        position = owned.end()
    for place in range(7):
        token = _TOKEN.match(text, position)
        if token is None:
            return None
        word = token[1]
        if word == ",":
            if place == 0 or place > 3:
                return None
            position = token.end()
            continue
        found = noun_at(text, token.start(1))
        if found is not None:
            return _with_company(text, found)
        if word in _peoples():
            # `Japanese` and its like are also adjectives: a noun behind it is what is counted.
            beside = noun_at(text, token.end() + 1) if word.endswith(("ese", "sh", "ch", "ss", "he", "in")) else None
            return _with_company(text, beside) if beside else Noun(token.start(1), token.end(1), word, "people", "personnel")
        lowered = word.lower()
        if lowered in _STOPS or (lowered == "of" and place > 1) or (lowered == "and" and place == 0) or lowered.replace(",", "").isdigit():
            return None
        if lowered == "of" and not re.match(r" (?:its|their|the|his|her|our|these|those|[A-Z])", text[token.end() : token.end() + 7]):
            return None
        position = token.end()
        if word.endswith(".") and not re.fullmatch(r"(?:[A-Z]\.)+|[A-Z][a-z]{1,3}\.", word):
            return None
    return None


def noun_before(text: str, start: int) -> Noun | None:
    """The collective that a bare number measures: `a force of 2,500`, `its full strength of 5,500`."""
    window = max(0, start - 70)
    if found := _COLLECTIVE.search(text, window, start):
        return Noun(found.start(1), found.end(1), found[1].lower(), "people", "personnel")
    return None


def noun_at(text: str, position: int) -> Noun | None:
    """The longest noun of the word list that begins at `position`; None where none does."""
    first = re.match(r"\w+", text[position : position + 30])
    if first is None:
        return None
    for phrase, kind, unit in _nouns().get(first.group().lower(), ()):
        end = position + len(phrase)
        if text[position:end].lower() == phrase and not text[end : end + 1].isalnum() and not re.match(r"-[a-z]", text[end : end + 2]):
            return Noun(position, end, text[position:end], kind, unit)
    return None


def _with_company(text: str, first: Noun) -> Noun:
    """Goes on over coordinated people nouns, and over a people noun that only modifies the next (`police` `trainers`)."""
    if first.kind != "people":
        nxt = re.match(r" ", text[first.end : first.end + 1]) and noun_at(text, first.end + 1)
        return (
            nxt
            if nxt and nxt.kind == "people" and first.kind == "other" and first.words.lower() in ("unit", "company", "battalion")
            else first
        )
    last, unit = first, first.unit
    for _ in range(3):
        link = _LINK.match(text, last.end)
        position = link.end() if link else last.end + 1 if text[last.end : last.end + 1] == " " else -1
        if position < 0:
            break
        found = noun_at(text, position)
        if found is None and link:
            # One adjective may stand between: `soldiers and civilian police`.
            skipped = re.match(r"[A-Za-z][\w-]* ", text[position : position + 25])
            found = (
                noun_at(text, position + skipped.end())
                if skipped and skipped.group().strip().lower() not in _STOPS and skipped.group().strip().lower() not in NUMBER_WORDS
                else None
            )
        if found is not None and found.kind == "equipment" and not link and last is first:
            return found  # `24 military helicopters`, `six police vehicles`
        if found is None or found.kind != "people":
            break
        if found.unit != unit and (link or unit is None):
            unit = "personnel"
        elif not link:
            unit = found.unit if unit != "police" else unit
        last = found
    return Noun(first.start, last.end, text[first.start : last.end], "people", unit)
