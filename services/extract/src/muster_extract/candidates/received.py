"""People told of from the mission's side: 'Haiti welcomed 150 Guatemalan soldiers', 'are expected to be in Haiti by July'."""

from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.shares import spread
from muster_extract.kinds import heads, is_people
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.predicates import predicate
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

WELCOMING = frozenset({"welcomed", "welcomes", "received", "receives", "greeted", "greets", "met"})
NOT_YET = words_of("offers", "offer") | words_of("offers", "readiness")
"""What is welcomed before anybody comes: 'welcomed the offer of 1,500 soldiers'."""

EXPECTED = frozenset({"expected", "due", "scheduled", "set", "slated"})
PLACES = frozenset({"place", "country", "theatre", "theater", "position"})


def received(read: Read, story: Story) -> Iterator[Candidate]:
    """Every arrival that a sentence tells from the host's side, and every day by which people are to be there."""
    for token in read.verbs:
        yield from _welcomed(read, story, token)
        yield from _to_be_there(read, story, token)


def _welcomed(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    if token.lower_ not in WELCOMING:
        return
    held, said = stance(read, token), predicate(read, token)
    what, host = said.patient, said.doer
    if what is None or host is None or held.planned or not held.holds or what.head.lower_ in NOT_YET:
        return
    at_home = (
        bool({"airport", "tarmac", "port"} & set(read.words[what.last - 1 : what.last + 8]))
        or any(a.code in story.hosts or a.form == "host-city" for a in host.actors)
        or heads(host, "mission")
    )
    counted = [g for g in story.counted(read, what) if g.states and not set(g.states) & story.apart]
    if not at_home or not counted or not is_people(what, story.groups(read)):
        return
    first, last = evidence(read, token.i, host.first, what.last)
    day = story.day(read, token, held, now=True)
    yield from spread(Candidate("ContingentArrived", "welcomed", read, first, last, date=day, certainty=0.6), counted, (), story)


def _to_be_there(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The remaining 600 officers are expected to be in Haiti by the end of July.'"""
    if token.lower_ != "be" or token.dep_ != "xcomp" or token.head.lower_ not in EXPECTED:
        return
    held, said = stance(read, token.head), predicate(read, token)
    when = next((w for w in read.times if 0 < w.first - token.i <= 9), None)
    who = said.subject
    if when is None or who is None or not held.holds or held.tense is not Tense.PRESENT:
        return
    there = any((a.code in story.hosts or a.form == "host-city") and 0 < a.first - token.i <= 5 for a in read.actors)
    placed = bool({"on", "in"} & set(read.words[token.i + 1 : token.i + 3])) and bool(
        (PLACES | {"ground"}) & set(read.words[token.i : token.i + 6])
    )
    counted = story.counted(read, who)
    if not (there or placed) or not is_people(who, story.groups(read)) or not (counted or story.givers(who, point_back=False)):
        return
    first, last = evidence(read, token.i, token.head.i - 2, when.last)
    day = story.resolved(when, Tense.FUTURE)
    base = Candidate("DeploymentScheduled", "to-be-there", read, first, last, date=day, modality=Modality.PLANNED, certainty=0.6)
    yield from spread(base, counted, story.givers(who, point_back=False), story)
