"""A mission's end, told by a noun: 'ahead of the mission's closure in July', 'the end of their mission on 31 December'."""

import re
from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import is_a
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, governing_verb
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

OWN_END = re.compile(r"of (?:the|their|its|our) (?:\w+ )?(?:mission|operation|mandate)\b")


def closures(read: Read, story: Story) -> Iterator[Candidate]:
    """Every end of a mission that a sentence tells by a noun."""
    for token in read.doc:
        yield from _closure(read, story, token)


def _closure(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Ahead of the mission's closure in July': an end told by a noun, with its day."""
    if token.lower_ not in {"closure", "termination", "dissolution", "conclusion", "end"}:
        return
    marked = token.dep_ == "dobj" and token.head.lower_ in {"mark", "marks", "marked", "marking"}
    own_end = token.lower_ == "end" and OWN_END.match(" ".join(read.words[token.i + 1 : token.i + 6])) is not None
    if token.lower_ == "end" and not (marked or own_end):
        return
    words = read.words[max(0, token.i - 3) : token.i] + read.words[token.i + 1 : token.i + 7]
    if (
        not marked
        and not {"mission", "operation"} & set(words)
        and not any(first - 3 <= token.i <= last + 3 for first, last, _ in read.named)
    ):
        return
    when = next((w for w in read.times if 0 < w.first - token.i <= (8 if own_end else 4)), None)
    if when is None and not marked:
        return
    verb = governing_verb(token)
    held = stance(read, verb) if verb.tag_[0] == "V" else None
    if held is not None and not held.holds:
        return
    past = held is not None and held.tense is Tense.PAST and not held.planned
    if marked and not any(is_a(p, "mission") for c in token.children if c.lower_ == "of" for p in (Phrase(read, g) for g in c.children)):
        return
    first, last = evidence(read, token.i, token.i - 3, when.last if when else token.i + 8)
    day = story.resolved(when, Tense.PAST if past else Tense.FUTURE) if when else None
    yield Candidate(
        "MissionEnded", "closure-noun", read, first, last, date=day, modality=Modality.ASSERTED if past or marked else Modality.PLANNED
    )
