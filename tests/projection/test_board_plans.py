"""Planned dates on the board: what slipped, why, by how many days, and what became of it."""

from datetime import date

from muster_contracts.claims import AnyClaim
from muster_contracts.values import Reason
from muster_projection.board import Board, Plan
from muster_projection.folds import reckon
from muster_testkit.claims import arrived, article, delayed, departed, obstacle, pledge_withdrawn, retold, scheduled, withdrawn

APRIL = article("april", published="2024-04-30")
MAY = article("may", published="2024-05-24")
LATE_MAY = article("late-may", published="2024-05-27")
JUNE = article("june", published="2024-06-21")
LANDED = article("landed", published="2024-06-26")


def board(*claims: AnyClaim, on: str | None = None) -> Board:
    return reckon("haiti-mss", claims, valid_at=date.fromisoformat(on) if on else None)


def only_plan(*claims: AnyClaim, on: str | None = None) -> Plan:
    (plan,) = board(*claims, on=on).plans
    return plan


def test_a_plan_stands_with_its_date() -> None:
    plan = only_plan(scheduled("KE", 200, "2024-05-26", told=APRIL))
    assert (plan.planned_for, plan.first_planned_for, plan.outcome, plan.slips, plan.days_lost) == (
        "2024-05-26",
        "2024-05-26",
        "open",
        (),
        None,
    )


def test_a_later_schedule_of_the_same_contingent_is_a_slip_with_its_days() -> None:
    plan = only_plan(scheduled("KE", 200, "2024-05-26", told=APRIL), scheduled("KE", 200, "2024-06-25", told=JUNE))
    (slip,) = plan.slips
    assert (slip.before, slip.after, slip.days, slip.told_on) == ("2024-05-26", "2024-06-25", 30, date(2024, 6, 21))
    assert (plan.planned_for, plan.first_planned_for, plan.days_lost) == ("2024-06-25", "2024-05-26", 30)


def test_a_delay_with_a_new_date_moves_the_plan_and_says_why() -> None:
    plan = only_plan(scheduled("KE", 200, "2024-05-26", told=MAY), delayed("KE", 200, "logistics", date="2024-06-15", told=LATE_MAY))
    (slip,) = plan.slips
    assert (slip.before, slip.after, slip.days, slip.causes) == ("2024-05-26", "2024-06-15", 20, (Reason.LOGISTICS,))
    assert plan.causes == (Reason.LOGISTICS,)


def test_a_delay_without_a_date_gets_its_days_from_the_next_schedule() -> None:
    plan = only_plan(
        scheduled("KE", 200, "2024-05-26", told=MAY),
        delayed("KE", None, "logistics", told=LATE_MAY),
        scheduled("KE", 200, "2024-06-25", told=JUNE),
    )
    (slip,) = plan.slips
    assert (slip.before, slip.after, slip.days, slip.causes) == ("2024-05-26", "2024-06-25", 30, (Reason.LOGISTICS,))
    assert slip.told_on == date(2024, 5, 27)


def test_the_article_that_gives_the_new_date_says_why() -> None:
    plan = only_plan(
        scheduled("KE", 200, "2024-05-26", told=MAY),
        scheduled("KE", 200, "2024-06-25", told=JUNE),
        delayed("KE", None, "court", told=JUNE),
    )
    (slip,) = plan.slips
    assert (slip.days, slip.causes) == (30, (Reason.COURT,))


def test_a_plan_copied_after_its_day_has_not_come_true_by_that() -> None:
    leaving = departed("KE", 400, "2024-06-25", told=JUNE)
    copy = article("copy", published="2024-06-25", copy_of="june")
    told = board(leaving, *retold([leaving], copy), on="2024-06-30")
    assert told.plans[0].outcome == "overdue"
    assert told.people[0].departed is None


def test_every_slip_is_kept_and_the_days_add_up() -> None:
    plan = only_plan(
        scheduled("KE", 200, "2024-05-26", told=APRIL),
        delayed("KE", 200, "security", date="2024-06-05", told=MAY),
        delayed("KE", 200, "logistics", date="2024-06-25", told=LATE_MAY),
    )
    assert [(slip.days, slip.causes) for slip in plan.slips] == [(10, (Reason.SECURITY,)), (20, (Reason.LOGISTICS,))]
    assert plan.days_lost == 30


def test_a_plan_can_be_brought_forward() -> None:
    plan = only_plan(scheduled("KE", 200, "2024-06-25", told=MAY), scheduled("KE", 200, "2024-06-20", told=LATE_MAY))
    assert plan.days_lost == -5


def test_the_same_day_told_more_precisely_is_no_slip() -> None:
    plan = only_plan(scheduled("KE", 200, "2024-06", told=MAY), scheduled("KE", 200, "2024-06-25", told=JUNE))
    assert (plan.slips, plan.planned_for) == ((), "2024-06-25")


def test_between_months_the_days_are_counted_from_first_to_first() -> None:
    plan = only_plan(scheduled("KE", 200, "2024-05", told=APRIL), scheduled("KE", 200, "2024-06", told=LATE_MAY))
    assert plan.days_lost == 31


def test_from_a_month_to_a_day_only_what_is_certain_is_lost() -> None:
    plan = only_plan(scheduled("KE", 200, "2024-05", told=APRIL), scheduled("KE", 200, "2024-06-25", told=JUNE))
    assert plan.days_lost == 25


