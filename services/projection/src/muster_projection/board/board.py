"""The board of one mission: what was promised, what was done, what is late and why, on whose word."""

from datetime import date
from uuid import UUID

from muster_contracts.partial_dates import PartialDate
from muster_contracts.values import Contributor, MissionSlug, Quantity, Speaker

from muster_projection.board.base import BoardModel
from muster_projection.board.facts import Contradiction, Fact, Figure
from muster_projection.board.people import Casualties, ContributorMoney, ContributorPeople, Equipment, Strength
from muster_projection.board.plans import Cause, Obstacle, Plan, Slip


class Ceiling(BoardModel):
    """An authorised strength."""

    quantity: Quantity
    authority: Contributor | None
    """The body that set it, where named."""

    since: PartialDate | None
    """None where no text says."""

    figure: Figure


class Leader(BoardModel):
    contributor: Contributor
    since: PartialDate | None
    figure: Figure


class Commander(BoardModel):
    person: str | None
    post: str | None
    contributor: Contributor | None
    since: PartialDate | None
    figure: Figure


class Mandate(BoardModel):
    """When the mission was authorised, until when its mandate runs, and its end."""

    authorized: Figure | None = None
    authority: Contributor | None = None
    runs_until: PartialDate | None = None
    extended: Figure | None = None
    ended_on: PartialDate | None = None
    """None where it goes on, or where its end is told without a date."""

    ended: Figure | None = None


class Statement(BoardModel):
    """Somebody said something about the mission, or declined to."""

    speaker: Speaker | None
    no_comment: bool
    figure: Figure


class Note(BoardModel):
    """What a text tells of the country, or of a contributor's preparations."""

    about: str
    """`security`, `humanitarian`, `political`; `ceremony`, `kit`, `training`, `transit`."""

    contributor: Contributor | None
    figure: Figure


class Counts(BoardModel):
    articles: int
    origins: int
    copies: int
    """Articles less origins."""

    claims: int
    facts: int


class Board(BoardModel):
    """One mission as of a day in the world and a day of publication."""

    mission: MissionSlug
    name: str
    provisional: bool
    """Not in the catalogue: made from what the articles call it."""

    successor: MissionSlug | None = None
    valid_at: date
    """What had happened in the world by the end of this day."""

    known_at: date | None
    """As far as was public on this day; None: everything on the log."""

    mandate: Mandate
    ceiling: Ceiling | None = None
    """The one in force: set last by `valid_at`."""

    ceilings: tuple[Ceiling, ...] = ()
    """All, oldest first."""

    leaders: tuple[Leader, ...] = ()
    """Who offered or was named to lead, oldest first; the last one leads."""

    commanders: tuple[Commander, ...] = ()
    """Oldest first."""

    pledging: tuple[Contributor, ...] = ()
    """Contributors whose pledge of people stands, by code."""

    main_funders: tuple[Contributor, ...] = ()
    strength: Strength | None = None
    """Of the whole mission; None where nothing tells."""

    contributor_strengths: tuple[Strength, ...] = ()
    people: tuple[ContributorPeople, ...] = ()
    """By code; what names no contributor comes last."""

    money: tuple[ContributorMoney, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    plans: tuple[Plan, ...] = ()
    """By planned date; undated ones last."""

    delays: tuple[Slip, ...] = ()
    """Every slip, those of plans included, in the order in which they were told."""

    causes: tuple[Cause, ...] = ()
    """Why deployments slipped, the most frequent first."""

    obstacles: tuple[Obstacle, ...] = ()
    """Open ones first, then cleared ones, each by day."""

    casualties: tuple[Casualties, ...] = ()
    preparations: tuple[Note, ...] = ()
    statements: tuple[Statement, ...] = ()
    """The latest few, newest first."""

    situation: tuple[Note, ...] = ()
    """The latest few, newest first."""

    contradictions: tuple[Contradiction, ...] = ()
    counts: Counts
    facts: tuple[Fact, ...] = ()
    """Every fact that had come about by `valid_at`, by day."""

    def fact(self, fact_id: UUID) -> Fact:
        """The fact behind a figure.

        Raises:
            KeyError: the board has no such fact.
        """
        for fact in self.facts:
            if fact.fact_id == fact_id:
                return fact
        raise KeyError(fact_id)


class MissionSummary(BoardModel):
    """A mission in one line."""

    mission: MissionSlug
    name: str
    provisional: bool
    successor: MissionSlug | None
    leader: Contributor | None
    ceiling: Quantity | None
    pledging: int
    """How many contributors' pledges of people stand."""

    deployed: Quantity | None
    plans_open: int
    next_planned: PartialDate | None
    """Date of the earliest open or overdue plan that has one."""

    days_lost: int | None
    """Over all plans."""

    ended: bool
    last_told: date
    counts: Counts
