"""What every labelled row has to be, whichever set it stands in: the labelling guide, and the values of the contract."""

from collections import Counter
from typing import Any

from muster_contracts import claims
from muster_contracts.claims import GuideClaim
from muster_contracts.partial_dates import PartialDate
from muster_contracts.values import Contributor, MissionSlug, Quantity, Reason
from pydantic import TypeAdapter

from muster_testkit.corpus import Row

GUIDE_TYPES = frozenset(member.__name__ for member in GuideClaim.__args__)
FIELDS = frozenset({"type", "mission", "contributor", "quantity", "unit", "qualifier", "reason", "date", "evidence"})
PAST = frozenset({"ContingentArrived", "ContingentDeparted", "FundingProvided", "StrengthReported"})
REASONED = frozenset({"DeploymentDelayed", "ObstacleRaised", "ObstacleCleared"})


def check_label(row: Row, event: dict[str, Any]) -> None:
    """A label has the guide's fields, values of the contract, and three to twelve words of evidence that stand in a line of the text."""
    assert set(event) == FIELDS
    assert any(event["evidence"] in line for line in row["text"].split("\n"))
    assert 3 <= len(event["evidence"].split()) <= 12
    check_values(event)


def check_values(event: dict[str, Any]) -> None:
    """A label's values are the guide's and the contract's."""
    assert event["type"] in GUIDE_TYPES
    assert hasattr(claims, event["type"])
    TypeAdapter(MissionSlug).validate_python(event["mission"])
    TypeAdapter(Contributor | None).validate_python(event["contributor"])
    TypeAdapter(PartialDate | None).validate_python(event["date"])
    TypeAdapter(Reason | None).validate_python(event["reason"])
    assert event["reason"] is None or event["type"] in REASONED
    if event["quantity"] is None:
        assert (event["unit"], event["qualifier"]) == (None, "exact")
    else:
        Quantity(amount=event["quantity"], unit=event["unit"], qualifier=event["qualifier"])


def check_facts(row: Row) -> None:
    """A fact is labelled once, and nothing past lies after the telling."""
    facts = Counter(tuple(event[field] for field in sorted(FIELDS - {"evidence"})) for event in row["events"])
    assert [fact for fact, times in facts.items() if times > 1] == []
    told = str(row.get("modified") or row["published"])[:10]
    for event in row["events"]:
        if event["date"] and event["type"] in PAST:
            assert event["date"] <= told[: len(event["date"])]
