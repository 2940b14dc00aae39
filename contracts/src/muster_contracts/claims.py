"""Claims: mission events as one article tells them. What each type means is ruled by the labelling guide of the gold set."""

from typing import Annotated, Literal

from pydantic import Field

from muster_contracts.model import Day, Id, Many, Url, WireModel, wire_type
from muster_contracts.partial_dates import PartialDate
from muster_contracts.values import Contributor, Evidence, Kind, MissionSlug, Modality, Quantity, Reason, Speaker


class ArticleRef(WireModel):
    """Where a claim was read, so that each event stands for itself."""

    article_id: Id
    """The article, through all its wordings. The record key of all its events."""

    revision_id: Id
    """The wording that was read; where the article was taken back, the retraction."""

    revision: Annotated[int, Field(ge=1, examples=[1])]
    """Its number: 1 for the first wording, then counted up."""

    url: Url | None = None
    """Canonical address, where the source gave one."""

    source: Annotated[str, Field(examples=["Devdiscourse"])]
    """The outlet."""

    origin: Annotated[str, Field(examples=["Reuters"])] | None = None
    """The agency that the text credits; null where the outlet wrote it itself, as far as the text says."""

    origin_id: Id
    """The first article seen of those that tell this story in the same words. Count these, not articles."""

    title: Annotated[str, Field(examples=["Police leave for Haiti"])]
    """Headline."""

    published_on: Day
    """Day of publication in the outlet's own time zone."""

    known_on: Day
    """Day on which this wording became public: the board's second clock."""


class Extractor(WireModel):
    """Who read the article."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", examples=["rules"])]
    """Kind of reader: `rules`, or the rules with a model beside them."""

    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$", examples=["1.0.0"])]
    """Goes up with every change of what is read, since it enters the ids of claims. The greater version of a revision counts."""

    def __str__(self) -> str:
        """Name and version as they enter the ids, e.g. `rules/1.0.0`."""
        return f"{self.name}/{self.version}"

    @property
    def rank(self) -> tuple[int, ...]:
        """The version as numbers, so that 1.10.0 comes after 1.9.0."""
        return tuple(int(part) for part in self.version.split("."))


class Claim(WireModel):
    """What every claim carries."""

    claim_id: Id
    """A function of the wording, the extractor and what the claim says. Equals the envelope's `ce_id`."""

    article: ArticleRef
    """Where it was read."""

    extractor: Extractor
    """Who read it."""

    mission: MissionSlug
    contributor: Contributor | None = None
    """Who acts: ISO 3166-1 alpha-2, or a body's code. Null where the text names none or no code fits."""

    quantity: Quantity | None = None
    """How many or how much, with unit and qualifier; null where the text gives no number."""

    date: PartialDate | None = None
    """When it happened, happens or is planned: YYYY-MM-DD, YYYY-MM or YYYY; null where the text does not say."""

    modality: Modality = Modality.ASSERTED
    """How the text holds it."""

    attributed_to: Speaker | None = None
    """Who says it, where the article gives it in someone's words."""

    evidence: Evidence
    """The words that it stands on."""

    certainty: Annotated[float, Field(ge=0, le=1, examples=[0.9])] = 1.0
    """How sure the extractor is, 0 to 1."""

    rules: Many[str] = Field(default=(), examples=[["departure-verb"]])
    """Names of the rules that made it."""


class MissionAuthorized(Claim):
    """A body authorised a mission or set its strength; the quantity is the authorised strength."""

    type: Literal["mission-authorized.v1"] = wire_type("mission-authorized.v1")


class MandateExtended(Claim):
    """A mandate was renewed or extended; the date is the new end."""

    type: Literal["mandate-extended.v1"] = wire_type("mandate-extended.v1")


class MissionEnded(Claim):
    """A mission ended, was replaced or told to leave; the contributor is the body that ends or replaces it."""

    type: Literal["mission-ended.v1"] = wire_type("mission-ended.v1")
    successor: MissionSlug | None = None
    """Slug of the mission that takes its place, where the text names it."""


class LeadershipOffered(Claim):
    """A state offered or was named to lead."""

    type: Literal["leadership-offered.v1"] = wire_type("leadership-offered.v1")


class PledgeAnnounced(Claim):
    """A contributor offered, promised or committed people, money or equipment."""

    type: Literal["pledge-announced.v1"] = wire_type("pledge-announced.v1")
    kind: Kind = Kind.PEOPLE
    """What was offered: by the unit of the quantity, where there is one."""


class PledgeWithdrawn(Claim):
    """A pledge was taken back, cut, frozen or suspended."""

    type: Literal["pledge-withdrawn.v1"] = wire_type("pledge-withdrawn.v1")
    kind: Kind = Kind.PEOPLE
    """What is taken back: by the unit of the quantity, where there is one."""


