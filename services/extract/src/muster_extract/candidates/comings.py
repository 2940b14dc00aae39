"""Coming and going told by a noun: 'the arrival on Tuesday of 400 officers', 'the Kenyan deployment began in June', 'EAC troops began
their arrival' (guide, rules 4 and 8)."""

from collections.abc import Iterator
from dataclasses import dataclass

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.moves import BE
from muster_extract.candidates.shares import spread
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.lexicon import forms_of, words_of
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, Predicate, predicate, time_of
from muster_extract.reading import Read, When, codes
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

AWAITING = frozenset({"before", "until", "pending", "for", "ahead", "without", "despite", "to", "against"})
"""Prepositions before a coming that nobody says has been."""

LINKS = frozenset({"since", "after", "following", "with", "by", "upon", "on"})
"""Prepositions before one that has."""


@dataclass(frozen=True)
class _Coming:
    noun: Phrase
    said: Predicate
    held: Stance
    who: Phrase | None
    counted: list[Group]
    giver: tuple[str, ...]
    inside: When | None
    """The time within the noun's own words."""


def comings(read: Read, story: Story) -> Iterator[Candidate]:
    """Every arrival, deployment and departure that a sentence tells by a noun."""
    nouns = words_of("moves", "comings") | words_of("moves", "goings")
    for token in read.doc:
        if token.lower_ not in nouns or token.tag_[0] != "N" or token.dep_ == "compound" or _is_denied(token):
            continue
        coming = _coming(read, story, Phrase(read, token))
        if coming is not None:
            yield from _told(read, story, coming)


def _is_denied(noun: Token) -> bool:
    return any(c.lower_ in {"no", "neither"} for c in noun.children) or (noun.dep_ == "pobj" and noun.head.lower_ in AWAITING)


def _coming(read: Read, story: Story, noun: Phrase) -> _Coming | None:
    verb = _verb_of(noun.head)
    held = stance(read, verb) if verb is not None else None
    if verb is None or held is None or not held.holds or (noun.head.dep_ != "pobj" and _is_hindered(read, verb)):
        return None
    of = next((o for c in noun.head.children if c.lower_ == "of" for o in c.children if o.dep_ == "pobj"), None)
    own = next((c for c in noun.head.children if c.dep_ == "poss"), None)
    said = predicate(read, verb)
    who: Phrase | None = Phrase(read, of) if of is not None else Phrase(read, own) if own is not None and own.tag_ != "PRP$" else None
    if who is None and said.subject is not None and noun.head.i not in said.subject.tokens and is_a(said.subject, "people"):
        who = said.subject  # "troops began their arrival"
    counted = [g for g in story.counted(read, who) if g.amount.kind != "money"]
    if not counted:
        near = [g for g in story.groups(read) if 0 < g.first - noun.head.i <= 6 and "of" in read.words[noun.head.i : g.first]]
        counted = [g for g in near[:1] if g.amount.kind != "money"]
    left = codes([a for a in noun.actors if a.last <= noun.head.i and a.role in {"plain", "possessive"}])
    pointed = who is not None and any(read.doc[i].tag_ == "PRP$" for i in who.tokens)  # "24 members of its own forces"
    giver = left or (story.givers(who, point_back=pointed) if who is not None else ())
    inside = {t.i for t in noun.head.subtree if t.i > noun.head.i}
    return _Coming(
        noun,
        said,
        held,
        who,
        [g for g in counted if not set(g.states) & story.apart],
        tuple(code for code in giver if code not in BODIES and code not in story.apart),
        next((w for w in read.times if w.first in inside), None),
    )


def _is_hindered(read: Read, verb: Token) -> bool:
    promised = read.has(verb, "commit") and verb.lower_ not in forms_of("moves", "greeting")
    return promised or read.has(verb, "delay", "oppose", "block", "unpledge")


def _verb_of(noun: Token) -> Token | None:
    """The verb that a noun hangs on as subject or object, or behind a word of time."""
    at = noun.head if noun.dep_ == "conj" and noun.head.tag_[0] == "N" else noun
    if at.dep_ == "pobj":
        if at.head.lower_ not in LINKS:
            return None
        at = at.head
        return at.head if at.head.tag_[0] == "V" else None
    return at.head if at.dep_ in {"dobj", "nsubj", "nsubjpass"} and at.head.tag_[0] == "V" else None


