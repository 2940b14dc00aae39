"""What is offered: people, money, equipment."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.offering import after_colon, among, gives_something, governor, is_ours, near, turned, without_parts
from muster_extract.candidates.shares import spread
from muster_extract.groups import Group, listed
from muster_extract.kinds import heads, is_a, is_people, money_in
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, Predicate, governing_verb, predicate
from muster_extract.reading import Read, codes
from muster_extract.resolve.actors import find_actors
from muster_extract.resolve.dates import Tense
from muster_extract.resolve.numbers import find_numbers
from muster_extract.story import BODIES, Story

DUE = frozenset({"scheduled", "due", "expected", "slated", "supposed", "set"})
"""What makes an infinitive a schedule."""

GIVING = frozenset({"gives", "give", "contributes", "contribute", "lends", "lend", "provides", "commits", "offers"})
"""Forms that promise in the present: 'Paris gives two thousand men'."""


def offers(read: Read, story: Story) -> Iterator[Candidate]:
    """Every pledge that a sentence tells by a verb."""
    for token in read.verbs:
        yield from _pledging(read, story, token)
        yield from _including(read, story, token)
        yield from _joined_by(read, story, token)
        yield from _raised(read, story, token)
        yield from _part_of(read, story, token)
        yield from _coming_from(read, story, token)


def _pledging(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    pledge, provide = read.trigger(token, "pledge"), read.trigger(token, "provide")
    commit, announce = read.trigger(token, "commit"), read.trigger(token, "announce")
    if not (pledge or provide or announce or commit):
        return
    held, said = stance(read, token), predicate(read, token)
    if pledge:
        yield from _given(read, story, said, held, token, "pledge-verb")
        return
    if provide and provide.phrase == "help" and not _helps_the_mission(read, story, token, said):
        return
    if provide:
        yield from _providing(read, story, said, held, token)
        return
    if not held.holds:
        return
    cabinet = said.doer is not None and said.doer.head.lower_ in {"cabinet", "government"} and not said.doer.actors
    states = [
        code for code in story.givers(said.doer) or ((story.told_of(read),) if cabinet else ()) if code not in BODIES - {"EU", "NATO"}
    ]
    if announce and states and any(money_in(o) or (token.lower_ in NEWS and _counts_people(read, story, o)) for o in said.objects):
        yield from _given(read, story, said, held, token, "announce-verb")
    elif token.lower_ in {"agreed", "agrees", "agree", "approved", "approves", "approve"} and states and not is_a(said.doer, "parliament"):
        what = said.patient
        if what is not None and (story.counted(read, what, bare=True) or money_in(what) or what.core & {"participation", "contribution"}):
            yield from _given(read, story, said, held, token, "agree-verb")


def _providing(read: Read, story: Story, said: Predicate, held: Stance, token: Token) -> Iterator[Candidate]:
    if (
        held.tense is Tense.PRESENT
        and not held.progressive
        and not held.perfect
        and token.lower_ in GIVING
        and not said.passive
        and held.holds
    ):
        yield from _given(read, story, said, held, token, "gives-verb")
        return
    if token.head.lower_ in DUE and token.dep_ == "xcomp":
        return  # "are scheduled to deploy": a schedule
    committed = governor(read, token, "pledge", "commit")
    if committed is not None and committed.tag_[0] == "V" and is_a(story.subject(read, committed), "parliament"):
        return  # clears an obstacle: candidates/delays.py
    if committed is not None and story.says_so(committed) and not held.planned:
        committed = None
    if committed is None and token.dep_ in {"advcl", "acl", "relcl"}:
        return  # what a sending is for: "is sending troops to join the mission"
    if held.why in {"modal: may", "modal: might", "modal: should"}:
        return
    if held.why in {"modal: can", "modal: could"} and (committed is None or story.says_so(committed)):
        return  # what might be is no offer
    if committed is None and not (held.planned and token.tag_ == "VB"):
        return
    if not held.holds or held.why == "modal: should" or (said.passive and said.agent is not None):
        return
    if committed is None or story.says_so(committed):
        if is_people(said.subject, story.groups(read)):
            return  # people who will join are on their way: candidates/people.py
        if not story.givers(said.subject) and not after_colon(read, said):
            return
        if read.words[max(0, token.i - 3) : token.i].count("to") and {"is", "are"} & set(read.words[max(0, token.i - 3) : token.i]):
            return  # 'is to send' is decided: a schedule
    yield from _given(read, story, said, held, committed if committed is not None else token, "provide-verb")


def _given(read: Read, story: Story, said: Predicate, held: Stance, governor: Token, rule: str) -> Iterator[Candidate]:
    what = said.patient
    below = [g for c in said.verb.children for g in (c, *c.children) if c.dep_ in {"xcomp", "prep"}]
    if any(word.lower_ in IN_KIND for word in below):
        return  # training and advice are none (guide, rule 17)
    upper = predicate(read, governor) if governor.tag_[0] == "V" else said
    signed = predicate(read, governing_verb(governor)).subject if governor.tag_[0] == "N" else None  # "signed a declaration of intent to"
    giver = after_colon(read, said) or story.givers(said.doer) or story.givers(upper.doer) or story.givers(signed) or turned(read, said)
    giver = giver or among(read, story, said.doer or upper.doer, said.verb) or story.institution(read, said.doer or upper.doer)
    doer = said.doer or upper.doer
    if not giver and _is_the_hosts(story, doer):
        return
    if not giver and doer is not None and not any(g.states for g in story.groups(read)) and not _may_be_nameless(doer):
        return  # a bank, a company, a person: no contributor of the guide's
    subject = next((p for p in (said.subject, upper.subject) if p), None)
    start = min(
        [
            said.verb.i,
            *([subject.first] if subject else []),
            *(a.first for a in (subject.actors if subject else []) if a.first < said.verb.i),
        ]
    )
    first, last = evidence(read, said.verb.i, start, said.verb.i + 8)
    day = story.day(read, governor, held) or story.day(read, said.verb, held) or story.said_day(read, governor)
    day = day or (_news_day(read, story, governor, giver) if governor.tag_[0] == "V" else None)
    base = Candidate("PledgeAnnounced", rule, read, first, last, date=day, modality=held.modality)
    money = [g for g in story.groups(read) if g.amount.kind == "money"]
    sums = story.counted(read, what, money=True) or [g for g in money if near(read, said.verb, g.first, 5)]
    sums = listed(read, sums, money)
    sums = [g for g in sums if is_ours(read, g.last)]
    if sums:
        yield from _sums(base, [g for g in sums if g is sums[0] or g.states], giver)
        return
    counted = story.counted(read, what, bare=True) if what is not None else []
    counted = counted or [g for g in story.groups(read) if g.amount.kind != "money" and near(read, said.verb, g.first, 8)][:1]
    counted = without_parts(read, counted)
    kit = [
        a
        for a in read.amounts
        if a.kind == "equipment" and ((what is not None and a.first in what.tokens) or near(read, said.verb, a.first, 8))
    ]
    if {"gap", "place", "places"} & set(read.words[said.verb.i : said.verb.i + 5]):
        kit = []
    if not kit and not counted and not sums and what is not None:
        kit = [a for a in read.singles if a.kind == "equipment" and a.first <= what.head.i <= a.last]
    if counted and (giver or any(g.states for g in counted) or rule == "pledge-verb"):
        if is_a(said.subject, "mission") and not giver and not any(g.states for g in counted):
            return
        yield from spread(base, counted, giver, story)
    for amount in kit:
        for code in giver:
            yield base.by(code).counted(amount)
    if not counted and not kit and giver and gives_something(read, story, said, what):
        for code in giver:
            yield base.by(code)


LEAD = 3
"""Sentences that tell an article's news, before its background begins."""


