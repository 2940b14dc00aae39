"""Sentences stand in the text, and what stands before their words is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_extract.segment import sentences


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The U.S. gave money. Kenya gave men.", ["The U.S. gave money.", "Kenya gave men."]),
        ("It was paid by the U.S. The rest is owed.", ["It was paid by the U.S.", "The rest is owed."]),
        ("Gen. J. P. Otieno left on Sept. 30 with 40 men.", ["Gen. J. P. Otieno left on Sept. 30 with 40 men."]),
        ("Route No. 3 is shut. Did they answer? No. Nobody did.", ["Route No. 3 is shut.", "Did they answer?", "No.", "Nobody did."]),
        ('"We are ready," she said. "Ask us." They asked.', ['"We are ready," she said.', '"Ask us."', "They asked."]),
        ("It costs $1.5 million. That is all.", ["It costs $1.5 million.", "That is all."]),
        ("They went… Nobody came back!", ["They went…", "Nobody came back!"]),
        ("The vote was on Dec. 3. About 40 stayed away.", ["The vote was on Dec. 3.", "About 40 stayed away."]),
    ],
)
def test_a_stop_ends_a_sentence_only_where_one_ends(text: str, wanted: list[str]) -> None:
    assert texts(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted", "kind"),
    [
        ("NAIROBI, Feb 7 — Officers left today.", "Officers left today.", "prose"),
        ("PORT-AU-PRINCE/GENEVA (Agency) - Officers left today.", "Officers left today.", "prose"),
        ("• Officers left today.", "Officers left today.", "bullet"),
        ("3. Officers left today.", "Officers left today.", "bullet"),
        ("18:05 — Officers left today.", "Officers left today.", "bullet"),
        ("[2] Officers left today.", "Officers left today.", "bullet"),
        ("ANNOUNCER: Officers left today.", "Officers left today.", "quote-line"),
        ("(MUSIC) Officers left today.", "Officers left today.", "prose"),
        ("[Picture 4] Officers left today.", "Officers left today.", "caption"),
        ("- BELGIUM: 40 soldiers.", "BELGIUM: 40 soldiers.", "bullet"),
        ("What comes next", "What comes next", "heading"),
        ("A. B. Mwangi left today.", "A. B. Mwangi left today.", "prose"),
    ],
)
def test_markers_stand_before_the_sentence(text: str, wanted: str, kind: str) -> None:
    (sentence,) = sentences(text)
    assert (sentence.text, sentence.kind) == (wanted, kind)


def test_a_label_that_comes_twice_names_a_speaker_and_one_that_comes_once_is_text() -> None:
    assert texts("WANJIRU: We shall go.\nWANJIRU: Tomorrow.") == ["We shall go.", "Tomorrow."]
    assert texts("MISSING: forty men of the first group.") == ["MISSING: forty men of the first group."]


def test_a_ticker_line_keeps_the_day_that_it_gives_itself() -> None:
    first, second = sentences("THU 28 OCT 21:50 | Fifty landed.\nWed 27 Oct, 09:15 – Fifty left.")
    assert (first.text, first.stamp) == ("Fifty landed.", "28 OCT")
    assert (second.text, second.stamp) == ("Fifty left.", "27 Oct")


def test_a_hard_wrapped_text_is_read_across_its_line_ends() -> None:
    text = (
        "The Council decides that the force shall consist of no more than four\n"
        "thousand soldiers and that it shall stay for an initial period of six\n"
        "months, to be counted from the day on which its first battalion lands in\n"
        "the capital and has taken over the guard of the airfield from the men who\n"
        "hold it now. It asks for a report by the end of the year on what the force\n"
        "has done.\n"
    )
    found = sentences(text)
    assert len(found) == 2
    assert found[0].paragraph == found[1].paragraph == 0


def test_lines_that_are_paragraphs_stay_apart() -> None:
    assert [sentence.paragraph for sentence in sentences("One thing happened.\nAnother did.\n\nA third.")] == [0, 1, 2]


@given(st.text(max_size=400))
def test_any_text_is_split_in_order_at_its_own_offsets(text: str) -> None:
    behind = 0
    for sentence in sentences(text):
        assert behind <= sentence.start < sentence.end <= len(text)
        assert sentence.text == text[sentence.start : sentence.end]
        assert sentence.text == sentence.text.strip()
        behind = sentence.end


@given(
    st.lists(
        st.sampled_from(
            ["Kenya sent 40.", "The U.S. paid.", "\n", " ", "• ", "18:05 — ", "NAIROBI, Feb 7 — ", "No. 3", "Gen. ", "“Go!” ", "a"]
        ),
        max_size=25,
    )
)
def test_every_word_of_a_news_text_is_in_some_sentence_or_marker(parts: list[str]) -> None:
    text = "".join(parts)
    covered = sum(sentence.end - sentence.start for sentence in sentences(text))
    assert covered <= len(text)
    if "paid" in text:
        assert any("paid" in sentence.text for sentence in sentences(text))
