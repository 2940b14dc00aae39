"""From a file to the board by the command alone: every service a real process."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from muster_deploy.running import up
from muster_testkit.resources import elsewhere, untold
from muster_testkit.stack import RunningStack

STORY = {
    "id": "whole-line-1",
    "source": "Example Wire",
    "published": "2025-05-19",
    "title": "Ghana offers police for Somalia",
    "text": "Ghana has pledged 350 police officers to the African Union's mission in Somalia, AUSSOM, its foreign ministry said on Monday.",
}


def test_up_a_second_time_changes_nothing(stack: RunningStack) -> None:
    before = {name: stack.program(name).pid for name in ("kafka", "postgres", "supervisor", "ingest", "extract", "projection", "board")}
    again = elsewhere(lambda: up(stack.settings, untold, durable=False))
    assert again.was_running
    assert again.board == stack.board
    assert {name: stack.program(name).pid for name in before} == before


def test_what_can_be_used_is_folded_and_what_cannot_is_named(stack: RunningStack, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text("\n".join([json.dumps(STORY), '{"id": "no text"}', "not json"]) + "\n", encoding="utf-8")
    published = stack.muster("publish", news, tmp_path / "absent.txt", "--wait", "--json")
    told = published.stderr.decode()
    assert published.returncode == 2
    assert json.loads(published.stdout) == [
        {"file": str(news), "published": 1, "unusable": 2},
        {"file": str(tmp_path / "absent.txt"), "published": 0, "unusable": 1},
    ]
    for place in (f"{news}:2", f"{news}:3", f"{tmp_path / 'absent.txt'}"):
        assert f"error: {place}: " in told
    missions = json.loads(stack.muster("missions", "--json").stdout)["missions"]
    assert "somalia-aussom" in {mission["mission"] for mission in missions}


def test_status_shows_a_figure_beside_its_quote(stack: RunningStack, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps(STORY), encoding="utf-8")
    assert stack.muster("publish", news, "--wait").returncode == 0
    shown = " ".join(stack.muster("status", "somalia-aussom").stdout.decode().split())
    assert "Ghana" in shown
    assert "350 police" in shown
    assert "Example Wire" in shown
    board = json.loads(stack.muster("status", "somalia-aussom", "--known-at", "2025-05-19", "--json").stdout)
    assert [people["contributor"] for people in board["people"]] == ["GH"]


def test_a_mission_that_the_board_does_not_have_is_wrong_input(stack: RunningStack) -> None:
    done = stack.muster("status", "atlantis-observers")
    assert done.returncode == 2
    assert "atlantis-observers" in done.stderr.decode()


def test_tail_shows_what_is_on_the_log(stack: RunningStack, tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    news.write_text(json.dumps(STORY), encoding="utf-8")
    assert stack.muster("publish", news, "--wait").returncode == 0
    lines = stack.muster("tail", "articles", "--from-beginning", "--no-follow", "--json").stdout.decode().splitlines()
    records = [json.loads(line) for line in lines]
    ours = [record for record in records if record["value"].get("guid") == STORY["id"]]
    assert [record["headers"]["ce_type"] for record in ours] == ["article-received.v1"]
    assert [record["key"] for record in ours] == [ours[0]["value"]["article_id"]]


@pytest.mark.parametrize("name", ["ingest", "extract", "projection", "board"])
def test_a_service_that_is_killed_comes_back(stack: RunningStack, name: str) -> None:
    before = stack.program(name)
    os.kill(before.pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while stack.program(name).pid == before.pid:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    elsewhere(lambda: up(stack.settings, untold, durable=False))
    assert stack.program(name).runs()