def _news_day(read: Read, story: Story, verb: Token, giver: tuple[str, ...]) -> str | None:
    """The day of an offer that is the news itself and is given no day: what states offer now, they offer on the day of publication;
    what one that the headline names has offered or offered, in its month (the labelling guide, rule 29). An offer beside a dated one
    has its day."""
    at = verb
    while at.dep_ in {"xcomp", "ccomp", "conj"} and at.head != at and at.head.tag_[0] == "V":
        at = at.head
    if at.dep_ != "ROOT":
        return None
    held = stance(read, verb)
    before = next((c.date for c in reversed(story.last) if c.claim == "PledgeAnnounced" and c.date and len(c.date) == 10), None)
    if before and "also" in read.words and held.tense is Tense.PAST:
        return before
    if read.index >= LEAD or held.planned or not held.holds:
        return None
    if held.tense is Tense.PRESENT and verb.tag_ in {"VBZ", "VBP"} and read.has(verb, "pledge"):
        return story.published.isoformat()
    headline = {mention.code for mention in find_actors(story.title)}
    return story.published.isoformat()[:7] if held.tense is Tense.PAST and "had" not in read.words and headline & set(giver) else None


IN_KIND = frozenset({"train", "training", "advise", "advising", "mentor", "mentoring", "teach", "teaching"})

