"""Claims: mission events as one article tells them. What each type means is ruled by the labelling guide of the gold set."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from muster_contracts.model import WireModel
from muster_contracts.partial_dates import PartialDate
from muster_contracts.values import Contributor, Evidence, Kind, MissionSlug, Modality, Quantity, Reason, Speaker


class ArticleRef(WireModel):
    """Where a claim was read, so that each event stands for itself."""

    article_id: UUID
    revision_id: UUID
    revision: Annotated[int, Field(ge=1)]
    url: str | None = None
    source: str
    origin: str | None = None
    origin_id: UUID
    title: str
    published_on: date
    known_on: date
    """Day on which this wording became public: the board's second clock."""


class Extractor(WireModel):
    """Who read the article."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", examples=["rules"])]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$", examples=["1.0.0"])]

    def __str__(self) -> str:
        """Name and version as they enter the ids, e.g. `rules/1.0.0`."""
        return f"{self.name}/{self.version}"

    @property
    def rank(self) -> tuple[int, ...]:
        """The version as numbers, so that 1.10.0 comes after 1.9.0."""
        return tuple(int(part) for part in self.version.split("."))


class Claim(WireModel):
    """What every claim carries."""

    claim_id: UUID
    article: ArticleRef
    extractor: Extractor
    mission: MissionSlug
    contributor: Contributor | None = None
    """None where the text names none or no code fits."""

    quantity: Quantity | None = None
    date: PartialDate | None = None
    """When it happened, happens or is planned; None where the text does not say."""

    modality: Modality = Modality.ASSERTED
    attributed_to: Speaker | None = None
    """Who says it, where the article gives it in someone's words."""

    evidence: Evidence
    certainty: Annotated[float, Field(ge=0, le=1)] = 1.0
    """How sure the extractor is, 0 to 1."""

    rules: tuple[str, ...] = ()
    """Names of the rules that made it."""


class MissionAuthorized(Claim):
    """A body authorised a mission or set its strength; the quantity is the authorised strength."""

    type: Literal["mission-authorized.v1"] = "mission-authorized.v1"


class MandateExtended(Claim):
    """A mandate was renewed or extended; the date is the new end."""

    type: Literal["mandate-extended.v1"] = "mandate-extended.v1"


class MissionEnded(Claim):
    """A mission ended, was replaced or told to leave; the contributor is the body that ends or replaces it."""

    type: Literal["mission-ended.v1"] = "mission-ended.v1"
    successor: MissionSlug | None = None
    """The mission that takes its place, where the text names it."""


class LeadershipOffered(Claim):
    """A state offered or was named to lead."""

    type: Literal["leadership-offered.v1"] = "leadership-offered.v1"


class PledgeAnnounced(Claim):
    """A contributor offered, promised or committed people, money or equipment."""

    type: Literal["pledge-announced.v1"] = "pledge-announced.v1"
    kind: Kind = Kind.PEOPLE


class PledgeWithdrawn(Claim):
    """A pledge was taken back, cut, frozen or suspended."""

    type: Literal["pledge-withdrawn.v1"] = "pledge-withdrawn.v1"
    kind: Kind = Kind.PEOPLE


class FundingProvided(Claim):
    """Money was paid, disbursed or deposited, not only promised."""

    type: Literal["funding-provided.v1"] = "funding-provided.v1"
    main: bool = False
    """The text names the contributor as the mission's chief payer."""


class EquipmentDelivered(Claim):
    """Materiel arrived or was handed over."""

    type: Literal["equipment-delivered.v1"] = "equipment-delivered.v1"


class DeploymentScheduled(Claim):
    """A departure, an arrival or a strength is still to come, with a count or a time."""

    type: Literal["deployment-scheduled.v1"] = "deployment-scheduled.v1"
    step: Literal["departure", "arrival", "deployment", "full-strength"] = "deployment"
    """What is to happen on the date. `deployment` where the text leaves departure and arrival together."""


