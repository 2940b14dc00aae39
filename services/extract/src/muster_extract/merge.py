"""One fact, one claim: what an article tells twice is claimed once, by its more precise telling."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from muster_contracts.partial_dates import agree
from muster_contracts.values import Modality

from muster_extract.candidate import Candidate
from muster_extract.kinds import sort_of
from muster_extract.screening import screened

MANY = frozenset({"CasualtyReported", "DeploymentDelayed", "ObstacleRaised", "ObstacleCleared", "CommanderAppointed"})
"""Types of which one contributor can have several without a number: they merge only where dates and reasons agree."""

APART = ("harm", "person", "step", "aspect")
"""Fields that tell two events of one type apart."""


@dataclass(frozen=True)
class Dropped:
    """A candidate that became no claim, and why."""

    candidate: Candidate
    why: str


def merge(candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[Dropped]]:
    """The candidates that stand, in the order of the text, and those that fell."""
    kept: list[Candidate] = []
    dropped: list[Dropped] = []
    for proposed in candidates:
        passed = screened(proposed)
        if isinstance(passed, str):
            dropped.append(Dropped(proposed, passed))
            continue
        candidate = passed
        twin = next((i for i, other in enumerate(kept) if same_fact(other, candidate)), None)
        if twin is None:
            kept.append(candidate)
        else:
            better, worse = _ranked(kept[twin], candidate)
            kept[twin] = _joined(better, worse)
            dropped.append(Dropped(worse, "told more precisely elsewhere"))
    kept = _arrived(_settled(kept, dropped), dropped)
    return sorted(kept, key=lambda c: (c.read.index, c.first, c.last, c.claim, c.contributor or "", c.amount or -1)), dropped


def same_fact(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates of an article tell the same happening."""
    if one.claim != other.claim or not _compatible(one.mission, other.mission):
        return False
    unnamed = one.contributor is None or other.contributor is None
    if one.contributor != other.contributor and not (unnamed and (_may_be_unnamed(one) or _in_same_words(one, other))):
        return False
    if one.amount != other.amount:
        if one.amount is not None and other.amount is not None:
            return False
        if sort_of(one.unit) != sort_of(other.unit) and None not in (sort_of(one.unit), sort_of(other.unit)):
            return False
        if one.read.index == other.read.index and (one.first, one.last) == (other.first, other.last):
            return False
    if (
        one.reasons
        and other.reasons
        and one.claim in {"ObstacleRaised", "DeploymentDelayed", "ObstacleCleared"}
        and one.reasons[0] != other.reasons[0]
    ):
        return False
    if any(dict(one.extras).get(name) != dict(other.extras).get(name) for name in APART):
        return False
    if one.claim == "CommanderAppointed" and dict(one.extras).get("person"):
        return True  # named in July, in office from September: one commander
    if one.fresh != other.fresh and not (None in (one.amount, other.amount) and one.date is not None and one.date == other.date):
        return False
    if one.date and other.date:
        return agree(one.date, other.date) or (one.claim in {"PledgeAnnounced", "StrengthReported"} and one.amount == other.amount)
    if one.claim == "ObstacleCleared" and None in (one.amount, other.amount) and one.reasons == other.reasons:
        return True  # "approved the deployment of 1,000 … backed the motion"
    if one.claim == "ObstacleRaised" and None in (one.amount, other.amount) and one.reasons == other.reasons:
        return True  # "severe money troubles … a gap of $96 million"
    return not (one.claim in MANY and one.amount != other.amount)


def _in_same_words(one: Candidate, other: Candidate) -> bool:
    """Whether two rules read one delay or obstacle in the same words, of which only one knows whose it is."""
    verbs = {"DeploymentDelayed", "ObstacleRaised", "ObstacleCleared"}
    return one.claim in verbs and one.read.index == other.read.index and one.first < other.last and other.first < one.last


def _may_be_unnamed(candidate: Candidate) -> bool:
    """Whether a telling without a name is of the same fact: the body is left out, or the kit is counted again without its giver."""
    kit = candidate.claim == "EquipmentDelivered" and candidate.amount is not None
    return kit or candidate.claim in {"MissionAuthorized", "MissionEnded", "MandateExtended"}


