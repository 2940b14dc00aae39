"""The pure middle of projection: from sets of events to boards. No Kafka, no SQL, no clock, no random id."""

from muster_projection.folds.course import Course
from muster_projection.folds.ledger import Ledger, facts_of
from muster_projection.folds.memo import Memo
from muster_projection.folds.reckon import board_from, mission_summaries, mission_summary, reckon
from muster_projection.folds.standing import Heard, awaited, completion_order, evolve, initial, newest, standing

__all__ = [
    "Course",
    "Heard",
    "Ledger",
    "Memo",
    "awaited",
    "board_from",
    "completion_order",
    "evolve",
    "facts_of",
    "initial",
    "mission_summaries",
    "mission_summary",
    "newest",
    "reckon",
    "standing",
]
