"""The board's models: what projection stores, serves and prints. Pydantic only."""

from muster_projection.board.board import (
    Board,
    Ceiling,
    Commander,
    Counts,
    Leader,
    Mandate,
    MissionSummary,
    Note,
    Statement,
)
from muster_projection.board.facts import Citation, Contradiction, Fact, Figure
from muster_projection.board.people import (
    Casualties,
    ContributorMoney,
    ContributorPeople,
    Equipment,
    Movement,
    Rung,
    Step,
    Strength,
)
from muster_projection.board.plans import Cause, Obstacle, Plan, Slip

__all__ = [
    "Board",
    "Casualties",
    "Cause",
    "Ceiling",
    "Citation",
    "Commander",
    "Contradiction",
    "ContributorMoney",
    "ContributorPeople",
    "Counts",
    "Equipment",
    "Fact",
    "Figure",
    "Leader",
    "Mandate",
    "MissionSummary",
    "Movement",
    "Note",
    "Obstacle",
    "Plan",
    "Rung",
    "Slip",
    "Statement",
    "Step",
    "Strength",
]
