"""Two clocks: what had happened in the world by a day, and what was public on a day."""

from collections.abc import Sequence
from datetime import date

from muster_contracts.claims import AnyClaim, ExtractionCompleted
from muster_projection.board import Board
from muster_projection.folds import mission_summaries, reckon, standing
from muster_testkit.claims import (
    article,
    authorized,
    completed,
    departed,
    ended,
    extended,
    offered_to_lead,
    pledged,
    reading,
    said,
    scheduled,
    strength,
)

LogEvent = AnyClaim | ExtractionCompleted

JULY = article("july", published="2023-07-30")
JUNE = article("june", published="2024-06-24")
LANDED = article("landed", published="2024-06-26")

LOG: list[LogEvent] = [
    *reading(offered_to_lead("KE", "2023-07-29", told=JULY), pledged("KE", 1000, date="2023-07-29", told=JULY)),
    *reading(scheduled("KE", 400, "2024-06-25", told=JUNE), pledged("JM", told=JUNE)),
    *reading(departed("KE", 200, "2024-06-24", told=LANDED), strength("KE", 200, "2024-06-25", unit="police", told=LANDED)),
]


def board(log: Sequence[LogEvent], *, valid_at: str | None = None, known_at: str | None = None, mission: str = "haiti-mss") -> Board:
    known = date.fromisoformat(known_at) if known_at else None
    claims = [each for each in log if not isinstance(each, ExtractionCompleted)]
    completions = [each for each in log if isinstance(each, ExtractionCompleted)]
    stands = standing(completions, claims, known)
    return reckon(mission, stands, valid_at=date.fromisoformat(valid_at) if valid_at else None, known_at=known)


def test_what_was_not_yet_public_is_not_on_the_board() -> None:
    then = board(LOG, known_at="2024-06-25")
    assert then.strength is None
    assert then.plans[0].outcome == "open"
    assert board(LOG).strength is not None


def test_what_had_not_yet_happened_is_not_on_the_board_even_if_it_is_known_today() -> None:
    then = board(LOG, valid_at="2024-06-23")
    assert then.plans == (), "the plan was not told yet"
    assert then.strength is None
    assert then.pledging == ("KE",), "what is undated counts from the day on which it was told"
    assert board(LOG, valid_at="2024-06-24").people[1].departed


def test_both_clocks_can_be_turned_at_once() -> None:
    then = board(LOG, valid_at="2024-06-30", known_at="2024-06-24")
    assert then.plans[0].outcome == "overdue"
    assert (then.valid_at, then.known_at) == (date(2024, 6, 30), date(2024, 6, 24))


def test_without_a_day_the_board_is_of_the_day_of_the_latest_news() -> None:
    assert board(LOG).valid_at == date(2024, 6, 26)
    assert board(LOG, known_at="2024-06-25").valid_at == date(2024, 6, 24)


def test_a_copy_printed_later_does_not_move_the_day_of_the_latest_news() -> None:
    copy = article("copy", published="2024-07-05", copy_of="landed")
    again = departed("KE", 200, "2024-06-24", told=copy)
    assert board([*LOG, *reading(again)]).valid_at == date(2024, 6, 26)


def test_a_correction_replaces_the_figure_from_the_day_of_the_correction() -> None:
    corrected = article("june", published="2024-06-24", known="2024-06-27", revision=2)
    log = [*LOG, *reading(scheduled("KE", 200, "2024-06-25", told=corrected))]
    assert [plan.quantity and plan.quantity.amount for plan in board(log).plans] == [200]
    assert [plan.quantity and plan.quantity.amount for plan in board(log, known_at="2024-06-26").plans] == [400]
    assert board(log).pledging == ("KE",), "the corrected wording no longer tells of Jamaica"


def test_a_retraction_takes_its_claims_off_the_board_and_leaves_what_others_tell() -> None:
    retracted = article("july", published="2023-07-30", known="2024-06-28", revision=2)
    log = [*LOG, completed(told=retracted, retracted=True)]
    assert board(log).leaders == ()
    assert board(log).pledging == ("JM",)
    assert board(log, known_at="2024-06-27").pledging == ("JM", "KE")


def test_a_mission_of_which_nothing_stands_has_an_empty_board() -> None:
    empty = board([])
    assert (empty.facts, empty.people, empty.plans, empty.counts.articles) == ((), (), (), 0)
    assert Board.model_validate_json(empty.model_dump_json()) == empty


