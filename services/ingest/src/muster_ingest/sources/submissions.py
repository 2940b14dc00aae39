"""Articles from the topic `article-submissions`, in any of three forms, and the record that carries one there."""

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import uuid5

from muster_contracts.articles import ArticleSubmitted
from muster_contracts.codec import CONTENT_TYPE, Headers, Record, decode_envelope, encode
from muster_contracts.envelope import Envelope
from muster_contracts.errors import NotAnEvent, UnknownEventType
from muster_contracts.ids import MUSTER, canonical_json
from muster_contracts.topics import ARTICLE_SUBMISSIONS

from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise.addresses import canonical_url
from muster_ingest.normalise.characters import control_at
from muster_ingest.sources.documents import as_object, parsed, submission

TYPE = "article-submitted.v1"
STRUCTURED = "application/cloudevents+json"
PUBLISHED_BY = "/muster/publish"


def read_submission(headers: Headers, value: bytes | None) -> tuple[ArticleSubmitted, str | None]:
    """The article that a record submits, and the event's own id where its publisher gave it one.

    CloudEvents in binary mode (attributes in `ce_` headers), in structured mode (content type `application/cloudevents+json`), or a
    plain JSON object without any.

    Raises:
        NotAnEvent: the attributes make no envelope.
        UnknownEventType: the event is no submitted article.
        UnusableArticle: with its reason and field, where the body is no article.
    """
    content_type = next((text.decode("latin-1") for name, text in headers if name.lower() == CONTENT_TYPE), "")
    body = value or b""
    if content_type.split(";")[0].strip().lower() == STRUCTURED:
        return _structured(parsed(body))
    if any(name.startswith("ce_") for name, _ in headers):
        envelope = decode_envelope(headers)
        _is_ours(envelope.type)
        return submission(parsed(body)), envelope.id
    return submission(parsed(body)), None


def submission_record(article: ArticleSubmitted, *, time: datetime) -> Record:
    """The record that submits an article: binary mode, its id a function of what it says, so that a repeat has the same one."""
    envelope = Envelope(
        id=str(uuid5(MUSTER, f"submission:{canonical_json(article.model_dump(mode='json'))}")),
        source=PUBLISHED_BY,
        type=TYPE,
        time=time,
    )
    return encode(article, envelope, ARTICLE_SUBMISSIONS, _key(article))


def _key(article: ArticleSubmitted) -> str:
    """What an article's corrections and its retraction have in common with it, so that they follow it in its partition."""
    if article.url:
        try:
            return canonical_url(article.url)
        except UnusableArticle:
            return article.url  # ingest will say what is wrong with it
    return article.id or article.source


def _structured(event: dict[str, Any]) -> tuple[ArticleSubmitted, str | None]:
    for name in ("id", "source", "type"):
        value = event.get(name)
        if not isinstance(value, str) or not value or control_at(value) is not None:
            raise NotAnEvent("a required attribute is missing or no text", field=name, got=ascii(value))
    if event.get("specversion") != "1.0":
        raise NotAnEvent("only CloudEvents 1.0 is spoken here", field="specversion", got=repr(event.get("specversion")))
    _is_ours(event["type"])
    if "data_base64" in event:
        try:
            return submission(parsed(base64.b64decode(str(event["data_base64"]), validate=True))), event["id"]
        except binascii.Error as error:
            raise UnusableArticle("not-an-article", str(error), field="data_base64") from None
    if "data" not in event:
        raise UnusableArticle("not-an-article", "the event has no data", field="data")
    return submission(as_object(event["data"])), event["id"]


def _is_ours(event_type: str) -> None:
    if event_type != TYPE:
        raise UnknownEventType(f"the topic {ARTICLE_SUBMISSIONS.name} carries {TYPE}", field="ce_type", got=ascii(event_type))
