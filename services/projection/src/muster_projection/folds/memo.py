"""What was reckoned before from the very same facts need not be reckoned again.

Facts are frozen, and those that a step does not touch stay the same objects. So a part of the board whose inputs are the same objects as
last time is what it was last time. With nothing remembered everything is reckoned: the results are equal to the byte.
"""

from collections.abc import Callable, Hashable, Sequence
from operator import is_
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """The last result of each part, with what it was reckoned from."""

    def __init__(self) -> None:
        self._held: dict[Hashable, tuple[tuple[Any, ...], Hashable, Any]] = {}
        self._used: set[Hashable] = set()

    def of(self, part: Hashable, inputs: Sequence[Any], extra: Hashable, reckon: Callable[[], T]) -> T:
        """The part's last result where its inputs are the same objects and `extra` is equal; else what `reckon` gives."""
        self._used.add(part)
        held = self._held.get(part)
        if held is not None and len(held[0]) == len(inputs) and held[1] == extra and all(map(is_, held[0], inputs)):
            result: T = held[2]
            return result
        made = reckon()
        self._held[part] = (tuple(inputs), extra, made)
        return made

    def settle(self) -> None:
        """A board is done: forget the parts that it no longer has."""
        if len(self._used) < len(self._held):
            self._held = {part: held for part, held in self._held.items() if part in self._used}
        self._used.clear()
