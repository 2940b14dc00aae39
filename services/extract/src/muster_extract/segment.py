"""Sentences of an article, by offsets into its stored text."""

import re
from dataclasses import dataclass
from functools import cache

from muster_extract import lexicons
from muster_extract.blocks import Block, Kind, blocks

__all__ = ["Kind", "Sentence", "sentences"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the parser should see it.

    `text` equals the article's `text[start:end]`; `paragraph` counts the text's paragraphs from 0. Markers of a bullet, the clock of a
    ticker line, a speaker's label in a script and a dateline stand before `start`: they are no part of it. `stamp` is the day that a
    ticker's line gives itself, as written (`28 OCT`); times inside the line are told from that day.
    """

    start: int
    end: int
    text: str
    paragraph: int
    kind: Kind
    stamp: str | None = None


_STOP = re.compile(r"(?:[.!?]+|…)(?:[\"'”’)\]]*)(?=\s|$)|(?<=[.!?][\"”’])(?=\s)")
_OPENS = re.compile(r"[\"'“‘(\[]*[A-Z0-9À-Þ€£$#@*]|[-–—•]")
_FRESH = re.compile(
    r"[\"“‘(]*(?:The|A|An|It|He|She|They|We|I|In|On|At|But|And|This|That|These|Those|There|For|As|His|Her|Its|Their|Our|When|While|After|Before|If|Some|Many|Most|More"
    r"|About|Around|Another|Officials?|Last|Until|Under|Since|With|By|So|No|Not|What|Who|Earlier|Meanwhile|Washington|Now)\b"
)
"""Words that open a sentence and hardly ever follow an abbreviation inside one."""


def sentences(text: str) -> list[Sentence]:
    """Split a stored text into sentences, in order and without overlap. Never raises.

    A full stop inside "U.S.", "Gen.", "No. 3", "Sept. 30" or an initial ends none. Lines that a hard wrap broke in mid-sentence
    are joined, so that a sentence can hold a newline.
    """
    return [sentence for number, block in enumerate(blocks(text)) for sentence in _split(text, block, number)]


def _split(text: str, block: Block, number: int) -> list[Sentence]:
    found: list[Sentence] = []
    begin = block.start
    for stop in _STOP.finditer(text, block.start, block.end):
        if stop.end() > begin and _ends(text, stop.start(), stop.end(), block.end):
            _append(found, text, begin, stop.end(), number, block)
            begin = stop.end()
    _append(found, text, begin, block.end, number, block)
    return found


def _append(found: list[Sentence], text: str, start: int, end: int, number: int, block: Block) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Sentence(start, end, text[start:end], number, block.kind, block.stamp))


def _ends(text: str, start: int, end: int, limit: int) -> bool:
    """Whether the stop at `start` ends a sentence."""
    rest = text[end : min(limit, end + 60)].lstrip()
    if not rest:
        return True
    if not _OPENS.match(rest):
        return False
    if text[start : start + 1] != "." or text[start : start + 2] == "..":
        return True
    word = re.search(r"[\w.’']*$", text[max(0, start - 20) : start])
    before = word.group() if word else ""
    meaning = _stops().get(before.lower())
    if meaning == "never_end":
        return False
    if meaning == "before_figures":
        return not rest[:1].isdigit() and (before.lower() == "no" or _FRESH.match(rest) is not None)
    if meaning == "may_end":
        return _FRESH.match(rest) is not None
    return not re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", before) or before == "I"


@cache
def _stops() -> dict[str, str]:
    """Abbreviation in lower case -> what a stop behind it may mean."""
    lists = lexicons.read("abbreviations")
    return {word: meaning for meaning in ("never_end", "before_figures", "may_end") for word in lists[meaning]}
