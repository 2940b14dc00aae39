"""Claims in the form of the labelling guide, so that the gold set's scorer reads them."""

from typing import Any

from muster_contracts.claims import AnyClaim, DeploymentPrepared, SituationReported, StatementMade


def to_label(claim: AnyClaim) -> dict[str, Any] | None:
    """One event as the guide writes it; None for the types that the guide doesn't know."""
    if isinstance(claim, DeploymentPrepared | SituationReported | StatementMade):
        return None
    reasons = getattr(claim, "reasons", ())
    quantity = claim.quantity
    return {
        "type": type(claim).__name__,
        "mission": claim.mission,
        "contributor": claim.contributor,
        "quantity": quantity.amount if quantity else None,
        "unit": quantity.unit if quantity else None,
        "qualifier": quantity.qualifier.value if quantity else "exact",
        "reason": reasons[0].value if reasons else None,
        "date": claim.date,
        "evidence": claim.evidence.quote,
    }


def to_labels(claims: tuple[AnyClaim, ...]) -> list[dict[str, Any]]:
    """The events of an article, in the order of the text."""
    return [label for claim in claims if (label := to_label(claim)) is not None]
