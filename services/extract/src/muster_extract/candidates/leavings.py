"""Leaving told by a noun: 'began their withdrawal', 'the drawdown of 2,000 soldiers', 'cuts to its peacekeeping force' (guide, rule 14)."""

from collections.abc import Iterator
from dataclasses import dataclass

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.homecoming import is_rotation
from muster_extract.candidates.moves import BE
from muster_extract.candidates.shares import spread
from muster_extract.groups import Group
from muster_extract.kinds import is_a, is_people
from muster_extract.lexicon import forms_of, words_of
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import SAYING, Phrase, predicate, time_of
from muster_extract.reading import Read, When, codes
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

TIED = frozenset({"mission", "peacekeepers", "peacekeeper", "peacekeeping", "contingent", "contingents", "force"})
"""Words of a sentence by which a noun of leaving is that of a mission's people."""

TROOPS = frozenset({"troop", "troops", "military", "forces", "soldiers", "police"})
"""Words of the noun's own phrase that make it one of people: 'its troop pullout'."""

STATES = frozenset(
    {"underway", "under", "complete", "completed", "over", "imminent", "due", "scheduled", "planned", "expected", "set", "final"}
)
"""What a leaving that is one is said to be: 'the pullout is under way'."""

OPENS = frozenset({"by", "until", "before", "from", "starting", "beginning", "within"})
"""What opens the time of a leaving that is announced or ordered."""

AFTER = frozenset({"with", "on", "of", "for", "to"})
"""Prepositions by which a noun is what its verb is about: 'proceed with the withdrawal', 'agreed on a pullout'."""


@dataclass(frozen=True)
class _Leaving:
    """A noun of leaving with the verb that it hangs on."""

    noun: Phrase
    verb: Token
    held: Stance
    done: bool
    """Whether the verb says that it happens; else it is announced, ordered or planned."""


def leavings(read: Read, story: Story) -> Iterator[Candidate]:
    """Every leaving that a sentence tells by a noun."""
    for token in read.doc:
        if token.tag_[0] != "N" or token.dep_ == "compound":
            continue
        if token.lower_ in words_of("moves", "exits") or (token.lower_ in words_of("moves", "cuts") and _of_people(read, token)):
            yield from _left(read, story, Phrase(read, token))


def _left(read: Read, story: Story, noun: Phrase) -> Iterator[Candidate]:
    if (is_a(noun, "pledged") and not is_a(noun, "people")) or any(c.lower_ in {"no", "neither", "without"} for c in noun.head.children):
        return
    owner = _owner(noun)
    counted = [_abroad(g, story) for g in story.counted(read, owner)] if owner is not None and is_people(owner, story.groups(read)) else []
    leaving = _leaving(read, noun, bool(counted))
    if leaving is None or (is_rotation(story) and not counted):
        return
    said = predicate(read, leaving.verb)
    whose = owner or (said.subject if said.subject is not None and noun.head.i not in said.subject.tokens else None)
    whole = is_a(whose, "mission") or is_a(noun, "mission") or bool(set(story.givers(whose, point_back=False)) & BODIES)
    named = codes([a for a in noun.actors if a.role in {"plain", "possessive"} and a.last <= noun.head.i]) or (
        story.givers(whose) if whose is not None else ()
    )
    if not named and not whole and said.subject is not None:
        named = story.givers(said.subject)
    giver = tuple(code for code in named if code not in BODIES and code not in story.apart)
    here = any(a.code in story.hosts or a.form == "host-city" for a in read.actors)
    tied = (
        bool(read.named)
        or bool(TIED & set(read.words))
        or bool(set(giver) & story.contributors)
        or (here and (bool(counted) or bool(noun.words & TROOPS)))
    )
    if not tied or not (giver or whole or counted) or _is_of_others(read, story, giver):
        return
    first, last = evidence(read, noun.head.i, min(leaving.verb.i, noun.first), noun.head.i + 8)
    planned = leaving.held.planned or not leaving.done
    base = Candidate(
        "ContingentWithdrawn",
        "leaving-noun",
        read,
        first,
        last,
        date=_day(read, story, leaving),
        modality=Modality.PLANNED if planned else leaving.held.modality,
        certainty=0.6,
    )
    yield from spread(base, counted, giver, story)


