"""What makes a submitted article unusable. Each reason is a slug that dead letters and exit messages carry."""

from typing import Literal

from muster_contracts.errors import RecordError

Reason = Literal[
    "empty-text",
    "too-long",
    "binary",
    "not-utf8",
    "html",
    "no-date",
    "bad-date",
    "future-date",
    "no-source",
    "no-identity",
    "bad-url",
    "not-an-article",
    "not-text",
    "embargoed",
    "unknown-source",
    "bad-signature",
    "withdrawn",
    "unreadable",
]


class UnusableArticle(RecordError):
    """A submission that can't become an article. The reason is a slug, the field is the submission's own name for what is wrong."""

    def __init__(self, reason: Reason, message: str, *, field: str, got: str | None = None) -> None:
        self.reason = reason
        super().__init__(_printable(message), field=_printable(field), got=None if got is None else _printable(got))


def _printable(text: str) -> str:
    # The error goes into a dead letter's headers and onto a terminal; half a surrogate pair, which JSON can hold, fits neither.
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
