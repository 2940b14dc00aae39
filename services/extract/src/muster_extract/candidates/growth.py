"""A strength still to come: 'the force will grow to 7,500', 'hopes to have 2,500 troops on the ground by Friday' (guide, rule 19)."""

from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import is_a
from muster_extract.lexicon import forms_of, words_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, predicate, time_of
from muster_extract.reading import Amount, Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

FEWEST = 20
"""Smaller numbers beside a verb of growing are rarely people."""

PUTTING = frozenset({"have", "has", "having", "put", "get", "see", "place"})
"""Verbs whose object is to be somewhere by a day."""


def growth(read: Read, story: Story) -> Iterator[Candidate]:
    """Every strength to come that a sentence tells."""
    if not read.amounts or set(read.words) & words_of("moves", "setting"):
        return  # who sets a ceiling authorises: candidates/mandate.py
    for token in read.verbs:
        held = stance(read, token)
        ahead = (held.planned and held.modality is Modality.PLANNED) or held.why == "modal: should"
        if not ahead or "had" in read.words[max(0, token.i - 4) : token.i]:
            continue  # "had aimed to reach 2,500"
        if token.lower_ in forms_of("moves", "growing"):
            yield from _grows(read, story, token, held)
        elif token.lower_ in PUTTING:
            yield from _in_place(read, story, token, held)


def _grows(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    """'The force will swell to 8,000', 'the total is expected to reach 2,500', 'will bring the contingent to 300 by March'."""
    said = predicate(read, token)
    what = next(
        (p for p in (said.patient, said.subject) if p is not None and (is_a(p, "mission") or p.core & words_of("moves", "body"))), None
    )
    if what is None:
        return
    straight = token.lower_ in forms_of("moves", "reaching")
    for amount in read.amounts:
        left = read.words[max(token.i + 1, amount.first - 3) : amount.first]
        counts = amount.kind == "people" or (amount.kind == "other" and amount.noun is None)
        if not counts or amount.amount < FEWEST or not 0 < amount.first - token.i <= 14 or "down" in left or not (straight or "to" in left):
            continue
        yield _told(read, story, token, held, "grows-to", what, amount)
        return


def _in_place(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    """'Plans to have 3,200 troops on the ground within a week.'"""
    amount = next((a for a in read.amounts if 0 < a.first - token.i <= 5 and a.kind == "people" and a.amount > 1), None)
    if amount is None:
        return
    behind = read.words[amount.last : amount.last + 9]
    there = any(behind[i : i + 3] == ["on", "the", "ground"] for i in range(len(behind))) or bool(
        set(behind) & {"place", "theatre", "theater"}
    )
    full = "full" in read.words and bool({"strength", "deployment", "capacity"} & set(read.words))
    host = any((a.code in story.hosts or a.form == "host-city") and 0 <= a.first - amount.last <= 6 for a in read.actors)
    if not (there or full or (host and time_of(read, token) is not None)):
        return
    said = predicate(read, token)
    yield _told(read, story, token, held, "in-place-by", said.subject or Phrase(read, token), amount)


def _told(read: Read, story: Story, token: Token, held: Stance, rule: str, what: Phrase, amount: Amount) -> Candidate:
    first, last = evidence(read, amount.first, min(token.i, amount.first - 3), amount.last + 2)
    when = time_of(read, token)
    own = [code for code in story.givers(what, point_back=what.head.lower_ == "it") if code != "UN"]
    return Candidate(
        "DeploymentScheduled",
        rule,
        read,
        first,
        last,
        own[0] if len(own) == 1 else None,
        date=story.resolved(when, Tense.FUTURE) if when is not None else None,
        modality=Modality.PLANNED,
        certainty=0.6,
    ).counted(amount, "personnel")
