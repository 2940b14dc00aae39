"""A matrix that is nearly all zeros, as fitting needs it: times a matrix, and transposed times a matrix."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


class Matrix(Protocol):
    """What the regression asks of its features."""

    def times(self, other: Floats) -> Floats:
        """This matrix times another."""
        ...

    def transposed_times(self, other: Floats) -> Floats:
        """This matrix, transposed, times another."""
        ...


class Dense:
    """Every value is written out."""

    def __init__(self, values: Floats) -> None:
        self._values = values

    def times(self, other: Floats) -> Floats:
        """This matrix times another."""
        product: Floats = self._values @ other
        return product

    def transposed_times(self, other: Floats) -> Floats:
        """This matrix, transposed, times another."""
        product: Floats = self._values.T @ other
        return product


class Sparse:
    """Rows with few values, all of a row equal, and a last column of ones.

    Sums over sorted entries: a hundredth of the work of the dense product at 60 values of 8,192.

    Args:
        rows: the columns that each row has a value in.
        width: columns without the last.
    """

    def __init__(self, rows: Sequence[Sequence[int]], width: int) -> None:
        sizes = np.array([len(row) + 1 for row in rows])
        self._width = width
        self._starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        self._columns = np.concatenate([np.array([*row, width]) for row in rows])
        scale = 1 / np.sqrt(np.maximum(1, sizes - 1))
        self._values = np.where(self._columns == width, 1.0, np.repeat(scale, sizes)).astype(np.float32)[:, None]
        owner = np.repeat(np.arange(len(rows)), sizes)
        order = np.argsort(self._columns, kind="stable")
        self._present, self._column_starts = np.unique(self._columns[order], return_index=True)
        self._owner, self._by_column = owner[order], self._values[order]

    def times(self, other: Floats) -> Floats:
        """This matrix times another."""
        product: Floats = np.add.reduceat(other[self._columns] * self._values, self._starts, axis=0)
        return product

    def transposed_times(self, other: Floats) -> Floats:
        """This matrix, transposed, times another."""
        out = np.zeros((self._width + 1, other.shape[1]), dtype=np.float32)
        out[self._present] = np.add.reduceat(other[self._owner] * self._by_column, self._column_starts, axis=0)
        return out
