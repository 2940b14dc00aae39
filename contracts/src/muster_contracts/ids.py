"""Ids are functions of content, so that a repeat is the same event and a replay makes the same log.

All are UUIDv5 (RFC 9562, section 5.5): the same names give the same ids in any process, on any machine and in any language.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

MUSTER = uuid5(NAMESPACE_URL, "urn:muster")
"""The namespace of all our ids."""


def canonical_json(value: Mapping[str, Any]) -> str:
    """JSON with sorted keys and no spaces: one text for one value, whatever the order in which it was built."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def text_hash(*parts: str) -> str:
    """SHA-256 over the parts, in hex. Parts can't run into each other: each is followed by a NUL, which no stored text holds."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()


def article_id(*, url: str | None, source: str, guid: str | None, content: str) -> UUID:
    """An article is its canonical address; without one its source's own id for it; without that, what it says.

    Args:
        url: canonical address, or None.
        source: name of the outlet or publisher.
        guid: the source's id for the article, or None.
        content: hash of title, day and text, for articles that bring neither.
    """
    if url:
        return uuid5(MUSTER, f"article:url:{url}")
    if guid:
        return uuid5(MUSTER, f"article:guid:{source}\n{guid}")
    return uuid5(MUSTER, f"article:content:{source}\n{content}")


def revision_id(article: UUID, number: int, content: str) -> UUID:
    """One wording of an article.

    Args:
        article: the article's id.
        number: 1 for the first wording, then counted up; a text that goes back to an earlier wording is a new revision.
        content: hash of what its readers see.
    """
    return uuid5(article, f"revision:{number}:{content}")


def retraction_id(article: UUID, number: int) -> UUID:
    """The taking back of an article, as its revision `number`."""
    return uuid5(article, f"retraction:{number}")


def claim_id(revision: UUID, extractor: str, claim: Mapping[str, Any]) -> UUID:
    """A claim is what one extractor reads in one revision.

    Args:
        revision: the revision's id.
        extractor: name and version, e.g. `rules/1.0.0`.
        claim: what the claim says, in JSON types.
    """
    return uuid5(revision, f"claim:{extractor}:{canonical_json(claim)}")


def completion_id(revision: UUID, extractor: str) -> UUID:
    """The end of one extractor's reading of one revision."""
    return uuid5(revision, f"completion:{extractor}")


def act_id(act: str, letter: str, at: str) -> UUID:
    """An operator's act: what was done to which letter, and when.

    Args:
        act: its type, e.g. `letter-retried.v1`.
        letter: its place, e.g. `articles-extract-dlq/0@17`.
        at: the time, ISO 8601, UTC.
    """
    return uuid5(MUSTER, f"act:{act}:{letter}:{at}")
