"""What changed on a board, for downstream: pure. The store writes it into the outbox, the relay publishes it."""

from muster_projection.changes.boards import shown
from muster_projection.changes.differences import Cause, differences
from muster_projection.changes.shown import Said, Shown, StatusKey, initial
from muster_projection.changes.telling import evolve, key_of

__all__ = ["Cause", "Said", "Shown", "StatusKey", "differences", "evolve", "initial", "key_of", "shown"]
