"""Numbers, names and quotes as a reader wants them."""

from __future__ import annotations

from collections.abc import Iterable

from muster_contracts.values import Contributor, Qualifier, Quantity
from muster_projection.board import Citation, Figure
from muster_projection.contributors import contributor_name

QUALIFIERS = {Qualifier.EXACT: "", Qualifier.ABOUT: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.AT_MOST: "at most "}


def names_of(contributors: Iterable[Contributor | None]) -> str:
    """Names in a row, by name."""
    return ", ".join(sorted(contributor_name(contributor) for contributor in contributors))


def amount(quantity: Quantity | None) -> str | None:
    """A number with its unit: "about 600 police", "300,000,000 USD"."""
    return None if quantity is None else f"{QUALIFIERS[quantity.qualifier]}{quantity.amount:,} {quantity.unit}"


def quoted(citation: Citation) -> str:
    """The words on which a figure stands, and whose they are."""
    outlet = citation.source if citation.origin in (None, citation.source) else f"{citation.source} ({citation.origin})"
    return f"“{' '.join(citation.quote.split())}” {outlet}, {citation.published_on}"


def told(figure: Figure | None) -> str | None:
    """A figure's quote, with how many independent tellings there are beside it."""
    if figure is None:
        return None
    others = figure.origins - 1
    return quoted(figure.citation) + (f" and {others} more" if others else "")


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number of things: "1 article", "2 copies"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def days(count: int | None) -> str | None:
    """A number of days."""
    return None if count is None else counted(count, "day")


def reasons(causes: Iterable[str]) -> str | None:
    """Causes in a row, or None where there are none."""
    return ", ".join(cause.replace("_", " ") for cause in causes) or None