def _leaving(read: Read, noun: Phrase, counted: bool) -> _Leaving | None:
    """How a noun of leaving is told; None where it is only called for, feared, refused or named."""
    verb = _verb_of(noun.head)
    if verb is None:
        return None
    held = stance(read, verb)
    if not held.holds:
        return None
    if verb.lower_ in forms_of("moves", "opening"):
        return _Leaving(noun, verb, held, done=True)
    if verb.lower_ in forms_of("moves", "ordering"):
        return _Leaving(noun, verb, held, done=False)
    if verb.lower_ in BE and set(read.words[verb.i + 1 : verb.i + 5]) & STATES:
        return _Leaving(
            noun, verb, held, done=not set(read.words[verb.i : verb.i + 5]) & {"due", "scheduled", "planned", "expected", "set"}
        )
    imagined = verb.lower_ in forms_of("modality", "imagine") | forms_of("modality", "deny") or read.has(verb, "oppose", "unpledge")
    return _Leaving(noun, verb, held, done=True) if counted and not imagined else None


def _verb_of(noun: Token) -> Token | None:
    """The verb whose subject or object a noun is, also behind the preposition that the verb takes."""
    at = noun.head if noun.dep_ in {"conj", "appos"} and noun.head.tag_[0] == "N" else noun
    if at.dep_ == "pobj" and at.head.lower_ in AFTER | {"including"}:
        at = at.head
    head = at.head
    if at.dep_ in {"dobj", "nsubj", "nsubjpass", "attr", "prep", "npadvmod"} and head.tag_[0] == "V":
        return head
    return None


def _owner(noun: Phrase) -> Phrase | None:
    """Whose leaving a noun tells of: 'the pullout of its troops', 'Kenya's withdrawal'."""
    of = next((o for c in noun.head.children if c.lower_ in {"of", "to", "in"} for o in c.children if o.dep_ == "pobj"), None)
    if of is not None and (
        of.lower_ in words_of("sorts", "people") or Phrase(noun.read, of).amounts or is_a(Phrase(noun.read, of), "mission")
    ):
        return Phrase(noun.read, of)
    own = next((c for c in noun.head.children if c.dep_ == "poss"), None)
    return Phrase(noun.read, own) if own is not None and own.tag_ != "PRP$" else None


def _of_people(read: Read, token: Token) -> bool:
    """Whether a cut is one of people: 'cuts to its force', 'a reduction in troop numbers'."""
    below = [Phrase(read, o) for c in token.children if c.lower_ in {"of", "to", "in"} for o in c.children if o.dep_ == "pobj"]
    return any(p.core & words_of("moves", "body") and not p.core & words_of("sorts", "money") for p in below)


def _abroad(group: Group, story: Story) -> Group:
    """A group without the hosts that it leaves: '300 soldiers from Mozambique' are nobody's by that."""
    return (
        group
        if not set(group.states) <= story.apart
        else Group(group.first, group.last, group.amount, (), group.unit, group.bare, group.part)
    )


def _is_of_others(read: Read, story: Story, giver: tuple[str, ...]) -> bool:
    """Whether a mission tells of somebody else's army: 'Israel completed its withdrawal, the UN force said'."""
    speaks = any(t.lower_ in SAYING and c.dep_ == "nsubj" and is_a(Phrase(read, c), "mission") for t in read.verbs for c in t.children)
    return speaks and bool(giver) and not set(giver) & story.contributors


def _day(read: Read, story: Story, leaving: _Leaving) -> str | None:
    """The day of the leaving: one inside its own words, else that of the verb, where it is not the day of an order."""
    inside = {t.i for t in leaving.noun.head.subtree}
    own: When | None = next((w for w in read.times if w.first in inside and w.first > leaving.noun.head.i), None)
    if own is not None and leaving.done:
        return story.resolved(own, Tense.FUTURE if leaving.held.planned else leaving.held.tense)
    if own is not None and OPENS & set(read.words[max(0, own.first - 1) : own.first + 1]):
        return story.resolved(own, Tense.FUTURE)  # "announced a pullout in March": that was the announcement
    when = time_of(read, leaving.verb) if leaving.done else None
    if when is None and leaving.done and leaving.verb.dep_ == "advcl":
        when = time_of(read, leaving.verb.head)
    if when is not None:
        return story.resolved(when, Tense.FUTURE if leaving.held.planned else leaving.held.tense)
    return story.day(read, leaving.verb, leaving.held, now=True) if leaving.done else None
