"""What has become of dead letters: a fold of the letters and of what operators did. Nothing is kept beside the log.

A letter is open until somebody acts on it. Sent back, it counts as used unless the record fails again: that makes a letter of its own,
and the older one is returned. A record that was sent back `limit` times and failed each time is parked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from muster_contracts.acts import LetterAct, LetterDiscarded, LetterEdited, LetterRetried, Place
from muster_contracts.envelope import Position

from muster_deploy.letters.letter import Letter, Subject
from muster_deploy.letters.states import State


class Act(NamedTuple):
    """An operator's act, in short."""

    act: str
    """retried, edited or discarded."""

    by: str
    at: datetime
    why: str | None
    sent_to: Position | None
    replays: int | None
    changed: tuple[str, ...]
    forced: bool


@dataclass(slots=True)
class Case:
    """A letter, and what has become of it."""

    letter: Letter
    copies: int = 0
    """Further letters of the same record: a crash, or a second reading of the log, made them."""

    acts: list[Act] = field(default_factory=list)
    """In the order of the log."""

    returned_as: Position | None = None
    """The newer letter of the record that was sent back."""

    limit: int = 3

    @property
    def replays(self) -> int:
        """How many times the record was sent back, over all its letters."""
        return self.letter.replays + sum(act.sent_to is not None for act in self.acts)

    @property
    def state(self) -> State:
        """By the last act."""
        if not self.acts:
            return State.PARKED if self.replays >= self.limit else State.OPEN
        if self.acts[-1].sent_to is None:
            return State.DISCARDED
        return State.RETURNED if self.returned_as is not None else State.RETRIED


class Ledger:
    """All letters with what has become of them. Acts are told first, then letters.

    Args:
        limit: how many times a record may be sent back.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._acts: dict[Subject, list[Act]] = {}
        self._sent: dict[Subject, Subject] = {}
        self._returned: dict[Subject, Position] = {}
        self._cases: dict[Subject, Case] = {}
        self._copies: dict[Position, Subject] = {}

    def tell(self, act: LetterAct) -> None:
        """Take in an act."""
        subject = Subject(act.consumer, _id(act.origin))
        short = shortened(act)
        self._acts.setdefault(subject, []).append(short)
        if short.sent_to is not None:
            self._sent[Subject(act.consumer, short.sent_to)] = subject

    def add(self, letter: Letter) -> None:
        """Take in a letter."""
        subject = letter.subject
        known = self._cases.get(subject)
        if known is not None:
            known.copies += 1
            self._copies[letter.id] = subject
            return
        self._cases[subject] = Case(letter, acts=self._acts.get(subject, []), limit=self._limit)
        if subject in self._sent:
            self._returned[self._sent[subject]] = letter.id

    def cases(self) -> Iterator[Case]:
        """All letters, in the order in which they were told."""
        for subject, case in self._cases.items():
            case.returned_as = self._returned.get(subject)
            yield case

    def find(self, wanted: Sequence[Position]) -> dict[Position, list[Case]]:
        """The letters that ids mean: the letter at that place, or those of the record at that place."""
        found: dict[Position, list[Case]] = {one: [] for one in wanted}
        copies = {self._copies[one]: one for one in wanted if one in self._copies}
        for case in self.cases():
            for place in {case.letter.id, case.letter.origin, copies.get(case.letter.subject)}:
                if place is not None and place in found:
                    found[place].append(case)
        return found


def shortened(act: LetterAct) -> Act:
    """An act without what its letter says anyway."""
    match act:
        case LetterRetried():
            return Act("retried", act.by, act.at, act.why, _id(act.sent_to), act.replays, (), act.forced)
        case LetterEdited():
            return Act("edited", act.by, act.at, act.why, _id(act.sent_to), act.replays, act.changed, act.forced)
        case LetterDiscarded():
            return Act("discarded", act.by, act.at, act.why, None, None, (), forced=False)
        case _:
            raise TypeError(f"an act that no fold knows: {type(act).__name__}")


def _id(place: Place) -> Position:
    return Position(place.topic, place.partition, place.offset)
