"""A mission's own life: authorised, extended, ended."""

from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import heads, is_a
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Amount, Read
from muster_extract.resolve.dates import Tense, resolve_date
from muster_extract.story import Story

BODIES = frozenset({"UN", "EU", "AFU", "NATO", "ECOWAS", "SADC", "EAC", "CARICOM", "OAS", "CSTO"})


def mandate(read: Read, story: Story) -> Iterator[Candidate]:
    """What a sentence tells of a mission's mandate by a verb."""
    for token in read.doc:
        if token.tag_[0] == "V":
            yield from _authorised(read, story, token)
            yield from _extended(read, story, token)
            yield from _ended(read, story, token)


def bodies(story: Story, *phrases: Phrase | None) -> tuple[str, ...]:
    """The bodies (not states) that the phrases name; 'the Council' alone is the Security Council where nothing else is meant."""
    for phrase in phrases:
        if phrase is None:
            continue
        found = tuple(dict.fromkeys(a.code for a in phrase.actors if a.code in BODIES and a.role != "place"))
        if found:
            return found[:1]
        if "council" in phrase.core and not phrase.core & {"transitional", "presidential", "electoral", "provisional", "national", "transition"}:
            return ("UN",)
    return ()


def strength_in(read: Read, story: Story, said: Predicate) -> list[Amount]:
    """The authorised strength in a clause: counts of people without a state of their own."""
    grouped = {g.first: g for g in story.groups(read)}
    counts = [a for a in read.amounts if a.kind == "people" and not (a.first in grouped and grouped[a.first].states)]
    return [a for a in counts if a.first in said.tokens or (said.verb.i < a.first <= said.verb.i + 25 and _joined(read, said.verb, a.first))]


def _joined(read: Read, verb: Token, at: int) -> bool:
    return not any(read.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(verb.i + 1, at))


def _authorised(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "authorize")
    if trigger is None:
        return
    held = stance(read, token)
    if held.planned and held.why == "planned" and token.tag_ != "VB":
        return
    said = predicate(read, token)
    who = bodies(story, said.doer, said.subject if not said.passive else None)
    what = said.patient
    phrase = trigger.phrase
    about = is_a(what, "mission") or (said.passive and is_a(said.subject, "mission"))
    counts = strength_in(read, story, said)
    weak = phrase in {"back", "support", "set", "decide", "vote", "adopt", "increase", "raise", "comprise", "form", "foresee", "launch", "create", "approve of"}
    if phrase in {"say yes"} or (phrase.startswith("give") and "…" in phrase):
        if not who:
            return
    elif (not about and not (counts and who)) or (weak and not who):
        return
    if not who and said.agent is not None:
        return
    if not who and not said.passive and said.subject is not None:
        return  # parliaments, courts and governments approve too: another frame reads those
    start = min((p.first for p in (said.subject, what) if p), default=token.i)
    first, last = evidence(read, token.i, start, token.i + 8)
    day = story.day(read, token, held)
    base = Candidate("MissionAuthorized", "authorize-verb", read, first, last, who[0] if who else None, date=day, modality=held.modality)
    if counts:
        for amount in counts[:2]:
            yield base.counted(amount)
    else:
        yield base


def _extended(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "extend")
    if trigger is None:
        return
    held = stance(read, token)
    said = predicate(read, token)
    what = said.patient
    if not (is_a(what, "mandate") or (read.mission and what is not None and what.head.lower_ in {"it", "which", "that"})):
        return
    who = bodies(story, said.doer)
    first, last = evidence(read, token.i, (said.subject or what or Phrase(read, token)).first, token.i + 9)
    end = _until(read, story, token)
    if trigger.phrase in {"continue", "stretch", "maintain"} and not (end and who):
        return
    yield Candidate("MandateExtended", "extend-verb", read, first, last, who[0] if who else None, date=end, modality=held.modality)


def _until(read: Read, story: Story, token: Token) -> str | None:
    """The new end: the time behind 'until' or 'to', else the last time behind the verb."""
    behind = [w for w in read.times if w.first > token.i]
    for when in behind:
        opener = read.words[when.first - 1] if when.first else ""
        if opener in {"until", "till", "to", "through", "ending"} or when.phrase.lower().startswith(("until", "till", "to ", "through")):
            return resolve_date(when.phrase, story.published, Tense.FUTURE)
    return None


def _ended(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "end")
    if trigger is None:
        return
    held = stance(read, token)
    said = predicate(read, token)
    phrase = trigger.phrase
    replacing = phrase in {"replace", "succeed", "relieve", "take over from", "take … place", "supersede", "transform", "transition", "convert", "turn … into"}
    what = said.patient if said.patient is not None and (replacing or said.passive or phrase in {"end", "terminate", "close", "dissolve", "disband", "complete", "conclude", "withdraw", "wind down", "wind up"}) else said.subject
    if what is None or not (heads(what, "mission") or "mandate" in what.core):
        if not (replacing and said.subject is not None and is_a(said.subject, "mission") and what is not None and what.head.lower_ in {"it", "which", "that"}):
            return
    if phrase in {"leave", "hand over", "change", "complete", "withdraw"} and not bodies(story, said.doer):
        return
    who = bodies(story, said.doer)
    first, last = evidence(read, token.i, (said.subject or what).first, token.i + 8)
    day = story.day(read, token, held, now=replacing)
    yield Candidate("MissionEnded", "end-verb", read, first, last, who[0] if who else None, date=day, modality=Modality.PLANNED if held.planned else held.modality)
