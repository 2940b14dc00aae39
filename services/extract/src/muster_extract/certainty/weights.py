"""The weights of both models, as they lie beside this module."""

import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from muster_extract.certainty.features import CLAIMS, FEATURES
from muster_extract.certainty.wording import BUCKETS

FILE = "weights.npz"


@dataclass(frozen=True)
class Weights:
    """Two linear models. Written by `python -m muster_extract.train fit`."""

    wording: NDArray[np.float32]
    """`BUCKETS` rows, a column for each of `CLAIMS` and one for any event at all."""

    wording_bias: NDArray[np.float32]
    candidate: NDArray[np.float64]
    """One weight for each of `FEATURES`."""

    least: float
    """Certainty below which a candidate becomes no claim."""

    precise: float
    """The same where precision counts most: `--precise`."""

    def odds(self, buckets: tuple[int, ...]) -> NDArray[np.float32]:
        """Log odds that a sentence of this wording tells each of `CLAIMS`, then any event at all."""
        if not buckets:
            return self.wording_bias
        summed: NDArray[np.float32] = self.wording[list(buckets)].sum(axis=0, dtype=np.float32) / np.float32(len(buckets) ** 0.5)
        return summed + self.wording_bias

    def write(self, path: Path) -> None:
        """Write them down; the same weights give the same bytes."""
        held = io.BytesIO()
        np.savez_compressed(
            held,
            wording=self.wording.astype(np.float16),
            wording_bias=self.wording_bias,
            candidate=self.candidate,
            bounds=np.array([self.least, self.precise]),
        )
        path.write_bytes(held.getvalue())


def read(held: Any) -> Weights:
    """The weights of an opened file.

    Raises:
        ValueError: they are of other features than this release has.
    """
    with np.load(held, allow_pickle=False) as found:
        least, precise = (float(bound) for bound in found["bounds"])
        weights = Weights(found["wording"].astype(np.float32), found["wording_bias"], found["candidate"], least, precise)
    if weights.wording.shape != (BUCKETS, len(CLAIMS) + 1) or weights.candidate.shape != (len(FEATURES),):
        raise ValueError("the weights are of other features: `python -m muster_extract.train fit` makes new ones")
    return weights


@cache
def weights() -> Weights:
    """The weights that this release reads with."""
    return read(io.BytesIO(files("muster_extract.certainty").joinpath(FILE).read_bytes()))
