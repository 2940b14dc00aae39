"""Changes: what became different on the boards, for whoever keeps a copy of them or acts on them.

Whoever folds all changes of a mission from the first one, in the order of the log, has the facts and the status that its board shows.
A copy of a story changes no figure, so it makes no change.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from muster_contracts.claims import ArticleRef
from muster_contracts.model import Day, Id, Many, WireModel, wire_type
from muster_contracts.partial_dates import PartialDate
from muster_contracts.values import Contributor, Kind, MissionSlug, Modality, Quantity, Reason

CLAIMS_NAMED = 100
"""Most claims that a change names. A fact that a thousand articles tell would else repeat a thousand ids at each of its changes."""


class Because(StrEnum):
    """What made a change."""

    TOLD = "told"
    """An article was read for the first time."""

    REVISED = "article-revised"
    """An article's publisher changed its wording."""

    RETRACTED = "article-retracted"
    """An article's publisher took it back."""

    READ_AGAIN = "article-read-again"
    """The same wording was read by another extractor, or by another version of it."""

    RECKONED_AGAIN = "reckoned-again"
    """No article: a release reckons otherwise, or changes were muted and what differs since is told at once."""


class StatusFigure(StrEnum):
    """A figure of a mission's status: what `before` and `after` of a `StatusChanged` are values of."""

    CEILING = "ceiling"
    """The authorised strength in force: `quantity` in people, `date` since when, the contributor is the body that set it."""

    MANDATE_END = "mandate-end"
    """The day until which the mandate runs: `date`."""

    MISSION_END = "mission-end"
    """The mission ended or was replaced: `date`, where told, and `successor`."""

    LEADER = "leader"
    """Who leads or offered to: `code`, and `date` since when."""

    COMMANDER = "commander"
    """Who was named last to each post: `person`, `code` of their state, `date` since when; `item` is the post."""

    STRENGTH = "strength"
    """People in the mission area: `quantity`. Of the whole mission where there is no contributor."""

    SIGNALLED = "people-signalled"
    """People offered on a condition: `quantity`. Of all `people-…`: where there is no contributor, told without naming one."""

    PLEDGED = "people-pledged"
    """People promised, and not taken back: `quantity`."""

    TAKEN_BACK = "people-taken-back"
    """People whose pledge was withdrawn, cut or suspended: `quantity`."""

    COMMITTED = "people-committed"
    """People approved by parliament, court or treaty: `quantity`."""

    SCHEDULED = "people-scheduled"
    """People due to go and not yet gone: `quantity`, and the next `date`."""

    DEPARTED = "people-departed"
    """People who left for the mission, in all: `quantity`."""

    DEPLOYED = "people-deployed"
    """People in the mission area: `quantity`."""

    WITHDRAWN = "people-withdrawn"
    """People who left it for good, in all: `quantity`."""

    ANNOUNCED_MONEY = "money-announced"
    """Money offered on a condition: `quantity` in whole currency units; `item` is the currency, empty for sums without a number."""

    PLEDGED_MONEY = "money-pledged"
    """Money promised: `quantity` and `item` as above."""

    PAID_MONEY = "money-paid"
    """Money paid, in all: `quantity` and `item` as above."""

    FROZEN_MONEY = "money-frozen"
    """Money whose pledge was frozen or taken back: `quantity` and `item` as above."""

    PLAN = "plan"
    """A deployment that is to come or was to come: `quantity`, `date` as it is planned now, `state`, `days_lost`; `item` is its id."""

    OBSTACLE = "obstacle"
    """What stands in the way: `state`, `reasons`, `quantity` of what is blocked; `item` is its id."""

    KILLED = "killed"
    """Mission personnel killed: `quantity` in `personnel`."""

    WOUNDED = "wounded"
    """Mission personnel wounded: `quantity` in `personnel`."""


class ToldFact(WireModel):
    """One happening, as the board shows it: the figure chosen from all claims that tell it."""

    fact_id: Id
    """Id of the fact. A function of what was first told of it: later tellings leave it as it is."""

    type: Annotated[str, Field(pattern=r"^[a-z]+(?:-[a-z]+)*$", examples=["pledge-announced"])]
    """Type of the claims that tell it, without its version."""

    contributor: Contributor | None = None
    """Who acts; null where no text names one."""

    kind: Kind | None = None
    """Of what: people, money or equipment; null for types that are of none."""

    detail: Annotated[str, Field(examples=["departure", "killed"])] | None = None
    """What else tells happenings of a type apart: the step of a schedule, the harm of a casualty, the aspect of a situation."""

    quantity: Quantity | None = None
    """The number shown; null where no text gives one."""

    low: Annotated[int, Field(ge=0, examples=[900])] | None = None
    """Lowest number claimed, in the unit of `quantity`; null where none is."""

    high: Annotated[int, Field(ge=0, examples=[1000])] | None = None
    """Highest number claimed, in the unit of `quantity`."""

    date: PartialDate | None = None
    """The day in the world; null where no text gives one."""

    ahead: bool = False
    """A movement dated later than anybody told of it: a plan, not a happening."""

    reasons: Many[Reason] = ()
    """Why something is late or in the way; the one that most origins name first."""

    person: Annotated[str, Field(examples=["Ada Ndoye"])] | None = None
    """Who was appointed, as the texts write the name."""

    post: Annotated[str, Field(examples=["force commander"])] | None = None
    """To what, as the texts write it."""

    successor: MissionSlug | None = None
    """The mission that takes this one's place, where the fact is its end."""

    main: bool = False
    """The contributor is named as the mission's chief payer."""

    running_total: bool = False
    """The number counts all cases up to the date, not one incident."""

    no_comment: bool = False
    """Asked, and did not answer."""

    modality: Modality = Modality.ASSERTED
    """How firmly the texts hold it, by the firmest of them."""

    origins: Annotated[int, Field(ge=1, examples=[3])]
    """Independent tellings. Copies of one story count once."""

    first_told: Day
    """Day on which it first became public."""

    last_told: Day
    """Day on which an origin told it last."""

    contradicts: Many[Id] = ()
    """Ids of facts that tell the same happening otherwise; they stay side by side."""


