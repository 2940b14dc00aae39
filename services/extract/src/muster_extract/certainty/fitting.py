"""Fitting both models: logistic regressions by scikit-learn, which only this module asks for; a reading needs numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from muster_extract.certainty.features import CLAIMS, FEATURES, vector
from muster_extract.certainty.weights import Weights
from muster_extract.certainty.wording import BUCKETS

FOLDS = 5
FEWEST = 20
"""Candidates above a bound, for its precision to mean anything."""

WORDING_PENALTY, CANDIDATE_PENALTY = 0.05, 10.0
"""By folds over articles: of the first .02 to .2 and of the second 3 to 30 do as well."""


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
    truth = np.array([j.is_right for j in judged])
    folds = np.array([fold[j.article] for j in judged])
    held_out = np.zeros(len(judged))
    for k in range(FOLDS):
        held_out[folds == k] = _probability(rows[folds == k] @ _candidate_model(rows[folds != k], truth[folds != k]))
    bound = _bound(held_out, truth, precision)
    whole = _wording_model(wordings)
    weights = Weights(whole.wording, whole.wording_bias, _candidate_model(rows, truth), least, bound)
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
    features = _sparse([w.buckets for w in wordings])
    found, bias = [], []
    for told in ([claim in w.tells for w in wordings] for claim in CLAIMS):
        weights, intercept = _regress(features, told, WORDING_PENALTY, balanced=True)
        found.append(weights)
        bias.append(intercept)
    weights, intercept = _regress(features, [bool(w.tells) for w in wordings], WORDING_PENALTY, balanced=True)
    columns = np.stack([*found, weights], axis=1)
    return Weights(columns.astype(np.float32), np.array([*bias, intercept], dtype=np.float32), np.zeros(len(FEATURES)), 0, 0)


def _candidate_model(rows: NDArray[np.float64], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights of `FEATURES`; the first feature is one, and takes the intercept."""
    weights, intercept = _regress(rows, truth, CANDIDATE_PENALTY, balanced=False)
    weights[FEATURES.index("one")] += intercept
    return weights


def _regress(
    features: Any, truth: Sequence[bool] | NDArray[np.bool_], penalty: float, *, balanced: bool
) -> tuple[NDArray[np.float64], float]:
    """Weights and intercept of a logistic regression; of nothing but an unlikely intercept where nothing or everything is true."""
    truth = np.asarray(truth, dtype=bool)
    if truth.all() or not truth.any():
        return np.zeros(features.shape[1]), 6.0 if truth.all() else -6.0
    model = LogisticRegression(C=1 / penalty, class_weight="balanced" if balanced else None, solver="liblinear", random_state=0)
    model.fit(features, truth)
    return model.coef_[0].astype(np.float64), float(model.intercept_[0])


def _sparse(rows: Sequence[Sequence[int]]) -> Any:
    """The rows as a sparse matrix of `BUCKETS` columns, scaled as `Weights.odds` scales them."""
    sizes = np.array([len(row) for row in rows])
    columns = np.concatenate([np.asarray(row, dtype=int) for row in rows])
    values = np.repeat(1 / np.sqrt(np.maximum(1, sizes)), sizes)
    return csr_matrix((values, columns, np.concatenate([[0], np.cumsum(sizes)])), shape=(len(rows), BUCKETS))


def _probability(score: NDArray[np.float64]) -> NDArray[np.float64]:
    chances: NDArray[np.float64] = 1 / (1 + np.exp(-score))
    return chances
