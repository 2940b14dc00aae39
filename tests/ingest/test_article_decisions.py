"""What a submission is, given what was seen before."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

from muster_contracts.articles import ArticleReceived, ArticleRetracted, ArticleRevised
from muster_contracts.ids import MUSTER
from muster_ingest.decide import Decision, Known, Outcome, decide, decide_withdrawal, event_id
from muster_ingest.drafts import Draft, Withdrawal

ARTICLE, ORIGIN = (uuid5(MUSTER, name) for name in ("an article", "its original"))
RECEIVED = date(2024, 7, 1)


def draft(content: str = "first", *, published: date = date(2024, 6, 24), modified: date | None = None) -> Draft:
    return Draft(ARTICLE, None, "g-1", "The Example", None, "Officers land", content, content, published, None, modified, None, ())


def known(*contents: str, retracted: bool = False, known_on: date = date(2024, 6, 24), modified: date | None = None) -> Known:
    return Known(
        article_id=ARTICLE,
        revision=len(contents) + retracted,
        retracted=retracted,
        url=None,
        source="The Example",
        origin=None,
        origin_id=ORIGIN,
        title="Officers land",
        published_on=date(2024, 6, 24),
        known_on=known_on,
        modified_on=modified,
        content=contents[-1],
        contents=frozenset(contents),
    )


def decided(wording: Draft, before: Known | None, *, origin_id: UUID | None = None, awaiting: Withdrawal | None = None) -> Decision:
    return decide(wording, before, origin_id=origin_id, awaiting=awaiting, received=RECEIVED)


def test_an_article_never_seen_is_new_and_its_own_origin() -> None:
    decision = decided(draft(), None)
    (event,) = decision.events
    assert decision.outcome is Outcome.NEW
    assert isinstance(event, ArticleReceived)
    assert (event.revision, event.origin_id, event.known_on) == (1, ARTICLE, date(2024, 6, 24))


def test_a_copy_is_an_article_with_the_origin_of_its_original() -> None:
    decision = decided(draft(), None, origin_id=ORIGIN)
    assert decision.outcome is Outcome.COPY
    assert decision.events[0].origin_id == ORIGIN


def test_the_same_wording_again_is_nothing_new() -> None:
    assert decided(draft(), known("first")).events == ()
    assert decided(draft(modified=date(2024, 6, 30)), known("first")).outcome is Outcome.DUPLICATE


def test_another_wording_is_a_revision_that_keeps_its_origin() -> None:
    (event,) = decided(draft("second", modified=date(2024, 6, 26)), known("first")).events
    assert isinstance(event, ArticleRevised)
    assert (event.revision, event.origin_id, event.published_on, event.known_on) == (2, ORIGIN, date(2024, 6, 24), date(2024, 6, 26))


def test_a_revision_without_a_day_is_known_when_it_was_received() -> None:
    assert decided(draft("second"), known("first")).events[0].known_on == RECEIVED
    stale = decided(draft("third", modified=date(2024, 6, 26)), known("first", "second", modified=date(2024, 6, 26)))
    assert stale.events[0].known_on == RECEIVED


def test_an_earlier_wording_sent_again_is_nothing_new_unless_it_is_dated_after_the_last_change() -> None:
    before = known("first", "second", known_on=date(2024, 6, 26), modified=date(2024, 6, 26))
    assert decided(draft("first"), before).outcome is Outcome.DUPLICATE
    back = decided(draft("first", modified=date(2024, 6, 27)), before)
    assert (back.outcome, back.events[0].revision) == (Outcome.REVISED, 3)


def test_a_wording_dated_before_the_known_one_is_outdated() -> None:
    before = known("second", known_on=date(2024, 6, 26), modified=date(2024, 6, 26))
    assert decided(draft("first", modified=date(2024, 6, 25)), before).outcome is Outcome.OUTDATED


def test_a_retraction_takes_back_what_is_known_once() -> None:
    withdrawal = Withdrawal(ARTICLE, "The Example", date(2024, 6, 28), "withheld", "It was wrong.")
    (event,) = decide_withdrawal(withdrawal, known("first")).events
    assert isinstance(event, ArticleRetracted)
    assert (event.revision, event.known_on, event.pubstatus, event.why) == (2, date(2024, 6, 28), "withheld", "It was wrong.")
    assert decide_withdrawal(withdrawal, known("first", retracted=True)).outcome is Outcome.DUPLICATE


def test_an_old_retraction_that_comes_again_does_not_take_back_what_was_put_back_since() -> None:
    old = Withdrawal(ARTICLE, "The Example", date(2024, 6, 28), "withheld", None)
    back = known("first", "second", known_on=date(2024, 6, 29), modified=date(2024, 6, 29))
    assert decide_withdrawal(old, back) == Decision(Outcome.OUTDATED)
    assert decide_withdrawal(replace(old, known_on=date(2024, 6, 29)), back).outcome is Outcome.RETRACTED
    # A wording that names no day of its own may have come late: the retraction holds.
    assert decide_withdrawal(old, known("first", "second", known_on=RECEIVED)).outcome is Outcome.RETRACTED


def test_a_retraction_that_comes_first_waits_and_then_follows_its_article() -> None:
    withdrawal = Withdrawal(ARTICLE, "The Example", date(2024, 6, 28), "canceled", None)
    assert decide_withdrawal(withdrawal, None).outcome is Outcome.AWAITING
    decision = decided(draft(), None, awaiting=withdrawal)
    assert [(event.type, event.revision) for event in decision.events] == [("article-received.v1", 1), ("article-retracted.v2", 2)]


def test_only_a_later_wording_puts_a_retracted_article_back() -> None:
    before = known("first", retracted=True, known_on=date(2024, 6, 28), modified=date(2024, 6, 28))
    assert decided(draft("first"), before).outcome is Outcome.DUPLICATE
    assert decided(draft("late"), before).outcome is Outcome.OUTDATED
    assert decided(draft("second", modified=date(2024, 6, 29)), before).outcome is Outcome.REVISED
    assert decided(draft("first", modified=date(2024, 6, 29)), before).outcome is Outcome.REVISED


def test_ids_tell_revisions_with_the_same_wording_apart() -> None:
    first = decided(draft("first"), None).events[0]
    again = decided(draft("first", modified=date(2024, 6, 29)), replace(known("first", "second"), known_on=date(2024, 6, 26))).events[0]
    assert event_id(first) != event_id(again)
