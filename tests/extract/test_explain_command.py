"""`muster extract --explain`, as text and as a page."""

import json
import os
import subprocess
import sys
from pathlib import Path

MUSTER = Path(sys.executable).parent / "muster"
STORY = {
    "id": "a",
    "source": "Example [bold]Wire[/]",
    "published": "2024-06-24",
    "title": "Kenya to send police to Haiti",
    "text": "Kenya has pledged 1,000 police officers to the Multinational Security Support Mission in Haiti [sic]. Jamaica has not sent "
    "its soldiers to the mission.",
}


def muster(home: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MUSTER_HOME": str(home), "COLUMNS": "200"}
    return subprocess.run([MUSTER, *arguments], input=stdin, capture_output=True, text=True, check=False, timeout=120, env=environment)


def test_it_shows_sentences_claims_and_what_was_dropped_and_why(tmp_path: Path) -> None:
    done = muster(tmp_path, "extract", "-", "--explain", stdin=json.dumps(STORY))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Example [bold]Wire[/], 2024-06-24" in done.stdout
    assert "in Haiti [sic].  [haiti-mss · read]" in done.stdout
    assert "claimed  PledgeAnnounced mission haiti-mss, contributor KE, quantity 1,000 police" in done.stdout
    dropped = done.stdout[done.stdout.index("dropped  ") :]
    assert "because: denied" in " ".join(dropped.split())
    assert "frame    pledged (" in done.stdout


def test_it_writes_one_page_of_all_articles(tmp_path: Path) -> None:
    target = tmp_path / "story.html"
    other = {**STORY, "id": "b", "title": "Another story"}
    done = muster(
        tmp_path, "extract", "-", "--explain", "--html", str(target), stdin=f"{json.dumps(STORY)}\n{json.dumps(other)}\n{{broken\n"
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert "-:3:" in done.stderr
    page = target.read_text("utf-8")
    assert page.count("<article ") == 2
    assert "Another story" in page


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path) -> None:
    story = json.dumps(STORY)
    both = muster(tmp_path, "extract", "-", "--explain", "--labels", stdin=story)
    nowhere = muster(tmp_path, "extract", "-", "--html", str(tmp_path / "no" / "folder.html"), stdin=story)
    for done in (both, nowhere):
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr
    assert "--labels prints JSON, --explain a text" in both.stderr
    assert "can't be written: No such file or directory" in nowhere.stderr
