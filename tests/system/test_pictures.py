"""The README's pictures are taken here: MUSTER_TAKE_PICTURES=1 makes them anew."""

import os
from datetime import date

from muster_contracts.articles import ArticleSubmitted
from muster_deploy.settings import CHECKOUT
from muster_extract.pipeline import load_reader
from muster_ingest.normalise import as_article, normalise
from muster_testkit.corpus import ARTICLES, read_rows
from muster_testkit.pictures import board_of, compare, picture_of

FIRST_STORY = "c-haiti-01"


def test_the_picture_in_the_readme_is_what_the_first_story_s_board_shows() -> None:
    (row,) = [row for row in read_rows(ARTICLES) if row["id"] == FIRST_STORY]
    draft = normalise(ArticleSubmitted.model_validate(row), received=date(2024, 7, 1))
    drawn = picture_of(board_of([as_article(draft)], "haiti-mss", load_reader()))
    compare(CHECKOUT / "deploy" / "pictures" / "status.svg", drawn, take="MUSTER_TAKE_PICTURES" in os.environ)
