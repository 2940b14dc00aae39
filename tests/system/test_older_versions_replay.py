"""A log that holds retractions of version 1 replays to what it says in version 2, through extract and projection as they run."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from muster_contracts.articles import ArticleReceived, ArticleRetracted, ArticleSubmitted
from muster_contracts.codec import Record, encode
from muster_contracts.envelope import Envelope
from muster_contracts.ids import retraction_id
from muster_contracts.topics import ARTICLES, MISSION_EVENTS
from muster_ingest.normalise import as_article, normalise
from muster_testkit.flows import FOLDED_WITHIN, board_rows, differences, fresh, status
from muster_testkit.folding import publish
from muster_testkit.stack import RunningStack
from muster_testkit.topics import dead_letters, records

ENTERED = datetime(2024, 6, 24, 18, tzinfo=UTC)


def an_article(name: str, text: str) -> ArticleReceived:
    submitted = ArticleSubmitted(
        source="The Example", url=f"https://news.example/{name}", published="2024-06-24", title="More police for Haiti", text=text
    )
    return as_article(normalise(submitted, received=date(2024, 6, 24)))


STAYS = an_article("stays", "Kenya sent 400 police officers to the Haiti mission on Monday.")
TAKEN_BACK = an_article("taken-back", "Jamaica has pledged 200 soldiers to the Haiti mission, its government said on Monday.")
RETRACTION = ArticleRetracted(
    article_id=TAKEN_BACK.article_id,
    retraction_id=retraction_id(TAKEN_BACK.article_id, 2),
    revision=2,
    pubstatus="canceled",
    url=TAKEN_BACK.url,
    source=TAKEN_BACK.source,
    origin_id=TAKEN_BACK.origin_id,
    title=TAKEN_BACK.title,
    published_on=TAKEN_BACK.published_on,
    known_on=date(2024, 6, 28),
    why="It was another mission.",
)


def record(event: Any, event_id: object) -> Record:
    envelope = Envelope(str(event_id), "/muster/ingest", event.type, ENTERED, subject=str(event.article_id))
    return encode(event, envelope, ARTICLES, str(event.article_id))


def in_version_1(written: Record) -> Record:
    """The retraction as the releases before wrote it."""
    body = json.loads(written.value or b"")
    assert body.pop("pubstatus")
    body["revision_id"] = body.pop("retraction_id")
    body["type"] = "article-retracted.v1"
    headers = tuple((name, b"article-retracted.v1" if name == "ce_type" else value) for name, value in written.headers)
    return Record(written.topic, written.key, headers, json.dumps(body).encode())


async def test_retractions_of_version_1_replay_to_the_same_events_and_the_same_board(stack: RunningStack) -> None:
    articles = [record(STAYS, STAYS.revision_id), record(TAKEN_BACK, TAKEN_BACK.revision_id)]
    retraction = record(RETRACTION, RETRACTION.retraction_id)
    outcomes = []
    for written in (in_version_1(retraction), retraction):
        fresh(stack)
        await publish(stack.addresses.bootstrap, articles)
        stack.until_folded(FOLDED_WITHIN)
        assert pledging(stack) == ["JM"]
        await publish(stack.addresses.bootstrap, [written])
        stack.until_folded(FOLDED_WITHIN)
        assert pledging(stack) == []
        assert dead_letters(stack) == []
        told = sorted((found.key, sorted(found.headers.items()), json.dumps(found.body)) for found in records(stack, MISSION_EVENTS))
        outcomes.append((told, board_rows(stack)))
    (events_1, board_1), (events_2, board_2) = outcomes
    assert events_1 == events_2
    assert differences(board_1, board_2) == []


def pledging(stack: RunningStack) -> list[str]:
    shown = status(stack, "haiti-mss")
    assert [fact["contributor"] for fact in shown["facts"] if fact["type"] == "contingent-departed"] == ["KE"]
    return [fact["contributor"] for fact in shown["facts"] if fact["type"] == "pledge-announced"]
