"""Ingest as a process: what is submitted comes out once, whatever happens in between."""

import asyncio
import json
import signal
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from muster_contracts.codec import decode
from muster_contracts.ids import article_id
from muster_contracts.topics import ARTICLES
from muster_testkit.cable import Cable
from muster_testkit.ingesting import Ingest

TEXT = (
    "NAIROBI, June 24 (Reuters) - Kenya will send 400 police officers to Haiti on Tuesday, the first of a force of 2,500 that the "
    "Security Council authorised last year, a government official said on Monday.\n\n"
    "A second group of 600 is to follow once barracks beside the airport of Port-au-Prince have been finished, the official added. "
    "The deployment was held up by a court case in Nairobi and by a shortage of armoured vehicles.\n\n"
    "Jamaica and the Bahamas have also promised officers, and the United States pays for most of the mission."
)


def story(**changes: Any) -> dict[str, Any]:
    """A story with an address that no other test has."""
    return {
        "url": f"https://news.example/{uuid4()}",
        "source": "The Example",
        "published": "2024-06-24T20:00:00+03:00",
        "title": "Kenya to send 400 police",
        "text": TEXT,
    } | changes


def body(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def id_of(document: dict[str, Any]) -> str:
    return str(article_id(url=document["url"], source=document["source"], guid=None, content=""))


async def test_an_article_comes_out_clean_and_under_its_own_key(ingest: Ingest) -> None:
    sent = story()
    place = await ingest.submit(body(sent))
    (record,) = await ingest.published(id_of(sent))
    event, envelope = decode(ARTICLES, record.headers, record.value)
    assert (event.type, event.revision, event.origin, event.source) == ("article-received.v1", 1, "Reuters", "The Example")
    assert event.origin_id == event.article_id
    assert event.text.startswith("NAIROBI, June 24 (Reuters) - Kenya will send 400")
    assert "\n\n" not in event.text
    assert event.dateline.place == "NAIROBI"
    assert (envelope.id, envelope.source, envelope.subject) == (str(event.revision_id), "/muster/ingest", str(event.article_id))
    assert envelope.causation_id == f"article-submissions/{place}"


async def test_all_three_forms_of_a_submission_are_taken(ingest: Ingest) -> None:
    binary, structured, plain = story(), story(), story()
    attributes = {"specversion": "1.0", "id": "s-1", "source": "https://publisher.example", "type": "article-submitted.v1"}
    attributes |= {"time": "2024-06-24T17:00:00Z"}
    headers = [(f"ce_{name}", value.encode()) for name, value in (attributes | {"id": "b-1"}).items()]
    await ingest.submit(body(binary), [*headers, ("content-type", b"application/json")])
    await ingest.submit(body(attributes | {"data": structured}), [("content-type", b"application/cloudevents+json; charset=utf-8")])
    await ingest.submit(body(plain))
    causes = []
    for sent in (binary, structured, plain):
        (record,) = await ingest.published(id_of(sent))
        causes.append(decode(ARTICLES, record.headers, record.value)[1].causation_id)
    assert causes[:2] == ["b-1", "s-1"]
    assert (causes[2] or "").startswith("article-submissions/")


async def test_a_repeat_is_dropped_a_copy_keeps_its_origin_and_a_correction_is_a_revision(ingest: Ingest) -> None:
    first = story()
    copy = story(source="Another Outlet", text=f"{TEXT}\n\n(This story has not been edited by our staff.)", published="2024-06-25")
    corrected = first | {"text": TEXT.replace("600", "650"), "modified": "2024-06-26"}
    canceled = {"url": first["url"], "source": first["source"], "pubstatus": "canceled", "modified": "2024-06-28"}
    for sent in (first, first, copy, corrected, first, corrected, canceled, canceled, first):
        await ingest.submit(body(sent))
    last = story()
    await ingest.submit(body(last))
    await ingest.published(id_of(last))

    events = [decode(ARTICLES, record.headers, record.value)[0] for record in await ingest.published(id_of(first))]
    assert [event.type for event in events] == ["article-received.v1", "article-revised.v1", "article-retracted.v2"]
    assert [str(event.known_on) for event in events] == ["2024-06-24", "2024-06-26", "2024-06-28"]
    (copied,) = [decode(ARTICLES, record.headers, record.value)[0] for record in await ingest.published(id_of(copy))]
    assert copied.origin_id == events[0].origin_id
    assert [(piece.kind) for piece in copied.removed] == ["disclaimer"]


async def test_an_old_retraction_that_comes_again_changes_nothing_once_the_article_is_back(ingest: Ingest) -> None:
    sent = story()
    canceled = {"url": sent["url"], "source": sent["source"], "pubstatus": "canceled", "modified": "2024-06-28"}
    attributes = {
        "specversion": "1.0",
        "id": f"w-{uuid4()}",
        "source": "/desk",
        "type": "article-submitted.v1",
        "time": "2024-06-28T17:00:00Z",
    }
    named = [(f"ce_{name}", value.encode()) for name, value in attributes.items()]
    await ingest.submit(body(sent))
    await ingest.submit(body(canceled), named)
    await ingest.submit(body(sent | {"modified": "2024-06-29"}))
    await ingest.submit(body(canceled), named)
    await ingest.submit(body(canceled))
    await ingest.until_caught_up()
    outcomes = [line["outcome"] for line in ingest.logged("submission taken") if line["article"] == id_of(sent)]
    assert outcomes == ["new", "retracted", "revised", "duplicate", "outdated"]
    assert len(await ingest.published(id_of(sent))) == 3


async def test_a_retraction_that_comes_first_waits_for_its_article(ingest: Ingest) -> None:
    sent = story()
    early = {"url": sent["url"], "source": sent["source"], "pubstatus": "withheld", "modified": "2024-06-30", "text": "It was wrong."}
    await ingest.submit(body(early), [("publisher", b"desk")])
    await ingest.submit(body(sent))
    events = [decode(ARTICLES, record.headers, record.value)[0] for record in await ingest.published(id_of(sent), at_least=2)]
    assert [(event.type, event.revision) for event in events] == [("article-received.v1", 1), ("article-retracted.v2", 2)]
    assert (events[1].pubstatus, events[1].why, events[1].publisher) == ("withheld", "It was wrong.", "desk")


async def test_what_cannot_be_used_becomes_a_letter_and_the_next_goes_through(ingest: Ingest) -> None:
    bad = {
        "empty-text": b"",
        "not-utf8": '{"source": "Äpfel"'.encode()[:-3] + b'\xc3"}',
        "binary": b"\x89PNG\x00\x01",
        "html": b"<!DOCTYPE html><html><p>Kenya</p></html>",
        "not-an-article": b'{"weather": "fine"}',
        "no-date": body(story(published=None, text="Kenya sent 400 officers.")),
        "future-date": body(story(published="2931-01-01")),
        "too-long": body(story(text="word " * 250_000)),
        "bad-url": body(story(url="javascript:alert(1)")),
        "bad-date": body(story(published="soon")),
        "no-identity": body({"source": "The Example", "pubstatus": "canceled", "title": "Gone"}),
    }
    places = {reason: await ingest.submit(value) for reason, value in bad.items()}
    places["missing-header"] = await ingest.submit(body(story()), [("ce_id", b"x")])
    good = story()
    await ingest.submit(body(good))
    await ingest.published(id_of(good))
    for reason, place in places.items():
        said = await ingest.letter(place)
        assert (said["dlq_reason"], bool(said["dlq_field"]), bool(said["dlq_error"])) == (reason, True, True)


async def test_a_kill_in_the_flow_changes_no_byte(ingest: Ingest) -> None:
    sent = [story(text=TEXT.replace("400", str(400 + number))) for number in range(60)]
    for number, document in enumerate(sent):
        await ingest.submit(body(document), key=b"%d" % number)
        if number in (20, 40):
            await ingest.published(id_of(sent[number - 15]))
            ingest.stop(signal.SIGKILL)
            ingest.start()
    for document in sent:
        records = await ingest.published(id_of(document))
        assert len({(record.value, tuple(record.headers)) for record in records}) == 1


async def test_migrating_twice_changes_nothing_and_a_stop_is_clean(ingest: Ingest) -> None:
    assert ingest.command("migrate").returncode == 0
    sent = story()
    await ingest.submit(body(sent))
    await ingest.published(id_of(sent))
    assert ingest.stop() == 0


async def test_a_database_that_is_down_is_waited_for(ingest_on: Callable[[str], Ingest], fresh_database: Callable[[], str]) -> None:
    database = fresh_database()
    assert ingest_on(database).command("migrate").returncode == 0
    before, during = story(), story(text=TEXT.replace("400", "300"))
    async with Cable(database) as cable:
        ingest = ingest_on(cable.url)
        ingest.start()
        await ingest.submit(body(before))
        await ingest.published(id_of(before))
        await cable.pull()
        await ingest.submit(body(during))
        await ingest.until_logged("waiting for an outage to end")
        await cable.plug()
        (record,) = await ingest.published(id_of(during))
        assert decode(ARTICLES, record.headers, record.value)[0].revision == 1
        assert ingest.logged("dead letter") == []
        await asyncio.to_thread(ingest.stop)


async def test_two_instances_make_each_revision_once(ingest: Ingest, ingest_on: Callable[[str], Ingest]) -> None:
    ingest_on(ingest.database).start()
    stories = [story() for _ in range(5)]
    for turn in range(12):  # each wording by way of another partition, so that both instances work on each story
        for number, first in enumerate(stories):
            day = f"2024-06-{25 + turn // 4}"
            await ingest.submit(
                body(first | {"text": TEXT.replace("400", str(400 + turn)), "modified": day}), key=b"%d-%d" % (turn, number)
            )
    await ingest.until_caught_up()
    origins = set()
    for first in stories:
        events = [decode(ARTICLES, record.headers, record.value)[0] for record in await ingest.published(id_of(first))]
        assert sorted(event.revision for event in events) == list(range(1, len(events) + 1))
        assert [event.type for event in events].count("article-received.v1") == 1
        origins |= {event.origin_id for event in events}
    assert len(origins) == 1  # all tell one story: the first seen is the origin, in whichever instance
