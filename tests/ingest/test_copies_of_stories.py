"""Copies are told by their word sequences: a dateline, a cut and a reworded sentence hide none; the same subject makes none."""

import itertools
import json
import random
import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from muster_contracts.ids import MUSTER
from muster_ingest.copies import Candidate, fingerprint, is_copy, origin_among

GOLD = Path(__file__).parents[3] / "shared" / "gold"
STORY = (
    "Kenya will send 400 police officers to Haiti on Tuesday, the first of a force of 2,500 that the Security Council authorised last "
    "year. A second group of 600 is to follow once barracks beside the airport have been finished. The deployment was held up by a "
    "court case in Nairobi and by a shortage of armoured vehicles. Jamaica and the Bahamas have also promised officers, and the United "
    "States pays for most of the mission. Gangs hold most of the capital, and more than half a million people have fled their homes."
)
OTHER = (
    "The first Kenyan officers of the mission for Haiti leave on Tuesday. Four hundred go now; six hundred more wait for their barracks. "
    "Judges in Nairobi and a lack of armoured cars had kept them at home for months. Officers from Jamaica and the Bahamas are to join "
    "them, and Washington foots the larger part of the bill. In the capital, which gangs control for the most part, hardly anybody "
    "expects them to bring quick relief, though some shopkeepers said that they would at least try to open again this week."
)


def alike(one: str, other: str, *, doubtful: bool = False) -> bool:
    return is_copy(fingerprint(one).shingles, fingerprint(other).shingles, doubtful=doubtful)


def test_a_dateline_a_cut_and_other_punctuation_hide_no_copy() -> None:
    for copy in (f"NAIROBI, June 24 (Reuters) - {STORY}", STORY[: int(len(STORY) * 0.6)], STORY.upper().replace(",", ";")):
        assert alike(STORY, copy)
        assert set(fingerprint(STORY).bands) & set(fingerprint(copy).bands)


def test_another_outlets_own_words_are_no_copy() -> None:
    assert not alike(STORY, OTHER)


def test_a_line_with_another_figure_is_another_report() -> None:
    assert not alike(
        "At least 61 people were killed in attacks across the city.", "At least 53 people were killed in attacks across the city."
    )
    assert alike(
        "At least 61 people were killed in attacks across the city.", "At least 61 people were killed, in attacks across the city!"
    )


def test_an_outlets_next_story_with_the_same_background_is_no_copy() -> None:
    background = STORY[len(STORY) // 2 :]
    follow_up = f"The officers landed on Wednesday and were met by the prime minister. {background}"
    assert alike(STORY, follow_up)
    assert not alike(STORY, follow_up, doubtful=True)


def candidate(
    name: str, *, day: date = date(2024, 6, 24), source: str = "The Example", agency: str | None = None, text: str = STORY
) -> Candidate:
    identity = uuid5(MUSTER, name)
    return Candidate(identity, identity, day, source, agency, fingerprint(text).shingles)


def origin(candidates: Sequence[Candidate], *, source: str = "Another", agency: str | None = None, text: str = STORY) -> UUID | None:
    return origin_among(
        candidates,
        fingerprint(text).shingles,
        article=uuid5(MUSTER, "the copy"),
        published_on=date(2024, 6, 25),
        source=source,
        agency=agency,
    )


def test_the_origin_is_that_of_the_oldest_whatever_the_order() -> None:
    found = [
        candidate("b"),
        candidate("a"),
        candidate("older", day=date(2024, 6, 23)),
        candidate("unlike", text=OTHER, day=date(2024, 6, 20)),
    ]
    assert {origin(order) for order in itertools.permutations(found)} == {uuid5(MUSTER, "older")}


def test_the_same_words_after_more_than_a_week_are_another_story() -> None:
    assert origin([candidate("old", day=date(2024, 6, 25) - timedelta(days=7))]) is not None
    assert origin([candidate("old", day=date(2024, 6, 25) - timedelta(days=8))]) is None


def test_two_agencies_that_share_half_their_words_are_two_origins() -> None:
    half = f"Washington said so. {STORY[len(STORY) // 2 :]} The ministry had no comment, and nor had the officers themselves so far."
    found = [candidate("wire", agency="Reuters")]
    assert origin(found, agency="Reuters", text=half) is not None
    assert origin(found, agency=None, text=half) is not None
    assert origin(found, agency="AP", text=half) is None


@pytest.mark.skipif(not GOLD.is_dir(), reason="the labelled texts are not beside this checkout")
def test_labelled_texts_are_no_copies_of_each_other_but_reworded_ones_are_found() -> None:
    texts = [json.loads(line)["text"] for path in sorted(GOLD.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    marks = [fingerprint(text) for text in texts]
    assert sum(is_copy(one.shingles, other.shingles) for one, other in itertools.combinations(marks, 2)) == 0

    chance = random.Random(1)
    long = [(text, mark) for text, mark in zip(texts, marks, strict=True) if len(text.split()) > 120]
    found = sum(is_copy(mark.shingles, fingerprint(reworded(text, chance)).shingles) for text, mark in long)
    assert found / len(long) > 0.8


def reworded(text: str, chance: random.Random) -> str:
    """Three sentences in ten without a word sequence of the original's."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return " ".join(sentence if chance.random() > 0.3 else " ".join(sentence.split()[::-1]) for sentence in sentences)
