"""What ingest refuses, on a real broker: each thing that can be wrong with a submission has its one reason, and the next goes through."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from aiokafka.errors import MessageSizeTooLargeError
from muster_contracts.codec import decode
from muster_contracts.ids import article_id
from muster_contracts.topics import ARTICLES
from muster_ingest.publishers import SIGNATURE_HEADER, signature
from muster_testkit.ingesting import Ingest

TEXT = "NAIROBI, June 24 (Reuters) - Kenya will send 400 police officers to Haiti on Tuesday, a government official said on Monday."
DESK = "https://feeds.example/desk"


def story(**changes: Any) -> dict[str, Any]:
    named = {
        "url": f"https://news.example/{uuid4()}",
        "source": "The Example",
        "published": "2024-06-24",
        "title": "Kenya to send 400 police",
    }
    return named | {"text": TEXT} | changes


def body(document: dict[str, Any]) -> bytes:
    return json.dumps(document).encode()


def id_of(document: dict[str, Any]) -> str:
    return str(article_id(url=document["url"], source=document["source"], guid=None, content=""))


def binary(**changes: str | bytes | None) -> list[tuple[str, bytes]]:
    """Headers of an event in binary mode; None takes one out."""
    named = {
        "specversion": "1.0",
        "id": str(uuid4()),
        "source": DESK,
        "type": "article-submitted.v1",
        "time": "2024-06-24T17:00:00Z",
    } | changes
    return [(f"ce_{name}", said if isinstance(said, bytes) else said.encode()) for name, said in named.items() if said is not None]


def structured(**changes: Any) -> bytes:
    said = {"specversion": "1.0", "id": str(uuid4()), "source": DESK, "type": "article-submitted.v1", "time": "2024-06-24T17:00:00Z"}
    return json.dumps({**said, "data": story(), **changes}).encode()


STRUCTURED = ("content-type", b"application/cloudevents+json")
REFUSED: list[tuple[str, bytes | None, list[tuple[str, bytes]]]] = [
    ("wrong-type", body(story()), binary(type="article-received.v1")),
    ("unknown-type", body(story()), binary(type="weather-changed.v1")),
    ("unknown-version", body(story()), binary(type="article-submitted.v9")),
    ("wrong-specversion", body(story()), binary(specversion="0.3")),
    ("missing-header", body(story()), binary(id=None)),
    ("missing-header", structured(source=None), [STRUCTURED]),
    ("not-an-event", body(story()), binary(time="soon")),
    ("not-an-event", body(story()), binary(source=b"\xff")),
    ("not-an-event", body(story()), binary(id="a\0b")),
    ("not-an-event", body(story()), binary(id="i" * 1001)),
    ("not-an-event", body(story()), [("publisher", "é".encode() * 501)]),
    ("wrong-content-type", body(story()), [*binary(), ("content-type", b"application/avro")]),
    ("bad-framing", b"\0\0\1", binary()),
    ("header-body-mismatch", structured(), [STRUCTURED, ("ce_source", b"/another")]),
    ("invalid-payload", structured(data_base64="%"), [STRUCTURED]),
    ("tombstone", None, binary()),
    ("too-large", body(story(padding="x" * (8 * 2**20))), []),
    ("not-text", body({"uri": "https://wire.example/1", "type": "picture", "headline": "A ship"}), []),
    ("embargoed", body({"uri": "https://wire.example/2", "body_text": TEXT, "embargoed": "2999-01-01T00:00:00Z"}), []),
]


async def test_each_thing_that_can_be_wrong_has_its_one_reason(ingest: Ingest) -> None:
    places = [
        (reason, await ingest.submit(value, headers, compression="gzip" if reason == "too-large" else None))
        for reason, value, headers in REFUSED
    ]
    good = story()
    await ingest.submit(body(good))
    await ingest.published(id_of(good))
    for reason, place in places:
        said = await ingest.letter(place)
        assert (said["dlq_reason"], bool(said["dlq_field"]), bool(said["dlq_error"])) == (reason, True, True), said
        assert (said.get("dlq_body") == "left-out") == (reason == "too-large")


async def test_a_body_over_the_limit_is_refused_to_its_publisher_by_the_broker(ingest: Ingest) -> None:
    with pytest.raises(MessageSizeTooLargeError):
        await ingest.submit(b"x" * (7 * 2**20))


async def test_an_id_that_is_given_twice_to_different_things_is_told(ingest: Ingest) -> None:
    first, second = story(), story(text=TEXT.replace("400", "450"))
    headers = binary(id="one-and-the-same")
    await ingest.submit(body(first), headers)
    await ingest.submit(body(first), headers)
    # The same submission in another form is still the same.
    await ingest.submit(structured(id="one-and-the-same", data=first), [STRUCTURED])
    said = await ingest.letter(await ingest.submit(body(second), headers))
    assert (said["dlq_reason"], said["dlq_field"]) == ("id-reused", "id")
    # Another publisher may use the same id, and the refused one may be sent again under another.
    await ingest.submit(body(second), binary(id="one-and-the-same", source="/another"))
    await ingest.published(id_of(second))
    assert len(await ingest.published(id_of(first))) == 1
    assert len(ingest.logged("dead letter")) == 1


async def test_the_longest_names_that_are_taken_fit_the_database(ingest: Ingest) -> None:
    sent = story()
    longest = "".join(chr(0x10000 + number * 37) for number in range(250))  # four bytes each, and hard to compress
    await ingest.submit(body(sent), binary(id=longest, source=longest))
    (record,) = await ingest.published(id_of(sent))
    assert decode(ARTICLES, record.headers, record.value)[0].publisher == longest


async def test_an_article_says_who_submitted_it(ingest: Ingest) -> None:
    named, headed, silent = story(), story(), story()
    await ingest.submit(body(named), binary())
    await ingest.submit(body(headed), [("publisher", b"the desk")])
    await ingest.submit(body(silent))
    for sent, publisher in ((named, DESK), (headed, "the desk"), (silent, None)):
        (record,) = await ingest.published(id_of(sent))
        assert decode(ARTICLES, record.headers, record.value)[0].publisher == publisher


async def test_only_sources_of_the_list_are_taken_and_those_with_a_key_must_sign(
    ingest_on: Callable[[str], Ingest], fresh_database: Callable[[], str]
) -> None:
    ingest = ingest_on(fresh_database())
    assert ingest.command("migrate").returncode == 0
    key = "a key of the desk's own"
    ingest.start(MUSTER_INGEST__PUBLISHERS=f"/muster/publish {DESK}", MUSTER_INGEST__KEYS=json.dumps({DESK: key}))
    signed, listed = story(), story()
    refused = {
        await ingest.submit(body(story()), binary(source="/stranger")): "unknown-source",
        await ingest.submit(body(story())): "unknown-source",
        await ingest.submit(body(story()), binary()): "bad-signature",
        await ingest.submit(body(story()), [*binary(), (SIGNATURE_HEADER, signature(b"another key", body(signed)))]): "bad-signature",
    }
    await ingest.submit(body(signed), [*binary(), (SIGNATURE_HEADER, signature(key.encode(), body(signed)))])
    await ingest.submit(body(listed), binary(source="/muster/publish"))
    for sent in (signed, listed):
        assert len(await ingest.published(id_of(sent))) == 1
    for place, reason in refused.items():
        assert (await ingest.letter(place))["dlq_reason"] == reason


async def test_a_ninjs_item_becomes_an_article_and_its_withholding_a_retraction(ingest: Ingest) -> None:
    item = {
        "uri": f"https://wire.example/{uuid4()}",
        "versionCreated": "2024-06-24T17:00:00Z",
        "headlines": [{"role": "main", "value": "Kenya to send 400 police"}],
        "bodies": [{"contentType": "text/html", "value": f"<p>{TEXT}</p>"}],
        "infoSources": [{"name": "Example Wire"}],
    }
    await ingest.submit(body(item))
    await ingest.submit(body(item | {"pubStatus": "withheld", "versionCreated": "2024-06-25T08:00:00Z"}))
    await ingest.submit(body(item | {"version": "3", "versionCreated": "2024-06-26T08:00:00Z"}))
    key = str(article_id(url=None, source="Example Wire", guid=item["uri"], content=""))  # type: ignore[arg-type]  # a text among lists
    events = [decode(ARTICLES, record.headers, record.value)[0] for record in await ingest.published(key, at_least=3)]
    assert [event.type.rpartition(".")[0] for event in events] == ["article-received", "article-retracted", "article-revised"]
    assert [str(event.known_on) for event in events] == ["2024-06-24", "2024-06-25", "2024-06-26"]
