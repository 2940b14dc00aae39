"""Days that a sentence leaves to its paragraph: 'A meeting was held on Tuesday. Italy pledged a field hospital.'"""

import re
from collections.abc import Sequence
from dataclasses import replace

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate
from muster_extract.modality import stance
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

_BARE_DAY = re.compile(r"\bthe \d{1,2}(?:st|nd|rd|th)\b(?! of)")
"""A day whose month the text leaves out: it has a day of its own, though not one that is resolved."""

DONE = frozenset(
    {
        "PledgeAnnounced",
        "PledgeWithdrawn",
        "LeadershipOffered",
        "FundingProvided",
        "EquipmentDelivered",
        "ContingentDeparted",
        "ContingentArrived",
        "CasualtyReported",
        "MissionAuthorized",
        "ObstacleCleared",
    }
)
"""Types whose date is that of the deed; the others' is that of what it brings about."""

PROMISED = frozenset({"PledgeAnnounced", "LeadershipOffered"})
"""Acts of speech, which a text also tells in the present."""


def dated(standing: Sequence[Candidate], story: Story) -> list[Candidate]:
    """The claims with the day that their paragraph gives, where they have none of their own.

    A deed told in the simple past plays on the day that the sentences around it told of: that of its paragraph, else of the sentence
    right before. Offers in the present are made on the day of publication (the labelling guide, rule 29). The dead and wounded of
    an article fell on one day, where it gives only one.
    """
    filled = [replace(c, date=_day_of(c, story)) if c.date is None and c.claim in DONE else c for c in standing]
    losses = {c.date for c in filled if c.claim == "CasualtyReported" and c.date}
    if len(losses) != 1:
        return filled
    return [replace(c, date=next(iter(losses))) if c.claim == "CasualtyReported" and c.date is None and _is_past(c) else c for c in filled]


def _day_of(candidate: Candidate, story: Story) -> str | None:
    verb = _verb(candidate)
    if verb is None or candidate.modality is not Modality.ASSERTED or _BARE_DAY.search(candidate.read.sentence.text):
        return None
    held = stance(candidate.read, verb)
    if held.perfect or held.planned:
        return None
    if held.tense is Tense.PRESENT:
        acts = candidate.claim in PROMISED and verb.tag_ in {"VBZ", "VBP"} and verb.lower_ not in {"is", "are", "has", "have"}
        return story.issued.isoformat() if acts else None
    if held.tense is not Tense.PAST or story.told is None:
        return None
    sentence = candidate.read.sentence
    around = [s.start for i, s in enumerate(story.sentences) if s.paragraph == sentence.paragraph or i == candidate.read.index - 1]
    day = story.told.within(min(around, default=sentence.start), sentence.start)
    return day.isoformat() if day else None


def _is_past(candidate: Candidate) -> bool:
    verb = _verb(candidate)
    return verb is not None and stance(candidate.read, verb).tense is Tense.PAST and not stance(candidate.read, verb).perfect


def _verb(candidate: Candidate) -> Token | None:
    """The verb of a claim's words that has a tense, the first of them."""
    inside = [candidate.read.doc[i] for i in range(candidate.first, candidate.last)]
    return next((t for t in inside if t.tag_[0] == "V" and t.dep_ not in {"aux", "auxpass", "amod", "compound"}), None)
