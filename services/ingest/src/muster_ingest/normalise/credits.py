"""Who wrote it and when, as credit lines say: agencies, time stamps, the outlet that runs a feed."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from muster_ingest.normalise.lexicon import lexicon
from muster_ingest.normalise.moments import read_moment

_SEPARATOR = re.compile(r" ?[|·•] ?| (?=(?:last )?(?:updated|created|published|modified|posted):)", re.IGNORECASE)
_EDITED_BY = re.compile(
    r"(?:not been (?:edited|created|modified) by|except for the headline, .{0,40}edited by) (?:the )?"
    r"(?P<outlet>[A-Z][\w.'&-]*(?: [A-Z][\w.'&-]*){0,3}) (?:staff|team|desk)"
)
_CREDIT_PREFIX = re.compile(r"^[\s(©—–-]*(?:by|source|from|via|with inputs? from|agency)?:?\s+|^[\s(©—–-]+", re.IGNORECASE)
_CREDIT_AT_END = re.compile(
    r"[.!?\"”’)]\s*(?:[—–]|--?)\s*(?P<agency>[A-Z][\w -]{1,40}?)\.?$|[.!?\"”’]\s*\((?P<bracketed>[A-Z][\w -]{1,40}?)\)\.?$"
)
_SAYS_BY = re.compile(r"\W*(?:by|source|with inputs?)\b", re.IGNORECASE)
_CREDIT_AT_START = re.compile(r"\(([^()]{2,40})\)\s?(?:[—–]|--?)\s")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp of a credit line: `phrase` is what stands behind the word, e.g. `24-06-2024 23:59 IST`."""

    what: Literal["created", "updated"]
    phrase: str


def segments(line: str) -> list[str]:
    """The parts of a credit line, cut at ` | `, ` · ` and before a stamp's word."""
    return [part.strip() for part in _SEPARATOR.split(line) if part.strip()]


def read_stamp(segment: str) -> Stamp | None:
    """The stamp that a segment is, e.g. `Updated: 24-06-2024 23:59 IST`; None where it is none."""
    found = _stamp_words().match(segment)
    if not found:
        return None
    phrase = segment[found.end() :].strip()
    if read_moment(phrase, "") is None:
        return None
    return Stamp("created" if found[1].lower() in lexicon().created else "updated", phrase)


def agency_of(segment: str) -> str | None:
    """The agency that a segment credits: `Reuters`, `By Jane Doe, Associated Press`, `(With inputs from PTI)`, `— AP`."""
    agencies = lexicon().agencies
    bare = _CREDIT_PREFIX.sub("", segment).rstrip(" .)")
    if bare in agencies:
        return agencies[bare]
    if _SAYS_BY.match(segment):
        found = _agencies().search(bare)
        return agencies[found[1]] if found else None
    return None


def agency_at_end(line: str) -> str | None:
    """The agency that stands behind a text's last sentence, e.g. `… he resigned. — AFP`."""
    found = _CREDIT_AT_END.search(line[-60:])
    return lexicon().agencies.get(found["agency"] or found["bracketed"]) if found else None


def agency_at_start(line: str) -> str | None:
    """The agency that stands before a text's first word, where there is no dateline: `(Reuters) - A judge …`."""
    found = _CREDIT_AT_START.match(line)
    return lexicon().agencies.get(found[1].strip()) if found else None


def credited(origin: str | None, source: str) -> str | None:
    """The agency that an article credits, or that publishes it itself; None where it is an outlet's own."""
    return origin or lexicon().agencies.get(source)


def outlet_of_disclaimer(text: str) -> str | None:
    """The outlet that says of itself that its staff has not edited a syndicated story; None where none says so."""
    found = _EDITED_BY.search(text)
    return found["outlet"] if found else None


@cache
def _agencies() -> re.Pattern[str]:
    written = sorted(lexicon().agencies, key=len, reverse=True)
    return re.compile(rf"(?:[\s,/]|^)({'|'.join(map(re.escape, written))})(?=[\s,/]|$)")


@cache
def _stamp_words() -> re.Pattern[str]:
    words = sorted(lexicon().created | lexicon().updated, key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, words))})(?: ?:| on| at)? ", re.IGNORECASE)
