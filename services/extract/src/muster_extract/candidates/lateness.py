"""Late, told of the act or by another word: 'has delayed sending its soldiers', 'is running late', 'missed its deadline for'."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.shares import spread
from muster_extract.kinds import is_a, is_people
from muster_extract.lexicon import forms_of
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, governing_verb, predicate
from muster_extract.reading import Read
from muster_extract.reasons import reasons_near, reasons_of
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

DELAYING = frozenset({"delayed", "delays", "delaying", "postponed", "postpones", "postponing", "deferred", "defers"})
ACTS = ("send", "depart", "arrive", "provide")
DELAYS = frozenset({"delay", "delays", "setback", "setbacks", "postponements"})
HITTING = frozenset({"dogged", "plagued", "hit", "beset", "hampered", "marred", "affected", "slowed", "dog", "plague"})
SLOWING = frozenset({"slowed", "slowing", "delayed", "slows", "stalled"})
SENDING = frozenset({"deployment", "dispatch", "departure", "arrival", "rotation", "sending"})
DEADLINES = frozenset({"deadline", "target", "date"})


def lateness(read: Read, story: Story) -> Iterator[Candidate]:
    """Every delay that a sentence tells of an act, or by a word that only means late of a deployment."""
    for token in read.verbs:
        held = stance(read, token)
        if not held.holds:
            continue
        yield from _of_act(read, story, token, held)
        yield from _late(read, story, token, held)
    for token in read.doc:
        yield from _of_noun(read, story, token)


LATE = frozenset(
    {"delay", "delays", "postponement", "postponements", "hold-up", "hold-ups", "holdup", "holdups", "slippage", "setback", "setbacks"}
)
"""Nouns of being late."""


def _of_noun(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Further delays in the arrival of 3,000 peacekeepers', 'the force has suffered several delays'."""
    word = read.words[token.i]
    hyphened = word in {"up", "ups"} and read.words[token.i - 2 : token.i] == ["hold", "-"]
    if not (word in LATE or hyphened) or token.tag_[0] != "N" or token.dep_ == "compound":
        return
    verb = governing_verb(token)
    if verb.tag_[0] != "V":
        return
    held = stance(read, verb)
    if not held.holds or held.planned or any(c.lower_ in {"no", "any", "without", "further", "such"} - {"further"} for c in token.children):
        return
    if verb.lower_ in forms_of("moves", "averting") or (token.dep_ == "pobj" and token.head.lower_ in {"without", "despite", "against"}):
        return
    said = predicate(read, verb)
    below = [Phrase(read, o) for c in token.children if c.lower_ in {"in", "of", "to", "for"} for o in c.children if o.dep_ == "pobj"]
    what = next((p for p in below if p.head.lower_ in SENDING or is_people(p, story.groups(read))), None)
    if what is None and verb.lower_ in forms_of("moves", "suffering") and said.patient is not None:
        suffers = said.patient if said.passive else said.subject
        late = said.doer if said.passive else said.patient
        if (
            suffers is not None
            and late is not None
            and token.i in late.tokens
            and (is_a(suffers, "mission") or suffers.head.lower_ in SENDING)
        ):
            what = suffers
    if what is None:
        return
    yield from _told(read, story, token, held, "delay-noun", what, story.givers(what, point_back=False))


def _told(
    read: Read, story: Story, token: Token, held: Stance, rule: str, what: Phrase | None, giver: tuple[str, ...]
) -> Iterator[Candidate]:
    first, last = evidence(read, token.i, token.i - 4, token.i + 7)
    base = Candidate(
        "DeploymentDelayed",
        rule,
        read,
        first,
        last,
        date=_new_day(read, story, token),
        reasons=_reasons(read, story, token),
        modality=held.modality,
        certainty=0.6,
    )
    giver = tuple(code for code in giver if code not in BODIES and code not in story.apart)
    yield from spread(base, story.counted(read, what) if what is not None else [], giver, story)


def _reasons(read: Read, story: Story, token: Token) -> tuple[str, ...]:
    own = reasons_of(predicate(read, token)) if token.tag_[0] == "V" else ()
    return tuple(dict.fromkeys((*own, *reasons_near(read, token.i, after=story.reason_after(read)))))


def _new_day(read: Read, story: Story, token: Token) -> str | None:
    for when in read.times:
        opener = read.words[when.first - 1] if when.first else ""
        if when.first > token.i and (opener in {"to", "until", "till"} or when.phrase.lower().startswith(("to ", "until ", "till "))):
            return story.resolved(when, Tense.FUTURE)
    return None


def _of_act(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    """'Chad has delayed sending its soldiers until September.'"""
    if token.lower_ not in DELAYING or held.planned:
        return
    act = next((c for c in token.children if c.dep_ in {"xcomp", "ccomp", "dobj"} and c.tag_ == "VBG"), None)
    if act is None or not any(read.trigger(act, name) for name in ACTS):
        return
    what = predicate(read, act).patient
    if what is not None and not is_people(what, story.groups(read)):
        return
    yield from _told(read, story, token, held, "delays-act", what, story.givers(predicate(read, token).subject))


def _late(read: Read, story: Story, token: Token, held: Stance) -> Iterator[Candidate]:
    if held.planned:
        return
    said = predicate(read, token)
    behind = read.words[token.i + 1 : token.i + 5]
    if token.lower_ in {"running", "runs", "ran", "is", "are"} and behind[:1] == ["late"]:
        what, rule = said.subject, "running-late"
    elif token.lower_ in HITTING and said.subject is not None and said.doer is not None and said.doer.head.lower_ in DELAYS:
        what, rule = said.patient, "delays-dog"
    elif token.lower_ in SLOWING and said.patient is not None and said.patient.head.lower_ in SENDING:
        what, rule = said.patient, "slowed"
    elif token.lower_ in {"missed", "misses", "missing"} and said.patient is not None and said.patient.head.lower_ in DEADLINES:
        if not SENDING & set(read.words):
            return
        yield from _told(read, story, token, held, "missed-deadline", None, story.givers(said.doer))
        return
    else:
        return
    if what is None or what.head.lower_ not in SENDING:
        return
    yield from _told(read, story, token, held, rule, what, story.givers(what, point_back=False))