class FundingProvided(Claim):
    """Money was paid, disbursed or deposited, not only promised."""

    type: Literal["funding-provided.v1"] = wire_type("funding-provided.v1")
    main: bool = False
    """The text names the contributor as the mission's chief payer."""


class EquipmentDelivered(Claim):
    """Materiel arrived or was handed over."""

    type: Literal["equipment-delivered.v1"] = wire_type("equipment-delivered.v1")


class DeploymentScheduled(Claim):
    """A departure, an arrival or a strength is still to come, with a count or a time."""

    type: Literal["deployment-scheduled.v1"] = wire_type("deployment-scheduled.v1")
    step: Literal["departure", "arrival", "deployment", "full-strength"] = "deployment"
    """What is to happen on the date. `deployment` where the text leaves departure and arrival together."""


class DeploymentDelayed(Claim):
    """A deployment was delayed, postponed, paused or missed its date; the date is the new one."""

    type: Literal["deployment-delayed.v1"] = wire_type("deployment-delayed.v1")
    reasons: Many[Reason] = ()
    """The one that the text stresses first, then the others that it names."""


class ContingentDeparted(Claim):
    """Personnel left for the mission."""

    type: Literal["contingent-departed.v1"] = wire_type("contingent-departed.v1")


class ContingentArrived(Claim):
    """Personnel arrived in the mission area."""

    type: Literal["contingent-arrived.v1"] = wire_type("contingent-arrived.v1")


class ContingentWithdrawn(Claim):
    """Personnel left the mission for good, or a contributor ended its part."""

    type: Literal["contingent-withdrawn.v1"] = wire_type("contingent-withdrawn.v1")


class StrengthReported(Claim):
    """So many are in the mission area: the whole mission where the contributor is null."""

    type: Literal["strength-reported.v1"] = wire_type("strength-reported.v1")


class ObstacleRaised(Claim):
    """Something stands in the way of the mission or of a contributor."""

    type: Literal["obstacle-raised.v1"] = wire_type("obstacle-raised.v1")
    reasons: Many[Reason] = ()
    """What kind of obstacle: the one that the text stresses first, then the others that it names."""


class ObstacleCleared(Claim):
    """A named obstacle was removed."""

    type: Literal["obstacle-cleared.v1"] = wire_type("obstacle-cleared.v1")
    reasons: Many[Reason] = ()
    """What kind of obstacle it was."""


class CommanderAppointed(Claim):
    """A person was named to command or deputise; the contributor is the person's state."""

    type: Literal["commander-appointed.v1"] = wire_type("commander-appointed.v1")
    person: Annotated[str, Field(examples=["Godfrey Otunge"])] | None = None
    """Name as the text writes it, without rank; null where it names nobody."""

    post: Annotated[str, Field(examples=["force commander", "deputy commander"])] | None = None
    """The post, as the text writes it."""


class CasualtyReported(Claim):
    """Mission personnel were killed or wounded; the quantity is how many, the contributor their state."""

    type: Literal["casualty-reported.v1"] = wire_type("casualty-reported.v1")
    harm: Literal["killed", "wounded"] = "killed"
    """What befell them."""

    running_total: bool = False
    """The number counts all cases up to the date, not one incident."""


class DeploymentPrepared(Claim):
    """A contributor made ready: a ceremony was held, kit collected, people trained, a route planned."""

    type: Literal["deployment-prepared.v1"] = wire_type("deployment-prepared.v1")
    step: Literal["ceremony", "kit", "training", "transit"]
    """How it made ready."""


class SituationReported(Claim):
    """What the text says of the country that the mission is for."""

    type: Literal["situation-reported.v1"] = wire_type("situation-reported.v1")
    aspect: Literal["security", "humanitarian", "political"]
    """What of the country the text speaks of."""


class StatementMade(Claim):
    """Somebody said something about the mission, or declined to; `attributed_to` says who."""

    type: Literal["statement-made.v1"] = wire_type("statement-made.v1")
    attributed_to: Speaker
    """Who says it, or was asked."""

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

    type: Literal["extraction-completed.v1"] = wire_type("extraction-completed.v1")
    completion_id: Id
    """A function of the wording and the extractor. Equals the envelope's `ce_id`."""

    article: ArticleRef
    """What was read."""

    extractor: Extractor
    """Who read it."""

    retracted: bool = False
    """The article was taken back: of everything that it ever told, nothing stands."""

    claim_ids: Many[Id] = ()
    """The claims in the order in which they stand in the text; all are on the log before this event, under the same key."""


MissionEvent = Annotated[AnyClaim | ExtractionCompleted, Field(discriminator="type")]
"""What stands on the topic `mission-events`."""
