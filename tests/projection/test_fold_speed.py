"""A mission of 5,000 claims is reckoned while a reader waits."""

from datetime import date, timedelta
from time import process_time

from muster_contracts.claims import AnyClaim
from muster_projection.folds import reckon
from muster_testkit.claims import arrived, article, authorized, delayed, departed, pledged, said, scheduled, strength

STATES = ["KE", "JM", "BS", "BB", "TD", "BD", "GT", "SV", "BZ", "BJ"]
BOUND = 4.0  # seconds of processor time; measured 0.6-0.9 s; on two cores with five other programs running up to twice that


def told_over_years(claims: int) -> list[AnyClaim]:
    """Ten claims an article, a fifth of the articles copies of the one before: what two years of news on one mission bring."""
    told: list[AnyClaim] = []
    for number in range(claims // 10):
        day = date(2023, 7, 1) + timedelta(days=number * 2)
        on, later = day.isoformat(), (day + timedelta(days=30)).isoformat()
        source = article(f"a-{number}", published=on, copy_of=f"a-{number - 1}" if number % 5 == 4 else None)
        who, count = STATES[number % 10], 100 + number % 7 * 50
        told += [
            authorized(2500, date="2023-10", told=source),
            pledged("KE", 1000, told=source),
            pledged(who, count, told=source),
            scheduled(who, count, later, told=source),
            delayed(who, count, "court", told=source),
            departed(who, count, on, told=source),
            arrived(who, count, on, told=source),
            strength(who, count, on, unit="police", told=source),
            strength(None, 1000 + number, on, told=source),
            said(f"word of day {number}", told=source),
        ]
    return told


def test_5000_claims_are_reckoned_within_the_bound() -> None:
    claims = told_over_years(5000)
    began = process_time()
    board = reckon("haiti-mss", claims)
    took = process_time() - began
    assert board.counts.claims == 5000
    assert took < BOUND, f"{took:.2f} s"
