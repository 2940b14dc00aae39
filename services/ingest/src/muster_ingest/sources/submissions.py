"""Articles from the topic `article-submissions`, in any form that it takes, and the record that carries one there."""

from datetime import datetime
from typing import NamedTuple
from uuid import uuid5

from muster_contracts.articles import ArticleSubmitted
from muster_contracts.cloudevents import CONTENT_TYPE, Found, is_structured, read_binary, read_structured
from muster_contracts.codec import Headers, Record, encode, not_carried, tombstone, too_large
from muster_contracts.envelope import Envelope
from muster_contracts.errors import NotAnEvent
from muster_contracts.framing import unframed
from muster_contracts.ids import MUSTER, canonical_json, text_hash
from muster_contracts.topics import ARTICLE_SUBMISSIONS

from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise.addresses import canonical_url
from muster_ingest.normalise.characters import control_at
from muster_ingest.publishers import EVERYBODY, PUBLISHER_HEADER, Publishers
from muster_ingest.sources.documents import parsed, submission

TYPE = "article-submitted.v1"
PUBLISHED_BY = "/muster/publish"

LONGEST_NAME = 1000
"""Bytes of an event's id, or of its publisher's name: both together are a key in the database, whose index takes 2,700."""


class Submitted(NamedTuple):
    """A submission as it was read."""

    article: ArticleSubmitted

    event_id: str | None
    """The event's own id, where its publisher gave it one; unique within the publisher."""

    publisher: str | None
    """Who sent it: the envelope's source, else the header `publisher`, else None."""


def read_submission(headers: Headers, value: bytes | None, *, publishers: Publishers = EVERYBODY, at: datetime | None = None) -> Submitted:
    """The article that a record submits.

    CloudEvents in binary mode (attributes in `ce_` headers), in structured mode (content type `application/cloudevents+json`), or plain
    JSON without any; each with or without Confluent's framing. The JSON is an article of ours, or an item in ninjs.

    Args:
        headers: the record's.
        value: the record's body.
        publishers: whose submissions are taken.
        at: when the record entered the log; None where no embargo is to be kept.

    Raises:
        NotAnEvent: the attributes make no envelope, the body is said to be no JSON, or its framing is cut short.
        UnknownEventType: the event is no submitted article.
        InvalidPayload: a tombstone, a body over the topic's limit, or an event without data.
        UnusableArticle: with its reason and field, where the body is no article or its publisher is not to be heard.
    """
    if value is None:
        raise tombstone()
    if len(value) > ARTICLE_SUBMISSIONS.max_message_bytes:
        raise too_large(ARTICLE_SUBMISSIONS, len(value))
    # Kafka's headers know case; publishers that come from HTTP don't.
    found: Found = {CONTENT_TYPE if name.lower() == CONTENT_TYPE else name: text for name, text in headers}
    _, body = unframed(found, value)
    envelope = None
    if is_structured(found):
        envelope, body = read_structured(found, body)
    elif any(name.startswith("ce_") for name in found):
        envelope = read_binary(found)
    publisher = envelope.source if envelope is not None else _named(found)
    _check_name(publisher, "ce_source" if envelope is not None else PUBLISHER_HEADER)
    publishers.check(publisher, found, value)
    if envelope is not None:
        _check_name(envelope.id, "ce_id")
        if envelope.type != TYPE:
            raise not_carried(ARTICLE_SUBMISSIONS, envelope.type)
    return Submitted(submission(parsed(body), at=at), envelope.id if envelope is not None else None, publisher)


def submission_record(article: ArticleSubmitted, *, time: datetime) -> Record:
    """The record that submits an article: binary mode, its id a function of what it says, so that a repeat has the same one."""
    envelope = Envelope(
        id=str(uuid5(MUSTER, f"submission:{canonical_json(article.model_dump(mode='json'))}")),
        source=PUBLISHED_BY,
        type=TYPE,
        time=time,
    )
    return encode(article, envelope, ARTICLE_SUBMISSIONS, _key(article))


def content_hash(article: ArticleSubmitted) -> str:
    """Hash of what a submission says. Fields without a value are left out, so that a field to come changes no hash that was kept."""
    return text_hash(canonical_json(article.model_dump(mode="json", exclude_none=True)))


def _key(article: ArticleSubmitted) -> str:
    """What an article's corrections and its retraction have in common with it, so that they follow it in its partition."""
    if article.url:
        try:
            return canonical_url(article.url)
        except UnusableArticle:
            return article.url  # ingest will say what is wrong with it
    return article.id or article.source


def _check_name(name: str | None, field: str) -> None:
    """CloudEvents 1.0.2, section 'Type System': no control characters in a string. The limit is ours."""
    if name is None:
        return
    if control_at(name) is not None:
        raise NotAnEvent("a control character", field=field, got=ascii(name))
    if len(name.encode()) > LONGEST_NAME:
        raise NotAnEvent(f"longer than {LONGEST_NAME} bytes", field=field, got=name)


def _named(headers: Found) -> str | None:
    said = headers.get(PUBLISHER_HEADER)
    return said.decode("utf-8", "replace").strip() or None if said else None
