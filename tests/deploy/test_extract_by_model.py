"""`muster extract --coder`: the command against a local server that speaks the protocol."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from muster_testkit.llm_reading import PLEDGE
from muster_testkit.llm_server import failed, llm_server, told

MUSTER = Path(sys.executable).parent / "muster"
STORY = {
    "id": "story-1",
    "source": "Example Wire",
    "published": "2024-07-02",
    "title": "Haiti",
    "text": "Chad and Benin have pledged troops to the Multinational Security Support mission in Haiti.",
}


def muster(home: Path, *args: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MUSTER_")}
    return subprocess.run(
        [str(MUSTER), "extract", "-", *args],
        input=json.dumps(STORY),
        env={**clean, "MUSTER_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_option_names_who_reads_and_the_answer_is_kept_in_the_home(tmp_path: Path) -> None:
    with llm_server(told(PLEDGE, {**PLEDGE, "evidence": "never stood there"})) as server:
        given = {"MUSTER_LLM__BASE_URL": server.base_url, "MUSTER_LLM__MODEL": "m"}
        done = muster(tmp_path, "--coder", "llm", **given)
        again = muster(tmp_path, "--labels", MUSTER_EXTRACT__CODER="llm", **given)
        assert server.calls == 1
    read = json.loads(done.stdout)
    assert (done.returncode, read["extractor"]["name"], len(read["claims"])) == (0, "llm", 1)
    assert "story-1: dropped PledgeAnnounced BJ, “never stood there”: the quote does not stand in the text" in done.stderr
    assert json.loads(again.stdout) == {"id": "story-1", "events": [PLEDGE]}
    assert (tmp_path / "llm.sqlite").is_file()


def test_the_rules_stand_in_and_the_command_says_so(tmp_path: Path) -> None:
    with llm_server(failed(401, "bad key")) as server:
        done = muster(tmp_path, "--coder", "both", MUSTER_LLM__BASE_URL=server.base_url, MUSTER_LLM__MODEL="m")
    assert (done.returncode, json.loads(done.stdout)["extractor"]["name"]) == (0, "rules")
    assert "story-1: read by the rules: the endpoint answered 401: bad key" in done.stderr


def test_both_can_be_explained(tmp_path: Path) -> None:
    with llm_server(told(PLEDGE)) as server:
        done = muster(tmp_path, "--coder", "both", "--explain", MUSTER_LLM__BASE_URL=server.base_url, MUSTER_LLM__MODEL="m")
    assert done.returncode == 0
    assert "llm:m" in done.stdout


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "coder `llm` needs MUSTER_LLM__BASE_URL."),
        ({"MUSTER_LLM__BASE_URL": "ftp://nowhere"}, "MUSTER_LLM__BASE_URL: "),
        ({"MUSTER_LLM__TIMEOUT_SECONDS": "soon"}, "MUSTER_LLM__TIMEOUT_SECONDS: "),
    ],
)
def test_settings_that_cannot_be_used_end_with_one_clear_error(tmp_path: Path, environment: dict[str, str], says: str) -> None:
    done = muster(tmp_path, "--coder", "llm", **environment)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.split())