class StatusValue(WireModel):
    """The value of a figure of the status. Which fields it has is said at each `StatusFigure`; all others are null or empty."""

    quantity: Quantity | None = None
    """People, or whole currency units; null where it is told without a number."""

    date: PartialDate | None = None
    """Since when, until when, or for when; null where no text says."""

    state: Annotated[Literal["open", "overdue", "partly", "met", "lapsed", "cleared"], Field(examples=["overdue"])] | None = None
    """Of a plan: open, overdue, partly (fewer went), met or lapsed. Of an obstacle: open or cleared."""

    days_lost: Annotated[int, Field(examples=[21])] | None = None
    """Days that a plan lost from its first date; negative where it was brought forward; null where no two dates are told."""

    reasons: Many[Reason] = ()
    """Why a plan slipped, or what stands in the way."""

    code: Contributor | None = None
    """The state or body that the value names."""

    person: Annotated[str, Field(examples=["Ada Ndoye"])] | None = None
    """The person that the value names."""

    successor: MissionSlug | None = None
    """The mission that takes this one's place."""


class Change(WireModel):
    """What every change carries."""

    change_id: Id
    """Id of the change, and of its envelope. A function of what changed and of the event that made it: a repeat is the same change."""

    mission: MissionSlug
    because: Because
    """What made the change."""

    article: ArticleRef | None = None
    """The article whose reading made it; null where no article did (`reckoned-again`)."""

    claim_ids: Annotated[Many[Id], Field(max_length=CLAIMS_NAMED)] = ()
    """Claims behind the figure, one for each that speaks (a copy speaks only where its original is silent), the one that is shown first.
    They stand on `mission-events`. Of a fact or figure that is gone: those that it last stood on."""

    claims: Annotated[int, Field(ge=0, examples=[3])] = 0
    """How many claims speak for it; more than `claim_ids` names where they are many."""


class FactEstablished(Change):
    """A happening stands on the board that did not stand there before."""

    type: Literal["fact-established.v1"] = wire_type("fact-established.v1")
    fact: ToldFact
    """The fact as it stands now."""

    rule: Annotated[str, Field(examples=["told by most origins"])]
    """The rule that chose the figure shown, in words."""

    replaces: Many[Id] = ()
    """Facts withdrawn by the same event, whose claims this one took over."""


class FactRevised(Change):
    """Something else is told of a happening than before: its figure, its date, how many tell it."""

    type: Literal["fact-revised.v1"] = wire_type("fact-revised.v1")
    before: ToldFact
    """The fact as it was told last."""

    after: ToldFact
    """The fact as it stands now, under the same id."""

    changed: Annotated[Many[str], Field(min_length=1, examples=[["quantity", "high", "origins"]])]
    """Names of the fields in which the two differ. `origins` and `last_told` alone: one more tells the same."""

    rule: Annotated[str, Field(examples=["the best known number"])]
    """The rule that chose the figure shown, in words."""


class FactWithdrawn(Change):
    """A happening no longer stands on the board: nothing tells it any more, or its claims belong to other facts now."""

    type: Literal["fact-withdrawn.v1"] = wire_type("fact-withdrawn.v1")
    fact: ToldFact
    """The fact as it was told last."""

    replaced_by: Many[Id] = ()
    """Facts that its claims belong to now; empty where nothing tells it any more."""


class StatusChanged(Change):
    """A figure of the mission's status is another one than before. Named by `figure`, `contributor` and `item` together."""

    type: Literal["status-changed.v1"] = wire_type("status-changed.v1")
    figure: StatusFigure
    """Which figure, and so what its value holds. `ceiling`: authorised `quantity` of people, `date` since when, `code` of the body.
    `mandate-end`: `date`. `mission-end`: `date`, `successor`. `leader`: `code`, `date`. `commander`: `person`, `code` of their state,
    `date`. `strength` and `people-…`: `quantity` of people, `date`. `money-…`: `quantity` of money, `date`. `plan`: `quantity`, `date` as
    planned now, `state`, `days_lost`, `reasons`. `obstacle`: `state`, `reasons`, `quantity`. `killed`, `wounded`: `quantity`."""

    contributor: Contributor | None = None
    """Whose figure it is; null: that of the whole mission, or told without naming a contributor."""

    item: Annotated[str, Field(examples=["USD", "3f0c2d0e-6f0c-5f0a-9a46-0a3f3a0c9d11"])] = ""
    """Which of several: id of a plan or an obstacle, currency of money, post of a commander (its first 200 characters); else empty."""

    before: StatusValue | None = None
    """The value as it was told last; null: there was none."""

    after: StatusValue | None = None
    """The value now; null: there is none any more."""

    rule: Annotated[str, Field(examples=["the pledge made last"])] = ""
    """How the value was reckoned, in words; empty where it is gone."""


ChangeEvent = Annotated[FactEstablished | FactRevised | FactWithdrawn | StatusChanged, Field(discriminator="type")]
"""What stands on the topic `mission-changes`."""
