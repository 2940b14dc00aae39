"""How sure each candidate is, and which are not sure enough."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from muster_extract.candidate import Candidate
from muster_extract.certainty.features import CLAIMS, structure, vector
from muster_extract.certainty.weights import Weights
from muster_extract.certainty.wording import wording
from muster_extract.merge import Dropped
from muster_extract.reading import Read


def reranked(candidates: Sequence[Candidate], weights: Weights, least: float) -> tuple[list[Candidate], list[Dropped]]:
    """The candidates that are sure enough, with how sure they are, in their order; and the others.

    Args:
        candidates: all that stand in one article.
        weights: of the models.
        least: certainty below which a candidate falls.
    """
    kept: list[Candidate] = []
    fallen: list[Dropped] = []
    for candidate, certainty in zip(candidates, certainties(candidates, weights), strict=True):
        if candidate.claim in CLAIMS and certainty < least:
            fallen.append(Dropped(replace(candidate, certainty=certainty), f"certainty {certainty:.2f} is below {least:.2f}"))
        else:
            kept.append(replace(candidate, certainty=certainty))
    return kept, fallen


def certainties(candidates: Iterable[Candidate], weights: Weights) -> list[float]:
    """The probability that each candidate is an event of the text, to two places; where nothing was learnt of its type, its rule's word."""
    candidates = list(candidates)
    odds = {read.index: weights.odds(buckets(read)) for read in {c.read.index: c.read for c in candidates}.values()}
    out = []
    for candidate in candidates:
        if candidate.claim not in CLAIMS:
            out.append(candidate.certainty)
            continue
        at = candidate.read.index
        score = float(np.dot(weights.candidate, vector(structure(candidate, candidates), odds[at], candidate.claim)))
        out.append(round(1 / (1 + float(np.exp(-score))), 2))
    return out


def buckets(read: Read) -> tuple[int, ...]:
    """The wording features of a sentence that was read."""
    return wording(read.sentence.text, read.mentions, read.sentence.start)
