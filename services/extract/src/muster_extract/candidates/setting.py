"""What stands around a mission's events: making ready, and the state of the country that it is for."""

import re
from collections.abc import Iterator
from functools import cache

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract import lexicons
from muster_extract.candidate import Candidate, evidence
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.predicates import governing_verb, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

STEPS = {
    "ceremony": frozenset({"hold", "held", "holds", "attended", "attend", "presided", "led", "took", "host", "hosted"}),
    "kit": frozenset({"collected", "packed", "loaded", "shipped", "issued", "handed", "collect", "gathered"}),
    "training": frozenset({"trained", "completed", "finished", "undergone", "training", "underwent", "train", "complete", "finish"}),
    "transit": frozenset({"stop", "stopped", "refuel", "stopping", "transit", "make"}),
}
"""The verbs with which a step of preparation is told; its nouns stand in the lexicon."""


def preparations(read: Read, story: Story) -> Iterator[Candidate]:
    """Ceremonies, kit, training and stops on the way that a sentence tells of a contributor's people."""
    text = " ".join(read.words)
    for step, verbs in STEPS.items():
        nouns = words_of("sorts", "preparation", step)
        if not any(noun in text for noun in nouns):
            continue
        for token in read.doc:
            if token.tag_[0] != "V" or token.lower_ not in verbs or token.dep_ in {"aux", "amod"}:
                continue
            held = stance(read, token)
            if not held.holds:
                continue
            near = " ".join(read.words[max(0, token.i - 10) : token.i + 10])
            if not any(noun in near for noun in nouns):
                continue
            if step == "kit" and not any(w in read.words[max(0, token.i - 10) : token.i] for w in nouns):
                continue
            said = predicate(read, token)
            groups = story.groups(read)
            states = (
                (groups[0].states if groups and groups[0].states else ())
                or story.givers(said.subject)
                or ((story.giver,) if story.giver else ())
            )
            first, last = evidence(read, token.i, token.i - 6 if step == "kit" else token.i - 1, token.i + 7)
            day = story.day(read, token, held)
            made = Candidate(
                "DeploymentPrepared",
                f"{step}-step",
                read,
                first,
                last,
                states[0] if states else None,
                date=day,
                modality=Modality.PLANNED if held.planned else held.modality,
                extras=(("step", step),),
            )
            yield made.counted(groups[0] if groups and step in {"ceremony", "training"} else None, story.unit)
            break


@cache
def _aspects() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (aspect, re.compile("|".join(f"(?:{p})" for p in table["phrases"]))) for aspect, table in lexicons.read("situation").items()
    )


def situations(read: Read, story: Story) -> Iterator[Candidate]:
    """What a sentence says of security, need and government in the host country."""
    lowered = read.sentence.text.lower()
    for aspect, pattern in _aspects():
        found = pattern.search(lowered)
        if not found:
            continue
        start, end = read.tokens(*found.span())
        if start >= len(read.doc):
            continue
        focus = _verb_in(read, start, end)
        first, last = evidence(read, focus.i, start, end)
        held = stance(read, focus)
        if not held.holds:
            continue
        day = story.day(read, focus, held) or story.day(read, governing_verb(focus.head), held)
        yield Candidate(
            "SituationReported", f"{aspect}-phrase", read, first, last, None, date=day, modality=held.modality, extras=(("aspect", aspect),)
        )


def _verb_in(read: Read, start: int, end: int) -> Token:
    return next((read.doc[i] for i in range(start, end) if read.doc[i].tag_[0] == "V"), read.doc[start])
