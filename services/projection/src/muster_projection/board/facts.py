"""Facts, and the citations that they rest on."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from muster_contracts.partial_dates import PartialDate
from muster_contracts.values import Contributor, Kind, MissionSlug, Modality, Quantity, Reason, Speaker
from pydantic import Field

from muster_projection.board.base import BoardModel


class Citation(BoardModel):
    """One claim's own words, and the article in which they stand."""

    claim_id: UUID
    quote: str
    start: int
    """Offset of the quote's first character in the article's stored text, in Unicode code points."""

    end: int
    """Offset behind its last character."""

    quantity: Quantity | None = None
    """The number as this claim gives it."""

    date: PartialDate | None = None
    """The day in the world as this claim gives it."""

    speaker: Speaker | None = None
    """Whose word it is, where the article attributes it."""

    modality: Modality = Modality.ASSERTED
    certainty: float
    article_id: UUID
    revision: int
    url: str | None
    source: str
    origin: str | None
    """The agency that the article credits."""

    origin_id: UUID
    """One and the same for all copies of a story."""

    title: str
    published_on: dt.date
    known_on: dt.date
    """Day on which this wording became public."""


class Figure(BoardModel):
    """A figure as the board shows it: a fact in short, with the one citation that says it best. The fact itself is in `Board.facts`."""

    fact_id: UUID
    quantity: Quantity | None = None
    date: PartialDate | None = None
    rule: str
    """Name of the rule that chose the number shown, of those that were told."""

    low: int | None = None
    """Lowest number claimed; None where none is."""

    high: int | None = None
    """Highest number claimed."""

    origins: Annotated[int, Field(ge=1)]
    """Independent tellings: copies of one story count once."""

    copies: Annotated[int, Field(ge=0)]
    """Articles that tell it, less origins."""

    first_told: dt.date
    last_told: dt.date
    certainty: float
    citation: Citation


class Fact(BoardModel):
    """One happening: the standing claims that tell it, and the figure that was chosen from theirs."""

    fact_id: UUID
    """A function of what was first told of it, by whom: copies and later tellings leave it as it is."""

    type: str
    """The claims' type without its version, e.g. `pledge-announced`."""

    mission: MissionSlug
    contributor: Contributor | None = None
    kind: Kind | None = None
    """Of what: people, money or equipment; None for types that are of none."""

    detail: str | None = None
    """What else tells happenings of a type apart: the step of a schedule, the harm of a casualty, the aspect of a situation."""

    quantity: Quantity | None = None
    date: PartialDate | None = None
    day: dt.date
    """The day that it counts from: the first that `date` can mean; for plans, and where there is no date, the day on which it
    was first told."""

    ahead: bool = False
    """A movement dated later than anybody told of it: a plan, not a happening."""

    quantity_rule: str
    date_rule: str
    low: int | None = None
    high: int | None = None
    reasons: tuple[Reason, ...] = ()
    """All that its claims name; the ones named by most origins first."""

    person: str | None = None
    post: str | None = None
    successor: MissionSlug | None = None
    main: bool = False
    """Names the contributor as the mission's chief payer."""

    running_total: bool = False
    no_comment: bool = False
    modality: Modality = Modality.ASSERTED
    """The firmest that its claims hold."""

    origins: int
    articles: int
    copies: int
    first_told: dt.date
    last_told: dt.date
    certainty: float
    """That at least one origin's telling is read rightly: 1 - the product of (1 - the origin's best certainty)."""

    claims: tuple[Citation, ...]
    """All standing claims behind it, the one that is shown first."""

    contradicts: tuple[UUID, ...] = ()
    """Facts that tell the same happening otherwise."""


class Contradiction(BoardModel):
    """Facts that can't all be so. They stay side by side; the rule says why one of them is reckoned with."""

    type: str
    contributor: Contributor | None = None
    shown: Figure
    beside: tuple[Figure, ...]
    rule: str
