"""What a rule made of a sentence, as features: lexical by the wording model, structural by the parse."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from muster_extract.candidate import Candidate

CLAIMS = (
    "CasualtyReported",
    "CommanderAppointed",
    "ContingentArrived",
    "ContingentDeparted",
    "ContingentWithdrawn",
    "DeploymentDelayed",
    "DeploymentScheduled",
    "EquipmentDelivered",
    "FundingProvided",
    "LeadershipOffered",
    "MandateExtended",
    "MissionAuthorized",
    "MissionEnded",
    "ObstacleCleared",
    "ObstacleRaised",
    "PledgeAnnounced",
    "PledgeWithdrawn",
    "StrengthReported",
)
"""The types that the labelling guide has; nothing is learnt of others, which keep their rule's own certainty."""

ARCS = ("ROOT", "advcl", "acl", "relcl", "ccomp", "xcomp", "conj", "dobj", "pobj", "nsubj", "nsubjpass", "appos", "dep")
"""How the head of the evidence hangs in the sentence, by the parser's own names; any other arc is none of these."""

STRUCTURE = (
    "one",
    "declared",
    "nobody",
    "body",
    "unnumbered",
    "undated",
    "planned",
    "conditional",
    "bullet",
    "mission-named",
    "named-nowhere",
    "provisional",
    "fellows",
    "length",
    "depth",
    *(f"arc:{arc}" for arc in ARCS),
)
"""Names of the structural features, in their order."""

JUDGED = ("own", "best-other", "any")
"""Names of the features that the wording model gives: log odds that the sentence tells this type, another, anything."""

FEATURES = (*STRUCTURE, *JUDGED)


def structure(candidate: Candidate, others: Sequence[Candidate]) -> dict[str, float]:
    """The structural features of a candidate that are not zero.

    Args:
        candidate: what a rule made.
        others: all candidates of its article, itself too.
    """
    read = candidate.read
    fellows = sum(other.read.index == read.index for other in others) - 1
    head = next((t for t in read.doc[candidate.first : candidate.last] if not candidate.first <= t.head.i < candidate.last), None)
    head = head or next((t for t in read.doc[candidate.first : candidate.last] if t.head.i == t.i), None)
    depth = sum(1 for _ in head.ancestors) if head is not None else 0
    found: Mapping[str, float] = {
        "one": 1.0,
        "declared": candidate.certainty,
        "nobody": candidate.contributor is None,
        "body": candidate.contributor is not None and (len(candidate.contributor) > 2 or candidate.contributor in {"UN", "EU"}),
        "unnumbered": candidate.amount is None,
        "undated": candidate.date is None,
        "planned": candidate.modality.value == "planned",
        "conditional": candidate.modality.value == "conditional",
        "bullet": read.sentence.kind == "bullet",
        "mission-named": bool(read.named),
        "named-nowhere": not any(other.read.named for other in others),
        "provisional": (candidate.mission or "").startswith("x-"),
        "fellows": min(fellows, 6) / 3,
        "length": min(len(read.doc), 80) / 40,
        "depth": min(depth, 6) / 3,
        f"arc:{head.dep_ if head is not None else ''}": 1.0,
    }
    return {name: float(value) for name, value in found.items() if value and name in STRUCTURE}


def vector(found: Mapping[str, float], odds: NDArray[np.floating[Any]], claim: str) -> NDArray[np.float64]:
    """All features of a candidate, in the order of `FEATURES`.

    Args:
        found: its structural features.
        odds: what the wording model says of its sentence: log odds of each of `CLAIMS`, then of any event at all.
        claim: the candidate's type.
    """
    own = CLAIMS.index(claim)
    judged = (odds[own], max(odds[i] for i in range(len(CLAIMS)) if i != own), odds[-1])
    return np.array([*(found.get(name, 0.0) for name in STRUCTURE), *(float(np.clip(x, -6, 6)) / 3 for x in judged)])
