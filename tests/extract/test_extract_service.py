"""The edge: which records an article becomes."""

from datetime import UTC, date, datetime
from uuid import uuid5

from muster_contracts.articles import ArticleRetracted
from muster_contracts.claims import ExtractionCompleted
from muster_contracts.codec import decode
from muster_contracts.envelope import Envelope
from muster_contracts.ids import MUSTER, completion_id
from muster_contracts.topics import MISSION_EVENTS
from muster_extract import emit
from muster_extract.evaluate import article
from muster_extract.pipeline import Extraction, Reader
from muster_extract.service import SOURCE, records

CAUSE = Envelope("cause-1", "/muster/ingest", "article-received.v1", datetime(2024, 6, 24, 18, tzinfo=UTC))


def test_claims_come_first_and_the_completion_last_under_the_articles_key(reader: Reader) -> None:
    story = article(
        {
            "id": "a",
            "source": "t",
            "published": "2024-06-24",
            "title": "Haiti",
            "text": "Chad and Benin have pledged troops to the Haiti mission.",
        }
    )
    made = records(reader.extract(story), CAUSE)
    events = [decode(MISSION_EVENTS, record.headers, record.value) for record in made]
    assert [event.type for event, _ in events] == ["pledge-announced.v1", "pledge-announced.v1", "extraction-completed.v1"]
    assert {record.key for record in made} == {str(story.article_id).encode()}
    assert {record.topic for record in made} == {"mission-events"}
    for event, envelope in events:
        assert (envelope.source, envelope.time, envelope.causation_id) == (SOURCE, CAUSE.time, CAUSE.id)
        assert envelope.id == str(event.completion_id if isinstance(event, ExtractionCompleted) else event.claim_id)


def test_a_retraction_completes_the_article_with_no_claims() -> None:
    one = uuid5(MUSTER, "retracted")
    day = date(2024, 6, 25)
    retraction = ArticleRetracted(
        article_id=one,
        retraction_id=one,
        revision=2,
        pubstatus="canceled",
        source="t",
        origin_id=one,
        title="Haiti",
        published_on=day,
        known_on=day,
    )
    [record] = records(Extraction((), emit.completed(retraction)), CAUSE)
    event, envelope = decode(MISSION_EVENTS, record.headers, record.value)
    assert event.retracted
    assert event.claim_ids == ()
    assert envelope.id == str(completion_id(one, str(emit.EXTRACTOR)))
