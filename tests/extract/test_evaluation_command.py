"""`python -m muster_extract.evaluate`: what is asked for, in the form asked for; faults in one sentence."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROW: dict[str, Any] = {
    "id": "a",
    "source": "style: agency wire",
    "published": "2024-06-24",
    "title": "Kenya to send police",
    "text": "Kenya has pledged 1,000 police officers to the Multinational Security Support Mission in Haiti.",
    "events": [
        {"type": "PledgeAnnounced", "contributor": "KE", "quantity": 1000, "unit": "police", "reason": None, "date": None, "evidence": "x"},
        {"type": "PledgeAnnounced", "contributor": "JM", "quantity": None, "unit": None, "reason": None, "date": None, "evidence": "y"},
    ],
}


def evaluate(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "muster_extract.evaluate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.jsonl"
    path.write_text(json.dumps(ROW) + "\n", "utf-8")
    return path


def test_it_scores_a_file_and_lists_its_errors(labelled: Path) -> None:
    done = evaluate(labelled, "--errors")
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout.splitlines()
    assert said[0] == "a: missed: PledgeAnnounced JM [y]"
    assert said[1] == f"{labelled}: 1 articles, 2 events, 1 read; 0 of 0 quiet kept, 0 false events in them"
    assert said[2] == "detect   P 1.00 [1.00, 1.00]  R .50 [.50, .50]  F1 .667 [.67, .67]"


def test_it_scores_other_readings_as_json_without_reading(labelled: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "a", "events": [ROW["events"][1]]}) + "\n", "utf-8")
    done = evaluate(labelled, "--readings", other, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    (scores,) = json.loads(done.stdout)["sets"].values()
    assert (scores["labels"], scores["read"], scores["levels"]["full"]["precision"]) == (2, 1, 1.0)
    assert scores["article_classes"]["agency"]["f1"] == [0.6667, 0.6667, 0.6667]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("absent.jsonl",), "No such file or directory: 'absent.jsonl'"),
        (("LABELLED", "--write"), "--write and --check are for all sets"),
        (("--release",), "--release goes with --write"),
        (("LABELLED", "--readings", "LABELLED", "--check"), "--write and --check are for all sets"),
        (("LABELLED", "--readings", "absent.jsonl"), "No such file or directory"),
    ],
)
def test_a_fault_is_one_sentence_with_status_2(arguments: tuple[str, ...], said: str, labelled: Path) -> None:
    done = evaluate(*(str(labelled) if word == "LABELLED" else word for word in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr
