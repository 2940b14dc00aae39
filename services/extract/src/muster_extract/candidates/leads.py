"""The lead, offered: who volunteers, agrees or is named to lead."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.offering import governor
from muster_extract.kinds import is_a
from muster_extract.modality import stance
from muster_extract.persons import persons
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

LEADING = frozenset({"xcomp", "ROOT", "ccomp", "conj", "advcl", "relcl"})
"""Ties of a verb that tells who will lead."""


def leads(read: Read, story: Story) -> Iterator[Candidate]:
    """Every offer of the lead that a sentence tells by a verb."""
    for token in read.verbs:
        yield from _leading(read, story, token)


def _leading(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    said, held = predicate(read, token), stance(read, token)
    trigger = read.trigger(token, "lead")
    if trigger is None:
        if (
            read.trigger(token, "pledge")
            and held.holds
            and any(p.head.lower_ in {"command", "leadership", "lead"} for p in (*said.after("for"), *said.objects))
        ):
            yield from _leads(read, story, said, said, "lead-noun")
        return
    if said.passive and said.agent is not None:
        state = any(a.first <= said.agent.head.i < a.last for a in said.agent.actors)  # and not "by General Tano of Nigeria"
        if held.holds and held.planned and is_a(said.subject, "mission") and state:
            yield from _leads(read, story, said, said, "to-be-led")
        return
    if trigger.phrase == "lead" and "to" in read.words[token.i + 1 : token.i + 3] and not said.objects:
        return  # "should lead to peace"
    offering = governor(read, token, "pledge", "commit", *(() if trigger.phrase == "command" else ("appoint",)))
    will = any(c.dep_ == "aux" and c.lower_ in {"will", "would", "'ll"} for c in token.children)
    if token.dep_ in {"advcl", "relcl"} and not will and offering is None:
        return  # "a command centre to lead operations": what it is for
    if offering is None and not (held.planned and token.tag_ == "VB" and token.dep_ in LEADING):
        return
    if not held.holds:
        return
    what = said.patient
    on_its_own = what is None or what.head.lower_ in {"it", "that", "one"}
    if not (on_its_own or is_a(what, "mission") or trigger.last - trigger.first > 1):
        return
    if on_its_own and offering is None:
        return
    yield from _leads(read, story, said, predicate(read, offering) if offering is not None else said, "lead-verb")


def _leads(read: Read, story: Story, said: Predicate, upper: Predicate, rule: str) -> Iterator[Candidate]:
    subject = upper.subject or said.subject
    if subject is not None and any(p.ranked and p.first <= subject.head.i < p.last for p in persons(read, story)):
        return  # "General X will take charge": a commander
    for code in story.givers(said.agent) or story.givers(said.subject) or story.givers(upper.subject):
        if code in BODIES:
            continue
        first, last = evidence(read, said.verb.i, (subject or Phrase(read, said.verb)).first, said.verb.i + 5)
        held = stance(read, upper.verb)
        day = story.day(read, upper.verb, held) or story.said_day(read, upper.verb)
        yield Candidate("LeadershipOffered", rule, read, first, last, code, date=day)
