"""Pledges taken back."""

from collections.abc import Iterator
from dataclasses import replace

from muster_contracts.values import Modality

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import heads, is_a, money_in
from muster_extract.modality import stance
from muster_extract.predicates import predicate
from muster_extract.reading import Amount, Read
from muster_extract.story import Story

BACKING = frozenset({"reneged", "reneges", "backed", "backtracked", "pulled", "backs", "withdrew", "withdrawn"})
"""Forms that take back what stands behind their preposition: 'reneged on its promise'."""


def withdrawals(read: Read, story: Story) -> Iterator[Candidate]:
    """Every pledge taken back, cut, frozen or suspended that a sentence tells by a verb."""
    for token in read.verbs:
        if read.trigger(token, "unpledge") is None:
            continue
        held, said = stance(read, token), predicate(read, token)
        what = said.patient
        if token.lower_ in BACKING or read.words[token.i + 1 : token.i + 2] == ["out"]:
            what = next((p for p in said.after("of", "from", "on", "out") if heads(p, "pledged")), what)
        if what is None or not (heads(what, "pledged") or money_in(what)) or is_a(said.doer, "court") or is_a(said.doer, "parliament"):
            continue
        giver = story.givers(said.doer) or story.givers(what)
        if not giver:
            continue
        first, last = evidence(read, token.i, (said.subject or what).first, token.i + 7)
        day = story.day(read, token, held) or story.said_day(read, token) or story.day(read, token, held, now=True)
        modality = Modality.PLANNED if held.planned and held.holds else held.modality
        base = Candidate("PledgeWithdrawn", "take-back-verb", read, first, last, date=day, modality=modality)
        sums: list[Amount] = [a for a in what.amounts if a.kind == "money"]
        for code in giver:
            yield replace(base.by(code)).counted(sums[0] if sums else None)
