"""How many are there, told by a noun or a size: 'the number of Kenyan officers stands at 600', 'made up of 1,100 soldiers'."""

import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_people
from muster_extract.modality import stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

COUNTS = frozenset({"number", "strength", "total", "size", "presence", "contingent", "headcount"})
STANDING = frozenset({"stands", "is", "reached", "reaches", "totals", "amounts", "rose", "risen", "grown", "climbed", "exceeds", "fallen"})
RAISING = frozenset({"brings", "bringing", "brought", "takes", "taking", "took", "raises", "raising", "raised"})
NOT_PEOPLE_THERE = frozenset(
    {"killed", "dead", "deaths", "wounded", "injured", "toll", "pledged", "casualties", "authorised", "authorized", "ceiling", "planned"}
)
BIGGEST = re.compile(
    r"\b(?:(?:single |second[- ]|third[- ]|fourth[- ])?(?:largest|biggest|top|leading|main|major|principal) "
    r"(?:single |troop |police |troop-|)?\s*(?:contributor|contingent|provider|supplier|troop contributor))\b"
)


def tallies(read: Read, story: Story) -> Iterator[Candidate]:
    """Every count of people in the mission area that a sentence tells without a verb of being there."""
    for token in read.verbs:
        yield from _standing(read, story, token)
        yield from _raised_to(read, story, token)
        yield from _made_up(read, story, token)
    yield from _contributor(read, story)


def _base(read: Read, story: Story, rule: str, focus: int, first: int, last: int) -> Candidate:
    start, end = evidence(read, focus, first, last)
    return Candidate("StrengthReported", rule, read, start, end, date=story.published.isoformat(), certainty=0.6)


def _here(read: Read, story: Story) -> bool:
    """Whether the sentence speaks of the mission or its country."""
    return bool(read.named) or any(a.code in story.hosts or a.form == "host-city" for a in read.actors) or "mission" in read.words


def _counted(read: Read, story: Story, phrase: Phrase | None) -> bool:
    """Whether a phrase is the count of people: 'the number of Kenyan officers in Haiti', 'the strength of the force'."""
    if phrase is None or phrase.head.lower_ not in COUNTS or phrase.words & NOT_PEOPLE_THERE:
        return False
    below = [Phrase(read, g) for c in phrase.head.children if c.lower_ == "of" for g in c.children]
    return phrase.head.lower_ == "strength" or any(is_people(p, story.groups(read)) or heads(p, "mission") for p in below)


def _standing(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The number of Kenyan officers in Haiti now stands at 600', 'the force's strength has grown to 4,000'."""
    if token.lower_ not in STANDING:
        return
    held, said = stance(read, token), predicate(read, token)
    if not held.holds or held.planned or (held.tense is Tense.PAST and not held.perfect) or not _counted(read, story, said.subject):
        return
    new = next((a for a in read.amounts if 0 < a.first - token.i <= 5 and a.kind in {"people", "other"}), None)
    if new is None or said.subject is None or "from" in read.words[token.i : new.first] or not _here(read, story):
        return
    if NOT_PEOPLE_THERE & set(read.words[said.subject.first : new.first]):
        return
    owners = [code for code in story.givers(said.subject, point_back=False) if code not in BODIES and code not in story.apart]
    base = _base(read, story, "count-stands", token.i, said.subject.first, new.last)
    yield base.by(owners[0] if len(owners) == 1 else None).counted(new, story.unit)


def _raised_to(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'That brings to 600 the number of Kenyan officers in Haiti': the new count before its noun."""
    if token.lower_ not in RAISING or read.words[token.i + 1 : token.i + 2] != ["to"]:
        return
    new = next((a for a in read.amounts if 0 < a.first - token.i <= 5 and a.kind in {"people", "other"}), None)
    noun = next((t for t in read.doc[token.i : token.i + 12] if new and t.i >= new.last and t.lower_ in COUNTS), None)
    held = stance(read, token)
    if new is None or noun is None or not held.holds or held.planned:
        return
    whole = Phrase(read, noun)
    if set(read.words[noun.i : noun.i + 8]) & NOT_PEOPLE_THERE or not _here(read, story) or not _counted(read, story, whole):
        return
    owners = [code for code in story.givers(whole, point_back=False) if code not in BODIES and code not in story.apart]
    base = _base(read, story, "brings-to", token.i, token.i, noun.i + 4)
    yield base.by(owners[0] if len(owners) == 1 else None).counted(new, story.unit)


MADE = ("made up of", "composed of", "comprised of", "consists of", "consisting of")


def _made_up(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The force is made up of 1,100 soldiers from 20 countries.'"""
    opening = " ".join(read.words[token.i : token.i + 3])
    if not opening.startswith(MADE):
        return
    held, said = stance(read, token), predicate(read, token)
    if not held.holds or held.planned or held.tense is not Tense.PRESENT or not heads(said.subject, "mission"):
        return
    group = next((g for g in story.groups(read) if 0 < g.first - token.i <= 6 and g.amount.kind == "people"), None)
    if group is None or said.subject is None or group.states:
        return
    yield _base(read, story, "made-up-of", token.i, said.subject.first, group.last).counted(group, story.unit)


def _contributor(read: Read, story: Story) -> Iterator[Candidate]:
    """'Indonesia, with 1,230 soldiers, is the biggest contributor', 'Nepal is the largest contributor with 1,100 troops'."""
    found = BIGGEST.search(read.sentence.text)
    if found is None or not _here(read, story):
        return
    at, _ = read.tokens(found.start(), found.end())
    group = _with_number(read, story, at)
    owners = [a for a in read.actors if a.role in {"plain", "possessive"} and a.code and len(a.code) == 2 and a.code not in story.apart]
    owners = [a for a in owners if a.code not in BODIES]
    verb = next((t for t in read.verbs if stance(read, t).planned or not stance(read, t).holds), None)
    if group is None or verb is not None or not owners or group.states:
        return
    near = [a for a in owners if a.last <= group.first and group.first - a.last <= 14]
    if not near:
        return
    base = _base(read, story, "biggest-contributor", group.first, group.first - 2, group.last + 4)
    yield replace(base, contributor=near[-1].code).counted(group, story.unit)


def _with_number(read: Read, story: Story, at: int) -> Group | None:
    for group in story.groups(read):
        before = read.words[max(0, group.first - 4) : group.first]
        if group.amount.kind == "people" and {"with", "contributing", "providing"} & set(before) and abs(group.first - at) <= 16:
            return group
    return None
