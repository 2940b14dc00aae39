"""An interval says how far a score would move on other articles of the same kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_extract.evaluation.intervals import intervals, ratios

COUNTS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(lambda c: (min(c), c[1], c[2])), min_size=1, max_size=30
)


def test_the_same_readings_have_the_same_intervals() -> None:
    counts = [(2, 3, 4), (0, 1, 0), (5, 5, 6), (0, 0, 1)]
    assert intervals(counts) == intervals(list(counts))


@given(COUNTS)
def test_an_interval_lies_between_nothing_and_everything(counts: list[tuple[int, int, int]]) -> None:
    for low, high in intervals(counts):
        assert 0 <= low <= high <= 1


def test_the_score_lies_in_its_interval() -> None:
    counts = [(k % 4, 4, 3) for k in range(40)]
    wanted = ratios(*(sum(column) for column in zip(*counts, strict=True)))
    for ratio, (low, high) in zip(wanted, intervals(counts), strict=True):
        assert low < ratio < high


def test_more_articles_make_it_narrower() -> None:
    few = [(k % 3, 3, 3) for k in range(12)]
    (_, _, (low, high)), (_, _, (lower, higher)) = intervals(few * 9), intervals(few)
    assert high - low == pytest.approx((higher - lower) / 3, rel=0.15)  # by the root of nine


def test_perfect_readings_leave_no_doubt() -> None:
    assert intervals([(3, 3, 3)] * 5) == ((1, 1), (1, 1), (1, 1))


def test_nothing_labelled_and_nothing_read_is_zero_and_no_error() -> None:
    assert intervals([]) == intervals([(0, 0, 0)] * 3) == ((0, 0), (0, 0), (0, 0))
    assert ratios(0, 0, 0) == (0, 0, 0)
