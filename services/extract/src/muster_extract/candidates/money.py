"""Money that has been paid, and materiel that has been handed over."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import heads, is_a, money_in
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

CHIEF = frozenset({"primarily", "mainly", "mostly", "largely", "chiefly", "principally"})
"""Adverbs by which a text names the chief payer."""


def money(read: Read, story: Story) -> Iterator[Candidate]:
    """Every payment and delivery that a sentence tells by a verb."""
    for token in read.doc:
        if token.tag_[0] == "V":
            yield from _paid(read, story, token)
            yield from _delivered(read, story, token)


def _paid(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "pay")
    if trigger is None:
        return
    held = stance(read, token)
    if held.planned:
        return
    said = predicate(read, token)
    what = said.patient
    first, last = evidence(read, token.i, max(token.i - 3, (said.subject or Phrase(read, token)).first), token.i + 8)
    base = Candidate("FundingProvided", "pay-verb", read, first, last, date=story.day(read, token, held), modality=held.modality)
    word = trigger.phrase
    if word in {"fund", "finance", "bankroll", "underwrite"} and (
        (said.passive and said.agent) or (is_a(what, "mission") and not money_in(what))
    ):
        if said.passive and not is_a(said.subject, "mission"):
            return
        chief = any(child.lower_ in CHIEF for child in token.children) or any(w in CHIEF for w in read.words[token.i + 1 : token.i + 3])
        for code in story.givers(said.doer, point_back=False):
            yield _with(base.by(code), main=chief)
        return
    received = word in {"receive", "collect", "raise"}
    phrase = said.patient
    if not money_in(phrase):
        return
    if received and not (is_a(said.subject, "fund") or is_a(said.subject, "mission") or (said.passive)):
        return
    if word in {"provide", "give", "contribute", "reach", "raise", "cover", "bear"} and not (held.perfect or held.tense == "past"):
        return
    sums = [a for a in phrase.amounts if a.kind == "money"] if phrase else []
    sources = story.givers(said.agent) if said.passive or received else story.givers(said.subject)
    if received:
        sources = tuple(code for p in said.after("from") for code in story.givers(p, point_back=False))
    for amount in sums[:1]:
        if len(sources) > 1:
            yield base.counted(amount)
            for code in sources:
                yield base.by(code)
        else:
            yield base.by(sources[0] if sources else None).counted(amount)


def _with(candidate: Candidate, **extras: object) -> Candidate:
    from dataclasses import replace

    return replace(candidate, extras=tuple(sorted(extras.items())))


def _delivered(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "deliver")
    if trigger is None:
        return
    held = stance(read, token)
    if held.planned:
        return
    said = predicate(read, token)
    receiving = trigger.phrase in {"receive", "take delivery"}
    arriving = trigger.phrase == "arrive"
    what = said.subject if arriving else said.patient
    if trigger.phrase == "take delivery":
        what = next(iter(said.after("of")), what)
    kit = [a for a in (what.amounts if what else []) if a.kind == "equipment"]
    if not kit and not heads(what, "equipment"):
        return
    if receiving:
        giver = tuple(code for p in said.after("from") for code in story.givers(p, point_back=False))
    elif arriving:
        giver = tuple(code for p in said.after("from") for code in story.givers(p, point_back=False)) or story.givers(
            what, point_back=False
        )
    else:
        giver = story.givers(said.doer)
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 8)
    base = Candidate("EquipmentDelivered", "deliver-verb", read, first, last, date=story.day(read, token, held), modality=held.modality)
    for code in giver or (None,):
        if kit:
            for amount in kit:
                yield base.by(code).counted(amount)
        else:
            yield base.by(code)
