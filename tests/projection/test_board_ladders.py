"""The two ladders: how far people and money have come. A pledge is never counted as delivered."""

from datetime import date

from muster_contracts.claims import AnyClaim
from muster_contracts.values import Quantity
from muster_projection.board import Board, ContributorMoney, ContributorPeople
from muster_projection.folds import reckon
from muster_testkit.claims import (
    arrived,
    article,
    cleared,
    delivered,
    departed,
    paid,
    pledge_withdrawn,
    pledged,
    scheduled,
    strength,
    withdrawn,
)

JULY = article("july", published="2023-07-30")
MARCH = article("march", published="2024-03-12")
MAY = article("may", published="2024-05-24")
JUNE = article("june", published="2024-06-21")
LANDED = article("landed", published="2024-06-26")
LATER = article("later", published="2025-01-11")


def board(*claims: AnyClaim, on: str | None = None) -> Board:
    return reckon("haiti-mss", claims, valid_at=date.fromisoformat(on) if on else None)


def people(*claims: AnyClaim, on: str | None = None) -> ContributorPeople:
    (row,) = board(*claims, on=on).people
    return row


def money(*claims: AnyClaim) -> ContributorMoney:
    (row,) = board(*claims).money
    return row


def police(amount: int, qualifier: str = "exact") -> Quantity:
    return Quantity(amount=amount, unit="police", qualifier=qualifier)


def test_a_pledge_delivers_nobody() -> None:
    told = board(pledged("KE", 1000, told=JULY))
    assert told.strength is None
    assert told.people[0].reached == "pledged"
    assert told.people[0].departed is told.people[0].deployed is None


def test_each_rung_stands_on_facts_of_its_own() -> None:
    kenya = people(
        pledged("KE", 1000, told=JULY),
        cleared("KE", "parliament", amount=1000, date="2023-11-16", told=MARCH),
        scheduled("KE", 600, "2024-07-16", told=JUNE),
        departed("KE", 400, "2024-06-24", told=LANDED),
        arrived("KE", 400, "2024-06-25", told=LANDED),
    )
    assert kenya.reached == "deployed"
    rungs = [kenya.pledged, kenya.committed, kenya.scheduled, kenya.departed, kenya.deployed]
    assert [rung.quantity if rung else None for rung in rungs] == [police(1000), police(1000), police(600), police(400), police(400)]
    assert kenya.signalled is kenya.withdrawn is kenya.taken_back is None


def test_a_raised_pledge_is_the_pledge_and_the_one_before_its_history() -> None:
    kenya = people(pledged("KE", 1000, date="2023-07-29", told=JULY), pledged("KE", 2500, date="2024-05-20", told=MAY))
    assert kenya.pledged
    assert (kenya.pledged.quantity, kenya.pledged.rule) == (police(2500), "the pledge made last")
    assert [each.quantity for each in kenya.pledged.history] == [police(1000)]


def test_an_old_pledge_told_again_does_not_undo_the_raise() -> None:
    kenya = people(
        pledged("KE", 1000, date="2023-07-29", told=JULY),
        pledged("KE", 2500, date="2024-05-20", told=MAY),
        pledged("KE", 1000, told=LATER),
    )
    assert kenya.pledged
    assert kenya.pledged.quantity == police(2500)


def test_a_cut_is_taken_off_the_pledge() -> None:
    kenya = people(pledged("KE", 1000, date="2023-07-29", told=JULY), pledge_withdrawn("KE", 400, date="2024-05-20", told=MAY))
    assert kenya.pledged
    assert (kenya.pledged.quantity, kenya.pledged.rule) == (police(600), "the only number told, less 400 taken back since")


def test_a_pledge_taken_back_no_longer_stands() -> None:
    told = board(pledged("BB", told=MARCH), pledge_withdrawn("BB", date="2025-01-09", told=LATER))
    assert told.pledging == ()
    (barbados,) = told.people
    assert barbados.pledged is None
    assert barbados.taken_back
    assert barbados.taken_back.date == "2025-01-09"


def test_a_pledge_first_told_beside_its_withdrawal_came_before_it() -> None:
    assert board(pledged("BB", told=LATER), pledge_withdrawn("BB", date="2025-01-09", told=LATER)).pledging == ()


