"""Moves told by a noun: 'the arrival on Tuesday of 400 officers'."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.owners import above
from muster_extract.candidates.shares import spread
from muster_extract.pointing import BODIES
from muster_extract.predicates import predicate
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story


def nominals(read: Read, story: Story) -> Iterator[Candidate]:
    """Every arrival that a sentence tells by a noun."""
    for token in read.doc:
        if token.tag_[0] != "N" or token.dep_ == "compound" or any(c.lower_ in {"no", "neither"} for c in token.children):
            continue
        if token.lower_ == "arrival":
            yield from _arrived(read, story, token)


AWAITING = frozenset({"before", "until", "pending", "for", "ahead", "without", "despite", "to"})


def _arrived(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The arrival on Tuesday of 400 officers was met with relief', 'since the arrival of 200 Kenyans in June'."""
    verb, held = above(read, token)
    if verb is None or held is None or not held.holds or held.planned or read.has(verb, "delay", "commit", "follow"):
        return
    if token.dep_ not in {"nsubj", "nsubjpass", "pobj", "dobj"} or (token.dep_ == "pobj" and token.head.lower_ in AWAITING):
        return
    group = next((g for g in story.groups(read) if 0 < g.first - token.i <= 6 and "of" in read.words[token.i : g.first]), None)
    when = next((w for w in read.times if 0 < w.first - token.i <= 12), None)
    if group is None or group.amount.kind == "money" or set(group.states) & story.apart or held.tense is not Tense.PAST:
        return
    if not any(a.code in story.hosts or a.form == "host-city" for a in read.actors) and not read.named:
        return
    first, last = evidence(read, token.i, token.i, group.last)
    day = story.resolved(when, Tense.PAST) if when is not None else None
    base = Candidate("ContingentArrived", "arrival-noun", read, first, last, date=day, certainty=0.6)
    whose = tuple(code for code in story.givers(predicate(read, verb).doer) if code not in BODIES and code not in story.apart)
    yield from spread(base, [group], whose if not group.states else (), story)
