"""What an offer gives, who gives it and when: people, money or equipment, with each giver's own share."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.offering import (
    after_colon,
    among,
    for_the_mission,
    gapped,
    gives_something,
    in_turn,
    is_ours,
    near,
    opening,
    turned,
    without_parts,
)
from muster_extract.candidates.owners import first_to, owners, whose
from muster_extract.candidates.shares import spread
from muster_extract.groups import Group, listed
from muster_extract.kinds import is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import FINITE, Phrase, Predicate, is_of_saying, predicate, time_of
from muster_extract.reading import Amount, Read
from muster_extract.resolve.actors import find_actors
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

IN_KIND = frozenset({"train", "training", "advise", "advising", "mentor", "mentoring", "teach", "teaching"})


DOUBLING = frozenset({"double", "doubles", "doubled", "doubling", "triple", "tripled", "tripling"})
"""Verbs behind which a number is what one has already."""


def given(read: Read, story: Story, said: Predicate, held: Stance, governor: Token, rule: str) -> Iterator[Candidate]:
    """The pledge for each giver and gift of a verb.

    Args:
        said: the giving, 'to send 300 soldiers'.
        held: how it is held.
        governor: the verb, noun or adjective that offers it, 'is ready'; the verb of giving itself where there is none.
        rule: what saw it.
    """
    below = [g for c in said.verb.children for g in (c, *c.children) if c.dep_ in {"xcomp", "prep"}]
    if any(word.lower_ in IN_KIND for word in below):
        return  # training and advice are none (guide, rule 17)
    upper = predicate(read, governor) if governor.tag_[0] == "V" else said
    doer = said.doer or upper.doer
    giver = _givers(read, story, said, upper, governor)
    if not giver and _is_the_hosts(story, doer):
        return
    if not giver and doer is not None and not any(g.states for g in story.groups(read)) and not _may_be_nameless(doer):
        return  # a bank, a company, a person: no contributor of the guide's
    first, last = _quote(read, said, upper)
    day = _day(read, story, said, held, governor, giver)
    base = Candidate("PledgeAnnounced", rule, read, first, last, date=day, modality=held.modality)
    due = _due(read, story, said, governor, rule)
    if due is not None:  # ordered or dated: a schedule (guide, rule 21)
        base = replace(base, claim="DeploymentScheduled", date=due, modality=Modality.PLANNED)
    sums = _money(read, story, said)
    if sums:
        yield from _sums(base, [g for g in sums if g is sums[0] or g.states], giver)
        return
    for amount in (a for a in read.amounts if a.kind == "equipment" and a.first > said.verb.i):
        yield from (base.by(code).counted(amount) for code in [gapped(read, amount)] if code)
    yield from (base.by(code) for code in in_turn(read, said.verb) if code not in story.apart)
    more = any(word in DOUBLING for word in read.words[said.verb.i : said.verb.i + 3])  # "doubling its 300"
    counted, kit = [] if more else _people(read, story, said, giver), _kit(read, said)
    if not kit and not counted and said.patient is not None:
        kit = [a for a in read.singles if a.kind == "equipment" and _is_of(read, said.patient, a)]
    if counted and (giver or any(g.states for g in counted) or rule == "pledge-verb"):
        if is_a(said.subject, "mission") and not giver and not any(g.states for g in counted):
            return
        yield from spread(base, counted, giver, story)
    for amount in kit:
        for code in giver:
            yield base.by(code).counted(amount)
    if not counted and not kit and giver and (more or gives_something(read, story, said, said.patient)):
        for code in giver:
            yield base.by(code)


def _givers(read: Read, story: Story, said: Predicate, upper: Predicate, governor: Token) -> tuple[str, ...]:
    """Who gives: the doer, whoever voices the offer, or the list that a sentence puts elsewhere."""
    doer = said.doer or upper.doer
    signed = whose(read, story, governor) if governor.tag_[0] == "N" else ()  # "signed a declaration of intent to"
    giver = after_colon(read, said) or story.givers(said.doer) or story.givers(upper.doer) or signed or turned(read, said)
    giver = (
        giver
        or first_to(read, story, said.verb)
        or first_to(read, story, governor)
        or among(read, story, doer, said.verb)
        or story.institution(read, doer)
    )
    gift = said.patient
    if not giver and governor.tag_ == "VBG" and governor.dep_ == "acl":
        main = next((a for a in governor.ancestors if a.tag_ in FINITE), None)  # "pledged a sum to the conference, promising to give"
        giver = story.givers(predicate(read, main).doer) if main is not None else ()
    if not giver and gift is not None and gift.head.lower_ in {"contribution", "contingent", "pledge", "offer"}:
        giver = owners(read, gift.head)  # "agreed that members would provide a collective EU contribution"
    return giver or (opening(read, story) if said.subject is None and upper.subject is None else ())


def _quote(read: Read, said: Predicate, upper: Predicate) -> tuple[int, int]:
    subject = next((p for p in (said.subject, upper.subject) if p), None)
    named = [a.first for a in (subject.actors if subject else []) if a.first < said.verb.i]
    return evidence(read, said.verb.i, min([said.verb.i, *([subject.first] if subject else []), *named]), said.verb.i + 8)


def _day(read: Read, story: Story, said: Predicate, held: Stance, governor: Token, giver: tuple[str, ...]) -> str | None:
    above = stance(read, governor) if governor.tag_[0] == "V" else held
    day = story.day(read, governor, above if above.tense is Tense.PAST else held)  # "said on Thursday it would send": that Thursday is past
    day = day or story.day(read, said.verb, held) or story.said_day(read, governor)
    return day or (_news_day(read, story, governor, giver) if governor.tag_[0] == "V" else None)


def _money(read: Read, story: Story, said: Predicate) -> list[Group]:
    """The sums that are given: in the object, else close behind the verb, with those that go on in the list."""
    money = [g for g in story.groups(read) if g.amount.kind == "money"]
    sums = story.counted(read, said.patient, money=True) or [g for g in money if near(read, said.verb, g.first, 5)]
    return [g for g in for_the_mission(read, listed(read, sums, money), money) if is_ours(read, g.last)]


def _people(read: Read, story: Story, said: Predicate, giver: tuple[str, ...]) -> list[Group]:
    """The people that are given: in the object, behind 'with', else close behind the verb."""
    if any(c.dep_ == "xcomp" and c.lower_ in {"replace", "relieve"} for c in said.verb.children):
        return []  # "has offered to replace the 370 who leave"
    counted = story.counted(read, said.patient, bare=True) if said.patient is not None else []
    counted = counted or [g for p in said.after("with") for g in story.counted(read, p)]
    counted = counted or [g for g in story.groups(read) if g.amount.kind != "money" and near(read, said.verb, g.first, 8)][:1]
    if not giver and all(g.bare for g in counted):
        return []  # "one of three units had been pledged"
    return without_parts(read, counted)


def _kit(read: Read, said: Predicate) -> list[Amount]:
    """The counted materiel that is given, but for what somebody else in the list gives."""
    if {"gap", "place", "places"} & set(read.words[said.verb.i : said.verb.i + 5]):
        return []
    what = said.patient
    kit = [a for a in read.amounts if a.kind == "equipment" and not gapped(read, a)]
    return [a for a in kit if (what is not None and a.first in what.tokens) or near(read, said.verb, a.first, 8)]


def _due(read: Read, story: Story, said: Predicate, governor: Token, rule: str) -> str | None:
    """The day on which people who will be sent go: 'will deploy 300 men within two weeks'. None for what is only promised."""
    if rule != "provide-verb" or said.verb.lower_ not in {"send", "deploy", "dispatch"} or said.after("with"):
        return None
    if governor is not said.verb and not story.says_so(governor):
        return None
    when = time_of(read, said.verb)
    if when is None or is_of_saying(read, when) or when.first < said.verb.i:
        return None
    day = story.resolved(when, Tense.FUTURE)
    return day if day and len(day) >= 7 and day > story.published.isoformat()[: len(day)] else None


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


def _is_the_hosts(story: Story, doer: Phrase | None) -> bool:
    """Whether the mission's host is the doer: it gives nothing to its own mission, and whom it names are others."""
    return doer is not None and bool(doer.actors) and all(a.code in story.apart for a in doer.actors if doer.first <= a.first < doer.last)


