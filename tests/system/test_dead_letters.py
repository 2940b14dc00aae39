"""Dead letters through the whole system: what goes back is used once, however often it goes; what is mended reaches the board."""

from __future__ import annotations

import json
from typing import Any

import pytest
from muster_contracts.topics import ARTICLE_SUBMISSIONS, ARTICLES, MISSION_CHANGES, MISSION_EVENTS, Topic
from muster_testkit.corpus import ARTICLES as CORPUS
from muster_testkit.corpus import read_rows
from muster_testkit.flows import FOLDED_WITHIN, board, board_rows, differences, fresh, publish, wait_for
from muster_testkit.letters import RecordAt, letter_of, send
from muster_testkit.stack import RunningStack
from muster_testkit.topics import end_of, publish_raw, records

UNDATED = {
    "id": "undated",
    "url": "https://specimen-post.example/undated",
    "source": "Specimen Post",
    "title": "Iceland to send police",
    "text": "Iceland will send 31 police officers to the Multinational Security Support Mission in Haiti, officials said on Monday.",
}


@pytest.fixture(scope="module", autouse=True)
def corpus(stack: RunningStack) -> None:
    fresh(stack)
    publish(stack, CORPUS)


def muster(stack: RunningStack, *arguments: str) -> Any:
    done = stack.muster(*arguments, "--json")
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def used_records(stack: RunningStack, topic: Topic, count: int) -> list[RecordAt]:
    """Records that their consumer has used, as it read them."""
    return [
        RecordAt(
            record.offset,
            record.value,
            tuple((name, value.encode()) for name, value in record.headers.items()),
            record.key,
            record.topic,
            record.partition,
        )
        for record in records(stack, topic)[:count]
    ]


def test_a_record_that_goes_back_twice_is_no_second_event(stack: RunningStack) -> None:
    assert len(read_rows(CORPUS)) == end_of(stack, ARTICLES)
    # As after a fault of ours that came behind the work: the record was used, and has a letter all the same.
    fault = ZeroDivisionError("a bug")
    letters = [
        letter_of(record, fault, topic=topic, consumer=topic.consumers[0])
        for topic, count in ((ARTICLE_SUBMISSIONS, 12), (ARTICLES, 6), (MISSION_EVENTS, 30))
        for record in used_records(stack, topic, count)
    ]
    ids = send(stack.addresses.bootstrap, letters)
    before, articles, changes = board_rows(stack), end_of(stack, ARTICLES), end_of(stack, MISSION_CHANGES)
    for replays in (1, 2):
        told = muster(stack, "dlq", "retry", *ids, "--why", "the bug is mended")
        assert [one["replays"] for one in told["retried"]] == [replays] * len(ids)
        stack.until_folded(FOLDED_WITHIN)
        assert differences(before, board_rows(stack)) == []
    assert end_of(stack, ARTICLES) == articles + 2 * 6, "the six that went back, and nothing that ingest made of the twelve"
    assert end_of(stack, MISSION_CHANGES) == changes
    (row,) = [row for row in muster(stack, "dlq", "stats", "--reason", "unexpected") if row["consumer"] == "ingest"]
    assert (row["letters"], row["retried"], row["open"]) == (12, 12, 0)


def test_an_article_that_lacks_its_day_reaches_the_board_once_it_is_mended(stack: RunningStack) -> None:
    ((partition, offset),) = publish_raw(stack, json.dumps(UNDATED).encode())
    origin = f"article-submissions/{partition}@{offset}"

    def the_letter() -> dict[str, Any] | None:
        groups = muster(stack, "dlq", "list", "--reason", "no-date")["groups"]
        return next((dict(one) for group in groups for one in group["shown"] if one["origin"] == origin), None)

    letter = wait_for(the_letter, "the dead letter")
    assert (letter["state"], letter["consumer"]) == ("open", "ingest")
    # Sent back as it is, it fails again, and the newer letter stands for it.
    (sent,) = muster(stack, "dlq", "retry", origin)["retried"]
    origin = sent["sent_to"]
    again = wait_for(the_letter, "the letter of the replay")
    assert again["replays"] == 1
    assert again["first_failure"] == letter["first_failure"]
    assert muster(stack, "dlq", "show", letter["id"])["returned_as"] == again["id"]
    told = muster(stack, "dlq", "edit", again["id"], "--set", "published=2024-06-24", "--why", "the feed lost the day")
    assert told["changed"] == ["published"]
    stack.until_folded(FOLDED_WITHIN)
    people = {one["contributor"]: one for one in board(stack, "haiti-mss")["people"]}
    assert people["IS"]["pledged"]["quantity"]["amount"] == 31
    assert muster(stack, "dlq", "show", again["id"])["state"] == "retried"
