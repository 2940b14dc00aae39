"""Whatever a feed sends, normalising gives a clean text or a named error, and clean text stays as it is."""

import json
import unicodedata
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from muster_contracts.articles import ArticleReceived, ArticleSubmitted
from muster_contracts.errors import RecordError
from muster_ingest.copies import fingerprint
from muster_ingest.drafts import Draft
from muster_ingest.normalise import as_article, normalise
from muster_ingest.normalise.characters import clean
from muster_ingest.normalise.moments import read_moment
from muster_ingest.sources.submissions import read_submission

TODAY = date(2024, 7, 1)
LINES = st.sampled_from(
    [
        "Kenya sent 400 officers to Haiti on Tuesday.",
        "officers who had waited for months in a camp outside Nairobi",
        "NAIROBI, June 24 (Reuters) - They left",
        "Updated: 24-06-2024 23:59 IST | Created: 23-06-2024 10:00 IST",
        "Officers land",
        "Give Feedback",
        "(This story has not been edited by our staff and is auto-generated from a syndicated feed.)",
        "18:05 — They boarded.",
        "Reuters",
        "",
        "&amp;quot;Yes&amp;quot;, he said",
        "Share: Facebook | X",
        "[1] A caption with 200 officers",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(st.one_of(LINES, st.text(max_size=80)), max_size=24).map("\n".join))


def submitted(text: str) -> ArticleSubmitted:
    return ArticleSubmitted.model_construct(source="The Example", title="Officers land", text=text, published="2024-06-24", id="g-1")


def drafted(text: str) -> Draft | RecordError:
    try:
        return normalise(submitted(text), received=TODAY)
    except RecordError as error:
        return error


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_a_text_becomes_an_article_or_a_named_error(text: str) -> None:
    draft = drafted(text)
    if isinstance(draft, RecordError):
        assert all((draft.reason, draft.field, str(draft).encode()))
        return
    article = as_article(draft)
    assert ArticleReceived.model_validate_json(article.model_dump_json()) == article
    assert unicodedata.is_normalized("NFC", draft.text)
    assert draft.text == draft.text.strip()
    assert "\n\n" not in draft.text
    assert "\r" not in draft.text
    assert fingerprint(draft.text).shingles


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_normalising_a_clean_text_changes_nothing(text: str) -> None:
    once = drafted(text)
    if isinstance(once, Draft):
        twice = normalise(submitted(once.text), received=TODAY)
        assert twice.text == once.text
        assert twice.removed == ()


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}[ T,]\d{1,2}:\d{2}( ?[A-Z+-]{1,4}\d{0,4})?")))
def test_any_phrase_is_a_moment_or_none(phrase: str) -> None:
    moment = read_moment(phrase, "Devdiscourse")
    assert moment is None or moment.at is None or moment.at.tzinfo is not None


NAMES = st.sampled_from(["id", "url", "source", "published", "text", "title", "data", "specversion", "type", "pubstatus"]) | st.text()
DOCUMENTS = st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(NAMES, inner))
BODIES = st.binary() | DOCUMENTS.map(lambda document: json.dumps(document).encode())


@settings(max_examples=400, deadline=None)
@given(BODIES, st.sampled_from([b"", b"application/json", b"application/cloudevents+json"]))
def test_any_record_is_a_submission_or_a_named_error(value: bytes, content_type: bytes) -> None:
    read: ArticleSubmitted | RecordError
    try:
        read = read_submission([("content-type", content_type)], value).article
    except RecordError as error:
        read = error
    assert isinstance(read, ArticleSubmitted) or all((read.reason, str(read).encode()))