def _compatible(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _precision(candidate: Candidate) -> tuple[int, int, int, int]:
    return (candidate.amount is not None, candidate.contributor is not None, len(candidate.date or ""), len(candidate.reasons))


def _ranked(one: Candidate, other: Candidate) -> tuple[Candidate, Candidate]:
    return (other, one) if _precision(other) > _precision(one) else (one, other)


def _joined(better: Candidate, worse: Candidate) -> Candidate:
    """The better telling, with what only the other one knew."""
    date = better.date
    if worse.date and (date is None or (len(worse.date) > len(date) and agree(worse.date, date))):
        date = worse.date
    # What makes a schedule is its day: the words that give it are the ones to quote.
    quote = worse.span if better.claim == "DeploymentScheduled" and better.date is None and date else better.quote
    return replace(
        better,
        quote=quote,
        contributor=better.contributor or worse.contributor,
        date=date,
        reasons=better.reasons or worse.reasons,
        mission=better.mission or worse.mission,
        extras=better.extras or worse.extras,
    )


def _settled(kept: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
    """Without what another claim already says in a stronger way."""
    out = []
    counted = {dict(c.extras).get("harm") for c in kept if c.claim == "CasualtyReported" and c.amount is not None}
    for candidate in kept:
        if candidate.claim == "CasualtyReported" and candidate.amount is None and dict(candidate.extras).get("harm") in counted:
            dropped.append(Dropped(candidate, "the counted ones, named again"))
            continue
        stronger = next((other for other in kept if other is not candidate and _covers(other, candidate)), None)
        if stronger is None:
            out.append(candidate)
        else:
            dropped.append(Dropped(candidate, f"said by {stronger.claim}"))
    return out


def _arrived(kept: list[Candidate], dropped: list[Dropped]) -> list[Candidate]:
    """Without sendings that only say again, with neither number nor day, that those came of whom an arrival is told."""
    came = {c.contributor for c in kept if c.claim == "ContingentArrived"}
    out = []
    for candidate in kept:
        if (
            candidate.claim == "ContingentDeparted"
            and candidate.contributor in came
            and candidate.amount is None
            and candidate.date is None
        ):
            dropped.append(Dropped(candidate, "said by ContingentArrived"))
        else:
            out.append(candidate)
    return out


def _covers(strong: Candidate, weak: Candidate) -> bool:
    """Whether `strong` makes `weak` no event of its own.

    An obstacle that the text says made the deployment late is the delay's reason (guide: `ObstacleRaised`); a pledge that is
    only the wording of a schedule is the schedule.
    """
    if strong.read.index != weak.read.index:
        return False
    if strong.claim == "DeploymentDelayed" and weak.claim == "ObstacleRaised":
        return bool(weak.reasons) and weak.reasons[0] in strong.reasons
    if strong.claim == "MandateExtended" and weak.claim == "MissionEnded":
        return weak.modality is Modality.PLANNED and weak.contributor is None
    if strong.claim in {"ObstacleRaised", "DeploymentDelayed"} and weak.claim == "DeploymentScheduled":
        return weak.date is None and strong.contributor == weak.contributor
    if strong.rule == "n-of-m" and weak.claim in {"ContingentArrived", "DeploymentScheduled", "ContingentDeparted"}:
        return True  # "only 10,000 of the agreed 26,000 have arrived": how many are there
    same = strong.contributor == weak.contributor and strong.amount == weak.amount
    if weak.claim == "ContingentDeparted" and strong.claim in {"ContingentArrived", "ContingentWithdrawn"}:
        return same and strong.first == weak.first
    if weak.claim == "StrengthReported" and strong.claim == "MissionAuthorized":
        return (
            strong.amount == weak.amount
            and weak.contributor is None
            and strong.rule in {"ceiling", "authorised-level", "yardstick", "body-sets"}
        )
    if (
        weak.claim == "StrengthReported"
        and weak.rule != "n-of-m"
        and strong.claim
        in {
            "ContingentArrived",
            "DeploymentScheduled",
            "PledgeAnnounced",
            "CasualtyReported",
            "ContingentWithdrawn",
        }
    ):
        return same and weak.amount is not None
    if strong.claim == "ObstacleCleared" and (weak.claim == "DeploymentScheduled" or weak.rule == "will-be-sent"):
        return strong.amount is not None and strong.amount == weak.amount
    bare = weak.claim == "DeploymentScheduled" and (weak.contributor, weak.date) == (None, None)
    if bare and weak.amount is not None and weak.amount == strong.amount and strong.claim in {"PledgeAnnounced", "MissionAuthorized"}:
        return True  # the number is the offer's, or the ceiling's
    if weak.claim == "DeploymentScheduled" and strong.claim in {"ContingentWithdrawn", "DeploymentDelayed", "PledgeAnnounced"}:
        unnamed = weak.contributor is None and weak.amount is not None and weak.date is None and strong.amount == weak.amount
        return same or (unnamed and strong.claim == "PledgeAnnounced")
    return False
