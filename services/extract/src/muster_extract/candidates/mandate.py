"""Missions authorised: by a verb, by a noun, by those who found them."""

from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.decisions import bodies, decided_on, is_aside, is_decided, who_decides
from muster_extract.groups import is_strength
from muster_extract.kinds import heads, is_a
from muster_extract.modality import stance
from muster_extract.pointing import BACKWARD, BODIES
from muster_extract.predicates import Phrase, Predicate, governing_verb, lifted, predicate
from muster_extract.reading import Amount, Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

STRONG = frozenset({"authorise", "authorize", "mandate", "sanction", "approve"})
"""Verbs that authorise people as well as a mission: 'peacekeepers mandated by the Council'."""

WEAK = frozenset(
    {
        "back",
        "support",
        "set",
        "decide",
        "vote",
        "adopt",
        "increase",
        "raise",
        "comprise",
        "form",
        "foresee",
        "launch",
        "create",
        "approve of",
        "mandate",
    }
)
"""Verbs that authorise only where a body is named that can."""


def mandate(read: Read, story: Story) -> Iterator[Candidate]:
    """What a sentence tells of a mission's mandate."""
    decided_on(read, story)
    for token in read.verbs:
        yield from _authorised(read, story, token)
        yield from _founded(read, story, token)
    if not any(t.word_class == "authorize" and t.part == "nouns" for t in read.triggers):
        return
    for token in read.doc:
        if token.tag_[0] == "N":
            yield from _authorisation(read, story, token)


def strength_in(read: Read, story: Story, said: Predicate) -> list[Amount]:
    """The authorised strength in a clause: counts of people without a state of their own."""
    counts = [g.amount for g in story.groups(read) if g.amount.kind != "money" and not [s for s in g.states if s not in BODIES]]
    counts += [a for a in read.amounts if a.kind == "people" and is_strength(read, a)]
    if said.subject is not None and not said.passive:  # "fifteen members voted"
        counts = [a for a in counts if a.first not in said.subject.tokens]
    inside = [
        a for a in counts if a.first in said.tokens or (said.verb.i < a.first <= said.verb.i + 30 and _joined(read, said.verb, a.first))
    ]
    return [a for a in inside if not is_aside(read, a) and (a.kind == "people" or a.amount >= 50)]


def _joined(read: Read, verb: Token, at: int) -> bool:
    return not any(read.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} and read.doc[i].dep_ != "relcl" for i in range(verb.i + 1, at))


def _authorised(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "authorize")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    phrase = trigger.phrase
    if said.doer is not None and "council" not in said.doer.core and heads(said.doer, "mission"):
        return  # a mission authorises nothing
    who = who_decides(read, story, said)
    if (held.planned and not (who and is_decided(read, token))) or held.modality is Modality.CONDITIONAL:
        return
    what = lifted(said.patient)
    if any(read.has(c, "extend") for c in token.children if c.dep_ in {"xcomp", "ccomp"}):
        return  # "voted to extend for one year, the mandate"
    if phrase == "back" and token.dep_ in {"acl", "amod"}:
        return  # "the mission, backed by the United Nations": an adjective (guide, rule 12)
    if phrase == "come into being":
        what = lifted(said.subject)
        who = ("UN",) if "council" in read.words else who
    if phrase == "sign off" and what is None:
        what = next(iter(said.after("on")), None)
    if not who and said.subject is not None and said.subject.head.lower_ == "resolution" and not said.passive:
        who = ("UN",)
    about = is_a(what, "mission") or (said.passive and is_a(said.subject, "mission"))
    if (
        what is not None
        and what.core & {"resolution", "report", "plan", "declaration"}
        and not any(what.core & {w} for w in ("mission", "force"))
    ):
        about = about and not what.core & {"report", "declaration"}
    if any(read.has(c, "withdraw", "end") for c in token.children if c.dep_ in {"xcomp", "ccomp"} and c.tag_ == "VB"):
        return  # orders it out
    if what is not None and story.memo.get("extended") and _is_told_to(what):
        return  # "authorized the force to assist with the polls": a task, not the mission
    people = what is not None and phrase in STRONG and bool(who) and heads(what, "people") and not story.counted(read, what)
    people = people and what is not None and what.head.lower_ not in {"unit", "team", "group"}
    way = phrase in {"clear the way", "pave the way"} and bool(who) and any(is_a(p, "deployment") for p in said.after("for"))
    about = about or people or way
    pointed = what is not None and what.head.lower_ in {"it", "which", "that"} and bool(who)
    below = [child for child in token.children if child.dep_ in {"xcomp", "ccomp"} and read.trigger(child, "lead")]
    about = about or (bool(who) and any(is_a(o, "mission") for child in below for o in predicate(read, child).objects))
    counts = strength_in(read, story, said)
    if phrase == "say yes" or (phrase.startswith("give") and "…" in phrase):
        if not who:
            return
    elif (not (about or pointed) and not (counts and who)) or (phrase in WEAK and not who):
        return
    if not who and (said.agent is not None or (not said.passive and said.subject is not None and said.subject.head.lower_ not in BACKWARD)):
        return  # parliaments, courts and governments approve too: another frame reads those
    if phrase in {"establish", "set up"} and not who and token.dep_ == "advcl":
        return  # "Established in 1978, the force …" tells where it comes from
    if what is not None and what.head.lower_ in {"extension", "renewal", "prolongation"}:
        return
    if what is not None and what.core & {"fact-finding", "planning", "investigation", "assessment", "humanitarian"}:
        return
    start = min((p.first for p in (said.subject, what) if p), default=token.i)
    first, last = evidence(read, token.i, start, token.i + 8)
    day = story.day(read, token, held) or story.said_day(read, token)
    if day is not None and day > story.published.isoformat() and not held.planned:
        day = None  # "voted to extend it through December": of the end
    day = day or _adopted(read, story, token) or (decided_on(read, story) if who and not said.passive and not held.perfect else None)
    day = day or story.day(read, token, held, now=not said.passive)
    if day is None and story.voice and not said.passive:
        day = story.published.isoformat()
    base = Candidate(
        "MissionAuthorized",
        "authorize-verb",
        read,
        first,
        last,
        who[0] if who else None,
        date=day,
        modality=Modality.ASSERTED if held.holds else held.modality,
    )
    if counts:
        for amount in _ceiling(counts):
            yield base.counted(amount)
    elif phrase not in {"set", "increase", "raise", "comprise"}:
        yield base


