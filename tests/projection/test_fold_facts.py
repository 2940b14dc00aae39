"""From claims to facts: which claims tell one happening, which figure is shown, and who is counted as having told it."""

from datetime import date

from muster_contracts.claims import AnyClaim
from muster_contracts.values import Quantity, Reason
from muster_projection.board import Fact
from muster_projection.folds import facts_of
from muster_testkit.claims import (
    appointed,
    arrived,
    article,
    authorized,
    cleared,
    delayed,
    departed,
    obstacle,
    offered_to_lead,
    paid,
    pledged,
    retold,
    said,
    scheduled,
    strength,
)

JULY = article("july", published="2023-07-30")
MARCH = article("march", published="2024-03-12")
MAY = article("may", published="2024-05-27")
JUNE = article("june", published="2024-06-21")


def only(*claims: AnyClaim) -> Fact:
    (fact,) = facts_of(claims)
    return fact


def numbers(*claims: AnyClaim) -> list[int | None]:
    return [fact.quantity.amount if fact.quantity else None for fact in facts_of(claims)]


# What is one happening


def test_a_pledge_told_again_a_year_later_is_one_pledge() -> None:
    fact = only(pledged("KE", 1000, date="2023-07-29", told=JULY), pledged("KE", 1000, told=JUNE))
    assert (fact.date, fact.first_told, fact.last_told, fact.origins) == ("2023-07-29", date(2023, 7, 30), date(2024, 6, 21), 2)


def test_a_pledge_without_a_number_is_the_one_that_has_a_number() -> None:
    assert numbers(pledged("KE", told=MAY), pledged("KE", 1000, told=JUNE)) == [1000]


def test_two_contributors_never_share_a_fact() -> None:
    assert len(facts_of([pledged("JM", told=MAY), pledged("BS", told=MAY)])) == 2


def test_people_and_money_of_one_contributor_are_two_pledges() -> None:
    assert len(facts_of([pledged("CA", 70, told=MAY), pledged("CA", 80_500_000, "CAD", told=MAY)])) == 2


def test_two_sums_in_one_article_are_two_facts() -> None:
    assert sorted(filter(None, numbers(pledged("US", 100_000_000, "USD", told=MARCH), pledged("US", 300_000_000, "USD", told=MARCH)))) == [
        100_000_000,
        300_000_000,
    ]


def test_a_payment_without_a_sum_is_not_taken_for_any_sum_told() -> None:
    facts = facts_of([paid("US", main=True, told=MAY), paid("US", 1_700_000, told=JUNE)])
    assert [(fact.quantity is None, fact.main) for fact in facts] == [(True, True), (False, False)]


def test_equal_landings_three_weeks_apart_are_two() -> None:
    first, second = article("a", published="2024-06-26"), article("b", published="2024-07-17")
    assert numbers(arrived("KE", 200, "2024-06-25", told=first), arrived("KE", 200, "2024-07-16", told=second)) == [200, 200]


def test_a_landing_told_to_the_day_and_to_the_month_is_one() -> None:
    soon, later = article("soon", published="2024-06-26"), article("later", published="2024-09-01")
    fact = only(arrived("KE", 200, "2024-06-25", told=soon), arrived("KE", 200, "2024-06", told=later))
    assert fact.date == "2024-06-25"


def test_an_undated_landing_is_one_of_not_long_ago() -> None:
    landing = arrived("JM", 24, "2024-09-12", told=article("a", published="2024-09-13"))
    soon = arrived("JM", None, None, told=article("b", published="2024-10-01"))
    much_later = arrived("JM", None, None, told=article("c", published="2025-12-10"))
    assert only(landing, soon).origins == 2
    assert len(facts_of([landing, much_later])) == 2


def test_a_new_date_is_another_schedule_and_the_same_date_is_the_same() -> None:
    assert len(facts_of([scheduled("KE", 200, "2024-05-26", told=MARCH), scheduled("KE", 200, "2024-06-25", told=MAY)])) == 2
    assert only(scheduled("KE", 200, "2024-06-25", told=MAY), scheduled("KE", 200, "2024-06", told=JUNE)).date == "2024-06-25"


