"""The page shows the text as it is, marked; nothing from outside becomes markup, and nothing is loaded."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_contracts.articles import ArticleReceived
from muster_extract.evaluate import article
from muster_extract.explain import Explanation, Fate, ReadSentence, Telling, explain
from muster_extract.explain_page import marked, page
from muster_extract.pipeline import Reader
from muster_extract.segment import Sentence

HOSTILE = '<script>alert("x")</script> Kenya has pledged 1,000 police & "officers" to the <b>mission</b> in Haiti.'
PLAIN = "Kenya has pledged 1,000 police officers to the mission in Haiti. Jamaica has not sent its soldiers to Haiti. It rained."


def received(text: str, title: str) -> ArticleReceived:
    row: dict[str, Any] = {"id": "a", "source": "<Wire>", "published": "2024-06-24", "title": title, "text": text}
    return article({**row, "url": "https://news.example/a?b=1&c='2'"})


class Shown(HTMLParser):
    """What a browser makes of the page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.sentences: list[str] = []
        self.marks: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self._open.append(tag if given.get("class") != "words" else "words")
        if given.get("class") == "words":
            self.sentences.append("")
        if tag == "mark":
            self.marks.append("")
        if tag == "meta":
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if "words" in self._open and "sup" not in self._open:
            self.sentences[-1] += data
        if "mark" in self._open:
            self.marks[-1] += data


@pytest.fixture(scope="module")
def explanations(reader: Reader) -> tuple[Explanation, ...]:
    return (explain(reader, received(PLAIN, "The Haiti mission")), explain(reader, received(HOSTILE, "The <i>Haiti</i> mission")))


def test_the_text_is_shown_as_it_stands(explanations: tuple[Explanation, ...]) -> None:
    shown = Shown(page(explanations))
    assert shown.sentences == [s.sentence.text for explanation in explanations for s in explanation.sentences]


def test_nothing_from_outside_becomes_markup(explanations: tuple[Explanation, ...]) -> None:
    html = page(explanations)
    assert {tag for tag, _ in Shown(html).tags}.isdisjoint({"script", "i", "wire", "iframe", "img", "form"})
    assert "<Wire>" not in html
    assert "javascript:" not in html


def test_nothing_is_loaded_from_elsewhere(explanations: tuple[Explanation, ...]) -> None:
    html = page(explanations)
    shown = Shown(html)
    addresses = [value for _, given in shown.tags for name, value in given.items() if name in {"href", "src", "action", "srcset"}]
    assert addresses
    assert all(address and address.startswith("#") for address in addresses)
    assert not re.search(r"url\(|@import|<link|<script", html)
    policy = next(given["content"] for tag, given in shown.tags if tag == "meta" and "http-equiv" in given)
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


def test_every_link_leads_to_one_place(explanations: tuple[Explanation, ...]) -> None:
    shown = Shown(page(explanations))
    places = [given["id"] for _, given in shown.tags if "id" in given]
    assert len(places) == len(set(places))
    assert {(given.get("href") or "")[1:] for tag, given in shown.tags if tag == "a"} <= {place or "" for place in places}


def test_evidence_is_marked_and_a_dropped_candidate_has_its_reason(explanations: tuple[Explanation, ...]) -> None:
    html = page(explanations[:1])
    marks = " ".join(Shown(html).marks)
    for telling in explanations[0].tellings:
        assert all(word in marks for word in telling.quote.split())
        assert telling.claim in html
    assert "dropped: denied" in html


def test_the_page_follows_light_and_dark(explanations: tuple[Explanation, ...]) -> None:
    html = page(explanations)
    assert "color-scheme: light dark" in html
    assert "prefers-color-scheme: dark" in html


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30), st.booleans()), max_size=6))
def test_marks_of_overlapping_quotes_lose_and_double_no_character(spans: list[tuple[int, int, bool]]) -> None:
    text = "The officers left on Sunday evening, and more will follow."
    tellings = tuple(
        Telling("ContingentDeparted", (), ("rule",), 0.8, start, start + size, text[start : start + size], None if kept else "denied")
        for start, size, kept in spans
    )
    shown = ReadSentence(1, Sentence(0, len(text), text, 0, "prose"), Fate.READ, "haiti-mss", (), tellings)
    (found,) = marked(Explanation(received(text, "A title"), True, (shown,)))
    assert "".join(stretch.text for stretch in found.stretches) == text
    covered = "".join(stretch.text if stretch.kept or stretch.dropped else "·" * len(stretch.text) for stretch in found.stretches)
    assert all((covered[i] != "·") == any(t.start <= i < t.end for t in tellings) for i in range(len(text)))
    assert sorted(number for stretch in found.stretches for number in stretch.numbers) == list(range(1, len(tellings) + 1))
