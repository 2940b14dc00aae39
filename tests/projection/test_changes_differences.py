"""What follows from a board before and a board after."""

from collections.abc import Sequence
from uuid import UUID

from muster_contracts.changes import (
    CLAIMS_NAMED,
    Because,
    ChangeEvent,
    FactEstablished,
    FactRevised,
    FactWithdrawn,
    StatusChanged,
    StatusFigure,
)
from muster_contracts.claims import AnyClaim, ExtractionCompleted
from muster_projection.changes import Cause, differences, initial, shown
from muster_projection.folds import Course, board_from
from muster_testkit.claims import (
    RULES,
    article,
    completed,
    departed,
    paid,
    pledged,
    reading,
    scheduled,
    strength,
)

MISSION = "haiti-mss"
MARCH = article("offer", published="2024-03-01")
MAY = article("count", published="2024-05-20", source="Coast Herald")
JUNE = article("departure", published="2024-06-25")


def changes(*readings: Sequence[AnyClaim | ExtractionCompleted]) -> list[ChangeEvent]:
    """What the last reading changes, after the others."""
    course = Course(MISSION)
    *earlier, last = readings
    for events in earlier:
        for event in events:
            course.hear(event)
    before = shown(board_from(MISSION, course.ledger.facts())) if earlier else initial()
    because = None
    for event in last:
        because = course.hear(event) or because
    assert because
    after = shown(board_from(MISSION, course.ledger.facts()))
    return differences(MISSION, before, after, Cause(because, "cause", last[-1].article))


def status_of(found: list[ChangeEvent], figure: StatusFigure) -> list[StatusChanged]:
    return [change for change in found if isinstance(change, StatusChanged) and change.figure is figure]


def test_the_first_telling_establishes_a_fact_and_its_figure() -> None:
    claim = pledged("KE", 1000, told=MARCH)
    found = changes(reading(claim))
    (fact,) = [change for change in found if isinstance(change, FactEstablished)]
    assert (fact.because, fact.article, fact.claim_ids, fact.claims) == (Because.TOLD, MARCH, (claim.claim_id,), 1)
    assert fact.fact.quantity == claim.quantity
    (pledge,) = status_of(found, StatusFigure.PLEDGED)
    assert (pledge.contributor, pledge.before, pledge.after and pledge.after.quantity) == ("KE", None, claim.quantity)
    assert pledge.claim_ids == (claim.claim_id,)
    assert {type(change) for change in found} == {FactEstablished, StatusChanged}


def test_a_better_number_revises_the_fact_and_says_the_old_and_the_new() -> None:
    about, exact = pledged("KE", 1000, qualifier="about", told=MARCH), pledged("KE", 1050, told=MAY)
    found = changes(reading(about), reading(exact))
    (fact,) = [change for change in found if isinstance(change, FactRevised)]
    assert (fact.before.quantity, fact.after.quantity) == (about.quantity, exact.quantity)
    assert set(fact.changed) == {"quantity", "high", "origins", "last_told"}
    assert fact.rule == "the best known number"
    assert fact.claim_ids == (exact.claim_id, about.claim_id)
    (pledge,) = status_of(found, StatusFigure.PLEDGED)
    assert (pledge.before and pledge.before.quantity, pledge.after and pledge.after.quantity) == (about.quantity, exact.quantity)


def test_a_second_origin_for_the_same_is_told_and_moves_no_figure() -> None:
    found = changes(reading(pledged("KE", 1000, told=MARCH)), reading(pledged("KE", 1000, told=MAY)))
    assert [(type(change), set(change.changed)) for change in found if isinstance(change, FactRevised)] == [
        (FactRevised, {"origins", "last_told"})
    ]
    assert len(found) == 1


