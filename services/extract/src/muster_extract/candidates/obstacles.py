"""What stands in the way: courts, parliaments and governments that block, and what the mission lacks."""

from collections.abc import Iterator
from dataclasses import replace

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.lexicon import inflections, words_of
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.reasons import reasons_near
from muster_extract.story import Story

UNLAWFUL = frozenset({"unconstitutional", "unlawful", "illegal", "invalid", "contrary"})
ASSETS = ("funding", "equipment", "logistics")
"""Reasons that a lack can be of."""


def obstacles(read: Read, story: Story) -> Iterator[Candidate]:
    """Every obstacle that a sentence tells."""
    for token in read.verbs:
        yield from _blocked(read, story, token)
        yield from _opposed(read, story, token)
        yield from _lacking(read, story, token)
        yield from _unsigned(read, story, token)
        yield from _hindered(read, story, token)
        yield from _doubted(read, story, token)
        yield from _not_come(read, story, token)
        yield from _in_need(read, story, token)
        yield from _open_money(read, story, token)
    yield from _still_needed(read, story)
    for token in read.doc:
        yield from _hindrance(read, story, token)
        if token.tag_[0] in "NJ":
            yield from _lack(read, story, token)


def _blocked(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """A court that blocks."""
    if read.trigger(token, "block") is None:
        return
    held, said = stance(read, token), predicate(read, token)
    words = set(read.words)
    court = (
        is_a(said.doer, "court")
        or is_a(said.subject, "court")
        or (said.passive and said.agent is None and bool(words & words_of("sorts", "court")))
    )
    if (
        not court
        or held.planned
        or (read.has(token, "oppose") and token.lower_ in {"rejected", "rejects", "dismissed", "refused", "declined"})
    ):
        return
    about = (
        is_a(said.patient, "deployment")
        or is_people(said.patient, story.groups(read))
        or bool(words & {"deployment", "mission", "sending", "ban"} | words & UNLAWFUL)
    )
    if not about or not (
        words & (UNLAWFUL | {"against"})
        or token.lower_ not in {"found", "find", "finds", "judged", "judges", "declared", "declares", "ruled", "rules"}
    ):
        return
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 8)
    day = story.day(read, token, held, now=True) or story.said_day(read, token)
    giver = story.seat(said.doer) or ((story.giver,) if story.giver else ())
    base = Candidate("ObstacleRaised", "court-blocks", read, first, last, date=day, reasons=("court",), modality=held.modality)
    for code in giver[:1] or (None,):
        yield base.by(code)


def _opposed(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """A government that will not have it."""
    trigger = read.trigger(token, "oppose")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    accepting = trigger.phrase == "accept"
    if accepting != (held.why.startswith("negated")) or (not accepting and not held.holds and not held.why.startswith("negated")):
        return
    if said.passive or is_a(said.doer, "court"):
        return
    parliament = is_a(said.subject, "parliament")
    giver = story.seat(said.subject) if parliament else story.givers(said.subject, hosts=True)
    what = said.patient
    about = what is not None and (
        what.head.lower_ in {"them", "it"} or is_people(what, story.groups(read)) or is_a(what, "mission") or is_a(what, "deployment")
    )
    if trigger.phrase != "say no" and (not about or (what is not None and what.words & {"its", "own", "their", "any"})):
        return
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 7)
    day = story.day(read, token, held) or story.said_day(read, token)
    reasons = reasons_near(read, token.i, only=("legal_agreement", "parliament")) or (("parliament",) if parliament else ("political",))
    for code in giver[:1]:
        yield Candidate("ObstacleRaised", "state-opposes", read, first, last, code, date=day, reasons=reasons, modality=Modality.ASSERTED)


SIGNING = frozenset({"sign", "signed", "concluded", "conclude", "finalised", "finalized", "finalise", "finalize", "ratified", "ratify"})
SIGNED = SIGNING | {"put", "agreed", "reached"}
UNDONE = frozenset({"yet", "still", "not", "n't", "never", "without", "awaiting", "unsigned", "pending", "failed", "fails"})


