"""Date phrases are found and mean the day that a reader of the paper takes them for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_contracts.partial_dates import first_day
from muster_extract.resolve.dates import Tense, entry_day, find_dates, resolve_date

MONDAY = date(2024, 6, 24)
PAST, PRESENT, FUTURE = Tense.PAST, Tense.PRESENT, Tense.FUTURE


@pytest.mark.parametrize(
    ("phrase", "tense", "wanted"),
    [
        # a bare weekday: the same day is today, else the tense decides, in the present the nearer one
        ("on Monday", PAST, "2024-06-24"),
        ("on Monday", FUTURE, "2024-06-24"),
        ("on Tuesday", PAST, "2024-06-18"),
        ("on Tuesday", FUTURE, "2024-06-25"),
        ("on Tuesday", PRESENT, "2024-06-25"),
        ("on Sunday", PRESENT, "2024-06-23"),
        ("Sunday evening", PAST, "2024-06-23"),
        ("last Monday", PAST, "2024-06-17"),
        ("last Saturday", PAST, "2024-06-22"),
        ("next Monday", FUTURE, "2024-07-01"),
        ("the following Tuesday", FUTURE, "2024-06-25"),
        ("Thursday of last week", PAST, "2024-06-20"),
        ("Thursday next week", FUTURE, "2024-07-04"),
        ("Tuesday week", FUTURE, "2024-07-02"),
        # days near by
        ("yesterday", PAST, "2024-06-23"),
        ("the day before yesterday", PAST, "2024-06-22"),
        ("tomorrow morning", FUTURE, "2024-06-25"),
        ("tonight", PRESENT, "2024-06-24"),
        ("overnight", PAST, "2024-06-23"),
        # day and month, with and without a year
        ("on 2 October", PAST, "2023-10-02"),
        ("on 2 October", FUTURE, "2024-10-02"),
        ("until 2 October", PAST, "2024-10-02"),
        ("Sept. 30", PAST, "2023-09-30"),
        ("Feb 7", FUTURE, "2025-02-07"),
        ("the twenty-sixth of January", FUTURE, "2025-01-26"),
        ("June 24th", PAST, "2024-06-24"),
        ("26 January 2021", PRESENT, "2021-01-26"),
        ("January 26, 2021", PRESENT, "2021-01-26"),
        ("the 3rd of May of last year", PAST, "2023-05-03"),
        ("Friday, 5 July", FUTURE, "2024-07-05"),
        ("24-27 May", PAST, "2024-05-24"),
        ("2024-03-04", PAST, "2024-03-04"),
        ("3.4.2024", PAST, "2024-04-03"),
        ("13/4/2024", PAST, "2024-04-13"),
        ("4/13/2024", PAST, "2024-04-13"),
        # months, whole and in part
        ("in May", PAST, "2024-05"),
        ("in June", PAST, "2024-06"),
        ("in May", FUTURE, "2025-05"),
        ("since February", FUTURE, "2024-02"),
        ("early October", PAST, "2023-10"),
        ("by mid-June", FUTURE, "2024-06"),
        ("by October", PAST, "2024-10"),
        ("by May", PAST, "2024-05"),
        ("by the end of June", FUTURE, "2024-06"),
        ("late November", FUTURE, "2024-11"),
        ("last September", PAST, "2023-09"),
        ("next February", FUTURE, "2025-02"),
        ("in January of last year", PAST, "2023-01"),
        ("July 2023", PAST, "2023-07"),
        # spans and years
        ("this week", PRESENT, "2024-06"),
        ("last week", PAST, "2024-06"),
        ("next week", FUTURE, "2024-07"),
        ("by the end of the week", FUTURE, "2024-06"),
        ("over the weekend", PAST, "2024-06"),
        ("last month", PAST, "2024-05"),
        ("later this month", FUTURE, "2024-06"),
        ("next month", FUTURE, "2024-07"),
        ("a year ago", PAST, "2023-06"),
        ("three years ago", PAST, "2021"),
        ("two days ago", PAST, "2024-06-22"),
        ("six weeks ago", PAST, "2024-05"),
        ("in three days", FUTURE, "2024-06-27"),
        ("within days", FUTURE, "2024-06"),
        ("in two months", FUTURE, "2024-08"),
        ("late last year", PAST, "2023"),
        ("next year", FUTURE, "2025"),
        ("by the end of the year", FUTURE, "2024-12"),
        ("by year's end", FUTURE, "2024-12"),
        ("by the end of 2024", FUTURE, "2024-12"),
        ("by end-2025", FUTURE, "2025-12"),
        ("later in the year", FUTURE, "2024"),
        ("in recent days", PAST, "2024-06"),
        ("by Christmas", FUTURE, "2024-12-25"),
        ("on New Year's Day", PAST, "2024-01-01"),
        ("in early 2025", FUTURE, "2025"),
        ("in 2023", PAST, "2023"),
        ("in the first quarter of 2025", FUTURE, "2025"),
        ("last summer", PAST, "2023"),
        ("by the summer of 2026", FUTURE, "2026"),
        # what says no day
        ("for six months", FUTURE, None),
        ("two days later", PAST, None),
        ("31 June", PAST, None),
        ("soon", FUTURE, None),
        ("", PAST, None),
    ],
)
def test_a_phrase_means_its_day_for_a_text_of_monday_24_june_2024(phrase: str, tense: Tense, wanted: str | None) -> None:
    assert resolve_date(phrase, MONDAY, tense) == wanted


def test_a_later_day_counts_from_the_day_that_the_text_told_of_before() -> None:
    assert resolve_date("two days later", MONDAY, PAST, anchor=date(2024, 5, 29)) == "2024-05-31"
    assert resolve_date("the following Tuesday", MONDAY, PAST, anchor=date(2024, 5, 29)) == "2024-06-04"
    assert resolve_date("the day before", MONDAY, PAST, anchor=date(2024, 5, 29)) == "2024-05-28"


def test_a_ticker_line_speaks_from_its_own_day() -> None:
    assert entry_day("28 OCT", date(2004, 10, 31)) == date(2004, 10, 28)
    assert entry_day("30 Dec", date(2024, 1, 2)) == date(2023, 12, 30)
    assert entry_day(None, MONDAY) == MONDAY


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They met on Tuesday and will leave by mid-July.", ["on Tuesday", "by mid-July"]),
        ("The court ruled in January of last year.", ["in January of last year"]),
        ("The mandate runs until 31 December 2026.", ["until 31 December 2026"]),
        ("It begins on Nov. 25 and ends in 2027.", ["on Nov. 25", "in 2027"]),
        ("The men may march; they may not run.", []),
        ("May they come home safe.", []),
        ("In May they came home.", ["In May"]),
        ("They came in recent days and leave by New Year.", ["in recent days", "by New Year"]),
        ("About 2024 soldiers of Resolution 2699 marched.", []),
        ("They left over the weekend, two days later than planned.", ["over the weekend", "two days later"]),
        ("On 3 March 1,500 soldiers landed.", ["On 3 March"]),
        ("A group arrived in the night of 24 to 25 June.", ["of 24 to 25 June"]),
    ],
)
def test_date_phrases_are_found_with_their_preposition(text: str, wanted: list[str]) -> None:
    found = [mention.phrase for mention in find_dates(text)]
    assert [phrase.lower() for phrase in found] == [phrase.lower() for phrase in wanted]


@given(st.text(max_size=300))
def test_dates_of_any_text_stand_in_it_in_order(text: str) -> None:
    behind = 0
    for mention in find_dates(text):
        assert behind <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.phrase
        behind = mention.end


_PHRASES = st.sampled_from(
    [
        "on Friday",
        "last Friday",
        "next Friday",
        "in March",
        "on 29 February",
        "early May",
        "by the end of the month",
        "two weeks ago",
        "in 3 days",
        "last year",
        "Q1",
        "9999-12-31",
    ]
)


@given(_PHRASES, st.dates(min_value=date(1948, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from(Tense))
def test_whatever_resolves_is_a_partial_date_of_the_calendar(phrase: str, published: date, tense: Tense) -> None:
    found = resolve_date(phrase, published, tense)
    assert found is None or first_day(found).year >= 1


@given(st.text(max_size=40), st.sampled_from(Tense))
def test_nothing_that_is_asked_for_raises(phrase: str, tense: Tense) -> None:
    resolve_date(phrase, MONDAY, tense)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), st.sampled_from(["Monday", "Wednesday", "Sunday"]))
def test_a_weekday_in_the_past_is_at_most_six_days_back_and_in_the_future_at_most_six_ahead(published: date, weekday: str) -> None:
    back, ahead = resolve_date(weekday, published, PAST), resolve_date(weekday, published, FUTURE)
    assert back is not None
    assert ahead is not None
    assert 0 <= (published - date.fromisoformat(back)).days <= 6
    assert 0 <= (date.fromisoformat(ahead) - published).days <= 6
