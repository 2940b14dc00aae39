"""A candidate: an event that a rule saw, before the modality layer and the merge have judged it."""

from dataclasses import dataclass, field, replace

from muster_contracts.values import Modality, Speaker

from muster_extract.groups import Group
from muster_extract.reading import Amount, Read

SHORTEST, LONGEST = 3, 12
"""Words of an evidence quote (the labelling guide, 'evidence')."""


@dataclass(frozen=True)
class Candidate:
    """What a rule saw."""

    claim: str
    """Name of the claim's class, e.g. `PledgeAnnounced`."""

    rule: str
    read: Read
    first: int
    last: int
    """Tokens of the evidence."""

    contributor: str | None = None
    amount: int | None = None
    qualifier: str = "exact"
    unit: str | None = None
    date: str | None = None
    reasons: tuple[str, ...] = ()
    modality: Modality = Modality.ASSERTED
    certainty: float = 0.8
    mission: str | None = None
    extras: tuple[tuple[str, object], ...] = field(default=())
    fresh: bool = False
    """People beside those told of before: another group, a further 300."""

    at: int | None = None
    """Token of the number, where it has one of its own."""

    speaker: Speaker | None = None
    """Whom the text lets say it."""

    quote: tuple[int, int] | None = None
    """Offsets of another telling's evidence, where that says what this one could not."""

    def counted(self, amount: Amount | Group | None, default_unit: str | None = None) -> "Candidate":
        """The candidate with a number."""
        if amount is None:
            return self
        if isinstance(amount, Group):
            unit = amount.unit or default_unit
            amount = amount.amount
        else:
            unit = amount.unit or default_unit
        return replace(self, amount=amount.amount, qualifier=amount.qualifier, unit=unit or "personnel")

    def by(self, contributor: str | None) -> "Candidate":
        """The candidate with who acts."""
        return replace(self, contributor=contributor)

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the evidence into the stored text."""
        return self.quote or self.read.characters(self.first, self.last)


def naming(candidate: Candidate) -> Candidate:
    """The candidate with a quote that begins at who acts, where a long list of states parts them from the verb.

    'Jamaica, the Bahamas, Barbados, Chad and Bangladesh have pledged personnel' is five pledges; each quote holds its own state.
    """
    read = candidate.read
    inside = range(candidate.first, candidate.last)
    chain = next((c for c in read.chains if any(a.first in inside for a in c) and any(a.code == candidate.contributor for a in c)), ())
    own = next((a for a in chain if a.code == candidate.contributor), None)
    if candidate.contributor is None or candidate.quote or own is None or own.first >= candidate.first:
        return candidate
    first, last = evidence(read, own.first, own.first, candidate.last)
    return replace(candidate, first=first, last=last)


def evidence(read: Read, focus: int, first: int, last: int) -> tuple[int, int]:
    """Token indexes of a quote of three to twelve words that holds the token `focus`.

    Args:
        read: the sentence.
        focus: index of the trigger.
        first: where the quote would best begin.
        last: where it would best end (behind the last token).
    """
    size = len(read.doc)
    first, last = max(0, min(first, focus)), min(size, max(last, focus + 1))

    def words(a: int, b: int) -> int:
        return sum(
            1
            for i in range(a, b)
            if not read.doc[i].is_punct and not read.doc[i].is_space and not read.words[i].startswith(("'", "’", "n't"))
        )

    while words(first, last) > LONGEST and last - 1 > focus and (last - focus >= focus - first or first == focus):
        last -= 1
    while words(first, last) > LONGEST and first < focus:
        first += 1
    while words(first, last) > LONGEST and last - 1 > focus:
        last -= 1
    while words(first, last) < SHORTEST and last < size:
        last += 1
    while words(first, last) < SHORTEST and first > 0:
        first -= 1
    while (
        last - 1 > focus
        and (read.doc[last - 1].is_punct or read.words[last - 1] in {"and", "the", "a", "of", "to"})
        and words(first, last - 1) >= SHORTEST
    ):
        last -= 1
    while first < focus and read.doc[first].is_punct:
        first += 1
    return first, last