def test_two_contingents_in_one_article_are_two_plans() -> None:
    plans = board(scheduled("KE", 400, "2024-06-25", told=JUNE), scheduled("KE", 600, None, qualifier="about", told=JUNE)).plans
    assert [plan.planned_for for plan in plans] == ["2024-06-25", None]


def test_the_contingent_that_left_meets_its_plan() -> None:
    plan = only_plan(scheduled("KE", 400, "2024-06-25", told=JUNE), departed("KE", 400, "2024-06-24", told=LANDED))
    assert plan.outcome == "met"
    assert plan.met_by
    assert plan.met_by.date == "2024-06-24"


def test_after_a_plan_is_met_a_schedule_of_as_many_is_a_new_plan() -> None:
    july = article("july", published="2024-07-14")
    plans = board(
        scheduled("KE", 200, "2024-06-25", told=JUNE),
        arrived("KE", 200, "2024-06-25", told=LANDED),
        scheduled("KE", 200, "2024-07-16", told=july),
    ).plans
    assert [(plan.planned_for, plan.outcome, plan.slips) for plan in plans] == [("2024-06-25", "met", ()), ("2024-07-16", "open", ())]


def test_a_departure_and_its_arrival_meet_one_plan_only() -> None:
    july = article("july", published="2024-07-18")
    plans = board(
        scheduled("KE", 200, "2024-06-25", told=JUNE),
        scheduled("KE", 200, "2024-07-16", told=JUNE),
        departed("KE", 200, "2024-06-24", told=LANDED),
        arrived("KE", 200, "2024-06-25", told=LANDED),
        on=july.known_on.isoformat(),
    ).plans
    assert [plan.outcome for plan in plans] == ["met", "overdue"]


def test_a_landing_after_its_day_is_a_slip() -> None:
    plan = only_plan(
        scheduled("BS", 6, "2024-09-30", unit="troops", told=JUNE),
        arrived("BS", 6, "2024-10-18", unit="troops", told=article("oct", published="2024-10-19")),
    )
    (slip,) = plan.slips
    assert (slip.days, slip.before, slip.after, plan.days_lost) == (18, "2024-09-30", "2024-10-18", 18)


def test_fewer_than_planned_meet_it_in_part() -> None:
    plan = only_plan(scheduled("KE", 400, "2024-06-25", told=JUNE), departed("KE", 200, "2024-06-25", told=LANDED))
    assert plan.outcome == "partly"


def test_a_day_that_passed_without_a_word_is_overdue_and_in_the_end_lapsed() -> None:
    plan = scheduled("KE", 200, "2024-06-25", told=JUNE)
    assert only_plan(plan, on="2024-06-25").outcome == "open"
    assert only_plan(plan, on="2024-06-26").outcome == "overdue"
    assert only_plan(plan, on="2024-09-30").outcome == "lapsed"


def test_a_plan_lapses_with_the_pledge_that_is_taken_back() -> None:
    back = pledge_withdrawn("BB", date="2024-06-26", told=LANDED)
    assert only_plan(scheduled("BB", None, "2024-09", told=JUNE), back).outcome == "lapsed"


def test_an_announced_withdrawal_is_a_plan_until_it_happens() -> None:
    ahead = withdrawn("KE", None, "2026-10", told=article("a", published="2026-03-22"))
    plan = only_plan(ahead)
    assert (plan.step, plan.planned_for, plan.outcome) == ("withdrawal", "2026-10", "open")
    done = withdrawn("KE", None, "2026-11-03", told=article("b", published="2026-11-04"))
    assert only_plan(ahead, done).outcome == "met"


def test_a_delay_of_no_known_plan_is_shown_too() -> None:
    told = board(delayed("JM", None, "other", told=JUNE), delayed(None, None, "court", told=JUNE))
    assert told.plans == ()
    assert [(slip.contributor, slip.causes, slip.days, slip.plan_id) for slip in told.delays] == [
        ("JM", (Reason.OTHER,), None, None),
        (None, (Reason.COURT,), None, None),
    ]


def test_a_full_strength_is_no_contingent() -> None:
    told = board(scheduled("KE", 600, "2024-10", told=JUNE), scheduled("KE", 1000, "2024-12", step="full-strength", told=JUNE))
    kenya = told.people[0]
    assert kenya.scheduled
    assert kenya.scheduled.quantity
    assert kenya.scheduled.quantity.amount == 600


def test_causes_are_counted_over_the_whole_mission() -> None:
    told = board(
        scheduled("KE", 200, "2024-05-26", told=APRIL),
        delayed("KE", 200, "logistics", date="2024-06-15", told=MAY),
        delayed("JM", None, "logistics", "funding", told=JUNE),
    )
    assert [(each.reason, each.slips, each.days_lost) for each in told.causes] == [(Reason.LOGISTICS, 2, 20), (Reason.FUNDING, 1, None)]


def test_a_court_s_bar_is_behind_a_contributor_whose_people_have_left() -> None:
    bar = obstacle("KE", "court", date="2024-01-26", told=APRIL)
    (before,) = board(bar).obstacles
    assert before.cleared is None
    (after,) = board(bar, departed("KE", 400, "2024-06-24", told=LANDED)).obstacles
    assert after.cleared
    assert after.cleared.date == "2024-06-24"
