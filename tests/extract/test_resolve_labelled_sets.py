"""On labelled articles the resolvers find nearly every contributor, quantity, day and mission that a careful reader found."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from muster_extract.resolve.actors import find_actors
from muster_extract.resolve.dates import Tense, find_dates, resolve_date
from muster_extract.resolve.missions import bind_article
from muster_extract.resolve.numbers import find_numbers
from muster_extract.resolve.singles import find_singles
from muster_extract.segment import Sentence, sentences

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
SETS = ("dev.jsonl", "dev-written-haiti.jsonl", "dev-written-other.jsonl")

Row = dict[str, Any]


@pytest.fixture(scope="module")
def labelled() -> list[Row]:
    if not GOLD.is_dir():
        pytest.skip("the labelled sets are not beside this checkout")
    return [json.loads(line) for name in SETS for line in (GOLD / name).read_text("utf-8").splitlines() if '"events": []' not in line]


def events(rows: list[Row]) -> Iterator[tuple[Row, Row, list[Sentence], int]]:
    """Each event with its article, the article's sentences, and the index of the one where its evidence begins."""
    for row in rows:
        split = sentences(row["text"])
        for event in row["events"]:
            start = row["text"].index(event["evidence"])
            end = start + len(event["evidence"])
            yield row, event, split, next(at for at, sentence in enumerate(split) if sentence.start < end and start < sentence.end)


def share(hits: list[bool]) -> float:
    assert len(hits) > 100
    return sum(hits) / len(hits)


def test_every_contributor_is_named_somewhere_in_its_article(labelled: list[Row]) -> None:
    named = {row["id"]: {mention.code for mention in find_actors(row["text"])} for row in labelled}
    assert [
        (row["id"], event["contributor"]) for row, event, _, _ in events(labelled) if event["contributor"] not in {None, *named[row["id"]]}
    ] == []


def test_nearly_every_quantity_is_a_number_of_its_article(labelled: list[Row]) -> None:
    amounts = {row["id"]: {mention.amount for found in (find_numbers, find_singles) for mention in found(row["text"])} for row in labelled}
    assert share([event["quantity"] in amounts[row["id"]] for row, event, _, _ in events(labelled) if event["quantity"] is not None]) > 0.98


def test_most_days_resolve_from_a_phrase_in_the_evidence_sentence(labelled: list[Row]) -> None:
    hits = []
    for row, event, split, at in events(labelled):
        mentions = find_dates(split[at].text)
        if event["date"] and mentions:
            published = date.fromisoformat(row["published"])
            days = {resolve_date(mention.phrase, published, tense) for mention in mentions for tense in Tense}
            hits.append(any(day and day[: len(event["date"])] == event["date"][: len(day)] for day in days))
    assert share(hits) > 0.86


def test_most_sentences_are_bound_to_the_labelled_mission(labelled: list[Row]) -> None:
    hits, unbound = [], []
    for row, event, split, at in events(labelled):
        start = row["text"].index(event["evidence"])
        binding = bind_article(row["title"], split, date.fromisoformat(row["published"]))
        slug = binding.at(at, start, start + len(event["evidence"]))
        hits.append(slug == event["mission"])
        unbound.append(slug is None)
    assert share(hits) > 0.91
    assert sum(unbound) == 0
