"""Which articles are scored, as what they count, and what makes a score stale."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from muster_contracts.articles import ArticleReceived
from muster_extract.evaluate import read_rows
from muster_extract.evaluation.classes import article_classes, article_ground, event_classes
from muster_extract.evaluation.labelled import LabelledSet, labelled_sets
from muster_extract.evaluation.page import BEGIN, END, block, lines, placed
from muster_extract.evaluation.scores import Scores, score
from muster_extract.evaluation.sources import PACKAGE, sources_digest
from muster_extract.pipeline import Extraction, Reader

CHECKOUT = Path(__file__).parents[2]
ROW: dict[str, Any] = {
    "id": "a",
    "source": "style: agency wire",
    "published": "2024-06-24",
    "title": "Kenya to send police",
    "text": "Kenya has pledged 1,000 police officers to the Multinational Security Support Mission in Haiti.",
    "events": [
        {
            "type": "PledgeAnnounced",
            "mission": "haiti-mss",
            "contributor": "KE",
            "quantity": 1000,
            "unit": "police",
            "qualifier": "exact",
            "reason": None,
            "date": None,
            "evidence": "Kenya has pledged 1,000 police officers",
        }
    ],
}


def test_our_corpus_is_scored_and_sets_beside_the_checkout_where_they_are(tmp_path: Path) -> None:
    names = {labelled.name: labelled.is_here for labelled in labelled_sets(CHECKOUT)}
    assert names["corpus"]
    alone = labelled_sets(tmp_path / "checkout")
    assert [labelled.is_here for labelled in alone] == [False] * len(alone)
    corpus = tmp_path / "checkout" / "tests" / "corpus"
    corpus.mkdir(parents=True)
    (corpus / "real-first.jsonl").write_text(json.dumps(ROW), "utf-8")
    assert [labelled.name for labelled in labelled_sets(tmp_path / "checkout") if labelled.is_here] == ["real-first"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{broken", "no labelled article"),
        ("[]", "no labelled article"),
        (json.dumps({**ROW, "published": "soon"}), "no labelled article"),
        (json.dumps({key: value for key, value in ROW.items() if key != "title"}), "it lacks title"),
        (json.dumps({**ROW, "events": [{"contributor": "KE"}]}), "it lacks type"),
    ],
)
def test_a_row_that_is_none_is_named_by_file_and_line(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f"{json.dumps(ROW)}\n\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=f"set.jsonl:3: .*{said}"):
        LabelledSet("set", path).rows()


def test_a_wording_that_stands_in_two_sets_is_read_once(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, extract = [], reader.extract

    def watched(article: ArticleReceived) -> Extraction:
        asked.append(article.title)
        return extract(article)

    monkeypatch.setattr(reader, "extract", watched)
    found = read_rows(reader, [ROW, {**ROW, "id": "b"}, {**ROW, "title": "Another headline"}])
    assert [[level for level, _, _ in outcome.pairs] for outcome in found] == [[3], [3], [3]]
    assert asked == ["Kenya to send police", "Another headline"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("style: agency wire", "agency"),
        ("style: bullet list, government statement", "list"),
        ("style: translated agency copy", "translated"),
        ("style: radio bulletin script", "broadcast"),
        ("style: blog, correspondent's notebook", "opinion and blog"),
        ("Wikipedia Portal:Current events", "portal digest"),
        ("Sample Gazette", "other"),
    ],
)
def test_an_article_has_the_class_of_its_style(source: str, name: str) -> None:
    assert article_classes({**ROW, "source": source}) == (name,)
    assert article_classes({**ROW, "source": source, "classes": ["denials"]}) == ("denials",)


def test_an_article_is_on_haiti_on_others_or_quiet() -> None:
    (pledge,) = ROW["events"]
    elsewhere = {**pledge, "mission": "somalia-aussom"}
    assert article_ground(ROW) == ("Haiti's missions",)
    assert article_ground({**ROW, "events": [elsewhere, elsewhere, pledge]}) == ("other missions",)
    assert article_ground({**ROW, "events": []}) == ("quiet",)


def test_an_event_has_the_classes_that_its_label_shows() -> None:
    (pledge,) = ROW["events"]
    assert set(event_classes(ROW, pledge)) == {"people counted", "undated"}
    assert set(event_classes(ROW, {**pledge, "quantity": 5, "unit": "USD", "date": "2023-07"})) == {"money", "background"}
    assert set(event_classes(ROW, {**pledge, "quantity": None, "contributor": None, "date": "2024-07"})) == {
        "without a number",
        "nobody named",
        "still to come",
    }
    three = {**ROW, "events": [{**pledge, "contributor": code} for code in ("KE", "JM", "TD")]}
    assert "one of a list of contributors" in set(event_classes(three, three["events"][0]))


def test_rules_and_lexicons_make_scores_stale_and_nothing_else_does(tmp_path: Path) -> None:
    package = tmp_path / "muster_extract"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    before = sources_digest(package)
    assert sources_digest(package) == before
    for unread in ("explain.py", "evaluation/scores.py", "service.py", "evaluation/classes.toml"):
        (package / unread).write_text("# other\n", "utf-8")
        assert sources_digest(package) == before, unread
    for read in ("merge.py", "lexicons/triggers.toml", "resolve/dates.py"):
        (package / read).write_text("# other\n", "utf-8")
        after = sources_digest(package)
        assert after != before, read
        before = after


def test_the_readme_keeps_its_words_around_the_scores(reader: Reader) -> None:
    found = score(read_rows(reader, [ROW]), digest="d", sources="abc123")
    scores = Scores(extractor="rules/1.0.0", sets={"dev": found})
    written = block(scores, scores)
    assert "rules/1.0.0" in written
    assert "abc123" in written
    assert "| dev | 1 | 1 | 1 | 1.00 [1.00, 1.00] (same) |" in written
    added = placed("# extract\nReads.\n", written)
    replaced = placed(f"# extract\nReads.\n\n{BEGIN}\nold\n{END}\nMore.\n", written)
    for readme in (added, replaced):
        assert readme.startswith("# extract\nReads.\n")
        assert placed(readme, written) == readme
    assert "old" not in replaced
    assert replaced.endswith("\nMore.\n")
    assert any("PledgeAnnounced" in line for line in lines("dev", found))