def test_a_pledge_made_after_a_withdrawal_stands() -> None:
    again = pledged("BB", 50, date="2025-03-01", told=article("again", published="2025-03-02"))
    assert board(pledged("BB", told=MARCH), pledge_withdrawn("BB", date="2025-01-09", told=LATER), again).pledging == ("BB",)


def test_before_its_withdrawal_the_pledge_stood() -> None:
    claims = (pledged("BB", told=MARCH), pledge_withdrawn("BB", date="2025-01-09", told=LATER))
    assert board(*claims, on="2025-01-08").pledging == ("BB",)


def test_an_offer_on_a_condition_is_signalled_and_not_pledged() -> None:
    chad = people(pledged("TD", 1500, "troops", told=MAY, modality="conditional"))
    assert chad.signalled
    assert chad.pledged is None
    assert chad.reached == "signalled"


def test_to_agree_or_to_be_about_to_send_is_a_pledge() -> None:
    belize = people(pledged("BZ", 50, "troops", told=MAY, modality="planned"))
    assert belize.signalled is None
    assert belize.reached == "pledged"


def test_who_has_withdrawn_and_has_nobody_left_has_reached_the_end() -> None:
    kenya = people(
        strength("KE", 400, "2024-06-21", unit="police", told=JUNE),
        withdrawn("KE", 400, "2025-01-10", told=LATER),
    )
    assert kenya.reached == "withdrawn"
    assert kenya.deployed
    assert kenya.deployed.quantity == police(0)


def test_who_sent_people_without_a_number_has_departed() -> None:
    jamaica = people(departed("JM", None, None, told=LATER))
    assert (jamaica.reached, jamaica.departed and jamaica.departed.quantity) == ("departed", None)


def test_money_promised_is_not_money_paid() -> None:
    france = money(pledged("FR", 10_000_000, "USD", told=MAY))
    assert france.paid == ()
    assert france.pledged[0].quantity == Quantity(amount=10_000_000, unit="USD")


def test_sums_are_not_added_up() -> None:
    """'A further $100 million, which makes $300 million' would come to 400."""
    states = money(
        pledged("US", 100_000_000, "USD", date="2024-03-11", told=MARCH),
        pledged("US", 300_000_000, "USD", date="2024-03-11", told=MARCH),
    )
    (rung,) = states.pledged
    assert rung.quantity == Quantity(amount=300_000_000, unit="USD", qualifier="at_least")
    assert "not added" in rung.rule
    assert len(rung.figures) == 2


def test_each_currency_has_a_rung_and_what_has_no_sum_comes_last() -> None:
    canada = money(
        pledged("CA", 80_500_000, "CAD", told=MAY),
        pledged("CA", 85_000_000, "USD", told=LATER),
        paid("CA", told=MAY),
        paid("CA", 1_000_000, "CAD", told=LATER),
    )
    assert [rung.quantity and rung.quantity.unit for rung in canada.pledged] == ["CAD", "USD"]
    assert [rung.quantity and rung.quantity.unit for rung in canada.paid] == ["CAD", None]


def test_frozen_money_has_a_rung_of_its_own() -> None:
    states = money(pledged("US", 15_000_000, "USD", told=MAY), pledge_withdrawn("US", 13_300_000, "USD", date="2025-01-09", told=LATER))
    assert states.frozen[0].quantity == Quantity(amount=13_300_000, unit="USD")
    assert not states.main_funder


def test_equipment_promised_and_delivered_are_told_apart() -> None:
    told = board(pledged("SV", 3, "helicopter", told=MAY), delivered("US", 24, date="2024-06-20", told=JUNE))
    assert [(each.contributor, each.delivered) for each in told.equipment] == [("US", True), ("SV", False)]
    assert told.people == ()


def test_what_names_no_contributor_comes_last() -> None:
    told = board(pledged(None, 3100, "personnel", told=MAY), pledged("TD", told=MAY), pledged("BS", told=MAY))
    assert [each.contributor for each in told.people] == ["BS", "TD", None]
    assert told.pledging == ("BS", "TD")
