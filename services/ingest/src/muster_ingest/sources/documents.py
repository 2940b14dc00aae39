"""JSON documents as publishers send them, read into submissions: one error for each thing that can be wrong."""

import json
from datetime import datetime
from typing import Any

from muster_contracts.articles import ArticleSubmitted
from muster_contracts.codec import invalid_payload
from pydantic import ValidationError

from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise.addresses import host_name
from muster_ingest.normalise.checks import check_characters
from muster_ingest.sources.ninjs import from_ninjs, is_ninjs

_HTML_STARTS = ("<!", "<html", "<head", "<body", "<div", "<p")


def decoded(value: bytes, *, field: str = "body") -> str:
    """Bytes as UTF-8 text, a byte order mark left out.

    Raises:
        UnusableArticle: `binary` for bytes with NULs, `not-utf8` with the offset of the first byte that is wrong.
    """
    nul = value.find(b"\0")
    if nul >= 0:
        raise UnusableArticle("binary", f"a NUL at byte {nul}: this is no text", field=field)
    try:
        return value.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        got = value[max(0, error.start - 10) : error.start + 10]
        raise UnusableArticle("not-utf8", f"no UTF-8 at byte {error.start}", field=field, got=repr(got)) from None


def parsed(value: bytes) -> dict[str, Any]:
    """The JSON object that a body holds.

    Raises:
        UnusableArticle: `empty-text`, `binary`, `not-utf8`, `html`, or `not-an-article` where it is no JSON object.
    """
    text = decoded(value)
    start = text.lstrip()[:20].lower()
    if not start:
        raise UnusableArticle("empty-text", "the body is empty", field="body")
    if start.startswith(_HTML_STARTS):
        raise UnusableArticle("html", "HTML where JSON is expected", field="body", got=start)
    try:
        document = json.loads(text)
    except RecursionError:
        raise UnusableArticle("not-an-article", "nested too deeply", field="body", got=start) from None
    except ValueError as error:  # json.JSONDecodeError, and numbers of more digits than Python reads
        raise UnusableArticle("not-an-article", f"no JSON: {error}", field="body", got=text[:60]) from None
    return as_object(document)


def as_object(document: object) -> dict[str, Any]:
    """The document, where it is an object."""
    if not isinstance(document, dict):
        raise UnusableArticle("not-an-article", "an article is a JSON object", field="body", got=repr(document)[:60])
    return document


def submission(document: dict[str, Any], *, at: datetime | None = None) -> ArticleSubmitted:
    """The article that a JSON object holds: `{id, url, source, published, title, text, modified?, pubstatus?}`, or an item in ninjs.

    Fields that are not an article's are ignored. A number is taken as an id; a missing source is the host of the address.

    Args:
        document: the object.
        at: when it entered the log; None where no embargo is to be kept.

    Raises:
        UnusableArticle: `not-an-article`, with the first field that is wrong; `binary` for control characters in any field; for an item
            in ninjs also `not-text`, `embargoed` and `no-source`.
    """
    if is_ninjs(document):
        document = from_ninjs(document, at=at)
    fields = {
        name: value for name, value in document.items() if name in ArticleSubmitted.model_fields and name != "type" and value is not None
    }
    if isinstance(fields.get("id"), int) and not isinstance(fields["id"], bool):
        fields["id"] = str(fields["id"])
    if not fields.get("source") and isinstance(fields.get("url"), str):
        fields["source"] = host_name(fields["url"])
    if not {"text", "title", "url", "id"} & fields.keys():
        raise UnusableArticle("not-an-article", "neither text, title, url nor id", field="text", got=", ".join(list(document)[:8]) or "{}")
    # JSON can hold what no header, key or database column takes: NULs and halves of surrogate pairs.
    for name, value in fields.items():
        if isinstance(value, str):
            check_characters(value, field=name)
    try:
        return ArticleSubmitted.model_validate(fields)
    except ValidationError as error:
        invalid = invalid_payload(error)
        first = error.errors(include_url=False, include_context=False)[0]
        raise UnusableArticle("not-an-article", first["msg"], field=invalid.field or "body", got=invalid.got) from None
