"""One line for one paragraph: lines that an editor or a mailer broke are joined, blank ones dropped."""

import re

_BROKEN_FROM = 40  # characters; a line that was broken for its width is at least so long (mailers break at 60 to 80)
_BROKEN_TO = 100
_CLOSED = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_OPENS = re.compile(r"(?:[-*•·–—>#\[(]|\d{1,3}[.):]|[A-ZÀ-Þ][A-ZÀ-Þ ]{2,}:|\d{1,2}[:.]\d{2}\b)")


def join_paragraphs(lines: list[str], *, spaced: bool) -> str:
    """The text with one line a paragraph.

    Lines are only joined in a text that is `spaced`: one that tells its paragraphs apart by blank lines.

    A line is joined with the next where it was broken for its width: no blank line between, long enough, not closed by a stop, and
    the next is no bullet, number, speaker or time of its own and begins in lower case or with a figure.
    """
    paragraphs: list[str] = []
    before = ""
    for line in lines:
        if spaced and line and before and _is_broken(before, line):
            paragraphs[-1] += f" {line}"
        elif line:
            paragraphs.append(line)
        before = line
    return "\n".join(paragraphs)


def _is_broken(line: str, following: str) -> bool:
    if not _BROKEN_FROM <= len(line) <= _BROKEN_TO or _CLOSED.search(line) or _OPENS.match(following):
        return False
    return following[0].islower() or following[0].isdigit() or line.endswith((",", " the", " of", " and", " in", " to", " for", " a"))