def test_delays_for_different_reasons_are_different() -> None:
    assert len(facts_of([delayed("KE", None, "court", told=MAY), delayed("KE", None, "logistics", told=JUNE)])) == 2
    assert only(delayed("KE", None, "court", told=MAY), delayed("KE", None, "security", "court", told=JUNE)).reasons == (
        Reason.COURT,
        Reason.SECURITY,
    )


def test_an_authorisation_that_names_no_body_is_the_one_of_the_council() -> None:
    fact = only(authorized(2500, None, told=JUNE), authorized(None, "UN", date="2023-10-02", told=MARCH))
    assert (fact.contributor, fact.date) == ("UN", "2023-10-02")
    assert fact.quantity == Quantity(amount=2500, unit="personnel")


def test_a_commander_named_twice_is_one_and_two_names_are_two() -> None:
    assert only(appointed("Godfrey Otunge", told=MAY), appointed(None, told=JUNE)).person == "Godfrey Otunge"
    assert len(facts_of([appointed("Godfrey Otunge", told=MAY), appointed("Kevron Henry", told=JUNE)])) == 2


def test_two_sayings_of_one_speaker_in_one_article_stay_two() -> None:
    assert len(facts_of([said("We go now", told=MAY, start=10), said("We shall win", told=MAY, start=90)])) == 2


def test_what_is_denied_or_asked_is_no_fact() -> None:
    assert facts_of([pledged("KE", told=MAY, modality="denied"), pledged("TD", told=MAY, modality="asked")]) == ()


def test_a_chain_of_nearly_equal_numbers_does_not_run_together() -> None:
    """A strength of 'about 1,000' is none of 'about 1,500', though 'about 1,200' could be either's."""
    told = [strength(None, amount, "2025-09-01", qualifier="about", told=article(str(amount))) for amount in (1000, 1200, 1500)]
    assert len(facts_of(told)) > 1


# Which figure is shown


def test_an_exact_number_is_shown_before_a_vague_one() -> None:
    fact = only(
        strength(None, 1000, "2025-12-10", qualifier="about", told=article("a")),
        strength(None, 980, "2025-12-10", told=article("b")),
    )
    assert fact.quantity == Quantity(amount=980, unit="personnel")
    assert (fact.quantity_rule, fact.low, fact.high) == ("the best known number", 980, 1000)


def test_of_two_vague_numbers_the_one_of_most_origins_is_shown() -> None:
    told = [strength(None, 980, "2025-12-10", qualifier="about", told=article(name)) for name in ("a", "b")]
    fact = only(*told, strength(None, 1000, "2025-12-10", qualifier="about", told=article("c", published="2024-06-30")))
    assert (fact.quantity_rule, fact.quantity and fact.quantity.amount) == ("told by most origins", 980)


def test_of_two_vague_numbers_with_one_origin_each_the_last_told_is_shown() -> None:
    fact = only(
        pledged("BJ", 2000, "troops", "at_most", told=MARCH),
        pledged("BJ", 1800, "troops", "at_most", told=MAY),
    )
    assert (fact.quantity_rule, fact.quantity and fact.quantity.amount) == ("told last", 1800)


def test_the_only_number_is_shown_as_that() -> None:
    assert only(pledged("KE", 1000, told=MAY)).quantity_rule == "the only number told"


def test_leadership_dates_from_its_first_offer_as_finely_as_that_is_told() -> None:
    fact = only(
        offered_to_lead("KE", "2023-10", told=MARCH),
        offered_to_lead("KE", "2023-07", told=JUNE),
        offered_to_lead("KE", "2023-07-29", told=JULY),
    )
    assert (fact.date, fact.date_rule) == ("2023-07-29", "the earliest date told")


