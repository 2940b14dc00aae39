"""How sure a score is: the bootstrap over articles."""

from collections.abc import Sequence

import numpy as np

RESAMPLES = 1_000
SEED = 20240625
"""Any fixed number: the same readings give the same intervals."""

Interval = tuple[float, float]


def ratios(hits: float, wanted: float, given: float) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where there is nothing to divide by."""
    return (
        hits / given if given else 0.0,
        hits / wanted if wanted else 0.0,
        2 * hits / (wanted + given) if wanted + given else 0.0,
    )


def intervals(counts: Sequence[tuple[int, int, int]]) -> tuple[Interval, Interval, Interval]:
    """The 95 % intervals of precision, recall and F1.

    Events of one article stand and fall together, so articles are drawn, not events.

    Args:
        counts: of each article: hits, labels, events read.
    """
    if not counts:
        return (0.0, 0.0), (0.0, 0.0), (0.0, 0.0)
    articles = len(counts)
    drawn = np.random.default_rng(SEED).multinomial(articles, np.full(articles, 1 / articles), size=RESAMPLES)
    hits, wanted, given = (drawn @ np.asarray(counts, dtype=np.int64)).astype(np.float64).T
    return _middle(hits, given), _middle(hits, wanted), _middle(2 * hits, wanted + given)


def _middle(above: np.ndarray, below: np.ndarray) -> Interval:
    """The middle 95 % of the quotients; 0 where there is nothing to divide by."""
    low, high = np.percentile(np.divide(above, below, out=np.zeros_like(above), where=below > 0), [2.5, 97.5])
    return float(low), float(high)
