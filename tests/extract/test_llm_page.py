"""The page on the second coder names every setting and holds its figures."""

import json
from pathlib import Path

import pytest
from muster_extract.evaluate import article
from muster_extract.llm.grounding import ground
from muster_extract.llm.prompt import example_rows, messages
from muster_extract.llm.survey import Survey
from muster_extract.llm.told import read_answer
from muster_extract.settings import LlmSettings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "services" / "extract" / "LLM.md").read_text("utf-8")


@pytest.mark.parametrize("name", LlmSettings.model_fields)
def test_every_setting_is_in_the_table(name: str) -> None:
    [row] = [line for line in PAGE.splitlines() if f"`MUSTER_LLM__{name.upper()}`" in line and line.startswith("|")]
    default = LlmSettings.model_fields[name].get_default()
    if isinstance(default, int | float):
        assert str(default) in row.split("|")[2]


def test_nearly_all_that_careful_readers_labelled_grounds() -> None:
    told = grounded = 0
    for row in map(json.loads, (ROOT / "tests" / "corpus" / "articles.jsonl").read_text("utf-8").splitlines()):
        kept, dropped = ground(Survey(article(row)), read_answer(json.dumps({"events": row["events"]})).events, "llm:m")
        grounded += len(kept)
        told += len(kept) + len(dropped)
    assert f"| the sample corpus | {told} |" in PAGE
    assert grounded / told >= 0.98


def test_the_size_of_a_question_is_what_it_says() -> None:
    bare = article({"id": "a", "source": "t", "published": "2024-07-02", "title": "", "text": ""})
    characters = sum(len(turn["content"]) for turn in messages(bare, {}))
    assert 4_000 < characters / 4 < 5_000
    assert len(example_rows()) == 5
