"""Paragraphs of a text, without what stands before their words: bullets, clocks, speakers' labels, cues, datelines."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from muster_extract import lexicons
from muster_extract.resolve.line_heads import line_heads, places

Kind = Literal["prose", "bullet", "heading", "caption", "quote-line"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: from where its words begin to its end, its kind, and the day in its marker as the text writes it (`28 OCT`)."""

    start: int
    end: int
    kind: Kind
    stamp: str | None = None


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?"
_CLOCK = r"(?i:\d{1,2}[:.]\d{2}(?: ?(?:gmt|utc|cet|cest|est|edt|eat|local|[ap]\.?m\.?))?)"
_STAMPED = re.compile(
    (
        rf"[ \t]*\[?(?:{_DAY_NAME} )?(?P<stamp>\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?:,"
        rf" \d{{4}})?),? (?:at )?{_CLOCK}\]?[ \t]*[|—–:-]*[ \t]+"
    ),
    re.I,
)
_BULLET = re.compile(
    rf"[ \t]*(?:[•*▪◦‣·–—-]|\(?[a-z0-9]{{1,2}}[.)]|\[\d{{1,2}}\]|\[?{_CLOCK}\]?(?: ?[|—–:-]+)?|\[?\d{{4}} ?(?:GMT|UTC)\]?:?)[ \t]+"
)
_LABEL = re.compile(r"[ \t]*(?P<label>[A-Z][A-Z .'’-]{0,30}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)(?: \([^)\n]{1,40}\))?:[ \t]+")
_CUE = re.compile(r"[ \t]*\([A-Z][A-Z ,.'’-]{2,40}\)[ \t]*")
_CAPTION = re.compile(
    r"[ \t]*(?:\[(?:picture|photo|image|caption|foto|graphic)[^\]\n]*\]|(?:picture|photo|image|caption|photo caption)\s?\d*:)[ \t]*", re.I
)
_DATELINE = re.compile(
    r"[ \t]*(?:[A-ZÀ-Þ][A-ZÀ-Þ'’.\-]+(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ'’.\-]*)*)(?:, [^\n—–]{0,40}?)?(?: ?\([^)\n]{2,40}\))? ?(?:--|—|–|-)[ \t]+"
)
_LINE = re.compile(r"[^\n]+")
_COUNTED = re.compile(
    r" *(?:(?:about|around|some|nearly|up to|over|more than|at least) )?(?:\d|[Oo]ne|two|three|four|five|six|seven|eight|nine|ten)\b|\s*\d"
)
_CLOSES = (".", "!", "?", "”", '"', ":", ";", ")", "]", "…", "’")
_GOES_ON = (",", " the", " of", " and", " in", " to", " for", " a")


def blocks(text: str) -> list[Block]:
    """The paragraphs of a text, in order and without overlap: one for each line, but that lines broken at a margin are one."""
    lines = [found.span() for found in _LINE.finditer(text) if found.group().strip()]
    if not lines:
        return []
    hard_wrapped = _is_hard_wrapped([text[start:end].rstrip() for start, end in lines])
    spans = [list(lines[0])]
    for (_, before), (start, end) in pairwise(lines):
        apart = text.count("\n", before, start) > 1 and not (hard_wrapped and text[start:end].lstrip()[:1].islower())
        if apart or not _goes_on(text, spans[-1], start, end, hard_wrapped):
            spans.append([start, end])
        else:
            spans[-1][1] = end
    heads = [at for at, _ in line_heads(text)]
    return [_unmarked(text, start, end, heads) for start, end in spans]


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Whether a text was broken at a margin: several lines of its width end in mid-sentence, and hardly one is longer."""
    full = [line for line in lines if 45 <= len(line) <= 100]
    broken = sum(not line.endswith(_CLOSES) for line in full)
    return broken >= 4 and broken >= 0.3 * len(lines) and sum(len(line) > 110 for line in lines) <= len(lines) // 10


def _goes_on(text: str, block: list[int], start: int, end: int, hard_wrapped: bool) -> bool:
    """Whether a line continues the one before."""
    last = text.rfind("\n", block[0], block[1]) + 1 or block[0]
    before = text[last : block[1]].rstrip()
    if any(marker.match(text, start, end) for marker in (_BULLET, _LABEL, _CAPTION, _STAMPED)):
        return False
    if before.endswith(_CLOSES):
        return hard_wrapped and 45 <= len(before) <= 95
    if len(before) < 25:
        return False
    if text[start:end].lstrip()[:1].islower():
        return True
    return len(before) <= 110 and (before.endswith(_GOES_ON) or (hard_wrapped and len(before) >= 40))


def _unmarked(text: str, start: int, end: int, heads: list[int]) -> Block:
    """A paragraph without its markers."""
    kind: Kind = "prose"
    stamp: str | None = None
    for _ in range(4):  # a bullet may hold a clock, a script's cue a speaker's label
        if marker := _CAPTION.match(text, start, end):
            kind, start = "caption", marker.end()
        elif marker := _STAMPED.match(text, start, end):
            kind, start, stamp = "bullet", marker.end(), marker["stamp"]
        elif marker := _BULLET.match(text, start, end):
            kind, start = "bullet", marker.end()
        elif marker := _CUE.match(text, start, end):
            start = marker.end()
        elif (marker := _LABEL.match(text, start, end)) and _is_speaker(marker["label"], text):
            kind, start = "quote-line", marker.end()
        elif (marker := _DATELINE.match(text, start, end)) and marker.end() < end and not any(start <= a < marker.end() for a in heads):
            start = marker.end()
        else:
            break
    body = text[start:end].strip()
    if kind == "prose" and body and len(body) < 90 and "\n" not in body and not re.search(r"[.!?…:;,][\"'”’)\]]*$", body):
        kind = "bullet" if _is_item(body) else "heading"
    return Block(start, end, kind, stamp)


def _is_item(body: str) -> bool:
    """Whether a short line is an item of a list of givers: `Albania: 125 troops`."""
    name, colon, given = body.partition(":")
    return bool(colon) and name.strip().lower().removeprefix("the ") in places() and _COUNTED.match(given) is not None


def _is_speaker(label: str, text: str) -> bool:
    """Whether a word before a colon names who speaks: by its word, or where it stands before several lines. `AUSTRALIA:` does not."""
    if label.lower() in _speakers():
        return True
    return label.isupper() and label.lower() not in places() and len(re.findall(rf"(?m)^[ \t]*{re.escape(label)}(?: \(|:)", text)) > 1


@cache
def _speakers() -> frozenset[str]:
    return frozenset(lexicons.read("abbreviations")["speakers"])
