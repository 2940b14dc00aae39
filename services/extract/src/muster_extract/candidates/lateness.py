"""Late, told of the act or by another word: 'has delayed sending its soldiers', 'is running late', 'missed its deadline for'."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.shares import spread
from muster_extract.kinds import is_people
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.reasons import reasons_near
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
        reasons=reasons_near(read, token.i, after=story.reason_after(read)),
        modality=held.modality,
        certainty=0.6,
    )
    giver = tuple(code for code in giver if code not in BODIES and code not in story.apart)
    yield from spread(base, story.counted(read, what) if what is not None else [], giver, story)


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
