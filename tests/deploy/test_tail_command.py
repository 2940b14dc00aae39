"""`muster tail` on a real broker: what is shown, in which order, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import re
import select
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from muster_contracts.claims import AnyClaim
from muster_contracts.codec import Record, encode
from muster_contracts.envelope import Envelope
from muster_contracts.topics import EVENT_TOPICS, MISSION_EVENTS, Topic
from muster_contracts.transport.settings import KafkaSettings
from muster_contracts.transport.topics import apply
from muster_deploy.cli import app
from muster_deploy.cli.event_lines import Seen, as_object, line
from muster_deploy.settings import CHECKOUT
from muster_testkit.claims import article, delayed, pledged
from muster_testkit.letters import send
from muster_testkit.resources import elsewhere
from typer.testing import CliRunner, Result

MUSTER = Path(sys.executable).parent / "muster"
EXAMPLES = [(topic, name) for topic in EVENT_TOPICS for name in topic.models]


@pytest.fixture(scope="module")
def broker(kafka: str) -> str:
    elsewhere(lambda: asyncio.run(apply(KafkaSettings(bootstrap=kafka))))
    return kafka


@pytest.fixture
def mission() -> str:
    """A mission that no other test tells of."""
    return f"x-{uuid4()}"


def environment(broker: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUSTER_")}
    return {**kept, "MUSTER_KAFKA__BOOTSTRAP": broker, "COLUMNS": "300"}


def tail(broker: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["tail", *arguments], env={**environment(broker)}, catch_exceptions=False)


def record_of(claim: AnyClaim, *, key: str | None = None) -> Record:
    envelope = Envelope(
        id=str(claim.claim_id),
        source="/muster/extract",
        type=claim.type,
        time=datetime(2024, 6, 24, tzinfo=UTC),
        subject=str(claim.article.article_id),
    )
    return encode(claim, envelope, MISSION_EVENTS, key or str(claim.article.article_id))


def of_mission(mission: str, *names: str) -> list[Record]:
    return [record_of(pledged("KE", 1000 + number, told=article(name), mission=mission)) for number, name in enumerate(names)]


def test_a_line_says_when_what_which_mission_who_how_much_in_whose_words_and_where(broker: str, mission: str) -> None:
    (place,) = send(broker, [record_of(pledged("KE", 1000, mission=mission, quote="pledged 1,000\nofficers", date="2024-06"))])
    told = tail(broker, "mission-events", "--mission", mission, "--no-follow").stdout
    wanted = f"pledge-announced  {mission}  Kenya  1,000 police, 2024-06  “pledged 1,000 officers”  Reuters  {place}"
    assert re.fullmatch(rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ  {re.escape(wanted)}\n", told), told


def test_with_json_each_event_is_an_object_on_a_line(broker: str, mission: str) -> None:
    send(broker, of_mission(mission, "one", "two"))
    rows = [json.loads(row) for row in tail(broker, "mission-events", "--mission", mission, "--no-follow", "--json").stdout.splitlines()]
    assert [row["value"]["quantity"]["amount"] for row in rows] == [1000, 1001]
    assert {row["type"] for row in rows} == {"pledge-announced.v1"}
    assert all(row["headers"]["ce_type"] == row["type"] and row["value"]["mission"] == mission for row in rows)


@pytest.mark.parametrize("name", ["deployment-delayed", "deployment-delayed.v1"])
def test_a_type_is_named_with_or_without_its_version(broker: str, mission: str, name: str) -> None:
    send(broker, [*of_mission(mission, "one"), record_of(delayed("KE", mission=mission))])
    told = tail(broker, "mission-events", "--mission", mission, "--type", name, "--no-follow").stdout.splitlines()
    assert [row.split("  ")[1] for row in told] == ["deployment-delayed"]


def test_partitions_are_merged_by_time_and_none_is_left_out(broker: str, mission: str) -> None:
    for number in range(12):  # one after the other, so that the broker's times say in which order
        send(broker, [record_of(pledged("KE", 1000 + number, mission=mission), key=f"key {number}")])
    rows = [json.loads(row) for row in tail(broker, "mission-events", "--mission", mission, "--no-follow", "--json").stdout.splitlines()]
    assert len({row["partition"] for row in rows}) > 1
    assert [row["timestamp"] for row in rows] == sorted(row["timestamp"] for row in rows)
    assert sorted(row["value"]["quantity"]["amount"] for row in rows) == list(range(1000, 1012))


def test_since_is_a_time_a_while_ago_or_an_offset(broker: str, mission: str) -> None:
    places = send(broker, [record_of(one, key="one key") for one in (pledged("KE", 1, mission=mission), pledged("KE", 2, mission=mission))])

    def shown(since: str) -> list[int]:
        told = tail(broker, "mission-events", "--mission", mission, "--since", since, "--no-follow", "--json").stdout
        return [json.loads(row)["value"]["quantity"]["amount"] for row in told.splitlines()]

    assert shown("2024-06-01") == shown("1h") == shown("@0") == [1, 2]
    assert shown("2199-01-01") == []
    assert shown("@-1") == [2]
    assert shown(f"@{places[1].rpartition('@')[2]}") == [2]


def test_a_record_that_cannot_be_read_is_shown_as_such_and_the_next_is_read(broker: str, mission: str) -> None:
    bad = Record("mission-events", b"bad key", (("ce_type", b"pledge-announced.v1"),), b'{"title": "\x1b[31m"}')
    (place,) = send(broker, [bad])
    send(broker, of_mission(mission, "one"))
    told = tail(broker, "mission-events", "--no-follow")
    (row,) = [row for row in told.stdout.splitlines() if row.endswith(place)]
    assert "pledge-announced  can't be read: missing-header: " in row
    assert "\x1b" not in told.stdout
    assert mission in told.stdout
    rows = [json.loads(one) for one in tail(broker, "mission-events", "--no-follow", "--json").stdout.splitlines()]
    errors = [row["error"]["reason"] for row in rows if f"{row['topic']}/{row['partition']}@{row['offset']}" == place]
    assert errors == ["missing-header"]
    filtered = tail(broker, "mission-events", "--no-follow", "--mission", mission)
    assert "not shown, since nobody can read them" in filtered.stderr


def test_a_limit_ends_it(broker: str, mission: str) -> None:
    send(broker, of_mission(mission, "one", "two", "three"))
    assert len(tail(broker, "mission-events", "--mission", mission, "--from-beginning", "--limit", "2").stdout.splitlines()) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mission-events", "--type", "moon-landed"), "mission-events carries no moon-landed"),
        (("articles", "--mission", "haiti-mss"), "Nothing on articles is of a mission"),
        (("mission-events", "--since", "@x"), "@x is no time"),
    ],
)
def test_what_can_show_nothing_is_said(broker: str, arguments: tuple[str, ...], said: str) -> None:
    done = tail(broker, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def following(broker: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [MUSTER, "tail", "mission-events", "--since", "1h", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(broker),
    )


def read_line(tailing: subprocess.Popen[bytes]) -> bytes:
    assert tailing.stdout is not None
    readable, _, _ = select.select([tailing.stdout], [], [], 60)
    assert readable, "nothing was shown"
    return tailing.stdout.readline()


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM])
def test_it_follows_what_comes_until_it_is_told_to_stop_and_ends_cleanly(broker: str, mission: str, ends: signal.Signals) -> None:
    send(broker, of_mission(mission, "early"))
    with following(broker, "--mission", mission) as tailing:
        assert b"1,000 police" in read_line(tailing)
        send(broker, [record_of(pledged("JM", 24, mission=mission))])
        assert b"Jamaica  24 police" in read_line(tailing)
        tailing.send_signal(ends)
        rest, said = tailing.communicate(timeout=60)
    assert (tailing.returncode, rest, said) == (130, b"", b"")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_it_ends_quietly_when_its_reader_goes_though_nothing_more_comes(broker: str, mission: str, form: tuple[str, ...]) -> None:
    send(broker, of_mission(mission, "one"))
    with following(broker, "--mission", mission, *form) as tailing:
        read_line(tailing)
        assert tailing.stdout is not None
        tailing.stdout.close()  # as `| head -1` does
        assert tailing.wait(timeout=60) == 0
        assert tailing.stderr is not None
        assert tailing.stderr.read() == b""


@pytest.mark.parametrize(("topic", "name"), EXAMPLES, ids=[name for _, name in EXAMPLES])
def test_every_type_has_a_line_and_an_object(topic: Topic, name: str) -> None:
    kind, version = name.rsplit(".", 1)
    for example in ("minimal", "typical"):
        body = (CHECKOUT / "contracts" / "examples" / kind / version / f"{example}.json").read_bytes()
        event = topic.models[name].model_validate_json(body)
        record: Any = SimpleNamespace(
            topic=topic.name,
            partition=0,
            offset=7,
            timestamp=1_719_222_600_000,
            key=b"k",
            value=body,
            headers=(("ce_type", name.encode()),),
        )
        told = line(topic, Seen(record, name, event, None)).plain
        assert told.startswith(f"2024-06-24T09:50:00Z  {kind}  ")
        assert told.endswith(f"  {topic.name}/0@7")
        assert "\n" not in told
        assert json.loads(json.dumps(as_object(Seen(record, name, event, None))))["value"] == json.loads(body)
