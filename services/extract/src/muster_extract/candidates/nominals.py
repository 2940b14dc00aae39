"""Events told by a noun: 'a promise of 300 troops', 'the withdrawal of 1,000 soldiers', 'the arrival on Tuesday of 400 officers'."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.shares import spread
from muster_extract.kinds import heads, is_a, is_people, money_in
from muster_extract.lexicon import inflections
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, governing_verb, predicate
from muster_extract.reading import Actor, Read, codes
from muster_extract.resolve.dates import Tense
from muster_extract.story import BODIES, Story

OFFERS = frozenset({"pledge", "pledges", "promise", "promises", "offer", "offers", "commitment", "commitments"})
READY = OFFERS | {"plan", "plans", "proposal", "decision", "readiness", "willingness", "bid"}


def nominals(read: Read, story: Story) -> Iterator[Candidate]:
    """Every event that a sentence tells by a noun."""
    for token in read.doc:
        if token.tag_[0] != "N" or token.dep_ == "compound" or any(c.lower_ in {"no", "neither"} for c in token.children):
            continue
        word = token.lower_
        if word in OFFERS:
            yield from _offered(read, story, token)
        if word in READY:
            yield from _to_do(read, story, token)
        if word == "arrival":
            yield from _arrived(read, story, token)


def _above(read: Read, token: Token) -> tuple[Token | None, Stance | None]:
    """The verb that a noun hangs on, and how it is held; none in a fragment."""
    verb = governing_verb(token)
    return (verb, stance(read, verb)) if verb.tag_[0] == "V" else (None, None)


def _owners(read: Read, token: Token) -> tuple[str, ...]:
    """Whose noun it is: 'Fiji's pledge', 'a Kenyan offer', 'a pledge of 500 soldiers by Mongolia', 'an offer from Chad'."""
    left = [a for a in read.actors if a.last <= token.i and token.i - a.last <= 4 and _owns(read, a, token)]
    if left:
        chain = next(chain for chain in read.chains if left[-1] in chain)
        return codes(chain)
    whole = Phrase(read, token)
    return next((codes(c) for c in read.chains if c[0].role == "source" and c[0].first in whole.tokens and c[0].first > token.i), ())


def _owns(read: Read, actor: Actor, token: Token) -> bool:
    between = read.words[actor.last : token.i]
    if actor.role == "possessive":
        return not any(read.doc[i].tag_[0] in "VI" for i in range(actor.last, token.i))
    return actor.form == "demonym" and all(read.doc[i].tag_ in {"JJ", "NN"} for i in range(actor.last, token.i)) and len(between) <= 2


OURS = frozenset({"make", "repeat", "reiterate", "confirm", "announce", "renew", "back", "follow", "throw", "come", "support", "sign"})
"""Verbs whose subject is the giver of the offer that they name."""


def _offered(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'With a promise of 300 troops', 'a pledge of 500 soldiers by Mongolia', 'offers of personnel have come from Chad'."""
    verb, held = _above(read, token)
    if held is not None and (not held.holds or held.planned):
        return
    if verb is not None and (read.has(verb, "unpledge", "oppose") or token.dep_ == "amod"):
        return
    what = next((Phrase(read, g) for c in token.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), None)
    if what is None or not (is_people(what, story.groups(read)) or heads(what, "equipment") or money_in(what)):
        return
    giver = _owners(read, token)
    if not giver and verb is not None:
        said = predicate(read, verb)
        came = [c for c in read.chains if c[0].role == "source" and c[0].first > token.i and verb.lower_ in {"come", "came", "arrived"}]
        giver = codes(came[0]) if came else ()
        if not giver and any(verb.lower_ in inflections(own) for own in OURS):
            giver = story.givers(said.doer)
    giver = tuple(code for code in giver if code not in story.hosts and code != "UN")
    if not giver:
        return
    first, last = evidence(read, token.i, token.i - 3, what.last)
    day = story.day(read, verb, held) if verb is not None and held is not None else None
    base = Candidate("PledgeAnnounced", "pledge-noun", read, first, last, date=day, certainty=0.6)
    yield from spread(base, story.counted(read, what, money=money_in(what)), giver, story)


def _to_do(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Kenya's offer to lead the mission came in July', 'Ghana's decision to send 300 soldiers', 'its readiness to join'."""
    act = next((c for c in token.children if c.dep_ in {"acl", "xcomp", "relcl"} and c.tag_ == "VB"), None)
    if act is None:
        return
    verb, held = _above(read, token)
    if held is not None and (not held.holds or held.planned):
        return
    if verb is not None and read.has(verb, "unpledge", "oppose", "block"):
        return
    giver = tuple(code for code in _owners(read, token) if code not in story.hosts and code not in BODIES)
    if not giver:
        return
    said = predicate(read, act)
    day = story.day(read, verb, held) if verb is not None and held is not None else None
    first, last = evidence(read, act.i, token.i - 2, act.i + 7)
    if read.trigger(act, "lead") and (is_a(said.patient, "mission") or said.patient is None):
        for code in giver:
            yield Candidate("LeadershipOffered", "lead-offer", read, first, last, code, date=day, certainty=0.6)
        return
    what = said.patient
    if read.trigger(act, "provide") is None or what is None or not (is_people(what, story.groups(read)) or heads(what, "equipment")):
        return
    base = Candidate("PledgeAnnounced", "offer-to-give", read, first, last, date=day, certainty=0.6)
    yield from spread(base, story.counted(read, what, bare=True), giver, story)


AWAITING = frozenset({"before", "until", "pending", "for", "ahead", "without", "despite", "to"})


def _arrived(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The arrival on Tuesday of 400 officers was met with relief', 'since the arrival of 200 Kenyans in June'."""
    verb, held = _above(read, token)
    if verb is None or held is None or not held.holds or held.planned or read.has(verb, "delay", "commit", "follow"):
        return
    if token.dep_ not in {"nsubj", "nsubjpass", "pobj", "dobj"} or (token.dep_ == "pobj" and token.head.lower_ in AWAITING):
        return
    group = next((g for g in story.groups(read) if 0 < g.first - token.i <= 6 and "of" in read.words[token.i : g.first]), None)
    when = next((w for w in read.times if 0 < w.first - token.i <= 12), None)
    if group is None or group.amount.kind == "money" or set(group.states) & story.hosts or held.tense is not Tense.PAST:
        return
    if not any(a.code in story.hosts or a.form == "host-city" for a in read.actors) and not read.named:
        return
    first, last = evidence(read, token.i, token.i, group.last)
    day = story.resolved(when, Tense.PAST) if when is not None else None
    base = Candidate("ContingentArrived", "arrival-noun", read, first, last, date=day, certainty=0.6)
    whose = tuple(code for code in story.givers(predicate(read, verb).doer) if code not in BODIES and code not in story.hosts)
    yield from spread(base, [group], whose if not group.states else (), story)
