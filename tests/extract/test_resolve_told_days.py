"""`Two days later` counts from the day that the article told of before."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from muster_extract.resolve.dates import Tense, find_dates, resolve_date
from muster_extract.resolve.told_days import ToldDays
from muster_extract.segment import sentences

PUBLISHED = date(2004, 6, 16)


def test_a_later_day_counts_from_the_one_told_before() -> None:
    text = "The first forty landed on May 29.\nAnother hundred left home two days later. On that day it rained."
    told = ToldDays(sentences(text), PUBLISHED)
    later, that = find_dates(text)[1:]
    assert resolve_date(later.phrase, PUBLISHED, Tense.PAST, told.before(later.start)) == "2004-05-31"
    assert resolve_date(that.phrase, PUBLISHED, Tense.PAST, told.before(that.start)) == "2004-05-31"


def test_nothing_was_told_before_the_first_day() -> None:
    told = ToldDays(sentences("They left on May 29."), PUBLISHED)
    assert told.before(0) is None
    assert told.before(100) == date(2004, 5, 29)


def test_a_day_to_come_is_no_day_to_count_from() -> None:
    told = ToldDays(sentences("They left on 10 June. The rest goes on 20 June 2004."), PUBLISHED)
    assert told.before(100) == date(2004, 6, 10)


@given(st.text(max_size=200), st.integers(min_value=0, max_value=300))
def test_any_text_can_be_asked(text: str, offset: int) -> None:
    told = ToldDays(sentences(text), PUBLISHED).before(offset)
    assert told is None or told <= PUBLISHED
