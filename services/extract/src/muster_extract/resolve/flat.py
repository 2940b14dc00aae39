"""One kind of space, at the same offsets, so that patterns need not know how a text was wrapped."""

import re

_WRAP = re.compile(r"(?<=[^\s.!?:;\"”)])\n(?=\S)")
_ODD = {0x00A0: " ", 0x202F: " ", 0x2009: " ", 0x2007: " ", 0x2011: "-", 0x2010: "-"}


def flat(text: str) -> str:
    """`text` with a space for every line end inside a sentence, and plain spaces and hyphens for their typographic kin.

    The result has the length of `text`, so offsets into the one are offsets into the other.
    """
    return _WRAP.sub(" ", text).translate(_ODD)
