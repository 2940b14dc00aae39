"""`muster dlq` on a real broker: what is listed, what goes back, what stays, and what is on record of it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from muster_contracts.codec import Record, decode
from muster_contracts.errors import NotAnEvent
from muster_contracts.topics import ARTICLES, MISSION_EVENTS, OPERATOR_ACTS, Topic
from muster_contracts.transport.dead_letters import smaller
from muster_contracts.transport.settings import KafkaSettings
from muster_contracts.transport.topics import apply
from muster_deploy.cli import app
from muster_deploy.settings import GivenKafka, Settings
from muster_testkit.flows import wait_for
from muster_testkit.letters import RecordAt, letter_of, send
from muster_testkit.resources import elsewhere, running_kafka
from typer.testing import CliRunner, Result

MUSTER = Path(sys.executable).parent / "muster"
AN_ID = b"b39bcdc9-4216-5ebd-a295-69d7614f1ee0"
GOOD = (
    b'{"type": "article-retracted.v1", "article_id": "b39bcdc9-4216-5ebd-a295-69d7614f1ee0", "revision": 2, "source": "Example Courier",'
    b' "revision_id": "b39bcdc9-4216-5ebd-a295-69d7614f1ee0", "origin_id": "b39bcdc9-4216-5ebd-a295-69d7614f1ee0", "title": "Taken back",'
    b' "published_on": "2024-06-24", "known_on": "2024-06-24"}'
)
ENVELOPE = (
    ("ce_specversion", b"1.0"),
    ("ce_id", AN_ID),
    ("ce_source", b"/test"),
    ("ce_type", b"article-retracted.v1"),
    ("ce_time", b"2024-06-24T18:29:00Z"),
)


class Desk:
    """An operator at a broker."""

    def __init__(self, bootstrap: str, home: Path) -> None:
        self.bootstrap = bootstrap
        self.home = home
        self._origins = iter(range(1_000_000, 2_000_000))  # far beyond the places of what is really sent back

    def muster(self, *arguments: str, **environment: str) -> Result:
        """Run the command in this process: a hundred processes would take a minute longer."""
        unset = {name: None for name in os.environ if name.startswith("MUSTER_")}
        settings = {"MUSTER_HOME": str(self.home), "MUSTER_KAFKA__BOOTSTRAP": self.bootstrap, "MUSTER_OPERATOR": "desk", "COLUMNS": "200"}
        return CliRunner().invoke(app, arguments, env={**unset, **settings, **environment}, catch_exceptions=False)

    def json(self, *arguments: str, **environment: str) -> Any:
        done = self.muster(*arguments, "--json", **environment)
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    def bury(self, reason: str | None = None, *, topic: Topic = ARTICLES, **record: Any) -> str:
        """Put a letter on the log and give its id. With a reason, one that no other test uses."""
        error = NotAnEvent("the header is missing", field="ce_id")
        if reason is not None:
            error.reason = reason
        letter = letter_of(RecordAt(next(self._origins), topic=topic.name, **record), error, topic=topic, consumer=topic.consumers[0])
        return send(self.bootstrap, [letter])[0]

    def one(self, letter: str) -> dict[str, Any]:
        """A letter as `list` shows it."""
        return dict(self.json("dlq", "list", letter)["groups"][0]["shown"][0])

    def sent(self, letter: str) -> Any:
        """The record that the letter's last act sent."""
        to = self.one(letter)["acts"][-1]["sent_to"]
        topic, _, place = to.partition("/")
        partition, _, offset = place.partition("@")
        return read(self.bootstrap, topic)[(int(partition), int(offset))]

    def count(self, topic: Topic) -> int:
        return len(read(self.bootstrap, topic.name))


