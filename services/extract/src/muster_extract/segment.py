"""Sentences of an article, by offsets into its stored text."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["prose", "bullet", "heading", "caption", "quote-line"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as the parser should see it.

    `text` equals the article's `text[start:end]`; `paragraph` counts the text's non-empty blocks of lines from 0. Markers of a
    bullet, the clock of a ticker line, a speaker's label in a script and a dateline stand before `start`: they are no part of it.
    """

    start: int
    end: int
    text: str
    paragraph: int
    kind: Kind


_BULLET = re.compile(
    r"[ \t]*(?:[•*▪◦‣·–—-]|\(?[a-z0-9]{1,2}[.)]|\d{1,2}:\d{2}(?: ?(?:GMT|UTC|CET|EST|[ap]\.?m\.?))?(?: ?[—–:-])?|\[?\d{4} ?(?:GMT|UTC)\]?:?)[ \t]+"
)
_NUMBERED = re.compile(r"[ \t]*\d{1,2}\.[ \t]+(?=[A-Z])")
_LABEL = re.compile(
    r"[ \t]*(?:\([A-Z][A-Z ]+\)[ \t]*)?(?:[A-Z][A-Z .'’-]{2,30}|Q|A|Question|Answer|Host|Presenter|Reporter|Correspondent)(?: \([^)\n]{1,40}\))?:[ \t]+"
)
_CUE = re.compile(r"[ \t]*\((?:[A-Z][A-Z ,.'’-]{2,40})\)[ \t]*")
_CAPTION = re.compile(
    r"[ \t]*(?:\[(?:Picture|Photo|Image|Caption|Foto|Graphic)[^\]\n]*\]|(?:Picture|Photo|Image|Caption|Photo caption)\s?\d*:)[ \t]*", re.I
)
_DATELINE = re.compile(
    r"[ \t]*(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ'’.\-]*)*)(?:, [^\n—–]{0,40}?)?(?: ?\([^)\n]{2,40}\))? ?(?:--|—|–|-)[ \t]+"
)
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "sgt",
        "cpl",
        "brig",
        "adm",
        "cmdr",
        "cdr",
        "rev",
        "hon",
        "gov",
        "sen",
        "rep",
        "pres",
        "st",
        "no",
        "nos",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "dept",
        "est",
        "approx",
        "fig",
        "art",
        "para",
        "paras",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "u.s",
        "u.n",
        "u.k",
        "e.u",
        "a.u",
        "u.a.e",
        "d.c",
        "d.r",
        "a.m",
        "p.m",
        "i.e",
        "e.g",
        "jr",
        "sr",
        "ph.d",
        "m.p",
        "messrs",
        "supt",
        "insp",
        "det",
        "cst",
        "pte",
        "pvt",
        "hr",
        "hrs",
        "min",
        "km",
        "mt",
        "ft",
        "al",
        "bros",
        "op",
        "cit",
        "ca",
    ]
)
_STOP = re.compile(r"(?:[.!?]+|…)(?:[\"'”’)\]]*)(?=\s|$)|(?<=[.!?][\"”’])(?=\s)")
_MONTH_ABBREVIATION = frozenset(
    ["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no", "nos", "art", "para", "paras", "fig"]
)
_OPENS = re.compile(r"[\"'“‘(\[]*[A-Z0-9À-Þ€£$#@*]|[-–—•]")
_LINE = re.compile(r"[^\n]+")


def sentences(text: str) -> list[Sentence]:
    """Split a stored text into sentences, in order and without overlap. Never raises.

    A full stop inside "U.S.", "Gen.", "No. 3", "Sept. 30" or an initial ends none. Lines that a hard wrap broke in mid-sentence
    are joined, so that a sentence can hold a newline.
    """
    found: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        for begin, stop, kind in _blocks(text, start, end):
            found += _split(text, begin, stop, number, kind)
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Blocks of lines: at each line a new one, but where a hard wrap broke a line in mid-sentence or filled it to the margin."""
    lines = [found.span() for found in _LINE.finditer(text) if found.group().strip()]
    if not lines:
        return []
    wrapped_text = _is_hard_wrapped([text[start:end].rstrip() for start, end in lines])
    blocks = [list(lines[0])]
    for (_, before), (start, end) in zip(lines, lines[1:], strict=False):
        if text.count("\n", before, start) > 1 or not _goes_on(text, blocks[-1], start, end, wrapped_text):
            blocks.append([start, end])
        else:
            blocks[-1][1] = end
    return [(a, b) for a, b in blocks]


_CLOSES = (".", "!", "?", "”", '"', ":", ";", ")", "]", "…", "’")


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Whether a text was broken at a margin: several lines of its width end in mid-sentence, and hardly one is longer."""
    full = [line for line in lines if 45 <= len(line) <= 100]
    broken = sum(not line.endswith(_CLOSES) for line in full)
    return broken >= 4 and broken >= 0.3 * len(lines) and sum(len(line) > 110 for line in lines) <= len(lines) // 10


