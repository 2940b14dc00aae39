"""A plain text read as an article: its first line is the title, its own lines say who published it and when."""

from dataclasses import dataclass

from muster_contracts.articles import ArticleSubmitted
from pydantic import ValidationError

from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise.addresses import host_name
from muster_ingest.normalise.characters import clean, one_line
from muster_ingest.normalise.checks import check_characters, check_markup, check_size
from muster_ingest.normalise.credits import outlet_of_disclaimer
from muster_ingest.normalise.furniture import strip_furniture

_LONGEST_TITLE = 300  # characters; a longer first line is a paragraph


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever publishes a plain text says of it."""

    source: str | None = None
    url: str | None = None
    published: str | None = None


def from_plain_text(text: str, given: Given) -> ArticleSubmitted:
    """The article that a plain text holds.

    The outlet is the one given, else the one that a disclaimer names, else the host of the address, else the agency that the text
    credits. The day is the one given; where none is, it is read from the text's own lines when it is normalised.

    Raises:
        UnusableArticle: `empty-text`, `too-long`, `binary`, `html`, `no-source`, or `not-an-article` for what is given in no valid form.
    """
    check_size(text, field="text")
    check_characters(text, field="text")
    check_markup(text, field="text")
    if not text.strip():
        raise UnusableArticle("empty-text", "the text is empty", field="text")
    first, _, rest = text.strip().partition("\n")
    title, body = (one_line(first), rest) if rest.strip() and len(first) <= _LONGEST_TITLE else (None, text)
    source = given.source or outlet_of_disclaimer(body) or (host_name(given.url) if given.url else None)
    source = source or strip_furniture(clean(body), title or "").agency
    if not source:
        raise UnusableArticle("no-source", "nothing says which outlet published this; give its name", field="source")
    try:
        return ArticleSubmitted(source=source, url=given.url, published=given.published, title=title, text=body)
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_context=False)[0]
        raise UnusableArticle("not-an-article", wrong["msg"], field=str(wrong["loc"][0])) from None
