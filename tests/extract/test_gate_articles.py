"""The gate lets every article with an event through, and most of the rest of the world's news stay outside."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_extract.gate import is_relevant

SHARED = Path(__file__).resolve().parents[3] / "shared"


@pytest.mark.parametrize(
    "text",
    [
        "Forty peacekeepers were flown out.",
        "The contingent from Malawi stays.",
        "Kenyan police are on their way to Haiti.",
        "UNDOF has a new commander.",
        "The frigate joined the operation in the Red Sea.",
        "An intervention force of nine nations has landed.",
        "Officers from Benin will be sent to Haiti.",
        "The Security Council renewed the mandate of the operation.",
        "The support mission lacks helicopters.",
    ],
)
def test_what_speaks_of_a_mission_passes(text: str) -> None:
    assert is_relevant("", text)
    assert is_relevant(text, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The bank raised its rates again.",
        "A storm tore the roofs off forty houses.",
        "The league's top scorer signed a new deal.",
        "The mission statement of the company was changed.",
    ],
)
def test_other_news_stays_outside(text: str) -> None:
    assert not is_relevant("", text)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


@pytest.mark.parametrize("name", ["dev.jsonl", "dev-written-haiti.jsonl", "dev-written-other.jsonl"])
def test_no_labelled_article_with_an_event_is_stopped(name: str) -> None:
    path = SHARED / "gold" / name
    if not path.exists():
        pytest.skip("the labelled sets are not beside this checkout")
    assert [row["id"] for row in rows(path) if row["events"] and not is_relevant(row["title"], row["text"])] == []


def test_of_a_year_of_mixed_news_at_most_one_in_twenty_passes() -> None:
    path = SHARED / "data" / "current-events" / "entries-2025.jsonl.gz"
    if not path.exists():
        pytest.skip("the year's news items are not beside this checkout")
    passed = [is_relevant("", row["text"]) for row in rows(path)]
    assert len(passed) > 5000
    assert sum(passed) / len(passed) < 0.05


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_gets_an_answer(title: str, text: str) -> None:
    assert is_relevant(title, text) in (True, False)
