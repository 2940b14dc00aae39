"""The story that the project began with, as a file and as a feed would send it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from muster_contracts.articles import ArticleSubmitted
from muster_ingest.normalise import as_article, normalise
from muster_ingest.sources.files import read

SEED = Path(__file__).parents[3] / "shared" / "seed"
pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the seed story is not beside this checkout")
TODAY = date(2026, 11, 25)


def published_as_a_file() -> ArticleSubmitted:
    (found,) = read([str(SEED / "article.txt")], received=TODAY)
    assert isinstance(found.article, ArticleSubmitted)
    return found.article


def sent_by_a_feed() -> ArticleSubmitted:
    expected = json.loads((SEED / "expected.json").read_text("utf-8"))
    whole = (SEED / "article.txt").read_text("utf-8").replace("\n", "\r\n").replace("Kenya's", "Kenya&#39;s")
    return ArticleSubmitted(source=expected["source"], title=expected["title"], text=whole, published=expected["published"])


@pytest.mark.parametrize("submitted", [published_as_a_file, sent_by_a_feed])
def test_the_story_stays_and_what_stands_around_it_goes(submitted: Callable[[], ArticleSubmitted]) -> None:
    expected = json.loads((SEED / "expected.json").read_text("utf-8"))
    article = as_article(normalise(submitted(), received=TODAY))

    assert (article.source, article.origin, article.title) == (expected["source"], expected["origin"], expected["title"])
    assert article.published_at is not None
    assert article.published_at.isoformat() == expected["published_at"]
    assert str(article.published_on) == expected["published"]

    lines = [line for line in (SEED / "article.txt").read_text("utf-8").split("\n") if line]
    body = [line for line in lines if len(line) > 200 and not line.startswith("The first group")]
    assert article.text.split("\n") == body
    assert set(lines) - set(body) - {expected["title"]} <= {piece.text for piece in article.removed}
    kinds = {piece.kind for piece in article.removed}
    assert kinds == {"repeated-headline", "summary", "credit-line", "caption", "disclaimer", "feedback-line"}
    for event in expected["events"]:
        assert event["evidence"] in article.text


def test_both_ways_give_the_same_article() -> None:
    one, other = (normalise(submitted(), received=TODAY) for submitted in (published_as_a_file, sent_by_a_feed))
    assert (one.article_id, one.content) == (other.article_id, other.content)
