"""Materiel that has come, told by a noun or from the mission's side: 'the handover of eight vehicles', 'equipped the force with drones'."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import heads, is_a
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, governing_verb, predicate
from muster_extract.reading import Read, codes
from muster_extract.story import Story

EQUIPPING = frozenset({"equipped", "supplied", "provided", "presented", "furnished", "outfitted"})
HANDOVERS = frozenset({"handover", "delivery", "donation", "shipment", "consignment", "batch"})
DONE = frozenset({"arrived", "landed", "took", "completed", "docked", "received", "followed", "held", "came", "reached", "marked"})


def handovers(read: Read, story: Story) -> Iterator[Candidate]:
    """Every delivery that a sentence tells by a noun, or by whom it equips."""
    for token in read.verbs:
        yield from _equipped(read, story, token)
    for token in read.doc:
        if token.lower_ in HANDOVERS and token.tag_[0] == "N":
            yield from _handover(read, story, token)


def _equipped(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Turkey has equipped the mission with four drones.'"""
    held, said = stance(read, token), predicate(read, token)
    if token.lower_ not in EQUIPPING or held.planned or not held.holds or not is_a(said.patient, "mission"):
        return
    for kit in said.after("with"):
        if heads(kit, "equipment"):
            yield from _told(read, story, token, "equips-with", kit, story.givers(said.doer), held)


def _handover(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The handover of eight vehicles by El Salvador took place', 'a shipment of vehicles for the mission arrived'."""
    kit = next((Phrase(read, g) for c in token.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), None)
    verb = governing_verb(token)
    if kit is None or not heads(kit, "equipment") or verb.tag_[0] != "V" or verb.lower_ not in DONE:
        return
    held = stance(read, verb)
    ours = bool(read.named) or {"mission", "force", "peacekeepers", "contingent"} & set(read.words)
    if held.planned or not held.holds or not ours:
        return
    whole = Phrase(read, token)
    chain = next((c for c in read.chains if c[0].role == "source" and token.i < c[0].first < token.i + 14), ())
    giver = codes(chain) or story.givers(whole, point_back=False)
    yield from _told(read, story, verb, "handover-noun", kit, tuple(code for code in giver if code not in {"UN", "AFU"}), held)


def _told(read: Read, story: Story, at: Token, rule: str, kit: Phrase, giver: tuple[str, ...], held: Stance) -> Iterator[Candidate]:
    first, last = evidence(read, at.i, min(at.i, kit.first), max(at.i + 1, kit.last))
    base = Candidate("EquipmentDelivered", rule, read, first, last, date=story.day(read, at, held), certainty=0.6)
    amounts = [a for a in read.amounts if a.kind == "equipment" and a.first in kit.tokens]
    giver = tuple(code for code in giver if code not in story.apart)
    for code in giver or (None,):
        yield base.by(code).counted(amounts[0] if amounts else None)
