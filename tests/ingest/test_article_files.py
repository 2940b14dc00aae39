"""Articles from files: each form is read, each bad one is named with its place, and the next goes on."""

import io
import json
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from muster_contracts.articles import ArticleSubmitted
from muster_ingest.errors import UnusableArticle
from muster_ingest.sources.files import FromFile, read
from muster_ingest.sources.plain_text import Given

TODAY = date(2026, 11, 25)
GOOD = {"id": "g-1", "source": "The Example", "published": "2024-06-24", "title": "Officers land", "text": "Kenya sent 400 officers."}


def line(**changes: Any) -> bytes:
    return json.dumps(GOOD | changes).encode() + b"\n"


def reasons(found: Iterable[FromFile]) -> list[str | None]:
    return [each.article.reason if isinstance(each.article, UnusableArticle) else None for each in found]


def test_json_lines_give_articles_and_errors_with_their_line(tmp_path: Path) -> None:
    deep = b"[" * 100_000 + b"\n"
    lines = [
        (line(), None),
        (b"\n", "skipped"),
        (b'{"source": "The Example"\n', "not-an-article"),
        (b'{"weather": "fine"}\n', "not-an-article"),
        (b"[1, 2]\n", "not-an-article"),
        (deep, "not-an-article"),
        (b'{"id": ' + b"9" * 5000 + b"}\n", "not-an-article"),
        (b"<html><body>Kenya</body></html>\n", "html"),
        (line(text="<p>Kenya sent 400 officers.</p>"), "html"),
        (line(text="&lt;p&gt;Kenya sent 400 officers.&lt;/p&gt;"), "html"),
        (line(text="a\x00b"), "binary"),
        (line(title="half \ud800"), "binary"),
        (line(published="half \ud800"), "binary"),
        (line(text=""), "empty-text"),
        (line(text="Give Feedback"), "empty-text"),
        (line(text="word " * 250_000), "too-long"),
        (line(text="w" * 7_000_000), "too-long"),
        (line(published=None), "no-date"),
        (line(published="2031-01-01"), "future-date"),
        (line(url="file:///etc/passwd"), "bad-url"),
        (line(source=5), "not-an-article"),
        (line(source=None), "not-an-article"),
        (line()[:40] + b"\xff\xfe" + b"\n", "not-utf8"),
        (line(pubstatus="canceled", text=None), None),
        (line(events=[{"type": "PledgeAnnounced"}], facts_from=["x"]), None),
    ]
    path = tmp_path / "news.jsonl"
    path.write_bytes(b"".join(text for text, _ in lines))
    found = list(read([str(path)], received=TODAY))
    wanted = [(f"{path}:{number}", reason) for number, (_, reason) in enumerate(lines, 1) if reason != "skipped"]
    assert list(zip([each.origin for each in found], reasons(found), strict=True)) == wanted
    for each in found:
        if isinstance(each.article, UnusableArticle):
            assert each.article.field
            assert str(each.article).startswith(f"{each.article.field}: ")


@pytest.mark.parametrize(
    ("content", "reason", "field"),
    [
        (b"", "empty-text", "text"),
        (b"  \n\n ", "empty-text", "text"),
        (b"Title\n\n" + b"word " * 2_000_000, "too-long", "text"),
        (bytes(range(256)) * 8, "binary", "text"),
        (b"Title\n\nbell \x07 rings", "binary", "text"),
        ("Titel\n\nÄpfel".encode() + b"\xc3", "not-utf8", "text"),
        (b"Title\nReuters\n\nKenya sent 400 officers.", "no-date", "published"),
        (b"Title\nReuters | Created: 24-06-2031 10:00 IST\n\nKenya sent 400.", "future-date", "text"),
        (b"<!DOCTYPE html>\n<html><body><p>Kenya</p></body></html>", "html", "text"),
        (b"Title\nCreated: 24-06-2024 10:00 IST\n\nKenya sent 400 officers.", "no-source", "source"),
    ],
)
def test_a_text_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, reason: str, field: str) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(content)
    (found,) = read([str(path)], received=TODAY)
    assert isinstance(found.article, UnusableArticle)
    assert (found.origin, found.article.reason, found.article.field) == (str(path), reason, field)


def test_a_byte_that_is_no_utf8_is_told_by_its_offset(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes("Ä title".encode() + b"\xff")
    (found,) = read([str(path)], received=TODAY)
    assert "byte 8" in str(found.article)


def test_json_files_hold_one_article_or_a_list(tmp_path: Path) -> None:
    one, many, wrong = tmp_path / "one.json", tmp_path / "many.json", tmp_path / "wrong.json"
    one.write_text(json.dumps(GOOD, indent=2), "utf-8")
    many.write_text(json.dumps([GOOD, {"weather": "fine"}, 3, GOOD], indent=2), "utf-8")
    wrong.write_text('[{"id": 1}, ', "utf-8")
    found = list(read([str(one), str(many), str(wrong)], received=TODAY))
    assert reasons(found) == [None, None, "not-an-article", "not-an-article", None, "not-an-article"]
    assert [each.origin for each in found[1:5]] == [f"{many}#{number}" for number in (1, 2, 3, 4)]


def test_a_folder_gives_its_files_and_a_missing_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_bytes(line(id="b"))
    (tmp_path / "a.txt").write_text("Officers land\n\nKenya sent 400 officers.", "utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    found = list(read([str(tmp_path), str(tmp_path / "none.txt")], received=TODAY, given=Given(source="Us", published="2024-06-24")))
    assert reasons(found) == [None, None, "unreadable"]
    text = found[0].article
    assert isinstance(text, ArticleSubmitted)
    assert (text.source, text.title, text.text) == ("Us", "Officers land", "\nKenya sent 400 officers.")


@pytest.mark.parametrize("content", [line() + line(id="g-2"), b"\xef\xbb\xbf" + line() + line(id="g-2")])
def test_standard_input_is_read_by_what_it_holds(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))
    assert reasons(read(["-"], received=TODAY)) == [None, None]


def test_a_number_is_an_id_and_a_host_is_a_source(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(line(id=7, source=None, url="https://www.News.example/a"))
    (found,) = read([str(path)], received=TODAY)
    assert isinstance(found.article, ArticleSubmitted)
    assert (found.article.id, found.article.source) == ("7", "news.example")