def _unsigned(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """An agreement that nobody has signed yet: 'the status agreement has still to be signed', 'has not been put in writing'."""
    if token.lower_ not in SIGNED:
        return
    said, held = predicate(read, token), stance(read, token)
    what = said.patient or said.subject
    if what is None or what.head.lower_ not in words_of("sorts", "agreement") or (token.lower_ == "put" and "writing" not in read.words):
        return
    left = set(read.words[max(0, token.i - 6) : token.i])
    yet = {"yet", "to"} <= left or {"still", "to"} <= left
    undone = held.modality is Modality.DENIED and (bool({"yet", "still"} & set(read.words)) or held.perfect)
    if not (yet or undone) or held.why.startswith("condition"):
        return
    if not (
        {"mission", "force", "deployment", "troops", "police", "officers", "peacekeepers"} & set(read.words) or token.lower_ in SIGNING
    ):
        return
    first, last = evidence(read, token.i, what.first, token.i + 6)
    giver = story.givers(said.doer, hosts=True) or story.givers(what, point_back=False) or ((story.giver,) if story.giver else ())
    yield Candidate("ObstacleRaised", "unsigned", read, first, last, giver[0] if giver else None, reasons=("legal_agreement",))


HINDERING = frozenset({"restrict", "obstruct", "impede", "deny", "block", "limit", "hinder", "withhold", "ban", "refuse"})
OTHERS = frozenset({"civilians", "journalists", "residents", "refugees", "women", "aid", "humanitarian", "media", "people", "opposition"})
HINDERED = frozenset(
    {"movement", "movements", "freedom", "flights", "flight", "patrols", "access", "visas", "visa", "overflight", "clearance"}
)


def _hindered(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """The host that keeps the mission from moving: 'the junta restricts the contingent's flights'."""
    if not any(token.lower_ in inflections(verb) for verb in HINDERING):
        return
    said, held = predicate(read, token), stance(read, token)
    whom = said.doer
    if whom is None or held.planned or not held.holds or set(read.words) & OTHERS:
        return
    if not any(o.core & HINDERED for o in (*said.objects, *([said.subject] if said.passive and said.subject else []))):
        return
    giver = [code for code in story.givers(whom, hosts=True, point_back=False) if code in story.hosts]
    first, last = evidence(read, token.i, whom.first, token.i + 8)
    for code in giver[:1]:
        yield Candidate(
            "ObstacleRaised", "host-hinders", read, first, last, code, reasons=("political",), date=story.day(read, token, held)
        )


HINDRANCES = frozenset({"restrictions", "restriction", "obstruction", "limits", "ban", "curbs", "obstacles"})


def _hindrance(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Restrictions placed on the operation by Eritrea', 'the host's obstruction of the mission'."""
    if token.lower_ not in HINDRANCES:
        return
    behind = read.words[token.i + 1 : token.i + 10]
    if not ({"on", "of", "to"} & set(behind[:4]) and ({"mission", "operation", "force", "peacekeepers"} & set(behind) or read.named)):
        return
    verb = next((a for a in token.ancestors if a.tag_[0] == "V"), None)
    if verb is not None and not stance(read, verb).holds:
        return
    owner = next((a for a in read.actors if a.role == "source" and 0 < a.first - token.i <= 12 and read.words[a.first - 1] == "by"), None)
    owner = owner or next((a for a in read.actors if a.role == "possessive" and 0 < token.i - a.first <= 4), None)
    if owner is None or owner.code not in story.apart:
        return
    first, last = evidence(read, token.i, token.i, owner.last)
    yield Candidate("ObstacleRaised", "hindrance", read, first, last, owner.code, reasons=("political",))


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
    """'The mission still needs 18 helicopters.'"""
    if token.lower_ not in {"need", "needs", "lacks", "lack"} or not any(c.lower_ == "still" for c in token.children):
        return
    said, held = predicate(read, token), stance(read, token)
    if not held.holds or held.planned or said.subject is None:
        return
    if not (is_a(said.subject, "mission") or said.subject.head.lower_ == "it"):
        return
    first, last = evidence(read, token.i, token.i - 2, token.i + 6)
    for amount in (a for o in said.objects for a in o.amounts if a.kind == "equipment"):
        yield Candidate("ObstacleRaised", "in-need", read, first, last, reasons=("equipment",)).counted(amount)


OPEN = frozenset({"uncertain", "unclear", "unresolved", "insecure", "insufficient", "inadequate", "elusive", "scarce", "lacking"})


def _open_money(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Funding for the mission remains uncertain.'"""
    if token.lower_ not in {"is", "are", "remain", "remains", "remained"} or stance(read, token).modality is not Modality.ASSERTED:
        return
    said = predicate(read, token)
    state = {c.lower_ for c in token.children if c.dep_ in {"acomp", "oprd", "attr"}}
    if said.subject is None or said.subject.head.lower_ not in {"funding", "financing", "money", "funds"} or not state & OPEN:
        return
    if not _mission_near(read):
        return
    first, last = evidence(read, token.i, said.subject.first, token.i + 4)
    yield Candidate("ObstacleRaised", "open-money", read, first, last, reasons=("funding",))


DOUBTS = frozenset({"doubt", "doubts", "question", "questions", "uncertainty"})


def _doubted(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Conditions set by the government have cast doubt on the deployment.'"""
    if token.lower_ not in {"raised", "cast", "casting", "raising", "raises", "casts", "thrown"}:
        return
    said, held = predicate(read, token), stance(read, token)
    if held.planned or not held.holds or said.subject is None or not any(o.core & DOUBTS for o in said.objects):
        return
    behind = set(read.words[token.i : token.i + 14])
    if not behind & {"deployment", "deploy", "mission", "force"} or not said.subject.core & CONDITIONS:
        return
    owners = [a for a in read.actors if said.subject.first <= a.first < token.i and a.code]
    first, last = evidence(read, token.i, said.subject.first, token.i + 8)
    reasons = reasons_near(read, token.i) or ("political",)
    yield Candidate("ObstacleRaised", "casts-doubt", read, first, last, owners[-1].code if owners else None, reasons=reasons[:1])


CONDITIONS = frozenset({"condition", "conditions", "demand", "demands", "objections", "objection", "refusal", "reluctance", "insistence"})


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
    if (
        held.planned
        or not held.holds
        or not (is_a(mission, "mission") or (mission is not None and mission.head.lower_ in {"it", "them", "they"} and lacks))
    ):
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
    reasons = ("funding",) if missing else _reasons_behind(read, at)
    if not reasons:
        return
    first, last = evidence(read, at, at - 4, at + 6)
    base = Candidate("ObstacleRaised", "lack-noun", read, first, last, reasons=reasons, certainty=0.6)
    yield replace(base.counted(missing), reasons=("funding",)) if missing else base


def _reasons_behind(read: Read, at: int) -> tuple[str, ...]:
    return reasons_near(read, at - 1, only=ASSETS)
