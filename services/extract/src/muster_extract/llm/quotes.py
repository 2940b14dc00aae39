"""Where a told quote stands in the text."""

import re
from collections.abc import Iterator

from muster_extract.candidate import LONGEST, SHORTEST

MOST_WORDS = 60
"""Of a quote that is looked for at all: twelve are asked for, and a model that copies a paragraph points at nothing."""

_WORD = re.compile(r"\S+")


def places(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Offsets at which the words of `quote` stand in `text`, character for character, each between word borders.

    Only the space between words may differ: feeds break lines in mid-sentence, and a model copies the break as a blank. What becomes
    evidence is the text's own characters.
    """
    words = quote.split()
    if not 0 < len(words) <= MOST_WORDS:
        return
    pattern = r"(?<!\w)" if words[0][:1].isalnum() else ""
    pattern += r"\s+".join(re.escape(word) for word in words)
    pattern += r"(?!\w)" if words[-1][-1:].isalnum() else ""
    for found in re.finditer(pattern, text):
        yield found.start(), found.end()


def cut(start: int, end: int, text: str) -> tuple[int, int] | None:
    """The offsets of at most twelve words from `start` (the labelling guide, 'evidence'); None for fewer than three words."""
    words = [match.end() for match in _WORD.finditer(text, start, end)]
    if len(words) < SHORTEST:
        return None
    return start, words[min(len(words), LONGEST) - 1]
