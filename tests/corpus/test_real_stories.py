"""Real stories retold (`real-*.jsonl`): each row says where its facts were read, and its labels hold as those of the sample corpus do."""

import re
from typing import Any

import pytest
from muster_contracts.articles import ArticleSubmitted
from muster_testkit.corpus import FOLDER, Row, read_rows
from muster_testkit.labels import check_facts, check_label

ROW_FIELDS = {"id", "address", "source", "published", "missions", "title", "text", "events"}
WORDS = range(60, 161)

FILES = {path.name: read_rows(path) for path in sorted(FOLDER.glob("real-*.jsonl"))}
ROWS = [row for rows in FILES.values() for row in rows]
EVENTS = [pytest.param(row, event, id=f"{row['id']}-{number}") for row in ROWS for number, event in enumerate(row["events"])]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_retold_story_is_an_article_in_our_words_that_says_where_its_facts_were_read(row: Row) -> None:
    assert set(row) - {"facts_from"} == ROW_FIELDS
    assert row["source"].startswith("style: ")
    assert re.match(r"https?://\S+$", row["address"])
    assert len(row["text"].split()) in WORDS
    assert all(line == line.rstrip() for line in row["text"].split("\n"))
    ArticleSubmitted(id=row["id"], source=row["source"], published=row["published"], title=row["title"], text=row["text"])


def test_stories_have_ids_of_their_own_and_no_file_tells_one_twice() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    for rows in FILES.values():
        assert len({row["address"] for row in rows}) == len(rows)


@pytest.mark.parametrize(("row", "event"), EVENTS)
def test_each_label_of_a_story_has_its_evidence_and_values_of_the_contract(row: Row, event: dict[str, Any]) -> None:
    check_label(row, event)
    assert event["mission"] in row["missions"]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_fact_of_a_story_is_labelled_once_and_nothing_past_lies_after_the_telling(row: Row) -> None:
    check_facts(row)