def test_an_end_counts_from_its_day_and_names_the_successor() -> None:
    log: list[LogEvent] = [
        *reading(
            extended("2025-10-02", told=article("vote", published="2024-09-30")),
        ),
        *reading(ended("2025-10-02", told=article("end", published="2025-09-30"))),
    ]
    before, after = board(log, valid_at="2025-10-01"), board(log, valid_at="2025-10-02")
    assert (before.mandate.runs_until, before.mandate.ended, before.successor) == ("2025-10-02", None, None)
    assert (after.mandate.ended_on, after.successor) == ("2025-10-02", "haiti-gsf")


def test_an_end_before_the_beginning_is_that_of_another_mission() -> None:
    told = article("background", published="2024-05-27")
    log = reading(authorized(2500, date="2023-10-02", told=told), ended("2017-10", told=told))
    assert board(log).mandate.ended is None


def test_the_last_ceiling_set_by_the_day_is_in_force() -> None:
    log: list[LogEvent] = [
        *reading(authorized(2500, date="2023-10-02", told=article("first", published="2023-10-03"))),
        *reading(authorized(5550, date="2025-09-30", qualifier="at_most", told=article("second", published="2025-10-01"))),
    ]
    ceiling, earlier = board(log).ceiling, board(log, valid_at="2025-09-29").ceiling
    assert ceiling
    assert ceiling.quantity.amount == 5550
    assert earlier
    assert earlier.quantity.amount == 2500
    assert [each.since for each in board(log).ceilings] == ["2023-10-02", "2025-09-30"]


def test_of_two_ceilings_told_for_one_day_the_one_of_most_origins_is_in_force() -> None:
    log: list[LogEvent] = [
        *reading(authorized(5550, date="2025-09-30", qualifier="at_most", told=article("a", published="2025-09-30"))),
        *reading(authorized(5550, date="2025-09-30", told=article("b", published="2025-10-01"))),
        *reading(authorized(5500, date="2025-09-30", told=article("c", published="2025-10-02"))),
    ]
    told = board(log)
    assert told.ceiling
    assert told.ceiling.quantity.amount == 5550
    assert [each.beside[0].quantity and each.beside[0].quantity.amount for each in told.contradictions] == [5500]


def test_days_at_the_ends_of_the_calendar_and_huge_numbers_are_reckoned_with() -> None:
    far, near = article("far", published="9999-12-31"), article("near", published="0001-01-01")
    told = board(
        [
            *reading(scheduled("KE", 10**18, "9999", told=far), departed("KE", 10**18, "9999-12-31", told=far)),
            *reading(scheduled("JM", 10, "0001-01-01", told=near), strength(None, 10**18, "0001", told=near)),
        ],
    )
    assert told.valid_at == date.max
    assert Board.model_validate_json(told.model_dump_json()) == told


def test_claims_of_other_missions_are_left_out() -> None:
    other = pledged("TD", told=article("other", published="2024-06-24"), mission="haiti-gsf")
    log = [*LOG, *reading(other)]
    assert "TD" not in board(log).pledging
    assert board(log, mission="haiti-gsf").pledging == ("TD",)


def test_a_mission_outside_the_catalogue_is_provisional_and_named_by_its_slug() -> None:
    found = board(reading(pledged("KE", told=JUNE, mission="x-sudan-observer-mission")), mission="x-sudan-observer-mission")
    assert (found.provisional, found.name) == (True, "Sudan observer mission")
    assert not board(LOG).provisional


def test_the_latest_statements_come_first_and_in_the_order_of_the_text() -> None:
    log = [*reading(said("An old word", told=JULY)), *reading(said("Second", told=JUNE, start=90), said("First", told=JUNE, start=10))]
    assert [each.figure.citation.quote for each in board(log).statements] == ["First", "Second", "An old word"]


def test_missions_are_listed_by_slug() -> None:
    log = [*LOG, *reading(pledged("TD", told=article("x", published="2024-06-27"), mission="haiti-gsf"))]
    lines = mission_summaries(board(log, mission=slug) for slug in ("haiti-mss", "haiti-gsf"))
    assert [(each.mission, each.pledging) for each in lines] == [("haiti-gsf", 1), ("haiti-mss", 2)]
