"""Currency signs and words around a numeral."""

import re
from functools import cache

from muster_extract import lexicons


@cache
def _before() -> re.Pattern[str]:
    signs = sorted(lexicons.read("currencies")["signs"], key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z$€£])({'|'.join(map(re.escape, signs))})(?:\.?\s?)$")


@cache
def _after() -> re.Pattern[str]:
    words = sorted(lexicons.read("currencies")["words"], key=len, reverse=True)
    return re.compile(rf"[ -]({'|'.join(map(re.escape, words))})\b|\s?(€|£|EUR|USD|CHF|CAD|GBP)(?!\w)")


def currency_before(text: str, start: int) -> tuple[str, int] | None:
    """ISO 4217 code of the sign right before `start`, and where the sign begins; None where none stands there."""
    found = _before().search(text, max(0, start - 6), start)
    if found is None:
        return None
    sign = found[1]
    if sign in ("R", "Sh", "DM") and found.end(1) != start and sign == "R":
        return None  # a lone capital before a number is an initial; the rand's R is written against its figure
    return lexicons.read("currencies")["signs"][sign], found.start(1)


def currency_after(text: str, end: int) -> tuple[str, int] | None:
    """ISO 4217 code of the currency word right behind `end`, and where the word ends; None where none stands there."""
    found = _after().match(text, end)
    if found is None:
        return None
    currencies = lexicons.read("currencies")
    word = found[1] or found[2]
    return currencies["words"].get(word) or currencies["signs"][word], found.end()
