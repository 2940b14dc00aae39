"""A claim, laid out for comparison."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from muster_contracts.claims import (
    AnyClaim,
    ArticleRef,
    CasualtyReported,
    CommanderAppointed,
    ContingentArrived,
    ContingentDeparted,
    ContingentWithdrawn,
    DeploymentPrepared,
    DeploymentScheduled,
    EquipmentDelivered,
    FundingProvided,
    MissionAuthorized,
    PledgeAnnounced,
    PledgeWithdrawn,
    SituationReported,
    StatementMade,
    StrengthReported,
)
from muster_contracts.partial_dates import first_day, last_day
from muster_contracts.values import PEOPLE_UNITS, Kind, Modality, Quantity, Reason

from muster_projection.folds.sameness import EXACTNESS, SAMENESS, SPREAD, SUM_SPREAD, Sameness, meant

COUNTED = frozenset({Modality.ASSERTED, Modality.PLANNED, Modality.CONDITIONAL})
"""What is denied or asked counts for nothing."""

FIRMNESS = {Modality.ASSERTED: 0, Modality.PLANNED: 1, Modality.CONDITIONAL: 2}


MOVEMENTS = frozenset({"contingent-departed", "contingent-arrived", "contingent-withdrawn"})

EVE = 1  # days
"""'Are leaving tonight', printed the day before in another time zone, is a departure; what is told earlier is a plan."""


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One standing claim. Days are ordinals (`date.toordinal`), so that comparing them is cheap."""

    claim: AnyClaim
    type: str
    same: Sameness
    kind: Kind | None
    detail: str | None
    copy: bool
    """Its article retells another in the same words."""

    ahead: bool
    """A movement that was still to come when it was told: a plan, whatever tense it came in."""

    told: int
    """Day on which the story became public. A copy speaks from the day of its original: 'will leave on Tuesday', printed again on
    Wednesday, has not come true by that."""

    first: int | None
    last: int | None
    """What its date can mean; None: undated."""

    low: float
    high: float
    """What its number can stand for; without a number 0 and 0."""

    reasons: frozenset[Reason]
    order: tuple[Any, ...]
    """Total order by content: the most precise telling first."""

    @property
    def group(self) -> tuple[str, str, str, str]:
        """What it must share with another telling to meet it at all: type, contributor, kind, and whether it is ahead."""
        whose = "" if self.same.anybody else self.claim.contributor or "-"
        return self.type, whose, self.kind or "", "ahead" if self.ahead else ""

    @property
    def article_id(self) -> UUID:
        return self.claim.article.article_id

    @property
    def origin_id(self) -> UUID:
        return self.claim.article.origin_id


def telling(claim: AnyClaim, original: ArticleRef) -> Telling:
    """The claim laid out.

    Args:
        claim: what is told.
        original: the article that tells the story first; the claim's own where it is no copy.
    """
    name = claim.type.partition(".")[0]
    told = original.known_on.toordinal()
    partial = claim.date
    if partial is None and isinstance(claim, StrengthReported):
        partial = original.published_on.isoformat()  # 'now' is the day of publication
    quantity = claim.quantity
    low, high = meant(quantity, SUM_SPREAD if isinstance(claim, MissionAuthorized) else SPREAD) if quantity else (0.0, 0.0)
    copy = claim.article.article_id != claim.article.origin_id
    return Telling(
        claim=claim,
        type=name,
        same=SAMENESS[name],
        kind=kind_of(claim),
        detail=detail_of(claim),
        copy=copy,
        ahead=name in MOVEMENTS and partial is not None and first_day(partial).toordinal() - told > EVE,
        told=told,
        first=first_day(partial).toordinal() if partial else None,
        last=last_day(partial).toordinal() if partial else None,
        low=low,
        high=high,
        reasons=frozenset(getattr(claim, "reasons", ())),
        order=(
            copy,
            claim.contributor is None,
            quantity is None,
            -len(partial or ""),
            EXACTNESS[quantity.qualifier] if quantity else 0,
            told,
            partial or "",
            quantity.amount if quantity else 0,
            claim.article.origin_id,
            claim.article.article_id,
            claim.evidence.start,
            claim.claim_id,
        ),
    )


MOVING = (ContingentDeparted, ContingentArrived, ContingentWithdrawn, StrengthReported, DeploymentScheduled)


def kind_of(claim: AnyClaim) -> Kind | None:
    """People, money or equipment; None for types that are of none. The number's unit decides where there is one."""
    match claim:
        case PledgeAnnounced() | PledgeWithdrawn():
            return claim.quantity.kind if claim.quantity else claim.kind
        case FundingProvided():
            return Kind.MONEY
        case EquipmentDelivered():
            return Kind.EQUIPMENT
        case _ if isinstance(claim, MOVING):
            return claim.quantity.kind if claim.quantity else Kind.PEOPLE  # a frigate that joins is equipment
        case _:
            return None


def detail_of(claim: AnyClaim) -> str | None:
    """What tells happenings of one type apart, beside contributor, kind, number and date."""
    match claim:
        case DeploymentScheduled() | DeploymentPrepared():
            return claim.step
        case CasualtyReported():
            return f"{claim.harm}, in all" if claim.running_total else claim.harm
        case SituationReported():
            return claim.aspect
        case CommanderAppointed():
            return claim.person.casefold() if claim.person else None
        case StatementMade(attributed_to=speaker):
            return (speaker.name or " ".join(filter(None, (speaker.office, speaker.body))) or "unnamed").casefold()
        case _:
            return None


def same_units(one: Quantity, other: Quantity) -> bool:
    """Police and troops are told apart; personnel may be either. Money and equipment agree in their unit alone."""
    if one.unit == other.unit:
        return True
    return one.unit in PEOPLE_UNITS and other.unit in PEOPLE_UNITS and "personnel" in (one.unit, other.unit)


def same_number(one: Telling, other: Telling) -> bool:
    """Whether both numbers can stand for one."""
    a, b = one.claim.quantity, other.claim.quantity
    return a is None or b is None or (same_units(a, b) and one.low <= other.high and other.low <= one.high)
