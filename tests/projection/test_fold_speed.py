"""Reckoning a board costs nearly in proportion to its claims. Counted in calls, since clocks are noisy; seconds are in BENCHMARKS.md."""

import cProfile
from datetime import date, timedelta
from pstats import Stats

from muster_contracts.claims import AnyClaim
from muster_projection.folds import reckon
from muster_testkit.years import PER_ARTICLE, reading


def told_over_years(articles: int) -> list[AnyClaim]:
    return [claim for number in range(articles) for claim in reading(number, date(2023, 7, 1) + timedelta(days=number * 2))]


def calls(articles: int) -> int:
    """How many calls a board of so many articles takes."""
    claims = told_over_years(articles)
    profile = cProfile.Profile()
    board = profile.runcall(reckon, "haiti-mss", claims)
    assert board.counts.claims == articles * PER_ARTICLE
    return int(Stats(profile).total_calls)  # type: ignore[attr-defined]  # not in the stubs


def test_four_times_the_claims_take_nowhere_near_sixteen_times_the_calls() -> None:
    once, four = calls(140), calls(560)
    assert four < 6.5 * once, f"{four / once:.2f} times the calls for four times the claims"
