"""Numerals as they are written: digits, words and both, with their value. What they count is told in numbers.py."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * value for value, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000, "dozen": 12}
_LETTERS = {"m": 1_000_000, "mn": 1_000_000, "mln": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000, "k": 1_000, "tn": 1_000_000_000_000}

NUMBER_WORDS = frozenset([*SMALL, *TENS, *_SCALES])
"""Words that are numerals or parts of one."""

_WORD = "|".join(sorted([*SMALL, *TENS, *_SCALES], key=len, reverse=True))
_COUNT = "|".join(sorted([*SMALL, *TENS], key=len, reverse=True))  # a scale alone ("several hundred") is no numeral
_LINK = r"(?:[ -](?:and a half[ -])?|(?:(?<=hundred)|(?<=thousand)|(?<=million)) and |(?<=thousand), )"
_WORDS = (
    r"(?:(?:one|two|three|four|five|six|seven|eight|nine),\d{3}(?!\d)|half an? (?:hundred|thousand|million|billion|dozen)"
    r"|(?<=first )hundred|(?<=last )hundred|(?<=another )hundred|(?<=further )hundred"
    rf"|an? (?:(?:hundred|thousand|million|billion|dozen)\b(?:{_LINK}(?:{_WORD})\b)*|couple of|pair of)"
    rf"|(?:{_COUNT})\b(?:{_LINK}(?:{_WORD})\b)*)"
)
NUMERAL = re.compile(
    r"(?:(?<![\w.,/\\])|(?<=USD)|(?<=EUR)|(?<=CHF)|(?<=CAD)|(?<=GBP)|(?<=KES)|(?<=Sh)|(?<=sh))(?<![A-Za-z]-)(?<!\d:)(?P<digits>\d{1,3}(?:[,\u00a0\u202f\u2009]\d{3})+(?:\.\d+)?"
    r"|\d{1,3}(?: \d{3})+(?![\d,.])|\d+(?:\.\d+)?)"
    r"(?:(?P<scale>[ -](?:hundred|thousand|million|billion|trillion|dozen))\b|(?P<letter>(?:mn|mln|bn|tn|m|b|k))\b)?"
    rf"|(?<![\w’'-])(?P<words>(?i:{_WORDS}))\b(?![’']s\b)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral in a text: where it stands, its value, and the scale word or letter behind its digits, if any."""

    start: int
    end: int
    value: float
    scale: int
    letter: bool
    written: str


def find_numerals(text: str) -> list[Numeral]:
    """Every numeral of `text`, in order. Clock times, dotted dates and numbers inside words are none."""
    found: list[Numeral] = []
    for match in _matches(text):
        after = text[match.end() : match.end() + 2]
        if match["words"] is not None:
            value = word_value(match["words"])
            if value is None or _is_pronoun(text, match):
                continue
            found.append(Numeral(match.start(), match.end(), value, 1, False, match["words"]))
            continue
        if re.match(r":\d|/\d|\.\d", after):
            continue
        if after[:1].isalpha() and not match["letter"] and not re.match(r"(?:st|nd|rd|th|km|kg)\b", text[match.end() : match.end() + 3]):
            continue
        digits = re.sub(r"[,\s]", "", match["digits"])
        if len(digits) > 15:
            continue
        scale = _SCALES[match["scale"][1:]] if match["scale"] else _LETTERS[match["letter"]] if match["letter"] else 1
        found.append(Numeral(match.start(), match.end(), float(digits), scale, bool(match["letter"]), match["digits"]))
    return found


_OPENS = re.compile(r"\d+|[A-Za-z]+")
_ARTICLES = frozenset(("a", "an", "half"))
_COUNTED = frozenset(("hundred", "thousand", "million", "billion", "dozen", "couple", "pair"))


def _matches(text: str) -> Iterator["re.Match[str]"]:
    """Matches of the numeral pattern, tried only where a word is a figure or a number's first word: the pattern itself is dear."""
    behind = 0
    words = list(_OPENS.finditer(text))
    for place, word in enumerate(words):
        start = word.start()
        if start < behind:
            continue
        said = word.group().lower()
        if said in _ARTICLES:
            opens = any(later.group().lower() in _COUNTED for later in words[place + 1 : place + 3])
        else:
            opens = said in NUMBER_WORDS or said.isdigit()
        if opens and (match := NUMERAL.match(text, start)):
            yield match
            behind = match.end()


def word_value(words: str) -> float | None:
    """The value of a numeral in words, e.g. 1500 for "fifteen hundred"; None where the words make no number."""
    lowered = words.lower().replace(",", "")
    if lowered.endswith(("couple of", "pair of")):
        return 2.0
    if reworded := re.fullmatch(r"([a-z]+)(\d{3})", lowered):  # `two,500`, as a program makes it that rewords figures in part
        return 1000.0 * SMALL[reworded[1]] + int(reworded[2])
    total = 0.0
    current = 0.0
    half = lowered.startswith("half")
    if half:
        current = 0.5
        lowered = lowered.split(" ", 2)[-1]
    parts = [part for part in re.split(r"[ -]+", lowered) if part]
    for place, part in enumerate(parts):
        if part in ("a", "an"):
            if place and parts[place - 1] == "and":
                continue
            current = max(current, 1.0)
        elif part == "half":
            current += 0.5
        elif part in SMALL:
            if current and (current % 10 or (current == 10)):
                return None
            current += SMALL[part]
        elif part in TENS:
            if current % 100:
                return None
            current += TENS[part]
        elif part in ("hundred", "dozen"):
            current = (current or 1.0) * _SCALES[part]
        elif part in _SCALES:
            total += (current or 1.0) * _SCALES[part]
            current = 0.0
    return total + current


_PRONOUN_BEFORE = re.compile(r"\b(?:no|any|every|some|which|this|that|the|each|only|last|first)[ -]$", re.I)
_PRONOUN_AFTER = re.compile(
    r" (?:another|can|could|may|might|must|should|would|day|by one|counts?|knows?|counted|wanted"
    r"|wants|makes|else)\b|-(?:time|sided|off|third|half|fifth|quarter)"
)


def _is_pronoun(text: str, match: "re.Match[str]") -> bool:
    """Whether "one" stands for somebody or something rather than for a count."""
    if match["words"].lower() != "one":
        return False
    return bool(_PRONOUN_BEFORE.search(text[max(0, match.start() - 8) : match.start()]) or _PRONOUN_AFTER.match(text, match.end()))
