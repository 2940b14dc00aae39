"""Text of others on a terminal: on one line, and never as commands to the terminal."""

from __future__ import annotations

import unicodedata
from typing import Final

# Cf holds the marks that turn the direction of a line round; joiners are in it too, and are shown without loss.
UNSHOWN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def plain(text: str, *, longest: int | None = None, lines: bool = False) -> str:
    """Text as it may be shown: control characters written out, blanks in a row made one.

    Args:
        longest: characters to show at most.
        lines: keep lines and blanks as they are.
    """
    if longest is not None and len(text) > longest:
        text = text[:longest] + "…"
    if not lines:
        text = " ".join(text.split())
    if text.isprintable():
        return text
    return "".join(
        one if (one == "\n" and lines) or unicodedata.category(one) not in UNSHOWN else one.encode("unicode_escape").decode()
        for one in text
    )
