"""Markup of a feed's body to plain text: XHTML, HTML and NITF, whose tags say where paragraphs are and nothing that is read here."""

from html.parser import HTMLParser

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
        "body.end", "docdata", "head", "iframe", "media", "noscript", "pubdata", "script", "style", "svg", "template", "title",
    }
)
# fmt: on
"""Elements whose content is no part of a story's text."""


def plain_text(markup: str) -> str:
    """The text of a body, a paragraph a line, blank lines between them. What is no markup comes back as it is, with its spaces joined."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    paragraphs = (" ".join(paragraph.split()) for paragraph in "".join(reader.pieces).split("\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread.append(tag)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:  # an element without content opens nothing that would have to be closed
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unread:
            # Also closes what was opened within it and never closed.
            del self._unread[self._unread.index(tag) :]
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            # A line break of the source is a space; only elements make paragraphs.
            self.pieces.append(data.replace("\n", " ").replace("\r", " "))
