"""What a model may answer: events in the form of the labelling guide, and nothing else."""

import hashlib
from typing import Any, Literal

from muster_contracts.ids import canonical_json
from muster_contracts.values import Qualifier, Reason
from pydantic import BaseModel, ConfigDict, StrictInt, ValidationError

GuideType = Literal[
    "MissionAuthorized",
    "MandateExtended",
    "MissionEnded",
    "LeadershipOffered",
    "PledgeAnnounced",
    "PledgeWithdrawn",
    "FundingProvided",
    "EquipmentDelivered",
    "DeploymentScheduled",
    "DeploymentDelayed",
    "ContingentDeparted",
    "ContingentArrived",
    "ContingentWithdrawn",
    "StrengthReported",
    "ObstacleRaised",
    "ObstacleCleared",
    "CommanderAppointed",
    "CasualtyReported",
]
"""The 18 types of the labelling guide; a test holds them against the contract."""

NAMED_FAULTS = 5
"""Faults of an answer that are told back: a model mends the first few, and the rest are mostly the same."""

MOST_EVENTS = 200
"""Events of one answer: the richest of 400 labelled articles has 23."""


class UnusableAnswer(ValueError):
    """An answer that is no list of events. Its message can be told back to the model."""


class _Told(BaseModel):
    # No field has a default: endpoints that hold an answer to the schema strictly require every property to be required.
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class ToldEvent(_Told):
    """One event, as told. Nothing of it is believed before it grounds."""

    type: GuideType
    mission: str
    """A slug from the missions that came with the article."""

    contributor: str | None
    """ISO 3166-1 alpha-2 code of the state that acts, or UN, EU, AFU, CARICOM, CSTO, EAC, ECOWAS, NATO, OAS, SADC."""

    quantity: StrictInt | None
    """People, pieces, or whole currency units."""

    unit: str | None
    """personnel, police, troops, an ISO 4217 code, or an equipment noun in the singular."""

    qualifier: Qualifier
    date: str | None
    """YYYY-MM-DD, YYYY-MM or YYYY."""

    reason: Reason | None
    evidence: str
    """Three to twelve words, copied from the text."""


class ToldEvents(_Told):
    """All events of one article; none for an article on something else."""

    events: tuple[ToldEvent, ...]


def schema() -> dict[str, Any]:
    """JSON Schema of an answer."""
    return ToldEvents.model_json_schema()


def schema_hash() -> str:
    """SHA-256 of the schema, in hex: another schema is another question."""
    return hashlib.sha256(canonical_json(schema()).encode()).hexdigest()


def read_answer(text: str) -> ToldEvents:
    """The events of an answer.

    Raises:
        UnusableAnswer: it is no JSON, or not in the form of the schema; says where.
    """
    try:
        told = ToldEvents.model_validate_json(text)
    except ValidationError as invalid:
        faults = [f"{'.'.join(str(part) for part in e['loc']) or 'answer'}: {e['msg']}" for e in invalid.errors(include_input=False)]
        more = f"; and {len(faults) - NAMED_FAULTS} more" if len(faults) > NAMED_FAULTS else ""
        raise UnusableAnswer("; ".join(faults[:NAMED_FAULTS]) + more) from None
    if len(told.events) > MOST_EVENTS:
        raise UnusableAnswer(f"events: there are {len(told.events)}, an article tells {MOST_EVENTS} at most")
    return told
