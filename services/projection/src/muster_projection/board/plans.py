"""Planned dates, and what became of them."""

from datetime import date
from typing import Literal
from uuid import UUID

from muster_contracts.partial_dates import PartialDate
from muster_contracts.values import Contributor, Quantity, Reason

from muster_projection.board.base import BoardModel
from muster_projection.board.facts import Figure


class Slip(BoardModel):
    """A planned date was moved, missed or put off."""

    told_on: date
    contributor: Contributor | None
    quantity: Quantity | None = None
    before: PartialDate | None = None
    """The date as it was planned until then; None where none was known."""

    after: PartialDate | None = None
    """The new date; None where none is given."""

    days: int | None = None
    """Days lost by it; None where the texts give no two dates to reckon from. Negative: brought forward."""

    causes: tuple[Reason, ...] = ()
    figure: Figure
    """What tells it: a delay, a later schedule, or an arrival after its day."""

    plan_id: UUID | None = None
    """The plan that it befell; None where the texts don't say which."""


class Plan(BoardModel):
    """A deployment that is to come or was to come: whose, how many, when, with every slip."""

    plan_id: UUID
    contributor: Contributor | None
    step: str
    """`departure`, `arrival`, `deployment` or `full-strength`; `withdrawal` of people who are to leave for good."""

    quantity: Quantity | None = None
    planned_for: PartialDate | None = None
    """The date as it stands; None: 'later'."""

    first_planned_for: PartialDate | None = None
    outcome: Literal["open", "overdue", "partly", "met", "lapsed"]
    """Overdue: its date is past on the day asked for, and nothing tells that it took place. Partly: fewer went than were to go. Lapsed:
    long past without a word, or its contributor took its pledge back."""

    met_by: Figure | None = None
    slips: tuple[Slip, ...] = ()
    """In the order in which they were told."""

    days_lost: int | None = None
    """From the first planned date to the last one, or to the day on which it took place; None where that can't be reckoned."""

    causes: tuple[Reason, ...] = ()
    figures: tuple[Figure, ...]
    """The schedules behind it, the one that stands first."""


class Obstacle(BoardModel):
    """Something that stands, or stood, in the way."""

    contributor: Contributor | None
    reasons: tuple[Reason, ...] = ()
    quantity: Quantity | None = None
    """The sum or number that is blocked or missing, where given."""

    raised: Figure | None = None
    """None: told only as cleared."""

    cleared: Figure | None = None
    """None: open."""


class Cause(BoardModel):
    """One reason for delays, over the whole mission."""

    reason: Reason
    slips: int
    """How many it is named for."""

    days_lost: int | None = None
    """The days of those slips that have any; a slip with two causes counts for both."""
