"""What stands: the claims that an article's newest completed extraction lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from muster_contracts.claims import AnyClaim, ExtractionCompleted, Extractor
from muster_projection.folds import Heard, awaited, evolve, initial, newest, standing
from muster_testkit.claims import article, completed, pledged, retold

LogEvent = AnyClaim | ExtractionCompleted


@dataclass(frozen=True)
class Given:
    """A log as far as it was heard."""

    state: Heard

    def when(self, *events: LogEvent, times: int = 1) -> "Given":
        """The log after these events, heard so many times over."""
        state = self.state
        for _ in range(times):
            state = heard(events, state)
        return Given(state)

    def then(self, *claims: AnyClaim, known_at: str | None = None) -> None:
        """Exactly these claims stand, as known on a day."""
        stands = self.state.standing(date.fromisoformat(known_at) if known_at else None)
        assert {each.claim_id for each in stands} == {each.claim_id for each in claims}
        assert len(stands) == len(claims)


def given(*events: LogEvent) -> Given:
    """A log that holds these events."""
    return Given(heard(events, initial()))


def heard(events: Iterable[LogEvent], state: Heard | None = None) -> Heard:
    """The state after these events."""
    after = state or initial()
    for event in events:
        after = evolve(after, event)
    return after


FIRST = article("wire", published="2024-06-24")
CORRECTED = article("wire", published="2024-06-24", known="2024-06-26", revision=2)
BETTER = Extractor(name="rules", version="1.10.0")

KENYA = pledged("KE", 1000, told=FIRST)
CHAD = pledged("TD", told=FIRST)


def test_a_claim_does_not_stand_before_its_extraction_is_completed() -> None:
    given().when(KENYA, times=2).then()


def test_a_completed_extraction_lets_its_claims_stand() -> None:
    given(KENYA, CHAD).when(completed(KENYA, CHAD), times=2).then(KENYA, CHAD)


def test_a_claim_missing_from_the_new_wording_no_longer_stands() -> None:
    (again,) = retold([KENYA], CORRECTED)
    given(KENYA, CHAD, completed(KENYA, CHAD)).when(again, completed(again), times=2).then(again)


def test_an_extraction_that_finds_nothing_lets_nothing_stand() -> None:
    given(KENYA, completed(KENYA)).when(completed(told=CORRECTED), times=2).then()


def test_of_a_retracted_article_nothing_stands() -> None:
    given(KENYA, completed(KENYA)).when(completed(told=CORRECTED, retracted=True), times=2).then()


def test_a_late_extraction_of_the_old_wording_does_not_undo_the_retraction() -> None:
    by_better = pledged("KE", 1000, told=FIRST, by=BETTER)
    given(KENYA, completed(KENYA), completed(told=CORRECTED, retracted=True)).when(
        by_better, completed(by_better, by=BETTER), times=2
    ).then()


def test_a_better_extractor_replaces_what_an_older_one_read() -> None:
    """1.10.0 comes after 1.9.0, which the text of a version would deny."""
    older = Extractor(name="rules", version="1.9.0")
    by_older = pledged("KE", 900, told=FIRST, by=older)
    by_better = pledged("KE", 1000, told=FIRST, by=BETTER)
    given(by_better, completed(by_better, by=BETTER)).when(by_older, completed(by_older, by=older), times=2).then(by_better)


def test_a_claim_of_an_older_extractor_that_arrives_late_does_not_stand() -> None:
    by_better = pledged("KE", 1000, told=FIRST, by=BETTER)
    given(by_better, completed(by_better, by=BETTER)).when(KENYA, completed(KENYA), times=2).then(by_better)


def test_one_article_leaves_the_claims_of_another_alone() -> None:
    other = pledged("JM", told=article("other"))
    given(KENYA, completed(KENYA)).when(other, completed(other), times=2).then(KENYA, other)


def test_as_known_on_an_earlier_day_the_earlier_wording_stands() -> None:
    (again,) = retold([KENYA], CORRECTED)
    log = given(KENYA, CHAD, completed(KENYA, CHAD), again, completed(again))
    log.then(KENYA, CHAD, known_at="2024-06-25")
    log.then(again, known_at="2024-06-26")
    log.then(known_at="2024-06-23")


def test_a_claim_that_is_listed_and_not_here_is_named() -> None:
    close = completed(KENYA, CHAD)
    assert standing([close], [KENYA]) == (KENYA,)
    assert awaited([close], [KENYA]) == (CHAD.claim_id,)
    assert awaited([close], [KENYA, CHAD]) == ()


def test_a_completion_can_not_list_a_claim_of_another_article() -> None:
    elsewhere = pledged("JM", told=article("other"))
    assert standing([completed(elsewhere, told=FIRST)], [elsewhere]) == ()


def test_the_newest_completion_of_each_article_is_found() -> None:
    old, new = completed(KENYA), completed(told=CORRECTED)
    assert newest([new, old, new]) == {FIRST.article_id: new}
    assert newest([new, old], known_at=FIRST.known_on) == {FIRST.article_id: old}
