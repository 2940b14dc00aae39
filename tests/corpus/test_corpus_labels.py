"""The sample corpus says what its labels say: the evidence stands, the labels are the contract's, the README counts right."""

import re
from typing import Any

import pytest
from muster_contracts.articles import ArticleSubmitted
from muster_deploy.settings import CHECKOUT
from muster_testkit.corpus import ARTICLES, FOLDER, UPDATES, Row, bad_inputs, read_rows
from muster_testkit.labels import check_facts, check_label

GOLD = CHECKOUT.parent / "shared" / "gold" / "dev-written-haiti.jsonl"

FIRST = read_rows(ARTICLES)
LATER = read_rows(UPDATES)
ROWS = [*FIRST, *LATER]
EVENTS = [pytest.param(row, event, id=f"{row['id']}-{number}") for row in ROWS for number, event in enumerate(row["events"])]


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['id']}-{row.get('modified', 'first')}" for row in ROWS])
def test_each_row_is_what_a_publisher_sends_with_labels_beside_it(row: Row) -> None:
    ArticleSubmitted.model_validate(row)
    assert set(row) - set(ArticleSubmitted.model_fields) == {"events", "facts_from"}
    assert all(line == line.rstrip() for line in row["text"].split("\n"))


def test_first_wordings_have_ids_of_their_own_in_order_of_their_day() -> None:
    ids = [row["id"] for row in FIRST]
    assert len(set(ids)) == len(ids)
    days = [row["published"][:10] for row in FIRST]
    assert days == sorted(days)
    urls = [row["url"] for row in FIRST if "url" in row]
    assert len(set(urls)) == len(urls)
    assert all(re.fullmatch(r"https://[a-z-]+\.example/\S+", url) for url in urls), "only hosts that can't exist"


def test_each_update_is_a_later_version_of_an_article_in_the_corpus() -> None:
    first = {row["id"]: row for row in FIRST}
    for row in LATER:
        before = first[row["id"]]
        assert (row["url"], row["source"], row["published"]) == (before["url"], before["source"], before["published"])
        assert row["modified"][:10] > before["published"][:10]
    assert len({(row["id"], row["modified"]) for row in LATER}) == len(LATER)


@pytest.mark.parametrize(("row", "event"), EVENTS)
def test_each_label_has_its_evidence_in_the_text_and_values_of_the_contract(row: Row, event: dict[str, Any]) -> None:
    check_label(row, event)


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['id']}-{row.get('modified', 'first')}" for row in ROWS])
def test_a_fact_is_labelled_once_and_nothing_past_lies_after_the_telling(row: Row) -> None:
    check_facts(row)


def test_the_core_is_the_written_set_as_it_stands() -> None:
    if not GOLD.exists():
        pytest.skip("the label sets are not beside this checkout")
    assert sorted((row for row in FIRST if row["id"].startswith("w-")), key=lambda row: row["id"]) == read_rows(GOLD)


def test_the_readme_counts_right() -> None:
    told = (FOLDER / "README.md").read_text("utf-8")
    core = [row for row in FIRST if row["id"].startswith("w-")]
    added = [row for row in FIRST if row["id"].startswith("c-")]
    assert len(core) + len(added) == len(FIRST)
    for said in (
        f"{len(FIRST)} articles",
        f"{sum(len(row['events']) for row in FIRST)} events",
        f"{len(core)} articles ({sum(not row['events'] for row in core)} quiet), {sum(len(row['events']) for row in core)} events",
        f"{len(added)} articles ({sum(not row['events'] for row in added)} quiet), {sum(len(row['events']) for row in added)} events",
        f"{len(LATER)} later versions",
        f"{len(bad_inputs())} kinds",
    ):
        assert said in told
    for row in [*added, *LATER]:
        assert f"`{row['id']}`" in told