def _goes_on(text: str, block: list[int], start: int, end: int, wrapped_text: bool) -> bool:
    """Whether a line continues the one before."""
    last = text.rfind("\n", block[0], block[1]) + 1 or block[0]
    before = text[last : block[1]].rstrip()
    line = text[start:end].lstrip()
    if any(marker.match(text, start, end) for marker in (_BULLET, _LABEL, _CAPTION, _NUMBERED)):
        return False
    if before.endswith(_CLOSES):
        return wrapped_text and 45 <= len(before) <= 95
    if not 25 <= len(before) <= 110:
        return False
    return (
        line[:1].islower()
        or before.endswith((",", " the", " of", " and", " in", " to", " for", " a"))
        or (wrapped_text and len(before) >= 40)
    )


def _blocks(text: str, start: int, end: int) -> list[tuple[int, int, Kind]]:
    """A paragraph without its marker, with its kind."""
    kind: Kind = "prose"
    for _ in range(4):
        if marker := _CAPTION.match(text, start, end):
            kind, start = "caption", marker.end()
        elif (marker := _BULLET.match(text, start, end)) or (marker := _NUMBERED.match(text, start, end)):
            kind, start = "bullet", marker.end()
        elif marker := _CUE.match(text, start, end):
            start = marker.end()
        elif marker := _LABEL.match(text, start, end):
            kind, start = "quote-line", marker.end()
        elif (marker := _DATELINE.match(text, start, end)) and marker.end() < end:
            start = marker.end()
        else:
            break
    body = text[start:end].strip()
    if kind == "prose" and body and len(body) < 90 and "\n" not in body and not re.search(r"[.!?…:;,][\"'”’)\]]*$", body):
        kind = "heading"
    return [(start, end, kind)]


def _split(text: str, start: int, end: int, paragraph: int, kind: Kind) -> list[Sentence]:
    found: list[Sentence] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() > begin and _ends(text, stop.start(), stop.end(), end):
            _append(found, text, begin, stop.end(), paragraph, kind)
            begin = stop.end()
    _append(found, text, begin, end, paragraph, kind)
    return found


def _append(found: list[Sentence], text: str, start: int, end: int, paragraph: int, kind: Kind) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        found.append(Sentence(start, end, text[start:end], paragraph, kind))


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
    lowered = before.lower()
    if lowered in _MONTH_ABBREVIATION and not (lowered == "no" and not rest[:1].isdigit()):
        return lowered not in ("mar", "jun", "jul", "art", "no") and not rest[:1].isdigit() and _starts_afresh(rest)
    if lowered in ("u.s", "u.n", "u.k", "e.u", "a.u", "a.m", "p.m", "u.a.e", "d.c", "sr", "jr", "inc", "ltd", "co", "corp", "etc"):
        return _starts_afresh(rest)
    if lowered in _ABBREVIATIONS:
        return False
    return not re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", before) or before == "I"


_FRESH = re.compile(
    r"[\"“‘(]*(?:The|A|An|It|He|She|They|We|I|In|On|At|But|And|This|That|These|Those|There|For|As|His|Her|Its|Their|Our|When|While|After|Before|If|Some|Many|Most|More"
    r"|About|Around|Another|Officials?|Last|Until|Under|Since|With|By|So|No|Not|What|Who|Earlier|Meanwhile|Washington|Now)\b"
)


def _starts_afresh(rest: str) -> bool:
    """Behind an abbreviation that can also end a sentence: does the next word open one?"""
    return _FRESH.match(rest) is not None
