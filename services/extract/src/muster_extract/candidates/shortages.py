"""What a mission lacks: money, kit and transport, told by verbs of need and want, by nouns of shortage, by pay that has not come."""

import re
from collections.abc import Iterator
from dataclasses import replace

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import heads, is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.reasons import reasons_near
from muster_extract.story import Story

NEEDING = re.compile(r"\b(?:in need (?:of|for)|short of|without)\b")


def shortages(read: Read, story: Story) -> Iterator[Candidate]:
    """Every shortage that a sentence tells."""
    for token in read.verbs:
        yield from _lacking(read, story, token)
        yield from _not_come(read, story, token)
        yield from _in_need(read, story, token)
        yield from _open_money(read, story, token)
    yield from _still_needed(read, story)
    yield from _unpaid(read, story)
    if not any(t.word_class == "lack" and t.part != "verbs" for t in read.triggers):
        return
    for token in read.doc:
        if token.tag_[0] in "NJ" or token.tag_ == "VBN" or token.lower_ in {"under", "ill", "cash"}:
            yield from _lack(read, story, token)


ASSETS = ("funding", "equipment", "logistics")
"""Reasons that a lack can be of."""


def _not_come(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """Kit that has not come: 'the battalion has not received its carriers', 'the helicopters have yet to arrive'."""
    if token.lower_ not in {"received", "receive", "arrived", "arrive", "delivered", "lacking", "missing"}:
        return
    said, held = predicate(read, token), stance(read, token)
    wanting = token.lower_ in {"lacking", "missing"}
    what = said.subject if wanting or token.lower_ in {"arrived", "arrive"} else said.patient
    if not heads(what, "equipment") or wanting == (held.modality is Modality.DENIED) or held.why.startswith("condition"):
        return
    first, last = evidence(read, token.i, (said.subject or what or Phrase(read, token)).first, token.i + 8)
    giver = story.givers(said.subject if what is not said.subject else None, point_back=False)
    yield Candidate("ObstacleRaised", "kit-not-come", read, first, last, giver[0] if giver else None, reasons=("equipment",))


def _in_need(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The mission still needs 18 helicopters', 'is in need of 19 helicopters', 'is short of two transport units'."""
    if token.lower_ not in {"need", "needs", "needed", "lacks", "lack", "lacked", "requires", "is", "was", "remains", "are"}:
        return
    said, held = predicate(read, token), stance(read, token)
    if not held.holds or held.planned or said.subject is None:
        return
    if token.lower_ in {"is", "was", "remains", "are"} and not NEEDING.search(_behind(read, token)):
        return
    if not (is_a(said.subject, "mission") or said.subject.head.lower_ in {"it", "they", "peacekeepers"}):
        return
    first, last = evidence(read, token.i, token.i - 2, token.i + 6)
    for amount in [a for a in read.amounts if a.kind in {"equipment", "other", "people"} and 0 < a.first - token.i <= 8][:1]:
        kit = next((w for w in read.words[amount.last : amount.last + 3] if w in words_of("sorts", "equipment")), None)
        if kit is None and amount.kind != "equipment":
            return
        made = Candidate("ObstacleRaised", "in-need", read, first, last, reasons=("equipment",)).counted(amount)
        yield replace(made, unit=amount.unit if amount.kind == "equipment" else (kit or "").removesuffix("s"))


def _behind(read: Read, token: Token) -> str:
    return " ".join(read.words[token.i : token.i + 8])


UNPAID = re.compile(
    r"\b(?:not (?:yet )?(?:been )?paid(?! for (?!the past|the last|more|over|nearly|almost|\w+ months|months|weeks))"
    r"|not (?:yet )?received (?:any |their |its )?(?:full )?(?:pay|salar\w+|allowances?|stipends?|wages|payments?|money)"
    r"|delay\w* (?:in )?(?:the )?(?:payments?|pay|salar\w+|allowances|disburse\w+)|late payments"
    r"|unpaid|without (?:pay|salaries|allowances)|gone without pay|owed (?:\w+ ){0,3}(?:months|allowances|arrears)|pay arrears)\b"
)


def _unpaid(read: Read, story: Story) -> Iterator[Candidate]:
    """'The officers have not been paid for two months.'"""
    found = UNPAID.search(read.sentence.text.lower())
    if found is None:
        return
    at, end = read.tokens(found.start(), found.end())
    verb = next((t for t in (read.doc[i] for i in range(at, min(end + 1, len(read.doc)))) if t.tag_[0] == "V"), None)
    held = stance(read, verb) if verb is not None else None
    if held is not None and (held.planned or held.why.startswith("condition") or held.modality is Modality.ASKED):
        return
    whom = predicate(read, verb).subject if verb is not None else None
    people = words_of("sorts", "casualty") | {"they", "who", "contingents", "contingent"}
    if not people & set(read.words) or {"civilian", "workers", "teachers"} & set(read.words):
        return
    owners = [c for c in story.givers(whom) if c not in BODIES and c not in story.apart]
    owners = owners or ([story.giver] if story.giver in story.contributors and story.giver else [])
    owners = owners or [a.code for a in read.actors if a.form == "demonym" and a.code and a.code not in story.apart | BODIES]
    first, last = evidence(read, at, at - 3, end + 3)
    yield Candidate("ObstacleRaised", "unpaid", read, first, last, owners[0] if owners else None, reasons=("funding",), certainty=0.6)


OPEN = frozenset({"uncertain", "unclear", "unresolved", "insecure", "insufficient", "inadequate", "elusive", "scarce", "lacking"})


def _open_money(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Funding for the mission remains uncertain.'"""
    if token.lower_ not in {"is", "are", "remain", "remains", "remained"} or stance(read, token).modality is not Modality.ASSERTED:
        return
    said = predicate(read, token)
    state = {c.lower_ for c in token.children if c.dep_ in {"acomp", "oprd", "attr"}}
    if said.subject is None or said.subject.head.lower_ not in {"funding", "financing", "money", "funds"} or not state & OPEN:
        return
    if not (_mission_near(read) or said.subject.first <= 1):
        return
    first, last = evidence(read, token.i, said.subject.first, token.i + 4)
    yield Candidate("ObstacleRaised", "open-money", read, first, last, reasons=("funding",))


def _still_needed(read: Read, story: Story) -> Iterator[Candidate]:
    """'An additional $60 million required to keep the mission going': the sum that is missing (guide, rule 34)."""
    for amount in read.amounts:
        if amount.kind != "money" or not _mission_near(read):
            continue
        before, behind = set(read.words[max(0, amount.first - 4) : amount.first]), read.words[amount.last : amount.last + 4]
        if before & {"additional", "further", "another"} and set(behind) & {"required", "needed", "missing", "lacking"}:
            first, last = evidence(read, amount.first, amount.first - 2, amount.last + 6)
            yield Candidate("ObstacleRaised", "still-needed", read, first, last, reasons=("funding",), certainty=0.6).counted(amount)


def _mission_near(read: Read) -> bool:
    if {"they", "it"} & set(read.words[:2]):
        return True  # of whom the sentence before spoke
    return bool(read.named) or bool(
        set(read.words) & {"mission", "force", "operation", "peacekeepers", "contingent", "deployment", "troop", "troops", "peacekeeping"}
    )


def _lacking(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The mission lacks …', 'logistics have hampered the mission', 'what holds the mission back: too little money'."""
    trigger = read.trigger(token, "lack")
    if trigger is None or trigger.phrase in {"want", "need", "suffer", "face", "struggle"}:
        return
    held, said = stance(read, token), predicate(read, token)
    lacks = trigger.phrase in {"lack", "run out"}
    mission = said.subject if lacks else said.patient
    ours = (
        is_a(mission, "mission")
        or is_a(mission, "deployment")
        or (mission is not None and mission.head.lower_ in {"peacekeepers", "troops"})
    )
    if held.planned or not held.holds or not (ours or (mission is not None and mission.head.lower_ in {"it", "them", "they"} and lacks)):
        return
    reasons = reasons_near(read, token.i, only=ASSETS)
    if not reasons:
        return
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 8)
    base = Candidate(
        "ObstacleRaised", "lack-verb", read, first, last, reasons=reasons, modality=held.modality, date=story.day(read, token, held)
    )
    led = mission is not None and any("led" in read.words[a.last : a.last + 2] for a in mission.actors)
    giver = () if led else story.givers(mission, point_back=False)
    yield base.by(giver[0] if giver and len(giver[0]) == 2 and giver[0] != "UN" else None)


def _lack(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'For want of vehicles', 'a shortage of helicopters', 'is $90 million short', 'money is coming in too slowly'."""
    part = "nouns" if token.tag_[0] == "N" else "adjectives"
    if (token.lower_ in {"slow", "short"} and token.tag_[0] == "V") or (part == "adjectives" and _is_attribute(token)):
        return  # "the underfunded mission": an adjective alone is no event (guide, rule 12)
    if read.trigger(token, "lack", part) is None or not _mission_near(read):
        return
    at = token.i
    reach = " ".join(read.words[max(0, at - 6) : at + 12])
    if part == "nouns" and token.lower_ in {"want", "lack", "shortage", "shortages", "shortfall", "gap", "crisis", "shortfalls"}:
        if token.lower_ in {"want", "lack", "shortage"} and read.words[at + 1 : at + 2] != ["of"]:
            return
        if token.lower_ in {"crisis"} and "financial" not in reach:
            return
    if (
        token.lower_ in {"short", "slow"}
        and not any(a.kind == "money" and abs(a.last - at) <= 3 for a in read.amounts)
        and "of" not in read.words[at + 1 : at + 2]
    ):
        return
    verb = next((a for a in token.ancestors if a.tag_[0] == "V"), None)
    held = stance(read, verb) if verb is not None else None
    missing = next((a for a in read.amounts if a.kind == "money" and abs(a.first - at) <= 5), None)
    presupposed = missing is not None and part == "nouns"  # "urged donors to close the $96 million gap": there is one
    if held is not None and not presupposed and (not held.holds or held.planned):
        return
    if held is not None and held.modality is Modality.DENIED:
        return
    of_money = {"funding", "financial", "budget", "cash", "budgetary", "financing"} & set(read.words[max(0, at - 1) : at])
    of_money = of_money if read.words[max(0, at - 2) : at - 1] != ["and"] else set()
    reasons = ("funding",) if missing or of_money else _reasons_behind(read, at)
    if not reasons:
        return
    first, last = evidence(read, at, at - 4, at + 6)
    base = Candidate("ObstacleRaised", "lack-noun", read, first, last, reasons=reasons, certainty=0.6)
    yield replace(base.counted(missing), reasons=("funding",)) if missing else base


def _is_attribute(token: Token) -> bool:
    """Whether an adjective only describes a noun: 'an underfunded and understaffed mission'."""
    at = token.head if token.dep_ == "conj" else token
    at = at.head if at.lower_ in {"under", "ill", "cash"} or at.dep_ in {"advmod", "npadvmod"} else at
    return at.dep_ == "amod" and at.head.i > at.i


def _reasons_behind(read: Read, at: int) -> tuple[str, ...]:
    return reasons_near(read, at - 1, only=ASSETS)
