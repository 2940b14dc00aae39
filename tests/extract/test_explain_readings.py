"""An explanation holds every sentence with its fate, and everything that was claimed or dropped with its reason."""

from typing import Any

import pytest
from muster_contracts.articles import ArticleReceived
from muster_extract.evaluate import article
from muster_extract.explain import Explanation, Fate, explain
from muster_extract.pipeline import Reader

TITLE = "The multinational security mission in Haiti"
TEXT = """The force

Kenya has pledged 1,000 police officers to the mission in Haiti. Kenya has pledged police officers to the mission in Haiti.
Jamaica has not sent its soldiers to Haiti. The weather was fine."""


def received(text: str, title: str = TITLE) -> ArticleReceived:
    row: dict[str, Any] = {"id": "a", "source": "Example Wire", "published": "2024-06-24", "title": title, "text": text}
    return article(row)


@pytest.fixture(scope="module")
def explained(reader: Reader) -> Explanation:
    return explain(reader, received(TEXT))


def test_every_sentence_is_there_with_its_place(explained: Explanation) -> None:
    assert [shown.sentence.text for shown in explained.sentences] == [
        "The force",
        "Kenya has pledged 1,000 police officers to the mission in Haiti.",
        "Kenya has pledged police officers to the mission in Haiti.",
        "Jamaica has not sent its soldiers to Haiti.",
        "The weather was fine.",
    ]
    assert [shown.number for shown in explained.sentences] == [1, 2, 3, 4, 5]


def test_each_sentence_says_what_became_of_it(explained: Explanation) -> None:
    fates = {shown.sentence.text: shown.fate for shown in explained.sentences}
    assert fates["The force"] is Fate.HEADING
    assert fates["Kenya has pledged 1,000 police officers to the mission in Haiti."] is Fate.READ
    assert sum(explained.count(fate) for fate in Fate) == len(explained.sentences)


def test_what_is_claimed_is_what_the_reader_claims(explained: Explanation, reader: Reader) -> None:
    claims = reader.extract(received(TEXT)).claims
    assert {(t.claim, t.start, t.end, t.quote, t.rules, t.certainty) for t in explained.claims} == {
        (type(c).__name__, c.evidence.start, c.evidence.end, c.evidence.quote, c.rules, c.certainty) for c in claims
    }
    pledge = next(t for t in explained.claims if t.claim == "PledgeAnnounced")
    assert dict(pledge.said) == {"mission": "haiti-mss", "contributor": "KE", "quantity": "1,000 police", "modality": "asserted"}


def test_what_is_dropped_is_dropped_for_a_reason_and_stands_at_its_words(explained: Explanation, reader: Reader) -> None:
    assert len(explained.dropped) == len(reader.extract(received(TEXT)).dropped)
    reasons = {(t.claim, dict(t.said).get("contributor")): t.dropped for t in explained.dropped}
    assert reasons["PledgeAnnounced", "KE"] == "told more precisely elsewhere"
    assert "denied" in reasons.values()
    for shown in explained.sentences:
        for telling in shown.tellings:
            assert TEXT[telling.start : telling.end] == telling.quote
            assert shown.sentence.start <= telling.start < shown.sentence.end


def test_frames_say_who_does_what_and_how_the_text_holds_it(explained: Explanation) -> None:
    frames = {frame.trigger: frame for shown in explained.sentences for frame in shown.frames}
    assert "pledge" in frames["pledged"].classes
    assert frames["pledged"].subject == "Kenya"
    assert frames["sent"].subject == "Jamaica"
    assert frames["sent"].objects == ("its soldiers",)
    assert "denied" in (frames["sent"].held or "")


def test_an_article_that_the_gate_keeps_out_is_shown_unread(reader: Reader) -> None:
    explained = explain(reader, received("The home side won by two goals on Saturday. It rained.", "A football match"))
    assert not explained.relevant
    assert [shown.fate for shown in explained.sentences] == [Fate.GATED, Fate.GATED]
    assert explained.tellings == ()


@pytest.mark.parametrize("text", ["", "\n\n", "…", "Haiti mission Haiti mission", "(" * 50 + "Kenya sent 1 to the Haiti mission"])
def test_odd_texts_are_explained_too(text: str, reader: Reader) -> None:
    explained = explain(reader, received(text))
    assert sum(explained.count(fate) for fate in Fate) == len(explained.sentences)
