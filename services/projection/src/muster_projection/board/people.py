"""People and money: how far each contributor has come."""

from enum import StrEnum

from muster_contracts.partial_dates import PartialDate
from muster_contracts.values import Contributor, Quantity

from muster_projection.board.base import BoardModel
from muster_projection.board.facts import Figure


class Step(StrEnum):
    """The rungs of the personnel ladder, lowest first."""

    SIGNALLED = "signalled"
    PLEDGED = "pledged"
    COMMITTED = "committed"
    SCHEDULED = "scheduled"
    DEPARTED = "departed"
    DEPLOYED = "deployed"
    WITHDRAWN = "withdrawn"


class Rung(BoardModel):
    """How many, or how much, has come this far, and on whose word."""

    quantity: Quantity | None = None
    """None where it is told without a number."""

    date: PartialDate | None = None
    """When it came this far; for what is scheduled, the next date; None where no text says."""

    rule: str
    """How the number was reckoned, in words."""

    figures: tuple[Figure, ...]
    """What it was reckoned from, the decisive first."""

    history: tuple[Figure, ...] = ()
    """Earlier figures that it takes the place of (a pledge that was raised or cut), oldest first."""


class ContributorPeople(BoardModel):
    """One contributor's people. A pledge is never counted as delivered: each rung stands on facts of its own."""

    contributor: Contributor | None
    """None: told of the mission without naming a contributor."""

    signalled: Rung | None = None
    """Offered on a condition. A plain `will send` or `has agreed to send` is a pledge."""

    pledged: Rung | None = None
    """Promised, and not taken back."""

    taken_back: Rung | None = None
    """Pledges withdrawn, cut or suspended."""

    committed: Rung | None = None
    """Approved by parliament or court, or agreed by treaty."""

    scheduled: Rung | None = None
    """Due to go, and not yet gone."""

    departed: Rung | None = None
    """Left for the mission, in all."""

    deployed: Rung | None = None
    """In the mission area on the day asked for."""

    withdrawn: Rung | None = None
    """Left it for good, in all."""

    reached: Step | None = None
    """The highest rung reached: withdrawn only where nobody of its people is left there."""


class ContributorMoney(BoardModel):
    """One contributor's money. Each rung holds a figure for each currency; sums told without a number come last."""

    contributor: Contributor | None
    """None: told of a fund, or of all contributors together."""

    main_funder: bool = False
    """Some text names it as the one that chiefly pays."""

    announced: tuple[Rung, ...] = ()
    """Offered on a condition."""

    pledged: tuple[Rung, ...] = ()
    paid: tuple[Rung, ...] = ()
    frozen: tuple[Rung, ...] = ()


class Equipment(BoardModel):
    """Materiel that a contributor promised or handed over."""

    contributor: Contributor | None
    delivered: bool
    """False: only promised."""

    quantity: Quantity | None = None
    figure: Figure


class Movement(BoardModel):
    """People who came or left since the strength was last reported."""

    contributor: Contributor | None
    counted: int
    """How many of them enter the reckoning, with their sign: a total told beside its parts adds only what it exceeds them by."""

    figure: Figure


class Strength(BoardModel):
    """How many are in the mission area on the day asked for, of the whole mission or of one contributor."""

    contributor: Contributor | None
    quantity: Quantity
    reckoned: str
    """How, in words: reported on which day in which source, plus and minus what since."""

    reported: Figure | None = None
    """The last report; None where there is none, and arrivals are all there is."""

    movements: tuple[Movement, ...] = ()
    """Since the report, oldest first."""

    difference: int | None = None
    """What was reported less what the report before it and the movements between led to expect; None where there is no earlier report."""

    reports: tuple[Figure, ...] = ()
    """All reports, oldest first."""


class Casualties(BoardModel):
    """Mission personnel killed and wounded, of one contributor; None: told without naming whose."""

    contributor: Contributor | None
    killed: int
    wounded: int
    rule: str
    figures: tuple[Figure, ...]
