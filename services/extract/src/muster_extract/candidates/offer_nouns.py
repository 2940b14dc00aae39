"""Offers told by a noun, whatever verb carries it: 'a promise of 300 troops', 'its readiness to join', '$78 million in pledges'."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.offering import is_ours
from muster_extract.candidates.owners import above, owners, whose
from muster_extract.candidates.shares import spread
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a, is_people, money_in
from muster_extract.lexicon import forms_of, words_of
from muster_extract.modality import stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Amount, Read, codes
from muster_extract.story import Story

NEAR = 4
"""Tokens between an offer and the number before or behind it: 'some $78 million more in pledges'."""


def offer_nouns(read: Read, story: Story) -> Iterator[Candidate]:
    """Every offer that a sentence tells by a noun."""
    for token in read.doc:
        if token.lower_ in SECURING and token.tag_[0] == "V":
            yield from _secured(read, story, token)
        if token.tag_[0] != "N" or token.dep_ in {"compound", "amod"} or any(c.lower_ in {"no", "neither"} for c in token.children):
            continue
        offer = token.lower_ in words_of("offers", "offer")
        if not offer and token.lower_ not in words_of("offers", "readiness"):
            continue
        verb, held = above(read, token)
        if held is not None and (not held.holds or (held.planned and not owners(read, token))):
            continue
        if verb is not None and read.has(verb, "unpledge", "oppose", "block") and verb.lower_ not in forms_of("offers", "receive"):
            continue
        act = next((c for c in token.children if c.dep_ in {"acl", "xcomp", "relcl"} and c.tag_ == "VB"), None)
        taken = [c for c in token.children if c.dep_ == "acl" and c.tag_ == "VBN"]  # "the decision taken by Chad to join"
        if act is None and token.dep_ == "nsubj" and verb is not None and verb.lower_ in {"is", "was"}:
            act = next((c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB"), None)  # "Kenya's commitment is to deploy"
        act = act or next((g for c in taken for g in c.children if g.dep_ in {"xcomp", "advcl"} and g.tag_ == "VB"), None)
        if act is not None:
            yield from _to_do(read, story, token, verb, act)
        elif offer:
            yield from _of(read, story, token, verb)


SECURING = frozenset({"secured", "secures", "won", "obtained", "garnered", "landed", "attracted", "clinched", "netted"})


def _secured(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The mission secured 178 million euros of support from the European Union.'"""
    said, held = predicate(read, token), stance(read, token)
    sums = story.counted(read, said.patient, money=True)
    if not sums or not held.holds or held.planned or not is_ours(read, sums[0].last):
        return
    if not (is_a(said.subject, "mission") or is_a(said.subject, "fund") or any(is_a(p, "mission") for p in said.after("for"))):
        return
    giver = sums[0].states or tuple(code for p in said.after("from") for code in story.givers(p, point_back=False))
    if not giver:
        chain = next((c for c in read.chains if c[0].role == "source" and 0 < c[0].first - sums[0].last <= 6), ())
        giver = codes(chain)
    first, last = evidence(read, token.i, token.i - 3, sums[0].last + 2)
    base = Candidate("PledgeAnnounced", "secured", read, first, last, date=story.day(read, token, held), certainty=0.6)
    yield from spread(base, [replace(sums[0], states=())], giver, story)


def _day(read: Read, story: Story, verb: Token | None) -> str | None:
    _, held = above(read, verb) if verb is not None else (None, None)
    return story.day(read, verb, held) if verb is not None and held is not None else None


def _of(read: Read, story: Story, token: Token, verb: Token | None) -> Iterator[Candidate]:
    """'With a promise of 300 troops', 'a pledge of 500 soldiers by Mongolia', 'commitments totalling $78 million have been made'."""
    what = next((Phrase(read, g) for c in token.children if c.lower_ in {"of", "for"} for g in c.children if g.dep_ == "pobj"), None)
    sums = _sums(read, story, token)
    if what is None or not is_people(what, story.groups(read)):
        what = _behind(read, story, token) or what
    people = what is not None and is_people(what, story.groups(read))
    kit = what is not None and heads(what, "equipment")
    if what is None and not sums and verb is not None and _are_made(read, token, verb):
        chain = whose(read, story, token)
        first, last = evidence(read, verb.i, token.i, verb.i + 9)
        base = Candidate("PledgeAnnounced", "offers-made", read, first, last, date=_day(read, story, verb), certainty=0.6)
        yield from (base.by(code) for code in chain if code not in story.apart and code != "UN")
        return
    if not (people or kit or sums or money_in(what)):
        return
    giver = tuple(code for code in whose(read, story, token) if code not in story.apart and code != "UN")
    counted: Sequence[Group] = sums or (story.counted(read, what, money=money_in(what)) if what is not None else ())
    if not giver and not _may_be_nameless(read, story, token, verb, counted):
        return
    if sums and not (is_ours(read, sums[0].last) and (_of_a_mission(read) or not giver)):
        return
    first, last = evidence(read, token.i, token.i - 3, max(what.last if what is not None else 0, counted[0].last if counted else 0))
    base = Candidate("PledgeAnnounced", "pledge-noun", read, first, last, date=_day(read, story, verb), certainty=0.6)
    yield from spread(base, counted, giver, story)