def _told(read: Read, story: Story, coming: _Coming) -> Iterator[Candidate]:
    here = any(a.code in story.hosts or a.form == "host-city" for a in read.actors)
    people = coming.who is not None and (is_people(coming.who, story.groups(read)) or is_a(coming.who, "mission"))
    if not (here or read.named or coming.giver or (coming.counted and people)):
        return
    kind = _kind(read, story, coming)
    if kind is None:
        return
    name, day = kind
    if day is None and not coming.counted:
        return
    noun = coming.noun.head
    first, last = evidence(read, noun.i, min(noun.i - 2, coming.said.verb.i), noun.i + 8)
    modality = Modality.PLANNED if name == "DeploymentScheduled" else Modality.ASSERTED
    base = Candidate(name, f"{noun.lower_}-noun", read, first, last, date=day, modality=modality, certainty=0.6)
    yield from spread(base, coming.counted, coming.giver or _teller(story, coming), story)


def _teller(story: Story, coming: _Coming) -> tuple[str, ...]:
    """'Belgium announced the arrival of 45 soldiers': whose they are, where nothing else says."""
    if coming.said.verb.lower_ not in forms_of("moves", "greeting") or not coming.counted or any(g.states for g in coming.counted):
        return ()
    named = story.givers(coming.said.doer, point_back=False)
    return tuple(code for code in named if code not in BODIES and code not in story.apart)


def _kind(read: Read, story: Story, coming: _Coming) -> tuple[str, str | None] | None:
    """The type and the day of what a noun of coming tells."""
    verb, held, word = coming.said.verb, coming.held, coming.noun.head.lower_
    going = word in words_of("moves", "goings")
    if _leads_home(story, coming):
        return None
    happening = verb.lower_ in forms_of("moves", "happening") or _is_under_way(read, verb)
    own = verb.dep_ not in {"relcl", "acl"} or happening or verb.lower_ in forms_of("moves", "greeting")
    when = coming.inside or (time_of(read, verb) if own else None)
    ahead = coming.inside is not None and bool(set(coming.inside.phrase.lower().split()) & words_of("moves", "ahead"))
    if happening:
        if held.planned:
            return "DeploymentScheduled", story.resolved(when, Tense.FUTURE) if when else None
        day = story.resolved(when, Tense.PAST) if when else story.day(read, verb, held, now=True)
        return ("ContingentDeparted" if going else "ContingentArrived"), day
    dated = word.startswith("arriv") and coming.inside is not None and held.tense is Tense.PAST
    if not (coming.counted or dated) or coming.noun.head.dep_ == "conj":
        return None
    if held.planned or ahead:
        return ("DeploymentScheduled", story.resolved(coming.inside, Tense.FUTURE)) if coming.inside is not None else None
    if word.startswith("deploy"):
        whole = heads(coming.said.subject, "mission") and set(story.givers(coming.said.subject, point_back=False)) <= BODIES
        if not whole or verb.lower_ not in {"announced", "announces", "confirmed"}:
            return None  # a state that announces one promises it: candidates/plain_offers.py
    elif not word.startswith("arriv") or (held.tense is not Tense.PAST and verb.lower_ not in forms_of("moves", "greeting")):
        return None
    dates = coming.inside is not None or verb.lower_ in forms_of("moves", "greeting") or coming.noun.head.dep_ == "nsubjpass"
    return "ContingentArrived", story.resolved(when, Tense.PAST) if when and dates else None


def _is_under_way(read: Read, verb: Token) -> bool:
    tail = read.words[verb.i + 1 : verb.i + 4]
    if (verb.lower_ in {"take", "takes", "took", "taken", "taking"} and tail[:1] == ["place"]) or tail[:1] == ["off"]:
        return True
    return verb.lower_ in BE | {"get", "gets", "got"} and (
        "underway" in tail or tail[:2] == ["under", "way"] or tail[1:3] == ["under", "way"]
    )


def _leads_home(story: Story, coming: _Coming) -> bool:
    """'Their arrival in Dublin': home."""
    places = {a.code for a in coming.noun.actors if a.role == "place" and a.form in {"name", "capital"}} - {None}
    return bool(places) and not places & story.hosts and places <= set(coming.giver)
