"""Deployed strength: the last report, plus arrivals and minus departures since, with the reckoning shown."""

from datetime import date

from muster_contracts.claims import AnyClaim
from muster_contracts.values import Quantity
from muster_projection.board import Board, Strength
from muster_projection.folds import reckon
from muster_testkit.claims import arrived, article, casualties, strength, withdrawn

SEPTEMBER = article("september", published="2024-09-13", source="Notilinea")
OCTOBER = article("october", published="2024-10-19")
JANUARY = article("january", published="2025-01-05")


def board(*claims: AnyClaim, on: str | None = None) -> Board:
    return reckon("haiti-mss", claims, valid_at=date.fromisoformat(on) if on else None)


def whole(*claims: AnyClaim, on: str | None = None) -> Strength:
    found = board(*claims, on=on).strength
    assert found
    return found


def test_the_last_report_is_the_strength_of_its_day() -> None:
    found = whole(strength(None, 426, "2024-09-13", told=SEPTEMBER))
    assert found.quantity == Quantity(amount=426, unit="personnel")
    assert found.reckoned == "reported 426 on 2024-09-13 in Notilinea"


def test_arrivals_since_the_report_are_added() -> None:
    found = whole(strength(None, 426, "2024-09-13", told=SEPTEMBER), arrived("BS", 6, "2024-10-18", unit="troops", told=OCTOBER))
    assert found.quantity.amount == 432
    assert [(each.contributor, each.counted) for each in found.movements] == [("BS", 6)]
    assert found.reckoned == "reported 426 on 2024-09-13 in Notilinea, + 6 arrived 2024-10-18"


def test_arrivals_up_to_the_day_of_the_report_are_in_it_already() -> None:
    landing = arrived("JM", 24, "2024-09-12", told=SEPTEMBER)
    same_day = arrived("BZ", 2, "2024-09-13", unit="troops", told=SEPTEMBER)
    assert whole(landing, same_day, strength(None, 426, "2024-09-13", told=SEPTEMBER)).quantity.amount == 426


def test_those_who_left_since_are_taken_off() -> None:
    found = whole(strength(None, 426, "2024-09-13", told=SEPTEMBER), withdrawn("KE", 100, "2024-10-10", told=OCTOBER))
    assert found.quantity.amount == 326


def test_those_who_are_yet_to_leave_are_not() -> None:
    found = whole(strength(None, 426, "2024-09-13", told=SEPTEMBER), withdrawn("KE", 100, "2024-12", told=OCTOBER), on="2025-01-01")
    assert found.quantity.amount == 426


def test_a_strength_never_falls_below_nobody() -> None:
    assert whole(strength(None, 50, "2024-09-13", told=SEPTEMBER), withdrawn("KE", 100, "2024-10-10", told=OCTOBER)).quantity.amount == 0


def test_as_of_an_earlier_day_the_earlier_report_counts() -> None:
    reports = (strength(None, 426, "2024-09-13", told=SEPTEMBER), strength(None, 750, "2025-01-05", told=JANUARY))
    assert whole(*reports, on="2024-12-31").quantity.amount == 426
    assert whole(*reports, on="2025-01-05").quantity.amount == 750


def test_a_report_shows_by_how_much_it_differs_from_what_was_reckoned() -> None:
    found = whole(
        strength(None, 426, "2024-09-13", told=SEPTEMBER),
        arrived("GT", 75, "2025-01-03", told=JANUARY),
        strength(None, 510, "2025-01-05", told=JANUARY),
    )
    assert found.difference == 510 - (426 + 75)


def test_a_report_without_a_date_is_of_the_day_of_publication() -> None:
    found = whole(arrived("JM", 24, "2024-09-12", told=SEPTEMBER), strength(None, 426, None, told=SEPTEMBER))
    assert found.quantity.amount == 426


