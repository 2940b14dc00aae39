"""Submissions off the log, in three forms; and the record that carries one there."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from muster_contracts.articles import ArticleSubmitted
from muster_contracts.errors import NotAnEvent, RecordError, UnknownEventType
from muster_ingest.normalise.addresses import canonical_url
from muster_ingest.sources.submissions import read_submission, submission_record

ARTICLE = ArticleSubmitted(source="The Example", url="https://news.example/a", published="2024-06-24", text="Kenya sent 400 officers.")
NOON = datetime(2024, 6, 24, 12, tzinfo=UTC)
CLOUD = {"specversion": "1.0", "id": "e-1", "source": "https://publisher.example", "type": "article-submitted.v1"}
STRUCTURED = [("content-type", b"application/cloudevents+json")]


def test_a_submission_is_read_as_it_was_written() -> None:
    record = submission_record(ARTICLE, time=NOON)
    article, event_id = read_submission(record.headers, record.value)
    assert article == ARTICLE
    assert event_id is not None
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
    assert read_submission(STRUCTURED, json.dumps(CLOUD | extra).encode()) == (ARTICLE, "e-1")


def test_plain_json_is_read() -> None:
    assert read_submission([], ARTICLE.model_dump_json().encode()) == (ARTICLE, None)


@pytest.mark.parametrize(
    ("headers", "value", "error"),
    [
        ([("ce_id", b"x")], b"{}", NotAnEvent),
        ([("ce_specversion", b"1.0"), ("ce_id", b"\xff")], b"{}", NotAnEvent),
        (STRUCTURED, json.dumps(CLOUD | {"type": "other.v1", "data": {}}).encode(), UnknownEventType),
        (STRUCTURED, json.dumps(CLOUD | {"id": "\ud800", "data": {}}).encode(), NotAnEvent),
        (STRUCTURED, json.dumps(CLOUD | {"type": "\ud800", "data": {}}).encode(), NotAnEvent),
        (STRUCTURED, json.dumps(CLOUD).encode(), RecordError),
        (STRUCTURED, json.dumps(CLOUD | {"data": "text"}).encode(), RecordError),
        (STRUCTURED, json.dumps(CLOUD | {"data_base64": "%%%"}).encode(), RecordError),
        (STRUCTURED, json.dumps({**CLOUD, "specversion": "0.3", "data": {}}).encode(), NotAnEvent),
        ([], None, RecordError),
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