def test_an_article_that_is_taken_back_withdraws_what_it_alone_told() -> None:
    claim = pledged("KE", 1000, told=MARCH)
    back = completed(told=MARCH.model_copy(update={"revision": 2}), retracted=True)
    found = changes(reading(claim), [back])
    (fact,) = [change for change in found if isinstance(change, FactWithdrawn)]
    assert (fact.because, fact.replaced_by, fact.claim_ids) == (Because.RETRACTED, (), (claim.claim_id,))
    (pledge,) = status_of(found, StatusFigure.PLEDGED)
    assert (pledge.after, pledge.rule, pledge.claim_ids) == (None, "", (claim.claim_id,))


def test_a_new_wording_and_a_new_reading_are_told_apart() -> None:
    first = reading(pledged("KE", 1000, told=MARCH))
    reworded = MARCH.model_copy(update={"revision": 2, "revision_id": UUID(int=2)})
    assert {change.because for change in changes(first, reading(pledged("KE", 600, told=reworded)))} == {Because.REVISED}
    better = RULES.model_copy(update={"version": "1.1.0"})
    again = pledged("KE", 600, told=MARCH, by=better)
    assert {change.because for change in changes(first, [again, completed(again, by=better)])} == {Because.READ_AGAIN}


def test_a_fact_that_an_earlier_telling_renames_says_which_takes_its_place() -> None:
    late = departed("KE", 400, "2024-06-25", told=JUNE)
    early = departed("KE", 400, "2024-06-25", told=article("first", published="2024-06-24", source="Harbour Post"))
    found = changes(reading(late), reading(early))
    (gone,) = [change for change in found if isinstance(change, FactWithdrawn)]
    (come,) = [change for change in found if isinstance(change, FactEstablished)]
    assert gone.replaced_by == (come.fact.fact_id,)
    assert come.replaces == (gone.fact.fact_id,)


def test_a_slip_moves_the_plan_and_says_the_days_lost() -> None:
    found = changes(
        reading(scheduled("KE", 400, "2024-05-26", told=MARCH)),
        reading(scheduled("KE", 400, "2024-06-25", told=MAY)),
    )
    (plan,) = status_of(found, StatusFigure.PLAN)
    assert plan.before
    assert plan.after
    assert (plan.before.date, plan.before.days_lost) == ("2024-05-26", None)
    assert (plan.after.date, plan.after.days_lost, plan.after.state) == ("2024-06-25", 30, "open")


def test_sums_of_two_currencies_are_two_figures_and_strength_is_one() -> None:
    found = changes(reading(paid("CA", 80_000_000, "CAD", told=MAY), paid("CA", 3_000_000, told=MAY), strength(None, 400, told=MAY)))
    assert [(change.contributor, change.item) for change in status_of(found, StatusFigure.PAID_MONEY)] == [("CA", "CAD"), ("CA", "USD")]
    (whole,) = status_of(found, StatusFigure.STRENGTH)
    assert whole.contributor is None
    assert whole.after
    assert whole.after.quantity
    assert whole.after.quantity.amount == 400


def test_the_same_step_for_another_cause_is_another_change() -> None:
    after = shown(board_from(MISSION, Course(MISSION, *_kept(reading(pledged("KE", 1000, told=MARCH)))).ledger.facts()))
    one = differences(MISSION, initial(), after, Cause(Because.TOLD, "one", MARCH))
    other = differences(MISSION, initial(), after, Cause(Because.TOLD, "other", MARCH))
    assert not {change.change_id for change in one} & {change.change_id for change in other}


def test_what_a_thousand_articles_tell_names_no_more_claims_than_it_may() -> None:
    telling = [reading(pledged("KE", 1000, told=article(f"a-{number}", published="2024-03-01"))) for number in range(CLAIMS_NAMED + 20)]
    found = changes([event for events in telling for event in events])
    for change in found:
        assert len(change.claim_ids) == CLAIMS_NAMED
        assert change.claims == CLAIMS_NAMED + 20


def _kept(events: Sequence[AnyClaim | ExtractionCompleted]) -> tuple[list[AnyClaim], list[ExtractionCompleted]]:
    return (
        [event for event in events if not isinstance(event, ExtractionCompleted)],
        [event for event in events if isinstance(event, ExtractionCompleted)],
    )