NEWS = frozenset({"announced", "announces"})


def _counts_people(read: Read, story: Story, what: Phrase) -> bool:
    """Whether an object is counted people themselves, and not their arrival: 'had announced some 2,000 men for the mission'."""
    return heads(what, "people") and bool(story.counted(read, what)) and what.head.lower_ not in {"deployment", "rest", "group"}


def _raised(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Raised its pledge from 900 to 1,200': two figures for one offer are two events (guide, rule 32)."""
    if token.lower_ not in {"raised", "increased", "boosted", "doubled", "raises", "increases", "upped"}:
        return
    said, held = predicate(read, token), stance(read, token)
    what = said.patient
    if what is None or what.head.lower_ not in {"pledge", "offer", "contribution", "commitment", "share"} or not held.holds or held.planned:
        return
    first, last = evidence(read, token.i, token.i, token.i + 9)
    giver = story.givers(said.doer)
    base = Candidate("PledgeAnnounced", "raised-pledge", read, first, last, giver[0] if giver else None, date=story.day(read, token, held))
    for amount in read.amounts:
        if token.i < amount.first <= token.i + 12 and read.words[amount.first - 1] in {"from", "to"} and amount.kind in {"people", "other"}:
            ends = (
                find_numbers(read.sentence.text[read.doc[amount.last].idx :]) if "to" in read.words[amount.last : amount.last + 1] else []
            )
            if read.words[amount.first : amount.last].count("to"):  # the resolver takes "900 to 1,200" for a range
                ends = find_numbers(read.sentence.text[read.doc[amount.last - 1].idx :])
            yield replace(base.counted(amount, story.unit), qualifier="exact")
            if ends and ends[0].start <= 4:
                yield replace(base.counted(amount, story.unit), qualifier="exact", amount=ends[0].amount)


SERVING = frozenset({"fund", "finance", "staff", "equip", "pay", "man", "strengthen", "reinforce", "lead", "form", "fill"})


def _helps_the_mission(read: Read, story: Story, token: Token, said: Predicate) -> bool:
    """Whether help is for the mission itself: 'will help fund the force', and not 'can help to bring about calm'."""
    if is_a(said.patient, "mission") or bool(said.patient and story.counted(read, said.patient, money=True)):
        return True
    below = [c for c in token.children if c.dep_ in {"xcomp", "ccomp"} and c.lower_ in SERVING]
    gaps = {"gap", "gaps", "place", "places"}
    return any(
        is_a(o, "mission") or money_in(o) or (c.lower_ == "fill" and o.head.lower_ in gaps)
        for c in below
        for o in predicate(read, c).objects
    )


def _part_of(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Jamaica will be part of the mission with 170 soldiers.'"""
    part = next((c for c in token.children if c.dep_ == "attr" and c.lower_ == "part"), None)
    if part is None or not any(is_a(Phrase(read, g), "mission") for c in part.children if c.lower_ == "of" for g in c.children):
        return
    said, held = predicate(read, token), stance(read, token)
    if not held.holds or not held.planned or held.modality is Modality.CONDITIONAL:
        return
    first, last = evidence(read, token.i, said.subject.first if said.subject else token.i, token.i + 9)
    base = Candidate("PledgeAnnounced", "part-of", read, first, last, modality=held.modality)
    giver = tuple(code for code in story.givers(said.subject, point_back=False) if code not in BODIES)
    if giver:
        groups = [g for g in story.groups(read) if g.amount.kind != "money" and token.i < g.first <= token.i + 14]
        yield from spread(base, groups[:1], giver, story)


def _coming_from(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The bulk of the troops will come from Chad and Benin.'"""
    if token.lower_ not in {"come", "hail"} or stance(read, token).modality is not Modality.PLANNED:
        return
    said = predicate(read, token)
    if said.subject is None or not (is_a(said.subject, "people") or said.subject.head.lower_ in {"contributions", "reinforcements"}):
        return
    chain = next((c for c in read.chains if c[0].role == "source" and 0 < c[0].first - token.i <= 4), ())
    first, last = evidence(read, token.i, said.subject.first, token.i + 9)
    for code in codes(chain):
        if code not in story.hosts and code not in BODIES:
            yield Candidate("PledgeAnnounced", "come-from", read, first, last, code, modality=Modality.PLANNED, certainty=0.6)


def _is_the_hosts(story: Story, doer: Phrase | None) -> bool:
    """Whether the mission's host is the doer: it gives nothing to its own mission, and whom it names are others."""
    return doer is not None and bool(doer.actors) and all(a.code in story.hosts for a in doer.actors if doer.first <= a.first < doer.last)


def _may_be_nameless(doer: Phrase) -> bool:
    """Whether those who give need no name: 'ten countries', 'donors', a mission that was promised something."""
    return bool(doer.core & words_of("sorts", "donors")) or is_a(doer, "mission") or is_a(doer, "fund")


def _including(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'A force that will include 1,000 Kenyan police officers as well as personnel from Jamaica' (guide, rule 5)."""
    if token.lower_ not in {"include", "includes", "including"}:
        return
    said, held = predicate(read, token), stance(read, token)
    if not held.planned or not held.holds or not is_a(said.subject, "mission"):
        return
    first, last = evidence(read, token.i, token.i - 2, token.i + 8)
    base = Candidate("PledgeAnnounced", "include-verb", read, first, last, modality=held.modality)
    groups = [g for g in story.groups(read) if g.first > token.i and g.states and g.amount.kind != "money"]
    if groups:
        yield from spread(base, groups, (), story)
    counted = {code for g in groups for code in g.states}
    for chain in read.chains:
        if chain[0].first > token.i and chain[0].role == "source":
            for code in codes(chain):
                if code not in counted:
                    yield base.by(code)


def _joined_by(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'A force, joined by Australia and Bahrain': who is joining, with nobody there yet (guide, rule 28)."""
    if (
        token.lower_ != "joined"
        or read.words[token.i + 1 : token.i + 2] != ["by"]
        or not (read.named or {"force", "mission", "coalition", "operation"} & set(read.words))
    ):
        return
    chain = next((c for c in read.chains if 0 < c[0].first - token.i <= 9), ())
    first, last = evidence(read, token.i, token.i, token.i + 9)
    for code in codes(chain):
        if code not in story.hosts:
            yield Candidate("PledgeAnnounced", "joined-by", read, first, last, code, certainty=0.6)


def _sums(base: Candidate, sums: Sequence[Group], giver: tuple[str, ...]) -> Iterator[Candidate]:
    """Each sum with its donor; a sum that several share is nobody's alone (guide, rule 10)."""
    for one in sums:
        if one.states:
            yield base.by(one.states[0]).counted(one)
        elif len(giver) > 1:
            yield base.counted(one)
            for code in giver:
                yield base.by(code)
        else:
            yield base.by(giver[0] if giver else None).counted(one)