def read(bootstrap: str, topic: str) -> dict[tuple[int, int], Any]:
    """Every record of a topic, by partition and offset."""

    async def all_of_it() -> dict[tuple[int, int], Any]:
        consumer = AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, auto_offset_reset="earliest", enable_auto_commit=False)
        await consumer.start()
        try:
            found: dict[tuple[int, int], Any] = {}
            places: list[TopicPartition] = list(consumer.assignment())
            ends = await consumer.end_offsets(places)
            while any([await consumer.position(place) < end for place, end in ends.items()]):
                for records in (await consumer.getmany(timeout_ms=100)).values():
                    found |= {(record.partition, record.offset): record for record in records}
            return found
        finally:
            await consumer.stop()

    return elsewhere(lambda: asyncio.run(all_of_it()))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A broker of these tests alone: the dead letters on it are theirs."""
    with running_kafka(Settings(kafka=GivenKafka())) as bootstrap:
        elsewhere(lambda: asyncio.run(apply(KafkaSettings(bootstrap=bootstrap))))
        yield Desk(bootstrap, tmp_path_factory.mktemp("home"))


def test_letters_are_listed_by_reason_with_where_they_came_from(desk: Desk) -> None:
    letters = [desk.bury("listed", value=b"{}"), desk.bury("listed", value=b"\xff")]
    told = desk.json("dlq", "list", "--reason", "listed", "--consumer", "extract", "--topic", "articles", "--since", "1h")
    assert told["letters"] == 2
    (group,) = told["groups"]
    assert (group["reason"], group["consumer"], [one["id"] for one in group["shown"]]) == ("listed", "extract", letters)
    first = group["shown"][0]
    assert (first["state"], first["attempts"], first["error"], first["field"]) == ("open", 1, "ce_id: the header is missing", "ce_id")
    assert first["origin"].startswith("articles/0@1")
    assert first["first_failure"] <= first["buried"]
    table = desk.muster("dlq", "list", "--reason", "listed").stdout
    assert "listed  extract  2 letters" in table
    assert all(letter in table for letter in letters)


def test_only_the_newest_of_a_reason_are_shown_and_all_are_counted(desk: Desk) -> None:
    letters = [desk.bury("many") for _ in range(3)]
    told = desk.json("dlq", "list", "--reason", "many", "--limit", "1")
    assert (told["letters"], [one["id"] for one in told["groups"][0]["shown"]]) == (3, letters[-1:])
    assert len(desk.json("dlq", "list", "--reason", "many", "--limit", "0")["groups"][0]["shown"]) == 3


def test_since_leaves_out_what_is_older(desk: Desk) -> None:
    desk.bury("old")
    assert desk.json("dlq", "list", "--reason", "old", "--since", "2199-01-01")["letters"] == 0
    for before_any in ("1969-01-01", "0001-01-01", "3000w"):
        assert desk.json("dlq", "list", "--reason", "old", "--since", before_any)["letters"] == 1


def test_a_limit_sends_the_oldest_first_whatever_consumer_and_partition_they_are_of(desk: Desk) -> None:
    letters = [desk.bury("aged", topic=topic) for topic in (ARTICLES, MISSION_EVENTS, ARTICLES, MISSION_EVENTS, ARTICLES)]
    for limit in range(1, len(letters)):
        told = desk.json("dlq", "retry", "--reason", "aged", "--limit", str(limit), "--dry-run")
        assert [one["letter"] for one in told["retried"]] == letters[:limit]


def test_a_letter_is_shown_whole_and_its_body_byte_for_byte(desk: Desk) -> None:
    body = b'{"title": "\x1b[31mred", "n": [1, 2]}\xff'
    letter = desk.bury("shown", value=body)
    shown = desk.muster("dlq", "show", letter)
    assert "\x1b" not in shown.stdout
    assert "reason   shown" in shown.stdout
    assert "header   trace: \\xff" in shown.stdout
    whole = desk.muster("dlq", "show", letter, "--body").stdout_bytes
    assert whole == body
    assert desk.json("dlq", "show", letter)["headers"] == [["ce_id", "a"], ["trace", "\\xff"]]


def test_retry_sends_the_record_back_as_it_was_and_puts_it_on_record(desk: Desk) -> None:
    letter = desk.bury("retried", value=b'{"a":  1}', key=b"key")
    dry = desk.json("dlq", "retry", letter, "--dry-run")
    assert (dry["retried"], dry["dry_run"]) == ([{"letter": letter, "replays": 1}], True)
    assert desk.one(letter)["state"] == "open"
    told = desk.json("dlq", "retry", letter, "--why", "the code was mended")
    assert [one["letter"] for one in told["retried"]] == [letter]
    record = desk.sent(letter)
    assert (record.topic, record.key, record.value) == ("articles", b"key", b'{"a":  1}')
    assert record.headers[:2] == (("ce_id", b"a"), ("trace", b"\xff"))
    assert dict(record.headers)["dlq_replays"] == b"1"
    assert desk.one(letter)["state"] == "retried"
    act = list(read(desk.bootstrap, OPERATOR_ACTS.name).values())[-1]
    event, envelope = decode(OPERATOR_ACTS, act.headers, act.value)
    assert (event.type, event.by, event.why, str(event.letter)) == ("letter-retried.v1", "desk", "the code was mended", letter)
    assert act.key == letter.encode()
    assert envelope.id == str(event.act_id)


def test_a_record_that_fails_each_time_is_parked_and_goes_only_by_force(desk: Desk) -> None:
    letter, parked_after = desk.bury("stubborn"), []
    for _ in range(3):
        desk.json("dlq", "retry", "--reason", "stubborn")
        record = desk.sent(letter)
        error = NotAnEvent("again")
        error.reason = "stubborn"
        (again,) = send(desk.bootstrap, [letter_of(record, error)])
        assert desk.one(letter)["returned_as"] == again
        letter = again
        parked_after.append(desk.one(letter)["state"])
    assert parked_after == ["open", "open", "parked"]
    assert [group["shown"][-1]["id"] for group in desk.json("dlq", "list", "--reason", "stubborn")["groups"]] == [letter]
    refused = desk.muster("dlq", "retry", letter)
    assert (refused.exit_code, "parked" in refused.stderr) == (1, True)
    assert desk.json("dlq", "retry", "--reason", "stubborn")["retried"] == []
    assert desk.json("dlq", "retry", letter, "--force")["retried"][0]["replays"] == 4
    assert desk.one(letter)["acts"][-1]["forced"] is True


def test_how_often_a_record_may_go_back_is_a_setting(desk: Desk) -> None:
    letter = desk.bury("limited")
    desk.json("dlq", "retry", letter)
    (again,) = send(desk.bootstrap, [letter_of(desk.sent(letter))])
    assert desk.json("dlq", "list", again, MUSTER_DLQ__REPLAYS="1")["groups"][0]["shown"][0]["state"] == "parked"


def test_an_edit_is_held_against_the_contract_and_the_letter_stays(desk: Desk, tmp_path: Path) -> None:
    letter = desk.bury("edited", value=GOOD.replace(b"2024-06-24", b"the day before"), headers=ENVELOPE, key=AN_ID)
    acts = desk.count(OPERATOR_ACTS)
    wrong = desk.muster("dlq", "edit", letter, "--set", "published_on=soon")
    assert wrong.exit_code == 2
    assert "extract could not use this either: invalid-payload" in wrong.stderr
    assert desk.count(OPERATOR_ACTS) == acts
    mended = ("--set", "published_on=2024-06-24", "--set", "known_on=2024-06-24", "--why", "a slip")
    assert desk.json("dlq", "edit", letter, *mended, "--dry-run")["sent_to"] is None
    assert desk.count(OPERATOR_ACTS) == acts
    told = desk.json("dlq", "edit", letter, *mended)
    assert told["changed"] == ["published_on", "known_on"]
    record = desk.sent(letter)
    event, envelope = decode(ARTICLES, record.headers, record.value)
    assert (str(event.published_on), envelope.id) == ("2024-06-24", AN_ID.decode())
    shown = desk.json("dlq", "show", letter)
    assert (shown["state"], shown["body"]["published_on"], shown["acts"][0]["act"]) == ("retried", "the day before", "edited")


def test_an_edit_by_file_by_editor_of_headers_and_of_the_key(desk: Desk, tmp_path: Path) -> None:
    mended = tmp_path / "mended.json"
    mended.write_bytes(GOOD)
    by_file = desk.bury("by-file", value=b"{", headers=ENVELOPE, key=AN_ID)
    assert desk.json("dlq", "edit", by_file, "--body", str(mended))["changed"] == ["body"]
    assert desk.sent(by_file).value == GOOD
    by_editor = desk.bury("by-editor", value=GOOD.replace(b"2024-06-24", b"2024-06-99"), headers=ENVELOPE, key=AN_ID)
    changed = desk.json("dlq", "edit", by_editor, EDITOR="sed -i s/06-99/06-24/")["changed"]
    assert changed == ["published_on", "known_on"]
    headless = desk.bury("headless", value=GOOD, headers=ENVELOPE[1:], key=AN_ID)
    assert desk.json("dlq", "edit", headless, "--header", "ce_specversion=1.0")["changed"] == ["header ce_specversion"]
    misplaced = desk.bury("misplaced", value=GOOD, headers=ENVELOPE, key=b"k")
    assert desk.json("dlq", "edit", misplaced, "--key", AN_ID.decode())["changed"] == ["key"]
    assert desk.sent(misplaced).key == AN_ID


def test_an_editor_that_changes_nothing_or_fails_sends_nothing(desk: Desk, tmp_path: Path) -> None:
    letter = desk.bury("untouched", value=b'{"a":1}')
    same = desk.muster("dlq", "edit", letter, EDITOR="true", TMPDIR=str(tmp_path))
    assert (same.exit_code, "Nothing was changed" in same.stderr, list(tmp_path.iterdir())) == (2, True, [])
    failed = desk.muster("dlq", "edit", letter, EDITOR="false", TMPDIR=str(tmp_path))
    assert (failed.exit_code, "nothing was sent" in failed.stderr) == (1, True)
    assert desk.one(letter)["state"] == "open"


def test_a_letter_is_discarded_with_a_reason_and_can_be_had_back_by_force(desk: Desk) -> None:
    letter = desk.bury("noise")
    without = desk.muster("dlq", "discard", letter)
    assert (without.exit_code, "for a reason" in without.stderr) == (2, True)
    assert len(desk.json("dlq", "discard", "--reason", "noise", "--why", "a weather report", "--dry-run")["discarded"]) == 1
    assert desk.one(letter)["state"] == "open"
    desk.json("dlq", "discard", "--reason", "noise", "--why", "a weather report", "--by", "the night desk")
    one = desk.one(letter)
    assert (one["state"], one["acts"][0]["why"], one["acts"][0]["by"]) == ("discarded", "a weather report", "the night desk")
    assert desk.json("dlq", "list", "--reason", "noise")["letters"] == 0
    refused = desk.muster("dlq", "retry", letter)
    assert (refused.exit_code, "the night desk discarded it: a weather report" in refused.stderr) == (1, True)
    assert len(desk.json("dlq", "retry", letter, "--force")["retried"]) == 1


def test_stats_count_every_state_by_consumer_and_reason(desk: Desk) -> None:
    first, second, _third = [desk.bury("counted") for _ in range(3)]
    desk.json("dlq", "retry", first)
    desk.json("dlq", "discard", second, "--why", "noise")
    (row,) = desk.json("dlq", "stats", "--reason", "counted")
    states = {name: row[name] for name in ("letters", "open", "parked", "retried", "returned", "discarded")}
    assert states == {"letters": 3, "open": 1, "parked": 0, "retried": 1, "returned": 0, "discarded": 1}
    assert row["first"] <= row["last"]


def test_a_few_are_tried_first(desk: Desk) -> None:
    letters = [desk.bury("few") for _ in range(3)]
    assert [one["letter"] for one in desk.json("dlq", "retry", "--reason", "few", "--limit", "2", "--dry-run")["retried"]] == letters[:2]
    assert [one["letter"] for one in desk.json("dlq", "retry", "--reason", "few", "--limit", "2")["retried"]] == letters[:2]
    assert [desk.one(letter)["state"] for letter in letters] == ["retried", "retried", "open"]


def test_a_letter_without_the_body_that_was_too_large_goes_back_whole(desk: Desk) -> None:
    (place,) = send(desk.bootstrap, [Record("articles", b"k", (("ce_id", b"big"),), b"x" * 3000)])
    partition, _, offset = place.rpartition("/")[2].partition("@")
    record = RecordAt(int(offset), b"x" * 3000, (("ce_id", b"big"),), partition=int(partition))
    (letter,) = send(desk.bootstrap, [smaller(letter_of(record))])
    assert desk.one(letter)["size"] == 0
    desk.json("dlq", "retry", letter)
    again = desk.sent(letter)
    assert (again.value, again.headers[0]) == (b"x" * 3000, ("ce_id", b"big"))


def _at_a_terminal() -> None:
    """Ctrl-C is heard there; whoever runs these tests in the background hands SIGINT on ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_ends_a_long_retry_with_all_that_was_sent_on_record(desk: Desk) -> None:
    error = NotAnEvent("the header is missing")
    error.reason = "bulk"
    for first in range(0, 10_000, 1000):
        send(desk.bootstrap, [letter_of(RecordAt(2_000_000 + first + number), error) for number in range(1000)])
    acts, sent = desk.count(OPERATOR_ACTS), desk.count(ARTICLES)
    settings = {"MUSTER_KAFKA__BOOTSTRAP": desk.bootstrap, "MUSTER_HOME": str(desk.home)}
    retrying = subprocess.Popen(
        [MUSTER, "dlq", "retry", "--reason", "bulk"],
        stderr=subprocess.PIPE,
        env={**os.environ, **settings},
        preexec_fn=_at_a_terminal,
    )
    wait_for(lambda: desk.count(OPERATOR_ACTS) > acts or None, "the first acts", seconds=60)
    retrying.send_signal(signal.SIGINT)
    _, said = retrying.communicate(timeout=60)
    assert retrying.returncode == 130, said
    done = desk.count(OPERATOR_ACTS) - acts
    assert 0 < done < 10_000
    assert desk.count(ARTICLES) - sent == done
    assert f"sending back ended after {done:,} letters of 10,000" in said.decode()
    (row,) = desk.json("dlq", "stats", "--reason", "bulk")
    assert (row["retried"], row["open"]) == (done, 10_000 - done)


def test_what_is_no_letter_is_listed_and_left_alone(desk: Desk) -> None:
    (stray,) = send(desk.bootstrap, [Record("articles-extract-dlq", b"k", (), b"not a letter")])
    assert desk.one(stray)["reason"] == "no-letter"
    refused = desk.muster("dlq", "retry", stray)
    assert (refused.exit_code, "no consumer of ours" in refused.stderr) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("retry",), "Nothing says which letters"),
        (("retry", "articles"), "is no letter's id"),
        (("show", "articles/5@77"), "There is no letter articles/5@77"),
        (("list", "--consumer", "nobody"), "There is no consumer nobody"),
        (("list", "--topic", "mission-changes"), "There is no topic with dead letters mission-changes"),
        (("list", "--state", "lost"), "lost is no state"),
        (("stats", "--since", "soon"), "soon is no time"),
    ],
)
def test_what_can_be_no_letter_is_said_in_one_sentence(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    done = desk.muster("dlq", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
