"""More than before: 'raised its pledge from 900 to 1,200', 'will boost its contingent by 300 to a total of around 500'."""

from collections.abc import Iterator
from dataclasses import replace

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.offering import governor
from muster_extract.kinds import is_a
from muster_extract.lexicon import forms_of, words_of
from muster_extract.modality import stance
from muster_extract.predicates import predicate
from muster_extract.reading import Amount, Read
from muster_extract.resolve.numbers import find_numbers
from muster_extract.story import Story

PLEDGES = frozenset({"pledge", "offer", "commitment", "contribution", "share"})
"""What is raised by being told so; people who are more are a plan only where they are one."""

HEDGES = frozenset({"some", "about", "around", "roughly", "nearly", "almost", "a", "total", "of", "up", "as", "many", "another", "further"})
REACH = 20
"""Tokens behind the verb within which its numbers stand."""


def enlarging(read: Read, story: Story) -> Iterator[Candidate]:
    """The addition and the new total, each an event (the labelling guide, rule 32); the old figure too where it was a pledge."""
    for token in read.verbs:
        if token.lower_ not in forms_of("offers", "enlarge"):
            continue
        yield from _raised(read, story, token)


def _raised(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    said, held = predicate(read, token), stance(read, token)
    what = said.patient
    if what is None or not held.holds or not what.core & words_of("offers", "part"):
        return
    told = bool(what.core & PLEDGES)
    offered = governor(read, token, "pledge", "commit")
    if held.modality is Modality.CONDITIONAL or not (told or held.planned) or is_a(said.doer, "parliament"):
        return
    giver = story.givers(said.doer) or (story.givers(predicate(read, offered).doer) if offered is not None else ())
    if what.words & {"maximum", "ceiling", "limit", "cap"}:
        return  # what a parliament lets a state send at most is no offer by itself
    if said.passive:  # "the number of German soldiers will be raised from 650 to 1,000"
        giver = story.givers(what, point_back=False)
    giver = tuple(code for code in giver if code not in story.apart and code != "UN")[:1]
    if not giver and (not told or said.passive):
        return
    first, last = evidence(read, token.i, token.i, token.i + 9)
    day = story.day(read, token, held) or story.said_day(read, token)
    base = Candidate("PledgeAnnounced", "raised", read, first, last, giver[0] if giver else None, date=day, certainty=0.7)
    for amount, opener in _numbers(read, token):
        if opener == "from" and not told:
            continue
        yield replace(base.counted(amount, story.unit), qualifier="exact" if opener == "from" else amount.qualifier)
        end = _end_of_range(read, amount)
        if end is not None:
            yield replace(base.counted(amount, story.unit), qualifier="exact", amount=end)


def _numbers(read: Read, token: Token) -> Iterator[tuple[Amount, str]]:
    """The numbers behind 'by', 'from' and 'to' of a verb, with that word."""
    for amount in read.amounts:
        if not token.i < amount.first <= token.i + REACH or amount.kind not in {"people", "other", "money"}:
            continue
        at = amount.first - 1
        while at > token.i and read.words[at] in HEDGES:
            at -= 1
        if read.words[at] in {"by", "from", "to"}:
            yield amount, read.words[at]


def _end_of_range(read: Read, amount: Amount) -> int | None:
    """The second number of 'from 900 to 1,200', which the resolver takes for a range."""
    if read.words[amount.first : amount.last].count("to"):
        ends = find_numbers(read.sentence.text[read.doc[amount.last - 1].idx :])
    elif "to" in read.words[amount.last : amount.last + 1]:
        ends = find_numbers(read.sentence.text[read.doc[amount.last].idx :])
    else:
        return None
    return ends[0].amount if ends and ends[0].start <= 4 else None
