"""The story that the project began with: its claims, in words of ours, give the board that it tells."""

import pytest
from muster_contracts.claims import AnyClaim
from muster_contracts.values import Quantity, Reason, Speaker
from muster_projection.board import Board
from muster_projection.folds import mission_summary, reckon
from muster_testkit.claims import (
    article,
    authorized,
    delayed,
    offered_to_lead,
    paid,
    pledged,
    prepared,
    retold,
    said,
    scheduled,
    situation,
)

STORY = article("kenya-haiti", published="2024-06-24", source="Devdiscourse", origin="Reuters")
OFFICERS = Speaker(office="officer", count=4)


@pytest.fixture(scope="module")
def board() -> Board:
    return reckon("haiti-mss", SEED)


SEED: list[AnyClaim] = [
    authorized(2500, None, told=STORY, quote="a force of 2,500"),
    offered_to_lead("KE", "2023-07", told=STORY, quote="Kenya came forward in July 2023"),
    *(pledged(code, told=STORY, quote="have promised people") for code in ("KE", "JM", "BS", "BB", "TD", "BD")),
    paid("US", main=True, told=STORY, quote="the United States pays most of it"),
    delayed("KE", None, "court", "security", told=STORY, quote="put off again and again by lawsuits and by violence"),
    scheduled("KE", 400, "2024-06-25", told=STORY, quote="leave on Tuesday"),
    scheduled("KE", 600, None, qualifier="about", told=STORY, quote="some 600 more follow later", speaker=OFFICERS),
    prepared("KE", "ceremony", amount=400, date="2024-06-24", told=STORY),
    prepared("KE", "kit", date="2024-06-23", told=STORY),
    situation("security", told=STORY, quote="gangs hold most of the capital"),
    said("We hope for more safety", Speaker(name="Matthew Miller", office="spokesperson", body="U.S. State Department"), told=STORY),
    said("did not answer", Speaker(office="spokesperson", body="Kenya"), no_comment=True, told=STORY),
]


def test_the_ceiling_is_2500(board: Board) -> None:
    assert board.ceiling
    assert board.ceiling.quantity == Quantity(amount=2500, unit="personnel")
    assert board.ceiling.figure.citation.quote == "a force of 2,500"


def test_kenya_leads_since_july_2023(board: Board) -> None:
    assert [(each.contributor, each.since) for each in board.leaders] == [("KE", "2023-07")]


def test_six_states_pledge(board: Board) -> None:
    assert board.pledging == ("BB", "BD", "BS", "JM", "KE", "TD")


def test_400_are_to_leave_on_25_june_and_about_600_later(board: Board) -> None:
    first, later = board.plans
    assert (first.contributor, first.planned_for, first.outcome) == ("KE", "2024-06-25", "open")
    assert first.quantity == Quantity(amount=400, unit="police")
    assert (later.contributor, later.planned_for, later.outcome) == ("KE", None, "open")
    assert later.quantity == Quantity(amount=600, unit="police", qualifier="about")
    assert later.figures[0].citation.speaker == OFFICERS


def test_court_and_security_are_the_causes_of_delay(board: Board) -> None:
    (slip,) = board.delays
    assert slip.causes == (Reason.COURT, Reason.SECURITY)
    assert slip.days is None, "no two dates are given to reckon from"
    assert [(each.reason, each.slips) for each in board.causes] == [(Reason.COURT, 1), (Reason.SECURITY, 1)]


def test_the_united_states_are_the_main_funder(board: Board) -> None:
    assert board.main_funders == ("US",)
    (funder,) = board.money
    assert funder.paid[0].quantity is None, "no sum is told"
    assert funder.pledged == ()


def test_nobody_is_deployed_yet(board: Board) -> None:
    assert board.strength is None
    kenya = next(each for each in board.people if each.contributor == "KE")
    assert kenya.reached == "scheduled"
    assert kenya.scheduled
    assert kenya.scheduled.quantity == Quantity(amount=1000, unit="police", qualifier="about")
    assert kenya.departed is kenya.deployed is None


def test_every_figure_names_its_article(board: Board) -> None:
    for fact in board.facts:
        assert {each.source for each in fact.claims} == {"Devdiscourse"}
        assert {each.origin for each in fact.claims} == {"Reuters"}
        assert fact.claims[0].url == STORY.url


def test_a_copy_in_another_outlet_changes_nothing_but_the_count_of_copies(board: Board) -> None:
    copy = article("copy", published="2024-06-25", source="Coast Herald", origin="Reuters", copy_of="kenya-haiti")
    both = reckon("haiti-mss", [*SEED, *retold(SEED, copy)])
    assert (both.counts.articles, both.counts.origins, both.counts.copies) == (2, 1, 1)
    assert without_copies(both) == without_copies(board)


def without_copies(board: Board) -> str:
    facts = tuple(
        fact.model_copy(
            update={"articles": 0, "copies": 0, "claims": tuple(each for each in fact.claims if each.article_id == each.origin_id)}
        )
        for fact in board.facts
    )
    text = board.model_copy(update={"facts": facts, "counts": board.counts.model_copy(update={"articles": 0, "copies": 0, "claims": 0})})
    return text.model_dump_json().replace('"copies":1', '"copies":0')


def test_the_mission_fits_in_a_line(board: Board) -> None:
    line = mission_summary(board)
    assert (line.leader, line.pledging, line.plans_open, line.next_planned) == ("KE", 6, 2, "2024-06-25")
    assert line.ceiling == Quantity(amount=2500, unit="personnel")
    assert line.deployed is None
    assert not line.ended


def test_the_board_is_read_back_as_it_was_written(board: Board) -> None:
    assert Board.model_validate_json(board.model_dump_json()) == board
