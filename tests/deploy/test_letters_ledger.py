"""What has become of a letter follows from the letters and the acts alone, in whatever order partitions bring them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from muster_contracts.acts import LetterAct, LetterDiscarded, LetterEdited, LetterRetried, Place
from muster_contracts.envelope import Position
from muster_deploy.errors import BadInput
from muster_deploy.letters.acting import refusal
from muster_deploy.letters.choosing import choice
from muster_deploy.letters.ledger import Case, Ledger
from muster_deploy.letters.letter import Letter, letter_id
from muster_deploy.letters.states import State

DAY = datetime(2024, 6, 25, tzinfo=UTC)
BOX = "articles-extract-dlq"


def letter(offset: int, origin: int, *, replays: int = 0, reason: str = "invalid-payload", day: int = 0) -> Letter:
    return Letter(
        id=Position(BOX, 0, offset),
        consumer="extract",
        reason=reason,
        error="text: Field required",
        field="text",
        attempts=1,
        origin=Position("articles", 2, origin),
        first_failure=DAY,
        buried=DAY + timedelta(days=day),
        replays=replays,
        key="k",
        size=10,
    )


def common(of: Letter) -> dict[str, object]:
    assert of.origin is not None
    return {
        "act_id": UUID(int=1),
        "letter": Place(topic=of.id.topic, partition=of.id.partition, offset=of.id.offset),
        "origin": Place(topic=of.origin.topic, partition=of.origin.partition, offset=of.origin.offset),
        "consumer": of.consumer,
        "reason": of.reason,
        "by": "desk",
        "at": DAY,
    }


def retried(of: Letter, to: int, *, replays: int = 1) -> LetterRetried:
    return LetterRetried.model_validate({**common(of), "sent_to": Place(topic="articles", partition=2, offset=to), "replays": replays})


def edited(of: Letter, to: int) -> LetterEdited:
    sent_to = Place(topic="articles", partition=2, offset=to)
    return LetterEdited.model_validate({**common(of), "sent_to": sent_to, "replays": 1, "changed": ("text",)})


def discarded(of: Letter) -> LetterDiscarded:
    return LetterDiscarded.model_validate({**common(of), "why": "no article"})


def ledger(*letters: Letter, acts: tuple[LetterAct, ...] = (), limit: int = 3) -> dict[str, Case]:
    kept = Ledger(limit)
    for act in acts:
        kept.tell(act)
    for one in letters:
        kept.add(one)
    return {str(case.letter.id).rpartition("@")[2]: case for case in kept.cases()}


FIRST = letter(0, 41)


def test_a_letter_is_open_until_somebody_acts() -> None:
    assert ledger(FIRST)["0"].state is State.OPEN


@pytest.mark.parametrize("act", [retried(FIRST, 50), edited(FIRST, 50)])
def test_what_was_sent_back_counts_as_used(act: LetterAct) -> None:
    case = ledger(FIRST, acts=(act,))["0"]
    assert (case.state, case.replays) == (State.RETRIED, 1)


@pytest.mark.parametrize("newest_first", [False, True])
def test_what_failed_again_is_returned_and_the_newer_letter_stands_for_it(newest_first: bool) -> None:
    letters = [FIRST, letter(1, 50, replays=1)]
    cases = ledger(*(reversed(letters) if newest_first else letters), acts=(retried(FIRST, 50),))
    assert (cases["0"].state, cases["0"].returned_as) == (State.RETURNED, Position(BOX, 0, 1))
    assert (cases["1"].state, cases["1"].replays) == (State.OPEN, 1)


def test_a_letter_that_failed_at_each_replay_is_parked_and_needs_force() -> None:
    case = ledger(letter(3, 70, replays=3))["3"]
    assert case.state is State.PARKED
    assert "parked" in (refusal(case, named=True, force=False) or "")
    assert refusal(case, named=True, force=True) is None
    assert refusal(case, named=True, force=False, edited=True) is None, "an edit is what it waits for"


def test_the_limit_is_a_setting() -> None:
    assert ledger(letter(3, 70, replays=3), limit=4)["3"].state is State.OPEN


def test_a_letter_sent_by_name_again_and_again_is_refused_at_the_limit() -> None:
    case = ledger(FIRST, acts=(retried(FIRST, 50), retried(FIRST, 51, replays=2), retried(FIRST, 52, replays=3)))["0"]
    assert case.replays == 3
    assert "3 times" in (refusal(case, named=True, force=False) or "")


def test_the_last_act_counts() -> None:
    assert ledger(FIRST, acts=(retried(FIRST, 50), discarded(FIRST)))["0"].state is State.DISCARDED
    assert ledger(FIRST, acts=(discarded(FIRST), retried(FIRST, 50)))["0"].state is State.RETRIED


def test_two_letters_of_one_record_are_one_and_so_are_acts_on_either() -> None:
    # A crash between the letter and the offset makes a second letter of the same record, as a second reading of the log does.
    again = letter(1, 41)
    cases = ledger(FIRST, again, acts=(discarded(again),))
    assert list(cases) == ["0"]
    assert (cases["0"].copies, cases["0"].state) == (1, State.DISCARDED)


def test_two_consumers_letters_of_one_record_are_two() -> None:
    kept = Ledger(3)
    kept.add(FIRST)
    other = Letter(**{**{name: getattr(FIRST, name) for name in Letter.__slots__}, "consumer": "indexer", "id": Position("x-dlq", 0, 0)})
    kept.add(other)
    assert len(kept.find([Position("articles", 2, 41)])[Position("articles", 2, 41)]) == 2


@pytest.mark.parametrize("wanted", [f"{BOX}/0@0", "articles/2@41", f"{BOX}/0@1"])
def test_a_letter_is_found_by_its_place_its_records_place_and_its_copys(wanted: str) -> None:
    kept = Ledger(3)
    kept.add(FIRST)
    kept.add(letter(1, 41))
    (case,) = choice([wanted]).of(kept)
    assert case.letter is FIRST


def test_a_choice_takes_what_all_its_filters_take() -> None:
    kept = Ledger(3)
    for one in (FIRST, letter(1, 42, reason="not-an-event", day=1), letter(2, 43, day=2)):
        kept.add(one)
    wanted = choice(reasons=["invalid-payload"], since=DAY + timedelta(days=1))
    assert [str(case.letter.id) for case in wanted.of(kept)] == [f"{BOX}/0@2"]
    assert [box.consumer for box in choice(consumers=["extract"]).boxes()] == ["extract"]
    assert [box.letters.name for box in choice(topics=["articles"]).boxes()] == [BOX]


@pytest.mark.parametrize("wrong", ["", "x", "articles/2", "articles/2@", "articles/-1@3", "art icles/0@1", "mission-changes/0@1"])
def test_what_is_no_letters_id_is_named(wrong: str) -> None:
    with pytest.raises(BadInput, match=r"no letter's id|has no dead letters"):
        choice([wrong])


def test_an_id_is_read_as_it_is_written() -> None:
    assert str(letter_id(f"{BOX}/0@17")) == f"{BOX}/0@17"
