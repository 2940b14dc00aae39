"""What holds for every article: quotes stand at their offsets, and the same article gives the same bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from muster_extract.evaluate import article
from muster_extract.pipeline import Reader

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests" / "corpus" / "articles.jsonl"
GOLD = ROOT.parent / "shared" / "gold"
SETS = [CORPUS, *(GOLD / f"{name}.jsonl" for name in ("dev", "dev-written-other"))]


def rows(file: Path, size: int) -> list[dict[str, Any]]:
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    found = [json.loads(line) for line in lines[:: max(1, len(lines) // size)]]
    return [row for row in found if row.get("text")]


@pytest.mark.parametrize("file", SETS, ids=lambda file: file.stem)
def test_every_quote_equals_the_text_at_its_offsets(reader: Reader, file: Path) -> None:
    if not file.exists():
        pytest.skip(f"{file.name} is not here")
    read = 0
    for row in rows(file, 10):
        story = article(row)
        extraction = reader.extract(story)
        assert all(c.evidence.stands_in(story.text) for c in extraction.claims)
        assert extraction.completed.claim_ids == tuple(c.claim_id for c in extraction.claims)
        assert len(set(extraction.completed.claim_ids)) == len(extraction.claims)
        read += len(extraction.claims)
    assert read > 0


PIECES = st.sampled_from(
    [
        "Kenya ",
        "has pledged ",
        "1,000 police officers ",
        "to Haiti",
        ", ",
        ". ",
        "\n",
        "the mission ",
        "“",
        "¿",
        "👮🏾 ",
        "If ",
        "were ",
        "not ",
        "killed ",
        "$5 million ",
        "on Tuesday ",
        "\t",
        "- ",
        "?",
        "é",
        "\xa0",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_without_an_error_and_with_true_quotes(text: str) -> None:
    story = article({"id": "x", "source": "t", "published": "2024-06-24", "title": "Haiti mission", "text": text})
    assert all(c.evidence.stands_in(story.text) for c in shared_reader().extract(story).claims)


_READERS: list[Reader] = []


def shared_reader() -> Reader:
    """Hypothesis calls a test many times: the reader is made once."""
    if not _READERS:
        _READERS.append(Reader())
    return _READERS[0]


DUMP = """
import json, sys
from muster_extract.evaluate import article
from muster_extract.pipeline import load_reader
reader = load_reader()
for line in sys.stdin:
    extraction = reader.extract(article(json.loads(line)))
    print([c.model_dump_json() for c in extraction.claims], extraction.completed.model_dump_json())
"""


def test_another_process_with_another_hash_seed_gives_the_same_bytes(reader: Reader) -> None:
    if not CORPUS.exists():
        pytest.skip("the sample corpus is not here")
    stories = rows(CORPUS, 4)
    here = []
    for row in stories:
        extraction = reader.extract(article(row))
        here.append(f"{[c.model_dump_json() for c in extraction.claims]} {extraction.completed.model_dump_json()}")
    other = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    there = subprocess.run(
        [sys.executable, "-c", DUMP],
        input="\n".join(map(json.dumps, stories)),
        env={**os.environ, "PYTHONHASHSEED": other},
        capture_output=True,
        check=True,
        text=True,
    )
    assert there.stdout.splitlines() == here
    assert "pledge-announced.v1" in there.stdout


def test_two_bodies_of_one_revision_close_under_one_id_with_other_claims(reader: Reader) -> None:
    """Projection keeps the first of two bodies with one id and buries the second, so the second body's claims never stand."""
    first = article(rows(CORPUS, 1)[0])
    second = first.model_copy(update={"text": "Kenya has pledged 1,000 police officers to the mission in Haiti."})
    one, other = reader.extract(first).completed, reader.extract(second).completed
    assert one.completion_id == other.completion_id
    assert one.claim_ids != other.claim_ids
