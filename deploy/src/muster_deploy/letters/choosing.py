"""Which letters an operator means: by id, or by consumer, topic, reason, time and state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from muster_contracts.envelope import Position

from muster_deploy.errors import BadInput
from muster_deploy.letters.ledger import Case, Ledger
from muster_deploy.letters.letter import BOXES, Box, letter_id


@dataclass(frozen=True)
class Choice:
    """What an operator asks for. Empty fields ask for nothing in particular."""

    ids: tuple[Position, ...] = ()
    consumers: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    """Names of origin topics, or of topics of dead letters."""

    reasons: frozenset[str] = frozenset()
    since: datetime | None = None
    """Buried at this time or later."""

    @property
    def asks(self) -> bool:
        """Whether anything in particular is asked for."""
        return bool(self.ids or self.consumers or self.topics or self.reasons or self.since)

    def boxes(self) -> tuple[Box, ...]:
        """The topics of dead letters that have to be read for it."""
        named = {one.topic for one in self.ids}
        return tuple(
            box
            for box in BOXES
            if (not self.consumers or box.consumer in self.consumers)
            and (not self.topics or self.topics & {box.letters.name, box.origin.name})
            and (not named or named & {box.letters.name, box.origin.name})
        )

    def takes(self, case: Case) -> bool:
        """Whether it asks for this letter, ids aside."""
        return (not self.reasons or case.letter.reason in self.reasons) and (self.since is None or case.letter.buried >= self.since)

    def of(self, ledger: Ledger) -> list[Case]:
        """The letters that it asks for, in any state.

        Raises:
            BadInput: an id that no letter has.
        """
        if not self.ids:
            return [case for case in ledger.cases() if self.takes(case)]
        found = ledger.find(self.ids)
        if strangers := [str(one) for one, cases in found.items() if not cases]:
            raise BadInput(f"There is no letter {', '.join(strangers)}.", remedy="`muster dlq list` shows their ids.")
        chosen = {case.letter.id: case for cases in found.values() for case in cases if self.takes(case)}
        return list(chosen.values())


def oldest_first(cases: Iterable[Case]) -> list[Case]:
    """Letters in the order in which they were buried: off the log they come by consumer and partition."""
    return sorted(cases, key=lambda case: (case.letter.buried, case.letter.id))


def choice(
    ids: Sequence[str] = (),
    *,
    consumers: Iterable[str] = (),
    topics: Iterable[str] = (),
    reasons: Iterable[str] = (),
    since: datetime | None = None,
) -> Choice:
    """What an operator asks for, checked against the topic table.

    Raises:
        BadInput: no letter can be of that consumer or topic, or an id is none.
    """
    known_consumers = {box.consumer for box in BOXES}
    known_topics = {name for box in BOXES for name in (box.letters.name, box.origin.name)}
    for given, known, noun in ((consumers, known_consumers, "consumer"), (topics, known_topics, "topic with dead letters")):
        for one in given:
            if one not in known:
                raise BadInput(f"There is no {noun} {one}.", remedy=f"There are {', '.join(sorted(known))}.")
    places = tuple(dict.fromkeys(letter_id(text) for text in ids))
    for place in places:
        if place.topic not in known_topics:
            raise BadInput(f"{place}: the topic {place.topic} has no dead letters.", remedy=f"There are {', '.join(sorted(known_topics))}.")
    return Choice(places, frozenset(consumers), frozenset(topics), frozenset(reasons), since)