BLOCS = frozenset({"organisation", "organization", "league", "alliance", "bloc", "commonwealth"})
"""Bodies that may have no code of ours."""


def _may_be_nameless(doer: Phrase) -> bool:
    """Whether those who give need no name: 'ten countries', 'donors', a mission that was promised something."""
    return bool(doer.core & (words_of("sorts", "donors") | BLOCS)) or is_a(doer, "mission") or is_a(doer, "fund")


def _is_of(read: Read, what: Phrase, single: Amount) -> bool:
    """Whether a single piece is what is given, by its noun or its name: 'the frigate Louise Marie', 'the participation of a frigate'."""
    noun = read.doc[single.last - 1]
    given = what.head.lower_ in {"participation", "deployment", "contribution", "dispatch"}
    return single.first <= what.head.i <= single.last or noun.head == what.head or (given and single.first in what.tokens)


def _sums(base: Candidate, sums: Sequence[Group], giver: tuple[str, ...]) -> Iterator[Candidate]:
    """Each sum with its donor; a sum that several share is nobody's alone (guide, rule 10)."""
    for one in sums:
        near = base.read.words[max(0, one.first - 3) : one.last + 2]
        if len(one.states) == 1:
            yield base.by(one.states[0]).counted(one)
        elif {"each", "apiece"} & set(near) and len(one.states or giver) > 1:
            yield from (base.by(code).counted(one) for code in one.states or giver)
        elif len(giver) > 1:
            yield base.counted(one)
            for code in giver:
                yield base.by(code)
        else:
            yield base.by(giver[0] if giver else None).counted(one)