def _is_told_to(what: Phrase) -> bool:
    """Whether a known mission is given something to do: 'the force to …'."""
    known = any(c.lower_ in {"the", "its"} for c in what.head.children)
    below = [*what.head.children, *what.head.head.children]
    return known and any(c.tag_ == "VB" and c.i > what.head.i and any(g.lower_ == "to" for g in c.children) for c in below)


def _adopted(read: Read, story: Story, token: Token) -> str | None:
    """The day of the resolution that authorised it: 'authorised by a resolution adopted on 2 October'."""
    for at in range(token.i + 1, min(len(read.words), token.i + 16)):
        if read.words[at] in {"adopted", "passed"} and "resolution" in read.words[max(0, at - 6) : at]:
            when = next((w for w in read.times if 0 < w.first - at <= 2), None)
            return story.resolved(when, Tense.PAST) if when else None
    return None


def _founded(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """States that set a mission up outside the United Nations: 'the United States announced a naval coalition' (guide, rule 27)."""
    if token.lower_ not in {"announced", "announces", "launched", "launches", "unveiled"}:
        return
    said, held = predicate(read, token), stance(read, token)
    what = said.objects[0] if said.objects else None
    new = what is not None and any(c.lower_ in {"a", "an", "new"} for c in what.head.children)
    if what is None or not new or what.head.lower_ not in {"coalition", "mission", "operation", "force"} or held.planned or not held.holds:
        return
    first, last = evidence(read, token.i, (said.subject or what).first, token.i + 8)
    for code in story.givers(said.subject, point_back=False)[:1]:
        if code not in BODIES:
            yield Candidate("MissionAuthorized", "founds", read, first, last, code, date=story.day(read, token, held), certainty=0.6)


def _ceiling(counts: list[Amount]) -> list[Amount]:
    """The ceilings among the counts: a total without its parts; else those of troops and of police apart (guide, rule 34)."""
    counts = list({a.first: a for a in counts}.values())
    if len(counts) > 1 and counts[0].amount >= sum(a.amount for a in counts[1:]):
        return counts[:1]
    if len(counts) > 1 and {a.unit for a in counts} <= {"troops", "police"} and len({a.unit for a in counts}) == len(counts):
        return counts
    return counts[:1]


def _authorisation(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """A noun that authorises: 'the establishment of the force', 'announces the deployment of', 'the authorization of the Council'."""
    trigger = read.trigger(token, "authorize", "nouns")
    if trigger is None or token.lower_ in {"mandate", "ceiling", "support"}:
        return
    whole = Phrase(read, token)
    mission = any(
        is_a(Phrase(read, g), "mission") for c in token.children if c.dep_ == "prep" and c.lower_ in {"of", "for"} for g in c.children
    )
    who = bodies(story, whole)
    verb = governing_verb(token)
    said = predicate(read, verb) if verb.tag_[0] == "V" else None
    upper = who_decides(read, story, said) if said else ()
    if token.lower_ in {"authorization", "authorisation", "approval", "endorsement"}:
        if not who:
            return
    elif token.lower_ == "deployment":
        if said is not None and (is_a(said.subject, "mission") or any(g.states for g in story.groups(read))):
            return  # a mission's own rotation
        if not (upper and said and said.verb.lower_ in {"announces", "announced", "orders", "ordered"} and is_people_of(read, token)):
            return
    elif not mission or not (upper or who):
        return
    held = stance(read, verb) if verb.tag_[0] == "V" else None
    if held is not None and (not held.holds or held.planned):
        return
    first, last = evidence(read, token.i, token.i - 2, token.i + 8)
    day = story.day(read, verb, held, now=True) if held is not None else None
    yield Candidate("MissionAuthorized", "authorize-noun", read, first, last, (who or upper)[0], date=day, certainty=0.6)


def is_people_of(read: Read, token: Token) -> bool:
    """Whether a noun has people behind its 'of': 'the deployment of ground troops'."""
    return any(is_a(Phrase(read, g), "people") for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children)