def test_without_a_report_of_the_whole_its_contributors_are_summed() -> None:
    found = whole(
        strength("KE", 400, "2024-09-13", unit="police", told=SEPTEMBER), arrived("BS", 6, "2024-10-18", unit="troops", told=OCTOBER)
    )
    assert found.quantity == Quantity(amount=406, unit="personnel")
    assert found.reckoned == "no report of the whole mission: BS 6, KE 400"


def test_a_total_of_the_month_is_not_added_to_its_parts() -> None:
    found = whole(
        arrived("KE", 200, "2024-06-25", told=article("a", published="2024-06-26")),
        arrived("KE", 400, "2024-06", qualifier="about", told=article("b", published="2024-07-16")),
    )
    assert found.quantity.amount == 400


def test_a_landing_that_names_nobody_is_not_added_to_those_that_do() -> None:
    found = whole(
        arrived(None, 83, "2025-01-03", unit="personnel", told=JANUARY),
        arrived("GT", 75, "2025-01-03", told=JANUARY),
        arrived("SV", 8, "2025-01-03", unit="personnel", told=JANUARY),
    )
    assert found.quantity.amount == 83


def test_one_contributor_is_reckoned_from_its_own_reports() -> None:
    told = board(
        strength("KE", 400, "2024-09-13", unit="police", told=SEPTEMBER),
        strength(None, 426, "2024-09-13", told=SEPTEMBER),
        arrived("KE", 217, "2025-01-18", told=article("flight", published="2025-01-19")),
    )
    (kenya,) = told.contributor_strengths
    assert kenya.quantity == Quantity(amount=617, unit="police")
    assert told.strength
    assert told.strength.quantity.amount == 643


def test_two_counts_for_one_day_stay_side_by_side_and_the_one_of_most_origins_is_reckoned_with() -> None:
    told = board(
        strength(None, 1000, "2025-09-01", told=article("a", published="2025-09-01")),
        strength(None, 970, "2025-09-01", told=article("b", published="2025-09-01")),
        strength(None, 970, "2025-09-01", told=article("c", published="2025-09-01")),
    )
    assert told.strength
    assert told.strength.quantity.amount == 970
    (contradiction,) = told.contradictions
    assert contradiction.shown.quantity == Quantity(amount=970, unit="personnel")
    assert [each.quantity and each.quantity.amount for each in contradiction.beside] == [1000]
    assert {fact.fact_id for fact in told.facts if fact.contradicts} == {contradiction.shown.fact_id, contradiction.beside[0].fact_id}


def test_a_landing_told_with_two_numbers_is_counted_once() -> None:
    told = board(
        arrived("KE", 200, "2024-06-25", told=article("a", published="2024-06-26")),
        arrived("KE", 217, "2024-06-25", told=article("b", published="2024-06-26")),
        arrived("KE", 217, "2024-06-25", told=article("c", published="2024-06-27")),
    )
    assert told.strength
    assert told.strength.quantity.amount == 217
    assert len(told.contradictions) == 1


def test_two_landings_of_one_day_in_one_article_are_no_contradiction() -> None:
    told = board(arrived("GT", 75, "2025-01-04", told=JANUARY), arrived("GT", 60, "2025-01-04", told=JANUARY))
    assert told.contradictions == ()
    assert told.strength
    assert told.strength.quantity.amount == 135


def test_a_running_toll_is_not_added_to_its_parts() -> None:
    told = board(
        casualties("KE", 1, "2025-02-23", told=article("a", published="2025-02-24")),
        casualties("KE", 1, "2025-08-31", told=article("b", published="2025-09-01")),
        casualties("KE", 3, None, running_total=True, told=article("c", published="2025-09-24")),
        casualties("KE", 2, "2025-11-02", told=article("d", published="2025-11-03")),
        casualties(None, 8, "2025-08-31", harm="wounded", unit="personnel", told=article("b", published="2025-09-01")),
    )
    assert [(each.contributor, each.killed, each.wounded) for each in told.casualties] == [("KE", 5, 0), (None, 0, 8)]
