"""Candidates that stand on a quote instead of a rule's tokens, so that they pass through the same merge and emit stages."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Any

import spacy
from muster_contracts.claims import AnyClaim, Claim
from spacy.language import Language

from muster_extract.candidate import Candidate
from muster_extract.llm.survey import Survey
from muster_extract.reading import Read
from muster_extract.segment import Sentence

SPECIAL = frozenset({"type", "reasons"})
"""Fields of a claim's own model that a candidate has by itself; all others of its own travel as extras."""


@dataclass(frozen=True)
class Quoted(Candidate):
    """A candidate whose evidence is exactly the characters from `start` to `end` of the text."""

    start: int = 0
    end: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the evidence into the stored text."""
        return self.start, self.end


def quoted(survey: Survey, start: int, end: int, *, claim: str, rule: str, **said: Any) -> Quoted:
    """A candidate on the quote from `start` to `end`. `said` are further fields of `Candidate`."""
    read = _read(survey, start, end)
    first, last = read.tokens(start - read.sentence.start, end - read.sentence.start)
    return Quoted(claim=claim, rule=rule, read=read, first=first, last=last, start=start, end=end, **said)


def of_claim(survey: Survey, claim: AnyClaim) -> Quoted:
    """A claim as the candidate that it was."""
    quantity = claim.quantity
    own = type(claim).model_fields.keys() - Claim.model_fields.keys() - SPECIAL
    return quoted(
        survey,
        claim.evidence.start,
        claim.evidence.end,
        claim=type(claim).__name__,
        rule=claim.rules[0] if claim.rules else "",
        contributor=claim.contributor,
        amount=quantity.amount if quantity else None,
        qualifier=quantity.qualifier.value if quantity else "exact",
        unit=quantity.unit if quantity else None,
        date=claim.date,
        reasons=tuple(reason.value for reason in getattr(claim, "reasons", ())),
        modality=claim.modality,
        certainty=claim.certainty,
        mission=claim.mission,
        extras=tuple((name, getattr(claim, name)) for name in sorted(own)),
        speaker=claim.attributed_to,
    )


def _read(survey: Survey, start: int, end: int) -> Read:
    """The sentence that a quote stands in, in tokens but not parsed; where it runs on or stands in none, all that it covers."""
    found = survey.sentences
    at = max(0, bisect_right(found, start, key=lambda sentence: sentence.start) - 1)
    opening = min(start, found[at].start) if found and found[at].end > start else start
    closing = max([end, *(s.end for s in found[at:] if s.start < end)])
    text = survey.article.text[opening:closing]
    sentence = Sentence(opening, closing, text, found[at].paragraph if found else 0, "prose")
    return Read(at, sentence, tuple(_tokenizer().make_doc(text)), None, survey.article.published_on)


@cache
def _tokenizer() -> Language:
    return spacy.blank("en")
