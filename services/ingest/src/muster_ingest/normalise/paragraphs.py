"""One line for one paragraph: lines that an editor or a mailer broke are joined, blank ones dropped."""

import re
from itertools import groupby, pairwise

_BROKEN_FROM = 40  # characters; a line that was broken for its width is at least so long (mailers break at 60 to 80)
_BROKEN_TO = 100
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_OPENS = re.compile(r"(?:[-*•·–—>#\[(]|\d{1,3}[.):]|[A-ZÀ-Þ][A-ZÀ-Þ ]{2,}:|\d{1,2}[:.]\d{2}\b)")


def join_paragraphs(lines: list[str], *, spaced: bool) -> str:
    """The text with one line a paragraph.

    Lines are only joined in a text that is `spaced`: one that tells its paragraphs apart by blank lines.
    """
    if not spaced:
        return "\n".join(line for line in lines if line)
    blocks = (list(block) for told, block in groupby(lines, key=bool) if told)
    return "\n".join(paragraph for block in blocks for paragraph in _joined(block))


def _joined(block: list[str]) -> list[str]:
    width = max(map(len, block))
    # Filled to one width, line by line: the next word never fitted. A list of short lines is not.
    filled = width <= _BROKEN_TO and all(len(line) + 1 + len(following.split(" ", 1)[0]) > width for line, following in pairwise(block))
    paragraphs = block[:1]
    for line, following in pairwise(block):
        if _is_broken(line, following, filled):
            paragraphs[-1] += f" {following}"
        else:
            paragraphs.append(following)
    return paragraphs


def _is_broken(line: str, following: str, filled: bool) -> bool:
    """Whether a line goes on in the next: long enough, not closed by a stop, and the next is no bullet, number, speaker or time of
    its own. It then begins in lower case or with a figure, or stands in a block that is filled to one width."""
    if not _BROKEN_FROM <= len(line) <= _BROKEN_TO or _CLOSED.search(line) or _OPENS.match(following):
        return False
    return filled or following[0].islower() or following[0].isdigit()
