"""Fitting both models: logistic regression with an L2 penalty, by numpy alone, the same on every machine to the rounding."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from muster_extract.certainty.features import CLAIMS, FEATURES, vector
from muster_extract.certainty.sparse import Dense, Floats, Matrix, Sparse
from muster_extract.certainty.weights import Weights
from muster_extract.certainty.wording import BUCKETS

FOLDS = 5
FEWEST = 20
"""Candidates above a bound, for its precision to mean anything."""

WORDING_PENALTY, CANDIDATE_PENALTY = 0.05, 10.0
WORDING_STEPS, CANDIDATE_STEPS = 150, 2000


@dataclass(frozen=True)
class Wording:
    """A labelled sentence."""

    article: str
    buckets: tuple[int, ...]
    tells: frozenset[str]
    """Types of the events whose evidence stands in it."""


@dataclass(frozen=True)
class Judged:
    """A candidate of an article that its rules were not written on, and whether it is a label's."""

    article: str
    claim: str
    buckets: tuple[int, ...]
    structure: dict[str, float]
    is_right: bool


@dataclass(frozen=True)
class Fit:
    """What fitting gave."""

    weights: Weights
    held_out: NDArray[np.float64]
    """Certainty of each judged candidate by models that saw nothing of its article."""


def fit(wordings: Sequence[Wording], judged: Sequence[Judged], *, precision: float, least: float) -> Fit:
    """Fit both models.

    The second sees the first's opinion of articles that the first has not seen: otherwise it would trust it too much.

    Args:
        wordings: labelled sentences, of any articles.
        judged: candidates with the truth.
        precision: what `--precise` is to reach on candidates held out.
        least: certainty below which a candidate falls by default.
    """
    fold = {article: at % FOLDS for at, article in enumerate(sorted({j.article for j in judged}))}
    rows = np.zeros((len(judged), len(FEATURES)))
    for k in range(FOLDS):
        model = _wording_model([w for w in wordings if fold.get(w.article) != k])
        for at, j in enumerate(judged):
            if fold[j.article] == k:
                rows[at] = vector(j.structure, model.odds(j.buckets), j.claim)
    truth = np.array([j.is_right for j in judged], dtype=float)[:, None]
    folds = np.array([fold[j.article] for j in judged])
    held_out = np.zeros(len(judged))
    for k in range(FOLDS):
        held_out[folds == k] = _probability(rows[folds == k] @ _candidate_model(rows[folds != k], truth[folds != k]))[:, 0]
    bound = _bound(held_out, truth[:, 0] > 0, precision)
    whole = _wording_model(wordings)
    weights = Weights(whole.wording, whole.wording_bias, _candidate_model(rows, truth)[:, 0].astype(np.float64), least, bound)
    return Fit(weights, held_out)


def _bound(certainty: NDArray[np.float64], is_right: NDArray[np.bool_], precision: float) -> float:
    """The lowest certainty, in steps of .01, from which on candidates are that often right; where none is, the one most often right.

    Bounds that fewer than `FEWEST` candidates reach say nothing.
    """
    reached = {}
    for bound in np.arange(0.01, 1.0, 0.01):
        above = certainty >= bound
        if above.sum() >= FEWEST:
            reached[float(round(bound, 2))] = float(is_right[above].mean())
    enough = [bound for bound, right in reached.items() if right >= precision]
    return min(enough) if enough else max(reached, key=lambda bound: reached[bound], default=1.0)


def _wording_model(wordings: Sequence[Wording]) -> Weights:
    truth = np.zeros((len(wordings), len(CLAIMS) + 1), dtype=np.float32)
    for at, w in enumerate(wordings):
        truth[at, [CLAIMS.index(claim) for claim in w.tells]] = 1
        truth[at, -1] = bool(w.tells)
    share = truth.mean(axis=0, keepdims=True).clip(1e-4, 1)
    weight = np.where(truth > 0, np.minimum(1 / share, 50), 1.0).astype(np.float32)  # most sentences tell nothing
    found = _regress(Sparse([w.buckets for w in wordings], BUCKETS), BUCKETS + 1, truth, weight, WORDING_PENALTY, WORDING_STEPS)
    return Weights(found[:-1].astype(np.float32), found[-1].astype(np.float32), np.zeros(len(FEATURES)), 0, 0)


def _candidate_model(rows: Floats, truth: Floats) -> Floats:
    return _regress(Dense(rows), rows.shape[1], truth, np.ones_like(truth), CANDIDATE_PENALTY, CANDIDATE_STEPS)


def _regress(features: Matrix, width: int, truth: Floats, weight: Floats, penalty: float, steps: int) -> Floats:
    """Weights of logistic regressions, a column each, by accelerated gradient descent (Nesterov 1983)."""
    dtype = truth.dtype.type
    step = dtype(1 / (0.25 * float(weight.max()) * _largest(features, width, dtype) + penalty))
    found = ahead = np.zeros((width, truth.shape[1]), dtype=dtype)
    for at in range(steps):
        error = weight * (_probability(features.times(ahead)) - truth)
        new = ahead - step * (features.transposed_times(error) + dtype(penalty) * ahead)
        ahead, found = new + dtype(at / (at + 3)) * (new - found), new
    return found


def _largest(features: Matrix, width: int, dtype: Callable[[float], np.floating[Any]]) -> float:
    """The largest eigenvalue of the features' Gram matrix, a little over: it bounds how far a step may go."""
    direction = np.full((width, 1), dtype(1.0))
    for _ in range(20):
        direction = features.transposed_times(features.times(direction))
        direction /= dtype(float(np.linalg.norm(direction)))
    return 1.1 * float(np.linalg.norm(features.transposed_times(features.times(direction))))


def _probability(score: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
    return chances
