"""The board is a function of the set of events: any order, any repeats, any split into parts give equal bytes."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st
from muster_contracts.claims import AnyClaim, ArticleRef
from muster_projection.folds import Heard, evolve, initial, reckon
from muster_testkit.claims import article, retold
from muster_testkit.histories import LogEvent, days, logs, readings


def heard(events: Sequence[LogEvent]) -> Heard:
    state = initial()
    for event in events:
        state = evolve(state, event)
    return state


def printed(state: Heard, valid_at: date | None = None, known_at: date | None = None) -> str:
    return reckon("haiti-mss", state.standing(known_at), valid_at=valid_at, known_at=known_at).model_dump_json()


clocks = st.one_of(st.none(), days.map(date.fromisoformat))


@settings(max_examples=150, deadline=None)
@given(logs(), st.data(), clocks, clocks)
def test_any_order_and_any_repeats_give_equal_bytes(
    log: list[LogEvent], data: st.DataObject, valid_at: date | None, known_at: date | None
) -> None:
    repeats = data.draw(st.lists(st.sampled_from(log), max_size=10))
    shuffled = data.draw(st.permutations([*log, *repeats]))
    assert printed(heard(shuffled), valid_at, known_at) == printed(heard(log), valid_at, known_at)


@settings(max_examples=60, deadline=None)
@given(logs(), st.data())
def test_the_order_in_which_claims_are_handed_over_changes_nothing(log: list[LogEvent], data: st.DataObject) -> None:
    stands = heard(log).standing()
    shuffled = data.draw(st.permutations(stands))
    assert reckon("haiti-mss", shuffled).model_dump_json() == reckon("haiti-mss", stands).model_dump_json()


@settings(max_examples=60, deadline=None)
@given(logs(), st.data())
def test_any_interleaving_of_partitions_and_any_split_into_batches_gives_equal_bytes(log: list[LogEvent], data: st.DataObject) -> None:
    """Partitions keep the order of an article's events and no other; a batch may be delivered again whole."""
    by_article = [list(events) for _, events in groupby(log, key=lambda event: event.article.article_id)]
    interleaved: list[LogEvent] = []
    while by_article:
        turn = data.draw(st.sampled_from(by_article))
        batch, turn[:] = turn[: (size := data.draw(st.integers(1, 3)))], turn[size:]
        interleaved += batch * data.draw(st.integers(1, 2))
        by_article = [events for events in by_article if events]
    assert printed(heard(interleaved)) == printed(heard(log))


@settings(max_examples=60, deadline=None)
@given(readings("article-0"), st.integers(1, 5))
def test_copies_in_the_same_words_change_no_figure(log: list[LogEvent], copies: int) -> None:
    stands = heard(log).standing()
    original = next((each.article for each in log if each.article.article_id == each.article.origin_id), None)
    if original is None:
        return
    for n in range(copies):
        stands += tuple(retold(stands_of(log), copy_of(original, n)))
    one, many = reckon("haiti-mss", stands_of(log)), reckon("haiti-mss", stands)
    assert [(f.fact_id, f.quantity, f.date, f.origins, f.certainty, f.last_told) for f in many.facts] == [
        (f.fact_id, f.quantity, f.date, f.origins, f.certainty, f.last_told) for f in one.facts
    ]
    assert (many.strength and many.strength.quantity) == (one.strength and one.strength.quantity)
    assert [(p.plan_id, p.outcome, p.days_lost) for p in many.plans] == [(p.plan_id, p.outcome, p.days_lost) for p in one.plans]


def stands_of(log: Sequence[LogEvent]) -> tuple[AnyClaim, ...]:
    return heard(log).standing()


def copy_of(original: ArticleRef, n: int) -> ArticleRef:
    published = original.known_on + timedelta(days=n)
    return article(f"copy-{n}", published=published.isoformat(), copy_of=(original.url or "").rpartition("/")[2])


@settings(max_examples=60, deadline=None)
@given(logs(), clocks)
def test_every_fact_has_an_id_of_its_own_and_every_figure_a_fact(log: list[LogEvent], valid_at: date | None) -> None:
    board = reckon("haiti-mss", heard(log).standing(), valid_at=valid_at)
    ids = {fact.fact_id for fact in board.facts}
    assert len(ids) == len(board.facts)
    figures = [figure for plan in board.plans for figure in plan.figures] + [slip.figure for slip in board.delays]
    figures += [figure for row in board.people for rung in (row.pledged, row.departed, row.deployed) if rung for figure in rung.figures]
    assert {figure.fact_id for figure in figures} <= ids
    assert {other for fact in board.facts for other in fact.contradicts} <= ids
    assert sum(len(fact.claims) for fact in board.facts) == board.counts.claims
