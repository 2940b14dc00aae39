"""Submissions off the log, in every form; and the record that carries one there."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from muster_contracts.articles import ArticleSubmitted
from muster_contracts.codec import encode
from muster_contracts.envelope import Envelope
from muster_contracts.errors import (
    BadFraming,
    BodyTooLarge,
    MissingHeader,
    NotAnEvent,
    RecordError,
    Tombstone,
    UnknownEventType,
    UnknownVersion,
    WrongContentType,
    WrongType,
)
from muster_contracts.topics import ARTICLE_SUBMISSIONS
from muster_ingest.normalise.addresses import canonical_url
from muster_ingest.sources.submissions import content_hash, read_submission, submission_record

ARTICLE = ArticleSubmitted(source="The Example", url="https://news.example/a", published="2024-06-24", text="Kenya sent 400 officers.")
NOON = datetime(2024, 6, 24, 12, tzinfo=UTC)
CLOUD = {
    "specversion": "1.0",
    "id": "e-1",
    "source": "https://publisher.example",
    "type": "article-submitted.v1",
    "time": "2024-06-24T12:00:00Z",
}
ENVELOPE = Envelope("e-1", "https://publisher.example", "article-submitted.v1", NOON)
STRUCTURED = [("content-type", b"application/cloudevents+json")]


def test_a_submission_is_read_as_it_was_written() -> None:
    record = submission_record(ARTICLE, time=NOON)
    read = read_submission(record.headers, record.value)
    assert (read.article, read.publisher) == (ARTICLE, "/muster/publish")
    assert read.event_id is not None
    assert record.key == b"https://news.example/a"


def test_the_same_article_makes_the_same_event_whenever_it_is_sent() -> None:
    first, later = (dict(submission_record(ARTICLE, time=when).headers) for when in (NOON, NOON.replace(hour=13)))
    assert first["ce_id"] == later["ce_id"]
    other = submission_record(ARTICLE.model_copy(update={"text": "Kenya sent 401 officers."}), time=NOON)
    assert dict(other.headers)["ce_id"] != first["ce_id"]


@pytest.mark.parametrize(
    "extra", [{"data": ARTICLE.model_dump()}, {"data_base64": base64.b64encode(ARTICLE.model_dump_json().encode()).decode()}]
)
def test_structured_mode_is_read(extra: dict[str, Any]) -> None:
    assert read_submission(STRUCTURED, json.dumps(CLOUD | extra).encode()) == (ARTICLE, "e-1", "https://publisher.example")


def test_plain_json_is_read() -> None:
    assert read_submission([], ARTICLE.model_dump_json().encode()) == (ARTICLE, None, None)


def test_plain_json_may_name_its_publisher_in_a_header() -> None:
    headers = [("publisher", "https://feeds.example/straße".encode()), ("Content-Type", b"application/json")]
    assert read_submission(headers, ARTICLE.model_dump_json().encode()) == (ARTICLE, None, "https://feeds.example/straße")


@pytest.mark.parametrize("framing", [b"\0\0\0\0\x07", b"\1" + bytes(range(16))])
def test_every_form_may_be_framed_as_confluents_serializers_do(framing: bytes) -> None:
    binary = submission_record(ARTICLE, time=NOON)
    structured = encode(ARTICLE, ENVELOPE, ARTICLE_SUBMISSIONS, None, mode="structured")
    for headers, body in ((binary.headers, binary.value), (structured.headers, structured.value), ((), ARTICLE.model_dump_json().encode())):
        assert body is not None
        assert read_submission(headers, framing + body).article == ARTICLE
        assert read_submission([*headers, ("__value_schema_id", framing)], body).article == ARTICLE


@pytest.mark.parametrize(
    ("headers", "value", "error"),
    [
        ([("ce_id", b"x")], b"{}", NotAnEvent),
        ([("ce_specversion", b"1.0"), ("ce_id", b"\xff")], b"{}", NotAnEvent),
        (STRUCTURED, json.dumps(CLOUD | {"type": "other.v1", "data": {}}).encode(), UnknownEventType),
        (STRUCTURED, json.dumps(CLOUD | {"type": "article-submitted.v9", "data": {}}).encode(), UnknownVersion),
        (STRUCTURED, json.dumps(CLOUD | {"type": "article-received.v1", "data": {}}).encode(), WrongType),
        (STRUCTURED, json.dumps({name: said for name, said in CLOUD.items() if name != "time"} | {"data": {}}).encode(), MissingHeader),
        ([("content-type", b"application/avro")], b"{}", WrongContentType),
        ([], b"\0\0", BadFraming),
        ([], b" " * (6 * 2**20 + 1), BodyTooLarge),
        (STRUCTURED, json.dumps(CLOUD | {"id": "\ud800", "data": {}}).encode(), NotAnEvent),
        (STRUCTURED, json.dumps(CLOUD | {"type": "\ud800", "data": {}}).encode(), NotAnEvent),
        (STRUCTURED, json.dumps(CLOUD).encode(), RecordError),
        (STRUCTURED, json.dumps(CLOUD | {"data": "text"}).encode(), RecordError),
        (STRUCTURED, json.dumps(CLOUD | {"data_base64": "%%%"}).encode(), RecordError),
        (STRUCTURED, json.dumps({**CLOUD, "specversion": "0.3", "data": {}}).encode(), NotAnEvent),
        ([], None, Tombstone),
        ([], b"null", RecordError),
        ([], b"\xff", RecordError),
    ],
)
def test_what_is_no_submission_is_told_in_words_that_fit_a_header(
    headers: list[tuple[str, bytes]], value: bytes | None, error: type[RecordError]
) -> None:
    with pytest.raises(error) as caught:
        read_submission(headers, value)
    assert str(caught.value).encode()


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example:443/A?utm_source=x&id=7&fbclid=y#top", "https://news.example/A?id=7"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example:8080/a?b=&c", "http://news.example:8080/a?b=&c"),
        ("https://user:pw@news.example/a", "https://news.example/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
    ],
)
def test_an_address_has_one_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize("url", ["", "news", "ftp://news.example/a", "javascript:alert(1)", "https://", "http://[::1", "https://a b/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RecordError):
        canonical_url(url)


def test_a_field_to_come_changes_no_hash_that_was_kept() -> None:
    class Later(ArticleSubmitted):
        section: str | None = None

    assert content_hash(Later.model_validate(ARTICLE.model_dump())) == content_hash(ARTICLE)
    assert content_hash(ARTICLE.model_copy(update={"title": "Another"})) != content_hash(ARTICLE)
