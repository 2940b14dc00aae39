"""Who is there: counts of people in the mission area."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, Predicate, predicate, time_of
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import BODIES, Story

BEING = frozenset({"be", "serve", "remain", "stay", "station", "base", "work", "patrol", "operate", "deploy", "participate"})
"""Verbs of which the people are the subject."""

HAVING = frozenset(
    {"have", "number", "total", "stand", "comprise", "count", "maintain", "muster", "keep", "contribute", "consist", "include"}
)
"""Verbs of which the people are the object."""

NOW = frozenset({"now", "currently", "already", "present", "so", "far", "today", "still"})


def strength(read: Read, story: Story) -> Iterator[Candidate]:
    """Every count of people in the mission area that a sentence tells by a verb."""
    for token in read.verbs:
        yield from _present(read, story, token)


def _present(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "strength")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    past = held.tense is Tense.PAST and not held.perfect
    if held.planned or (past and not (trigger.phrase in BEING and time_of(read, token) and trigger.phrase != "be")):
        return
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 8)
    day = (story.day(read, token, held) if past or time_of(read, token) else None) or story.published.isoformat()
    base = Candidate("StrengthReported", "strength-verb", read, first, last, date=day, modality=held.modality)
    yield from _joining(read, story, said, base)
    if trigger.phrase in BEING:
        yield from _being(read, story, said, held, base, trigger.phrase)
    elif trigger.phrase in HAVING and not past:
        yield from _having(read, story, said, base, trigger.phrase)


def _being(read: Read, story: Story, said: Predicate, held: Stance, base: Candidate, phrase: str) -> Iterator[Candidate]:
    groups = [g for g in story.groups(read) if g.amount.kind != "money"]
    strong = next(
        (a for a in read.amounts if a.first > said.verb.i and a.first - said.verb.i <= 4 and read.words[a.last : a.last + 1] == ["strong"]),
        None,
    )
    if phrase == "be" and strong is not None:
        if is_a(said.subject, "mission"):
            yield base.by(None).counted(strong, "personnel")
        return
    if phrase == "deploy" and not said.passive:
        return
    if not _in_area(read, story, said):
        return
    there = story.counted(read, said.subject, bare=True)
    if not there and any(child.dep_ == "expl" for child in said.verb.children):
        there = [g for o in said.objects for g in story.counted(read, o, bare=True)] or [
            g for g in groups if 0 < g.first - said.verb.i <= 4
        ]
    if phrase == "be" and said.objects and not any(child.dep_ == "expl" for child in said.verb.children):
        return  # "they are the largest contingent in the force"
    if there and {"more", "another"} & set(read.words[max(0, there[0].first - 2) : there[0].last + 1]) and phrase == "be":
        base = replace(base, claim="ContingentArrived", rule="more-on-the-ground")
    yield from _each(base, there, story.givers(said.subject, point_back=False), story)


def _having(read: Read, story: Story, said: Predicate, base: Candidate, phrase: str) -> Iterator[Candidate]:
    groups = [g for g in story.groups(read) if g.amount.kind != "money"]
    owned = [g for o in said.objects for g in story.counted(read, o, bare=True)]
    owned = owned or [
        g
        for g in groups
        if 0 < g.first - said.verb.i <= 5 and not any(read.words[i] in {"to", "that", "who"} for i in range(said.verb.i, g.first))
    ]
    if not owned:
        return
    subject = said.subject
    behind = set(read.words[owned[0].amount.last : owned[0].last + 6])
    if "ready" in behind and phrase == "have":
        for code in story.givers(subject):
            yield replace(base, claim="PledgeAnnounced", rule="has-ready", date=None).by(code).counted(owned[0], story.unit)
        return
    mission = heads(subject, "mission") and set(story.givers(subject, point_back=False)) <= BODIES
    if mission and phrase != "include":
        yield from _each(base, owned[:1], (), story)
        rest = [g for g in groups if g.first > owned[0].first and (g.part or g.states) and not g.bare]
        yield from _each(base, [g for g in rest if g not in owned[:1]], (), story)
    elif (
        phrase in {"have", "maintain", "keep", "station"}
        and (_in_area(read, story, said) or {"among", "ground"} & behind)
        and "ready" not in behind
    ):
        yield from _each(base, owned, story.givers(subject), story)


def _joining(read: Read, story: Story, said: Predicate, base: Candidate) -> Iterator[Candidate]:
    """'They join more than 700 of their countrymen': so many are there."""
    if said.verb.lower_ not in {"join", "joins", "joining", "joined"} or said.passive:
        return
    for group in (g for o in said.objects for g in story.counted(read, o, bare=True)):
        if set(read.words[group.last - 1 : group.last + 6]) & {
            "already",
            "countrymen",
            "colleagues",
            "compatriots",
            "comrades",
            "there",
            "stationed",
        }:
            yield base.by(group.states[0] if group.states else story.giver).counted(group, story.unit)


def _each(base: Candidate, there: Sequence[Group], default: tuple[str, ...], story: Story) -> Iterator[Candidate]:
    """Rule 30: a shared count is one event without a contributor."""
    for group in there:
        if group.part and not group.states and group is not there[0]:
            continue
        code = group.states[0] if len(group.states) == 1 else None if group.states else (default[0] if len(default) == 1 else None)
        yield base.counted(group, story.unit).by(code if code != "UN" else None)


def _in_area(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a clause places its people in the mission area: on the ground, in the host country, in the mission."""
    after = read.words[said.verb.i + 1 : said.verb.i + 9]
    if {"ground", "there", "here"} & set(after[:7]):
        return True
    if any(a.role == "place" and (a.code in story.hosts or a.form == "host-city") and a.first > said.verb.i for a in read.actors):
        return True
    if any(
        said.verb.i < first <= said.verb.i + 10 and set(read.words[max(0, first - 2) : first]) & {"in", "with", "under", "of"}
        for first, _, _ in read.named
    ):
        return True
    phrases = said.after("in", "with", "under", "of", "among", "inside", "within")
    if any(p.head.lower_ == "it" for p in said.after("in", "with", "under")):
        return True
    return any(is_a(p, "mission") or p.core & words_of("sorts", "scope") for p in phrases)
