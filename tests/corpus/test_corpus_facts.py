"""Facts read in real articles whose texts are not ours: each with the address where it was read, in values of the contract."""

import json
from datetime import date
from typing import Any

import pytest
from muster_testkit.corpus import FOLDER, read_rows
from muster_testkit.labels import FIELDS, check_values

ROWS: list[dict[str, Any]] = [json.loads(line) for line in (FOLDER / "facts.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=[row["address"] for row in ROWS])
def test_each_row_holds_facts_and_their_address_and_no_words_of_others(row: dict[str, Any]) -> None:
    assert set(row) == {"address", "published", "events"}
    assert row["address"].startswith(("https://", "http://"))
    date.fromisoformat(row["published"])
    for event in row["events"]:
        assert set(event) == FIELDS - {"evidence"}
        check_values(event)


def test_no_article_stands_there_twice_or_beside_its_retelling() -> None:
    retold = [row["address"] for path in sorted(FOLDER.glob("real-*.jsonl")) for row in read_rows(path)]
    addresses = [row["address"] for row in ROWS]
    assert len(set(addresses)) == len(addresses)
    assert not set(addresses) & set(retold)