class DeploymentDelayed(Claim):
    """A deployment was delayed, postponed, paused or missed its date; the date is the new one."""

    type: Literal["deployment-delayed.v1"] = "deployment-delayed.v1"
    reasons: tuple[Reason, ...] = ()
    """The one that the text stresses first, then the others that it names."""


class ContingentDeparted(Claim):
    """Personnel left for the mission."""

    type: Literal["contingent-departed.v1"] = "contingent-departed.v1"


class ContingentArrived(Claim):
    """Personnel arrived in the mission area."""

    type: Literal["contingent-arrived.v1"] = "contingent-arrived.v1"


class ContingentWithdrawn(Claim):
    """Personnel left the mission for good, or a contributor ended its part."""

    type: Literal["contingent-withdrawn.v1"] = "contingent-withdrawn.v1"


class StrengthReported(Claim):
    """So many are in the mission area: the whole mission where the contributor is None."""

    type: Literal["strength-reported.v1"] = "strength-reported.v1"


class ObstacleRaised(Claim):
    """Something stands in the way of the mission or of a contributor."""

    type: Literal["obstacle-raised.v1"] = "obstacle-raised.v1"
    reasons: tuple[Reason, ...] = ()


class ObstacleCleared(Claim):
    """A named obstacle was removed."""

    type: Literal["obstacle-cleared.v1"] = "obstacle-cleared.v1"
    reasons: tuple[Reason, ...] = ()


class CommanderAppointed(Claim):
    """A person was named to command or deputise; the contributor is the person's state."""

    type: Literal["commander-appointed.v1"] = "commander-appointed.v1"
    person: str | None = None
    post: str | None = None


class CasualtyReported(Claim):
    """Mission personnel were killed or wounded; the quantity is how many, the contributor their state."""

    type: Literal["casualty-reported.v1"] = "casualty-reported.v1"
    harm: Literal["killed", "wounded"] = "killed"
    running_total: bool = False
    """The number counts all cases up to the date, not one incident."""


class DeploymentPrepared(Claim):
    """A contributor made ready: a ceremony was held, kit collected, people trained, a route planned."""

    type: Literal["deployment-prepared.v1"] = "deployment-prepared.v1"
    step: Literal["ceremony", "kit", "training", "transit"]


class SituationReported(Claim):
    """What the text says of the country that the mission is for."""

    type: Literal["situation-reported.v1"] = "situation-reported.v1"
    aspect: Literal["security", "humanitarian", "political"]


class StatementMade(Claim):
    """Somebody said something about the mission, or declined to; `attributed_to` says who."""

    type: Literal["statement-made.v1"] = "statement-made.v1"
    attributed_to: Speaker
    no_comment: bool = False
    """Asked, and did not answer."""


GuideClaim = (
    MissionAuthorized
    | MandateExtended
    | MissionEnded
    | LeadershipOffered
    | PledgeAnnounced
    | PledgeWithdrawn
    | FundingProvided
    | EquipmentDelivered
    | DeploymentScheduled
    | DeploymentDelayed
    | ContingentDeparted
    | ContingentArrived
    | ContingentWithdrawn
    | StrengthReported
    | ObstacleRaised
    | ObstacleCleared
    | CommanderAppointed
    | CasualtyReported
)
"""The 18 types of the labelling guide: the ones that are scored."""

AnyClaim = GuideClaim | DeploymentPrepared | SituationReported | StatementMade
"""Every type of claim."""


class ExtractionCompleted(WireModel):
    """One extractor has read one revision of an article to its end. Its claims stand from here on, and no others of the article.

    A retracted article is completed with no claims.
    """

    type: Literal["extraction-completed.v1"] = "extraction-completed.v1"
    completion_id: UUID
    article: ArticleRef
    extractor: Extractor
    retracted: bool = False
    claim_ids: tuple[UUID, ...] = ()
    """The claims in the order in which they stand in the text; all are on the log before this event, under the same key."""


MissionEvent = Annotated[AnyClaim | ExtractionCompleted, Field(discriminator="type")]
"""What stands on the topic `mission-events`."""