def _behind(read: Read, story: Story, token: Token) -> Phrase | None:
    """The people of 'has produced pledges from six countries for about 2,000 troops'."""
    group = next((g for g in story.groups(read) if 2 <= g.first - token.i <= 8 and g.amount.kind == "people"), None)
    between = read.words[token.i + 1 : group.first] if group is not None else []
    if group is None or not {"for", "of"} & set(between[-3:]) or any(t.tag_[0] == "V" for t in read.doc[token.i + 1 : group.first]):
        return None
    return Phrase(read, read.doc[group.amount.last - 1])


def _are_made(read: Read, token: Token, verb: Token) -> bool:
    """'Commitments were made by Benin and Togo', 'more offers came from Chad': offers whose gift the text leaves out."""
    told = verb.lower_ in {"made", "came", "come", "received", "announced"} and token.dep_ in {"nsubj", "nsubjpass"}
    return told and not any(c.lower_ in {"of", "to", "for"} for c in token.children)


def _sums(read: Read, story: Story, token: Token) -> list[Group]:
    """The sum of 'commitments totalling $78 million', 'an additional $120 million in commitments', 'a $15 million pledge'."""
    for group in story.groups(read):
        if group.amount.kind != "money":
            continue
        before = read.words[group.amount.last : token.i]
        behind = read.words[token.i + 1 : group.amount.first]
        if group.amount.last <= token.i and len(before) <= NEAR and (not before or "in" in before):
            return [group]
        if token.i < group.amount.first and len(behind) <= NEAR and set(behind) & words_of("offers", "total"):
            return [group]
    return []


def _may_be_nameless(read: Read, story: Story, token: Token, verb: Token | None, counted: Sequence[Group]) -> bool:
    """Whether an offer that names no giver is told as made: 'has secured promises of', 'pledges of $3 million were made'."""
    aside = any(a.code in story.hosts for a in read.actors) and not _of_a_mission(read)  # "pledges for the country"
    if not counted or verb is None or aside:
        return False
    return verb.lower_ in forms_of("offers", "receive") or (verb.lower_ == "made" and predicate(read, verb).passive)


def _of_a_mission(read: Read) -> bool:
    return bool(read.named) or bool({"mission", "force", "operation", "fund"} & set(read.words))


IN_GENERAL = frozenset({"missions", "operations", "efforts", "peacekeeping", "activities"})
"""Heads of phrases that mean no one mission: 'to contribute to peacekeeping efforts'."""


def _to_do(read: Read, story: Story, token: Token, verb: Token | None, act: Token) -> Iterator[Candidate]:
    """'Kenya's offer to lead the mission came in July', 'Ghana's decision to send 300 soldiers', 'its readiness to join'."""
    giver = tuple(code for code in whose(read, story, token) if code not in story.apart and code not in BODIES)
    if not giver:
        return
    said = predicate(read, act)
    first, last = evidence(read, act.i, token.i - 2, act.i + 7)
    day = _day(read, story, verb)
    if read.trigger(act, "lead") and (is_a(said.patient, "mission") or said.patient is None):
        for code in giver:
            yield Candidate("LeadershipOffered", "lead-offer", read, first, last, code, date=day, certainty=0.6)
        return
    base = Candidate("PledgeAnnounced", "offer-to-give", read, first, last, date=day, certainty=0.6)
    what = said.patient
    gift = next((p for p in said.after("with") if is_people(p, story.groups(read)) and story.counted(read, p)), None)
    helps = any(is_a(p, "mission") and p.head.lower_ not in IN_GENERAL for p in (what, *said.after("in", "to")) if p is not None)
    if gift is not None and helps:
        yield from spread(base, story.counted(read, gift), giver, story)
        return
    if read.trigger(act, "provide") is None or what is None:
        if helps and read.trigger(act, "provide"):
            yield from (base.by(code) for code in giver)
        return
    kit = _kit(read, what)
    if kit:
        yield from (base.by(code).counted(amount) for code in giver for amount in kit)
    elif is_people(what, story.groups(read)) or heads(what, "equipment") or heads(what, "means"):
        yield from spread(base, story.counted(read, what, bare=True), giver, story)
    elif helps and act.lower_ in {"join", "reinforce", "strengthen", "back", "help"}:
        yield from (base.by(code) for code in giver)


def _kit(read: Read, what: Phrase) -> list[Amount]:
    """The counted materiel of a gift, single pieces too."""
    kit = [a for a in read.amounts if a.kind == "equipment" and a.first in what.tokens]
    return kit or [a for a in read.singles if a.kind == "equipment" and a.first <= what.head.i <= a.last]
