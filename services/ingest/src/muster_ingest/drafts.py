"""What normalising a submission yields, before it is known what else was seen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from muster_contracts.articles import Dateline, Removed


@dataclass(frozen=True, slots=True)
class Draft:
    """An article's clean wording with its provenance: all that the text itself and its source say."""

    article_id: UUID
    url: str | None
    """Canonical address."""

    guid: str | None
    source: str
    origin: str | None
    title: str
    text: str
    content: str
    """Hash of title and text: what a reader sees. Two drafts with the same one are the same wording."""

    published_on: date
    published_at: datetime | None
    modified_on: date | None
    """Day of the last change as the source gives it, in the outlet's zone."""

    dateline: Dateline | None
    removed: tuple[Removed, ...]
    publisher: str | None = None
    """Who submitted it, where that is known: not the text says it, but the record that brought it."""


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A publisher takes an article back."""

    article_id: UUID
    source: str
    known_on: date
    """Day on which the retraction became public."""

    pubstatus: Literal["withheld", "canceled"] | None
    """Held, or killed for good; None for one that has been waiting for its article since before that was kept."""

    why: str | None
    publisher: str | None = None
    """Who submitted the retraction; None where the submission named none."""
