"""How many are authorised: the ceilings that a body sets, several of them in one clause, and the levels that a text calls authorised."""

import re
from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.decisions import decided_on, deciders, is_aside
from muster_extract.groups import is_strength
from muster_extract.kinds import heads
from muster_extract.lexicon import inflections
from muster_extract.modality import stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import governing_verb, predicate
from muster_extract.reading import Amount, Read
from muster_extract.story import Story

SETTING = re.compile(
    r"\b(?:ceilings?|cap|capped|limit|limited|maximum|levels?|strength|size|components?|consist(?:s|ing)?|compris(?:e|es|ed|ing)|compos(?:ed|ition)"
    r"|number|numbers|total|increas(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|reduc(?:e|es|ed|ing|tion)|decreas(?:e|es|ed|ing)|lower(?:s|ed|ing)?"
    r"|cut(?:s|ting)?"
    r"|rise|rises|trim(?:s|med|ming)?|boost(?:s|ed|ing)?|maintain(?:s|ed|ing)?|additional|up to|of up to|authori[sz](?:e|es|ed|ing)"
    r"|drawdown|downsiz\w+"
    r"|deploy(?:ment)?|force of|mission of|made up of)\b"
)
"""Words behind which a body's decision has the number of people that it sets."""

AUTHORISED = frozenset({"authorised", "authorized", "mandated", "approved"})
CEILING = frozenset({"ceiling", "cap", "ceilings"})
LEVEL = frozenset({"level", "levels", "strength", "size", "maximum", "number", "total", "troops", "personnel", "force", "complement"})
ASKING = frozenset(
    form
    for verb in ("ask", "call", "request", "recommend", "propose", "suggest", "urge", "seek", "want", "need", "plan", "hope", "consider",
                 "envisage")
    for form in inflections(verb)
)  # fmt: skip
"""What somebody wishes for is not authorised."""

WISHES = frozenset({"proposed", "recommended", "requested", "recommendation", "recommendations", "request", "proposal", "potential"})

REACH = 12


def ceilings(read: Read, story: Story) -> Iterator[Candidate]:
    """Every authorised strength that a sentence tells by a decision or by calling it so."""
    people = [a for a in read.amounts if _is_people(a) and not is_strength(read, a)]
    if not people:
        return
    body = deciders(read, story)
    taken: list[Amount] = []
    last_body: str | None = None
    for amount in people:
        if is_aside(read, amount):
            continue
        named = _is_called_authorised(read, amount)
        decided = body is not None and (_is_set(read, amount) or _goes_on(read, amount, taken))
        if not (named or decided or (taken and _goes_on(read, amount, taken)) or _composes(read, amount)):
            continue
        verb = governing_verb(read.doc[amount.last - 1])
        if not named and _is_wished(read, verb, amount):
            continue
        taken.append(amount)
        first, last = evidence(read, amount.first, amount.first - 5, amount.last + 2)
        beside = _named_body(read, amount) or (last_body if not named else None)
        who = last_body = body if decided else beside
        day = decided_on(read, story) if decided else None
        yield Candidate("MissionAuthorized", "ceiling" if named else "body-sets", read, first, last, who, date=day, certainty=0.7).counted(
            amount, "personnel"
        )


def _is_people(amount: Amount) -> bool:
    return (amount.kind == "people" and amount.amount > 1) or (amount.kind == "other" and amount.noun is None and amount.amount >= 50)


def _is_called_authorised(read: Read, amount: Amount) -> bool:
    """'The authorised strength of 4,500', 'its authorized 26,000', 'a troop ceiling of 17,000', 'capped at 1,500'."""
    before = read.words[max(0, amount.first - 6) : amount.first]
    behind = read.words[amount.last : amount.last + 4]
    close = before[-3:] + behind[:3]
    if CEILING & set(close):
        return True
    called = {w.rsplit("-", 1)[-1] for w in before}
    if AUTHORISED & called and (LEVEL & called and before[-1:] == ["of"]) and not {",", "by"} & set(before[-3:]):
        return True
    level = read.doc[amount.first - 1] if amount.first else None
    return level is not None and level.lower_ in AUTHORISED and level.dep_ == "amod"


def _is_set(read: Read, amount: Amount) -> bool:
    """Whether the words before a number make it what the body sets."""
    text = read.sentence.text
    start = read.doc[amount.first].idx
    begin = read.doc[max(0, amount.first - REACH)].idx
    window = re.split(r"[;:]|\bwhile\b|\bwhere\b|\bafter\b|\bwhich\b|\bwho\b", text[begin:start].lower())[-1]
    return bool(SETTING.search(window))


COMPOSING = frozenset({"comprise", "comprised", "consist", "number", "total", "include", "composed"})


def _composes(read: Read, amount: Amount) -> bool:
    """Whether a mission is to be so many: 'the force will comprise up to 26,000 troops'."""
    verb = governing_verb(read.doc[amount.last - 1])
    if verb.lower_ not in COMPOSING or verb.i > amount.first or amount.first - verb.i > 8:
        return False
    by_then = any(0 <= when.first - amount.last <= 6 or when.first > verb.i for when in read.times)
    held = stance(read, verb)
    firm = held.modality is Modality.PLANNED and not any(c.lower_ == "would" for c in verb.children)
    return firm and heads(predicate(read, verb).subject, "mission") and not by_then


def _goes_on(read: Read, amount: Amount, taken: list[Amount]) -> bool:
    """Whether a number stands beside one that was taken: '17,000 troops and 2,101 police personnel'."""
    if not taken or taken[-1].last > amount.first or amount.first - taken[-1].last > 8 or amount.kind != "people":
        return False
    between = read.words[taken[-1].last : amount.first]
    if amount.unit == taken[-1].unit and amount.unit is not None:
        return False
    moved = any(read.doc[i].tag_[0] == "V" for i in range(taken[-1].last, amount.first))
    beside = {"observers", "corrections", "advisers", "volunteers"} & set(read.words[amount.last : amount.last + 3])
    return not moved and not beside and bool({"and", ",", "well"} & set(between))


def _is_wished(read: Read, verb: Token, amount: Amount) -> bool:
    """Whether the clause only asks for it, or tells it of another time than the decision's."""
    if any(t.lower_ in ASKING for t in [verb, *verb.ancestors]) or WISHES & set(read.words[max(0, amount.first - 8) : amount.first]):
        return True
    held = stance(read, verb) if verb.tag_[0] == "V" else None
    return held is not None and not held.holds


OF_BODIES = {"un": "UN", "u.n.": "UN", "au": "AFU", "eu": "EU", "nato": "NATO"}


def _named_body(read: Read, amount: Amount) -> str | None:
    """The body beside the level: 'the level authorised by the Council', 'a UN-mandated force of 6,700'."""
    for word in read.words[max(0, amount.first - 6) : amount.first]:
        body, _, called = word.rpartition("-")
        if called in AUTHORISED and body in OF_BODIES:
            return OF_BODIES[body]
    for a in read.actors:
        if (
            a.code in BODIES
            and 0 < amount.first - a.last <= 6
            and read.words[a.last : a.last + 1] == ["-"]
            and AUTHORISED & set(read.words[a.last : a.last + 2])
        ):
            return a.code
    near = [a for a in read.actors if a.code in BODIES and -6 <= a.first - amount.last <= 8 and a.role in {"source", "plain", "possessive"}]
    return next((a.code for a in near if AUTHORISED & set(read.words[max(0, a.first - 3) : a.last + 3])), None)
