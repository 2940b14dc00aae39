"""The command `muster`: help with examples, exit statuses, one clear error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from muster_deploy.cli import app
from muster_deploy.ports import free_ports
from typer.main import get_command

MUSTER = Path(sys.executable).parent / "muster"
COMMANDS = (
    ("up",),
    ("down",),
    ("ps",),
    ("publish",),
    ("missions",),
    ("status",),
    ("tail",),
    ("topics", "plan"),
    ("topics", "apply"),
    ("dlq", "list"),
    ("dlq", "show"),
    ("dlq", "stats"),
    ("dlq", "retry"),
    ("dlq", "edit"),
    ("dlq", "discard"),
    ("extract",),
    ("demo",),
)


def muster(home: Path, *arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    (port,) = free_ports(None)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MUSTER_")}
    settings = {"MUSTER_HOME": str(home), "MUSTER_API__PORT": str(port), "COLUMNS": "200", **environment}
    done = subprocess.run([MUSTER, *arguments], input=stdin, capture_output=True, check=False, timeout=120, env={**kept, **settings})
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_shows_examples_of_the_command(command: tuple[str, ...], tmp_path: Path) -> None:
    helped = muster(tmp_path, *command, "--help")
    assert helped.returncode == 0
    told = helped.stdout.partition("Examples:")[2]
    assert f"muster {' '.join(command)}" in told


def test_the_commands_above_are_all_there_are() -> None:
    found = get_command(app)
    assert set(found.commands) == {command[0] for command in COMMANDS}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("tail", "nonsense"), 2, "There is no topic nonsense"),
        (("status", "haiti-mss", "--valid-at", "24.06.2024"), 2, "--valid-at: 24.06.2024 is no day"),
        (("status", "haiti-mss", "--known-at", "2024-02-30"), 2, "--known-at: 2024-02-30 is no day"),
        (("status", "haiti-mss"), 1, "No board answers at"),
        (("missions",), 1, "No board answers at"),
        (("topics", "plan"), 1, "No Kafka runs in"),
        (("tail", "articles"), 1, "No Kafka runs in"),
        (("dlq", "list"), 1, "No Kafka runs in"),
        (("publish", "x.jsonl"), 1, "No Kafka runs in"),
        (("extract", "absent.jsonl"), 2, "absent.jsonl: file: No such file or directory"),
        (("nonsense",), 2, "No such command"),
        (("tail", "articles", "--limit", "0"), 2, "--limit"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_an_error_is_one_sentence_with_its_exit_status(arguments: tuple[str, ...], status: int, said: str, tmp_path: Path) -> None:
    done = muster(tmp_path, *arguments)
    assert said in done.stderr
    assert (done.returncode, done.stdout) == (status, "")
    assert "Traceback" not in done.stderr


def test_a_setting_in_no_valid_form_is_named(tmp_path: Path) -> None:
    done = muster(tmp_path, "ps", MUSTER_API__PORT="eighty")
    assert done.returncode == 2
    assert "MUSTER_API__PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")
    done = muster(file / "home", "down")
    assert done.returncode == 2
    assert "Set MUSTER_HOME" in done.stderr


def test_down_and_ps_where_nothing_runs_end_well(tmp_path: Path) -> None:
    assert muster(tmp_path, "down").returncode == 0
    assert muster(tmp_path, "ps").returncode == 0
    told = json.loads(muster(tmp_path, "ps", "--json").stdout)
    assert (told["programs"], told["kafka"], told["board"]) == ([], None, None)


def test_extract_reads_what_it_can_and_names_what_it_cannot(tmp_path: Path) -> None:
    story = {
        "id": "a",
        "source": "Example Wire",
        "published": "2024-06-24",
        "title": "Kenya to send police",
        "text": "Kenya has pledged 1,000 police officers to the Multinational Security Support Mission in Haiti.",
    }
    quiet = {**story, "id": "b", "title": "A football match", "text": "The home side won by two goals on Saturday."}
    lines = [json.dumps(story), "{broken", json.dumps(quiet)]
    done = muster(tmp_path, "extract", "-", "--labels", stdin="\n".join(lines).encode())
    read = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in read] == ["a", "b"]
    assert [(event["type"], event["contributor"], event["quantity"]) for event in read[0]["events"]] == [("PledgeAnnounced", "KE", 1000)]
    assert read[1]["events"] == []
    assert done.returncode == 2
    assert "-:2:" in done.stderr


def test_extract_prints_quotes_that_stand_in_the_text_it_prints(tmp_path: Path) -> None:
    text = "NAIROBI — Kenya has pledged 1,000 police officers to the Multinational Security Support Mission in Haiti."
    story = {"id": "a", "source": "Example Wire", "published": "2024-06-24", "title": "A pledge", "text": text}
    done = muster(tmp_path, "extract", "-", stdin=json.dumps(story).encode())
    read = json.loads(done.stdout)
    assert done.returncode == 0
    assert read["claims"]
    for claim in read["claims"]:
        evidence = claim["evidence"]
        assert read["article"]["text"][evidence["start"] : evidence["end"]] == evidence["quote"]


def test_starting_the_command_loads_neither_the_client_nor_the_events() -> None:
    # 0.2 s of each start: a command imports what it needs where it needs it.
    heavy = "{'aiokafka', 'faststream', 'rich.progress', 'muster_contracts.topics', 'muster_ingest', 'sqlalchemy', 'spacy'}"
    code = f"import sys, muster_deploy.cli; print(sorted({heavy} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert told == "[]\n"
