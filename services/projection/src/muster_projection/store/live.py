"""Missions that a process keeps from one transaction to the next, so that it need not read them again from their first claim."""

from collections import OrderedDict
from dataclasses import dataclass

from muster_projection.board import Board
from muster_projection.changes import Shown
from muster_projection.folds import Course, Memo
from muster_projection.store.boards import Laid

CLAIMS_KEPT = 120_000
"""Most claims that a process keeps, of all missions together; some 7 KB each. A mission that is not kept is read anew when it is
touched."""


@dataclass(frozen=True, slots=True)
class Live:
    """One mission as a transaction left it."""

    version: int
    """As in the store: another number there means that somebody else has reckoned the mission since."""

    course: Course
    board: Board | None
    shown: Shown
    memo: Memo
    """Of what the board showed."""

    laid: Laid | None
    """What is in the store of the board; None where it has none."""


class Lives:
    """The missions that a process keeps, the ones used last."""

    def __init__(self, claims: int = CLAIMS_KEPT) -> None:
        self._limit = claims
        self._kept: OrderedDict[str, Live] = OrderedDict()
        self._pending: dict[str, Live] = {}

    def take(self, mission: str, version: int) -> Live | None:
        """The mission as it is in the store, where it is kept; it has to be put back, since whoever takes it changes it."""
        live = self._kept.pop(mission, None)
        return live if live is not None and live.version == version else None

    def put(self, mission: str, live: Live) -> None:
        """Keep a mission once the transaction is committed."""
        self._pending[mission] = live

    def committed(self) -> None:
        """The transaction holds: so does what it put here."""
        self._kept.update(self._pending)
        self._pending.clear()
        while self._kept and sum(len(live.course) for live in self._kept.values()) > self._limit:
            self._kept.popitem(last=False)

    def rolled_back(self) -> None:
        """The transaction is undone, or nobody knows whether it is."""
        self._pending.clear()