def test_an_offer_to_lead_and_its_repetition_in_one_article_are_one() -> None:
    assert only(offered_to_lead("KE", "2023-07", told=JUNE), offered_to_lead("KE", "2023-10", told=JUNE)).date == "2023-07"


def test_a_number_of_the_month_is_not_dated_to_the_day_of_a_landing_without_number() -> None:
    fact = only(
        arrived("KE", 400, "2024-06", qualifier="about", told=article("a", published="2024-07-16")),
        arrived("KE", None, "2024-06-25", told=article("b", published="2024-06-26")),
    )
    assert fact.date == "2024-06"


def test_a_movement_dated_later_than_anybody_told_of_it_is_still_ahead() -> None:
    assert only(departed("KE", 400, "2024-07-15", told=JUNE)).ahead
    assert not only(departed("KE", 400, "2024-06-22", told=JUNE)).ahead, "an evening flight, a time zone away"


# Who told it


def test_twenty_copies_are_one_origin() -> None:
    claim = pledged("KE", 1000, told=MAY)
    copies = [retold([claim], article(f"copy-{n}", published="2024-05-28", copy_of="may", source=f"Paper {n}"))[0] for n in range(20)]
    fact, alone = only(claim, *copies), only(claim)
    assert (fact.origins, fact.articles, fact.copies) == (1, 21, 20)
    assert (fact.fact_id, fact.quantity, fact.certainty, fact.first_told, fact.last_told) == (
        alone.fact_id,
        alone.quantity,
        alone.certainty,
        alone.first_told,
        alone.last_told,
    )
    assert fact.claims[0].article_id == MAY.article_id


def test_a_copy_that_garbles_the_number_does_not_change_the_figure() -> None:
    garbled = strength(
        "KE", 420, "2024-05-27", unit="police", told=article("copy", published="2024-05-27", copy_of="may"), qualifier="about"
    )
    fact = only(strength("KE", 400, "2024-05-27", unit="police", told=MAY), garbled)
    assert (fact.quantity, fact.low, fact.high) == (Quantity(amount=400, unit="police"), 400, 400)


def test_a_copy_that_takes_now_for_its_own_day_tells_the_same_strength() -> None:
    counted = strength("KE", 400, "2024-05-27", unit="police", told=MAY)
    copied = strength("KE", 400, "2024-05-30", unit="police", told=article("copy", published="2024-05-30", copy_of="may"))
    undated = strength("KE", 400, None, unit="police", told=article("copy-2", published="2024-06-04", copy_of="may"))
    fact = only(counted, copied, undated)
    assert (fact.date, fact.origins, fact.copies) == ("2024-05-27", 1, 2)


def test_a_copy_speaks_where_its_original_is_not_there() -> None:
    fact = only(pledged("KE", 1000, told=article("copy", copy_of="unseen")))
    assert (fact.origins, fact.copies) == (1, 0)


def test_more_origins_make_a_fact_more_certain_and_never_quite_certain() -> None:
    one = only(pledged("KE", 1000, told=MAY, certainty=0.8))
    two = only(pledged("KE", 1000, told=MAY, certainty=0.8), pledged("KE", 1000, told=JUNE, certainty=0.9))
    assert (one.certainty, two.certainty) == (0.8, 0.98)
    assert only(*(pledged("KE", 1000, told=article(f"a{n}"), certainty=0.9) for n in range(30))).certainty < 1


def test_a_fact_keeps_its_id_when_more_is_told_of_it() -> None:
    first = only(pledged("KE", 1000, told=JULY))
    assert only(pledged("KE", 1000, told=JULY), pledged("KE", 1000, date="2023-07-29", told=JUNE)).fact_id == first.fact_id


def test_facts_told_first_in_equal_words_have_different_ids() -> None:
    facts = facts_of([cleared("KE", "court", told=MAY), obstacle("KE", "court", told=MAY), obstacle("KE", "funding", told=MAY)])
    assert len({fact.fact_id for fact in facts}) == 3
