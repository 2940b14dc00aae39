"""Folding all changes of a mission from nothing gives what its board shows, whatever the history."""

from collections.abc import Sequence
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st
from muster_contracts.changes import ChangeEvent
from muster_contracts.claims import AnyClaim, ExtractionCompleted
from muster_projection.board import Board
from muster_projection.changes import Cause, Shown, differences, evolve, shown
from muster_projection.changes import initial as nothing_told
from muster_projection.folds import Course, Memo, initial, reckon
from muster_projection.folds import evolve as hear
from muster_testkit.claims import article, completed, retold
from muster_testkit.histories import LogEvent, logs

MISSION = "haiti-mss"


def told(log: Sequence[LogEvent]) -> list[ChangeEvent]:
    """The changes of a history, step by step, as the store makes them."""
    course, memo, before, changes = Course(MISSION), Memo(), nothing_told(), []
    for event in log:
        because = course.hear(event)
        if because:
            after = shown(course.board(), memo)
            changes += differences(MISSION, before, after, Cause(because, id_of(event), event.article))
            before = after
    return changes


def id_of(event: LogEvent) -> str:
    return str(event.completion_id if isinstance(event, ExtractionCompleted) else event.claim_id)


def added_up(changes: Sequence[ChangeEvent]) -> Shown:
    state = nothing_told()
    for change in changes:
        state = evolve(state, change)
    return state


def values(state: Shown) -> dict[object, object]:
    """What downstream knows: which claims stand behind a figure and the rule in words are told with a change, and make none."""
    return {**{key: said.value for key, said in state.facts.items()}, **{key: said.value for key, said in state.status.items()}}


def whole(log: Sequence[LogEvent]) -> Board:
    state = initial()
    for event in log:
        state = hear(state, event)
    return reckon(MISSION, state.standing())


@settings(max_examples=80, deadline=None)
@given(logs(), st.data())
def test_all_changes_add_up_to_the_board_whatever_the_order(log: list[LogEvent], data: st.DataObject) -> None:
    repeats = data.draw(st.lists(st.sampled_from(log), max_size=5))
    shuffled = data.draw(st.permutations([*log, *repeats]))
    assert values(added_up(told(shuffled))) == values(shown(whole(log)))


@settings(max_examples=50, deadline=None)
@given(logs(), st.data())
def test_any_interleaving_of_partitions_adds_up_to_the_same(log: list[LogEvent], data: st.DataObject) -> None:
    by_article = [list(events) for _, events in groupby(log, key=lambda event: event.article.article_id)]
    interleaved: list[LogEvent] = []
    while by_article:
        turn = data.draw(st.sampled_from(by_article))
        interleaved.append(turn.pop(0))
        by_article = [events for events in by_article if events]
    assert values(added_up(told(interleaved))) == values(added_up(told(log)))


@settings(max_examples=50, deadline=None)
@given(logs())
def test_a_history_makes_the_same_changes_every_time_and_each_once(log: list[LogEvent]) -> None:
    changes = told(log)
    assert told(log) == changes
    assert told([*log, *log]) == changes
    ids = [change.change_id for change in changes]
    assert len(set(ids)) == len(ids)


@settings(max_examples=50, deadline=None)
@given(logs())
def test_a_change_that_comes_again_at_once_changes_nothing(log: list[LogEvent]) -> None:
    changes = told(log)
    assert added_up([each for change in changes for each in (change, change)]) == added_up(changes)


@settings(max_examples=80, deadline=None)
@given(logs(), st.data())
def test_at_every_step_of_any_history_the_board_is_the_one_that_is_reckoned_from_everything_at_once(
    log: list[LogEvent], data: st.DataObject
) -> None:
    repeats = data.draw(st.lists(st.sampled_from(log), max_size=5))
    course, memo, heard = Course(MISSION), Memo(), initial()
    for event in data.draw(st.permutations([*log, *repeats])):
        heard = hear(heard, event)
        if course.hear(event) or data.draw(st.integers(0, 3)) == 0:
            board, full = course.board(), reckon(MISSION, heard.standing())
            assert (board.model_dump_json() if board else None) == (full.model_dump_json() if full.facts else None)
            assert shown(board, memo) == shown(full)  # the claims behind each figure, too


@settings(max_examples=50, deadline=None)
@given(logs(), st.data())
def test_a_course_that_goes_on_from_what_was_kept_takes_the_same_steps(log: list[LogEvent], data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(log)))
    claims = [event for event in log[:cut] if not isinstance(event, ExtractionCompleted)]
    completions = [event for event in log[:cut] if isinstance(event, ExtractionCompleted)]
    going_on, from_the_start = Course(MISSION, claims, completions), Course(MISSION)
    for event in log[:cut]:
        from_the_start.hear(event)
    for event in log[cut:]:
        assert going_on.hear(event) == from_the_start.hear(event)
        assert going_on.ledger.facts() == from_the_start.ledger.facts()


@settings(max_examples=40, deadline=None)
@given(logs(), st.integers(1, 3))
def test_a_copy_in_the_same_words_makes_no_change(log: list[LogEvent], copies: int) -> None:
    originals = [event for event in log if event.article.article_id == event.article.origin_id]
    stands = {claim.claim_id: claim for claim in whole_standing(originals)}
    extra: list[LogEvent] = []
    for number in range(copies):
        for origin, claims in groupby(stands.values(), key=lambda claim: claim.article):
            name = (origin.url or "").rpartition("/")[2]
            copy = article(f"copy-{number}-of-{name}", published=origin.known_on.isoformat(), copy_of=name)
            again = retold(list(claims), copy)
            extra += [*again, completion_of(again)]
    assert told([*originals, *extra]) == told(originals)


def whole_standing(log: Sequence[LogEvent]) -> tuple[AnyClaim, ...]:
    state = initial()
    for event in log:
        state = hear(state, event)
    return state.standing()


def completion_of(claims: Sequence[AnyClaim]) -> ExtractionCompleted:
    return completed(*claims)
