"""News items in ninjs (IPTC), read as submissions: generation 1 (1.0 to 1.6), 2 (2.0 to 2.2) and 3 (3.0, 3.1).

The generations name the same things differently: 1 has `headline`, `body_text` and their kin with any ending, 2 has `headlines` and
`bodies` with roles, 3 is 2 in camel case. So names are compared in lower case, and the form of what is found says the rest.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise.addresses import host_name
from muster_ingest.sources.markup import plain_text

_TEXTUAL = frozenset({"text", "composite", "component"})
"""Types whose items tell a story in words; the others (picture, video, event …) have only captions and descriptions."""

_MARKUP_ROLES = frozenset({"html", "xhtml", "richtext", "nitf"})
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_AUTHORITY = re.compile(r"(?:urn:newsml:|tag:)(?P<host>[^:,]+)[:,]")
"""RFC 3085 and RFC 4151: who named the item stands first in its name."""


class _Wording(NamedTuple):
    role: str
    kind: str
    """Its content type; empty where none is given."""

    text: str

    @property
    def is_markup(self) -> bool:
        if self.kind and self.kind != "text/plain":
            return True
        return not self.kind and (self.role in _MARKUP_ROLES or bool(_TAG.search(self.text)))


def is_ninjs(document: Mapping[str, Any]) -> bool:
    """Whether a JSON object is a ninjs item: it has a `uri`, all that ninjs requires, and neither `text` nor `url`, which it never has."""
    return isinstance(document.get("uri"), str) and not {"text", "url"} & document.keys()


def from_ninjs(document: Mapping[str, Any], *, at: datetime | None = None) -> dict[str, Any]:
    """The fields of a submission that an item holds; they are checked as any other's.

    The item's `uri` is the article's id, its versions are told apart by `versioncreated`. `withheld` and `canceled` take it back.

    Args:
        document: the item.
        at: when it entered the log, against which an embargo is held; None where no embargo is to be kept.

    Raises:
        UnusableArticle: `not-text` for a picture, video, event and the like; `embargoed` before its time; `no-source`.
    """
    item = {name.lower(): value for name, value in document.items()}
    withdrawn = item.get("pubstatus") in ("withheld", "canceled")
    bodies = list(_wordings(item, "body", "bodies"))
    kind = _text(item, "type") or "text"
    if not withdrawn:
        if kind not in _TEXTUAL:
            raise UnusableArticle("not-text", "only items of text tell a story here", field="type", got=kind)
        _keep_embargo(item, at)
    first = _text(item, "firstcreated") or _text(item, "contentcreated") or _text(item, "versioncreated")
    version = _text(item, "versioncreated")
    later = str(item.get("version") or "0") not in ("0", "1") or version != first
    headlines = list(_wordings(item, "headline", "headlines"))
    return {
        "id": item["uri"],
        "source": _source(item),
        "published": first,
        "modified": version if version and (later or withdrawn) else None,
        "title": next((plain_text(headline.text, field="title").replace("\n\n", " ") for headline in headlines), None)
        or _text(item, "title"),
        "text": _story(bodies) or None,
        "pubstatus": item.get("pubstatus") or "usable",
    }


def _wordings(item: Mapping[str, Any], one: str, several: str) -> Iterator[_Wording]:
    """What the item has of a kind, the main one first."""
    found = [
        _Wording(name.removeprefix(one).strip("_"), "", value)
        for name, value in item.items()
        if (name == one or name.startswith(f"{one}_")) and isinstance(value, str)
    ]
    listed = item.get(several)
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict):
            said = {name.lower(): value for name, value in each.items()}
            if isinstance(said.get("value"), str):
                found.append(_Wording(_text(said, "role") or "", (_text(said, "contenttype") or "").lower(), said["value"]))
    return iter(sorted(found, key=lambda wording: wording.role not in ("", "main", "text")))


def _story(wordings: list[_Wording]) -> str:
    """The first plain wording, else the first with markup, as plain text; empty where there is none."""
    plain = next((wording for wording in wordings if not wording.is_markup and wording.text.strip()), None)
    if plain is not None:
        return plain.text
    return next((text for wording in wordings if (text := plain_text(wording.text, field="text"))), "")


def _source(item: Mapping[str, Any]) -> str:
    """Who publishes it: the first information source, else the holder of the copyright, else whoever named it."""
    named = item.get("infosource") or item.get("infosources")
    for each in named if isinstance(named, list) else []:
        if isinstance(each, dict) and isinstance(each.get("name"), str) and each["name"].strip():
            return str(each["name"])
    uri = str(item["uri"])
    authority = _AUTHORITY.match(uri)
    source = _text(item, "copyrightholder") or host_name(uri) or (authority["host"] if authority else None)
    if not source:
        raise UnusableArticle("no-source", "neither infosource, copyrightholder nor the uri says who publishes it", field="infosource")
    return source


def _keep_embargo(item: Mapping[str, Any], at: datetime | None) -> None:
    until = _text(item, "embargoed")
    if until is None or at is None:
        return
    try:
        free = datetime.fromisoformat(until)
        kept = free.tzinfo is None or free > at
    except ValueError:
        kept = True  # what can't be read as a time keeps the item back until somebody has looked
    if kept:
        raise UnusableArticle("embargoed", "not to be told before its time", field="embargoed", got=until)


def _text(item: Mapping[str, Any], name: str) -> str | None:
    value = item.get(name)
    return value.strip() or None if isinstance(value, str) else None
