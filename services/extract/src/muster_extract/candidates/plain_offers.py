"""Offers told by what will be: 'is to contribute 40', 'is making ten vehicles available', 'will be reinforced by 70 soldiers from'."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.offering import governor
from muster_extract.candidates.owners import owners
from muster_extract.candidates.shares import spread
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

GIVE = frozenset({"contribute", "provide", "supply", "donate", "lend", "furnish", "give"})
REINFORCED = frozenset({"reinforced", "strengthened", "bolstered", "joined", "boosted", "augmented", "backed"})
WITH = frozenset({"join", "back", "support", "reinforce", "strengthen", "bolster", "help", "assist"})
SENDING = frozenset({"sending", "dispatching", "deploying", "contributing", "providing"})
APPROVING = frozenset({"approved", "approves", "authorised", "authorized", "announced", "announces", "confirmed"})


def plain_offers(read: Read, story: Story) -> Iterator[Candidate]:
    """Every offer that a sentence tells by a plain statement of what a state will give."""
    for token in read.verbs:
        held = stance(read, token)
        if not held.holds:
            continue
        yield from _is_to_give(read, story, token, held)
        yield from _available(read, story, token)
        yield from _reinforced(read, story, token, held)
        yield from _with_people(read, story, token, held)
        yield from _sending(read, story, token, held)
        yield from _lets_go(read, story, token, held)
        yield from _share_is(read, story, token, held)


def _told(read: Read, story: Story, token: Token, rule: str, what: Phrase, giver: tuple[str, ...], day: str | None) -> Iterator[Candidate]:
    giver = tuple(code for code in giver if code not in story.apart and code not in BODIES - {"EU", "NATO"})
    first, last = evidence(read, token.i, token.i - 3, what.last)
    base = Candidate("PledgeAnnounced", rule, read, first, last, date=day, certainty=0.6)
    kit = [a for a in read.amounts if a.kind == "equipment" and a.first in what.tokens]
    if kit:
        yield from (base.by(code).counted(amount) for code in giver for amount in kit)
        return
    counted = story.counted(read, what)
    if giver or any(g.states for g in counted):
        yield from spread(base, counted, giver, story)


def _is_to_give(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    """'Ireland is to contribute 40 personnel', 'Spain to provide a frigate'."""
    is_to = token.dep_ == "xcomp" and token.head.lower_ in {"is", "are"}
    headline = token.dep_ == "ROOT" and token.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in token.children)
    if token.lower_ not in GIVE | {"send"} or not (is_to or headline) or (is_to and token.lower_ == "send"):
        return
    said = predicate(read, token)
    what = said.patient
    if what is None or not (is_people(what, story.groups(read)) or heads(what, "equipment")):
        return
    yield from _told(read, story, token, "is-to-give", what, story.givers(said.subject), None)


def _available(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'France is making ten armoured vehicles available to the mission.'"""
    if token.lower_ not in {"making", "make", "made", "makes"}:
        return
    end = next((i for i in range(token.i + 1, min(token.i + 9, len(read.words))) if read.words[i] == "available"), None)
    if end is None or (token.lower_ == "made" and any(c.dep_ == "auxpass" for c in token.children)):
        return
    noun = next((t for t in reversed(read.doc[token.i + 1 : end]) if t.tag_[0] == "N"), None)
    if noun is None:
        return
    what = Phrase(read, noun)
    if not (is_people(what, story.groups(read)) or heads(what, "equipment")):
        return
    yield from _told(read, story, token, "makes-available", what, story.givers(predicate(read, token).subject), None)


def _reinforced(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    """'The mission will be reinforced by 70 soldiers from Jamaica.'"""
    said = predicate(read, token)
    if token.lower_ not in REINFORCED or not said.passive or not held.planned or said.agent is None or not is_a(said.subject, "mission"):
        return
    groups = [g for g in story.counted(read, said.agent) if g.states]
    if groups and is_people(said.agent, story.groups(read)):
        yield from _told(read, story, token, "will-be-reinforced", said.agent, (), story.day(read, token, held))


def _with_people(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    """'Has vowed to back the mission with 200 soldiers', 'its readiness to join with 100 peacekeepers'."""
    if token.lower_ not in WITH or token.tag_ != "VB":
        return
    said = predicate(read, token)
    gift = next((p for p in said.after("with") if is_people(p, story.groups(read)) and story.counted(read, p)), None)
    upper = governor(read, token, "pledge", "commit")
    if gift is None or upper is None or not any(is_a(o, "mission") for o in said.objects):
        return
    above = next((a for a in (upper, *upper.ancestors) if a.tag_[0] == "V"), token)
    giver = story.givers(predicate(read, above).subject) or story.givers(said.subject)
    yield from _told(read, story, token, "back-with", gift, giver, story.day(read, above, stance(read, above)))


def _sending(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    """'The government in Dhaka has approved sending 250 police officers' (guide, rule 28)."""
    said = predicate(read, token)
    act = next((c for c in token.children if c.dep_ in {"xcomp", "ccomp", "dobj"} and c.tag_ == "VBG" and c.lower_ in SENDING), None)
    if token.lower_ not in APPROVING or act is None or said.subject is None or held.planned:
        return
    if is_a(said.subject, "parliament") or is_a(said.subject, "court"):
        return
    what = predicate(read, act).patient
    giver = story.givers(said.subject, point_back=False) or tuple(a.code for a in said.subject.actors if a.code and a.form == "capital")
    if what is None or not is_people(what, story.groups(read)):
        return
    yield from _told(read, story, token, "approves-sending", what, giver, story.day(read, token, held))


LEAVES = frozenset({"light", "go-ahead", "ahead", "nod", "approval", "consent", "blessing", "clearance", "permission"})
"""Nouns by which a government lets people go."""


def _lets_go(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    """'Rome gave the green light for 2,500 soldiers to join' (guide, rule 28)."""
    if token.lower_ not in {"gave", "gives", "given", "granted", "grants"} or held.planned:
        return
    said = predicate(read, token)
    leave = next((i for i in range(token.i + 1, min(token.i + 6, len(read.words))) if read.words[i] in LEAVES), None)
    if leave is None or said.subject is None or is_a(said.subject, "parliament") or is_a(said.subject, "court"):
        return
    group = next((g for g in story.groups(read) if leave < g.first <= leave + 7 and g.amount.kind == "people"), None)
    giver = story.givers(said.subject, point_back=False)
    if group is None or not giver:
        return
    what = Phrase(read, read.doc[group.amount.last - 1])
    yield from _told(read, story, token, "lets-go", what, giver[:1], story.day(read, token, held))


def _share_is(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    """'Turkey's contribution will be 700 troops', 'the French contribution is to number 400'."""
    if token.lower_ not in {"be", "number", "consist", "total", "comprise", "amount", "reach", "include"} or not held.planned:
        return
    subject = predicate(read, token).subject
    if subject is None or subject.head.lower_ not in {"contribution", "contingent", "share", "commitment", "part", "participation"}:
        return
    group = next((g for g in story.groups(read) if 0 < g.first - token.i <= 5 and g.amount.kind != "money"), None)
    if group is not None:
        what = Phrase(read, read.doc[group.last - 1])
        yield from _told(read, story, token, "share-will-be", what, owners(read, subject.head), None)
