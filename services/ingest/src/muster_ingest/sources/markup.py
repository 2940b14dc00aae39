"""Markup of a feed's body to plain text: XHTML, HTML and NITF, whose tags say where paragraphs are and nothing that is read here."""

import re

from lxml import etree

from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise.checks import check_characters, check_size

# fmt: off
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body.content", "br", "caption", "dateline", "dd", "div", "dl", "dt", "figcaption",
        "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hl1", "hl2", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "td", "th", "tr", "ul",
    }
)
_UNREAD = frozenset(
    {
        "body.end", "docdata", "iframe", "item-head", "media", "noscript", "pubdata", "script", "style", "svg", "template", "title",
    }
)
# fmt: on
"""Elements whose content is no part of a story's text."""

# The parser knows a head only where HTML has one, and passes over ends without a start; NITF's heads stand elsewhere, and feeds that
# write `One</p>Two</p>` mean paragraphs.
_HEAD = re.compile(r"(</?)head(?=[\s/>])", re.IGNORECASE)
_BLOCK_END = re.compile(rf"</(?:{'|'.join(re.escape(name) for name in sorted(_BLOCKS))})(?=[\s/>])", re.IGNORECASE)

DEEPEST = 2000
"""Elements open at once. Each end without a start is looked for in all of them: with this bound what is taken is read in 2 s at most."""


def plain_text(markup: str, *, field: str) -> str:
    """The text of a body, a paragraph a line, blank lines between them. What is no markup comes back as it is, with its spaces joined.

    Args:
        markup: of any size and any form: the work grows with its length, whatever is left open in it.
        field: of the submission, for the errors.

    Raises:
        UnusableArticle: `too-long` for markup over the limit of a text, `binary` for control characters; neither is parsed.
            `not-an-article` for more than DEEPEST elements within each other.
    """
    check_size(markup, field=field)
    check_characters(markup, field=field)
    if not markup:
        return ""
    reader = _Reader(field)
    # huge_tree: no tree is built here, and a story must not end unnoticed where it passes a limit of the parser's own.
    parser = etree.HTMLParser(target=reader, huge_tree=True)
    parser.feed(_BLOCK_END.sub(r"<br/>\g<0>", _HEAD.sub(r"\1item-head", markup)))
    paragraphs = (" ".join(paragraph.split()) for paragraph in parser.close().split("\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


class _Reader:
    """Takes in what the parser finds; it closes whatever was left open, so that starts and ends come in pairs."""

    def __init__(self, field: str) -> None:
        self._field = field
        self._pieces: list[str] = []
        self._open = 0
        self._unread = 0
        """How many elements that are not read are open."""

    def start(self, tag: str, _attributes: object) -> None:
        self._open += 1
        if self._open > DEEPEST:
            raise UnusableArticle("not-an-article", "nested too deeply", field=self._field, got=f"more than {DEEPEST:,} elements deep")
        if tag in _UNREAD:
            self._unread += 1
        elif tag in _BLOCKS:
            self._pieces.append("\n")

    def end(self, tag: str) -> None:
        self._open -= 1
        if tag in _UNREAD:
            self._unread -= 1
        elif tag in _BLOCKS:
            self._pieces.append("\n")

    def data(self, data: str) -> None:
        if not self._unread:
            # A line break of the source is a space; only elements make paragraphs.
            self._pieces.append(data.replace("\n", " ").replace("\r", " "))

    def comment(self, _text: str) -> None:
        """Comments are no text."""

    def pi(self, _target: str, _data: str | None = None) -> None:
        """Instructions to a program are none either."""

    def close(self) -> str:
        return "".join(self._pieces)
