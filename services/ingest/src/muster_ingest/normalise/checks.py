"""What a text must not be: empty, too long, binary, HTML. Each has its reason."""

import re

from muster_contracts.articles import TEXT_LIMIT

from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise.characters import control_at

# Names of elements that stand in news pages; `<18` or `<name>` in a text is no HTML.
_ELEMENT = re.compile(
    r"<!doctype\b|</?(?:html|head|body|p|br|div|span|a|b|i|em|strong|img|ul|ol|li|table|tr|td|h[1-6]|script|style|iframe|figure|figcaption"
    r"|section|article|blockquote|meta|link|font|center)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)


def check_size(text: str, *, field: str) -> None:
    """Refuses what is longer than TEXT_LIMIT characters."""
    if len(text) > TEXT_LIMIT:
        raise UnusableArticle("too-long", f"longer than {TEXT_LIMIT:,} characters", field=field, got=f"{len(text):,} characters")


def check_characters(text: str, *, field: str) -> None:
    """Refuses control characters: they are the mark of a file that is no text."""
    at = control_at(text)
    if at is not None:
        raise UnusableArticle("binary", f"a control character at character {at}", field=field, got=repr(text[max(0, at - 10) : at + 10]))


def check_markup(text: str, *, field: str) -> None:
    """Refuses HTML: its tags would stand in quotes, and its menus in the text."""
    found = _ELEMENT.search(text)
    if found:
        raise UnusableArticle("html", f"HTML at character {found.start()} where plain text is expected", field=field, got=found[0])
