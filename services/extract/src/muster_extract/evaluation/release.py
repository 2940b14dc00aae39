"""Whether the written scores are true of today's sources, and no worse than the last release's."""

from collections.abc import Sequence
from dataclasses import dataclass

from muster_extract.evaluation.labelled import LabelledSet
from muster_extract.evaluation.scores import Scores


@dataclass(frozen=True)
class Verdict:
    """What a check found."""

    wrong: tuple[str, ...]
    """Why it fails; empty where all is well."""

    notes: tuple[str, ...] = ()
    """What could not be judged here."""


def check(scores: Scores | None, baseline: Scores | None, sets: Sequence[LabelledSet], *, sources: str, extractor: str) -> Verdict:
    """Judge the written scores without reading anything: a fraction of a second.

    Args:
        scores: as `make eval` wrote them.
        baseline: of the last release.
        sets: the labelled sets.
        sources: digest of today's code and lexicons.
        extractor: today's, with its version.
    """
    if scores is None:
        return Verdict(("no scores are written",))
    wrong, notes = [], []
    if scores.extractor != extractor:
        wrong.append(f"the scores are of {scores.extractor}, and this is {extractor}")
    for labelled in sets:
        written = scores.sets.get(labelled.name)
        if not labelled.is_here:
            notes.append(f"{labelled.name}: not on this machine, so whether its scores are fresh is not judged")
        elif written is None:
            wrong.append(f"{labelled.name}: was never scored")
        elif written.digest != labelled.digest:
            wrong.append(f"{labelled.name}: its labels have changed since it was scored")
        elif written.sources != sources:
            wrong.append(f"{labelled.name}: the sources or lexicons have changed since it was scored ({written.sources}, now {sources})")
    wrong.extend(drops(scores, baseline) if baseline else ())
    return Verdict(tuple(wrong), tuple(notes))


def drops(scores: Scores, baseline: Scores) -> list[str]:
    """Every F1 that lies below the last release's by more than the half width of that one's interval.

    Sets whose labels have changed since are not comparable and left out.
    """
    found = []
    for name, before in baseline.sets.items():
        now = scores.sets.get(name)
        if now is None or now.digest != before.digest:
            continue
        for level, was in before.levels.items():
            is_now, noise = now.levels[level].f1, was.half_width
            if was.f1 - is_now > noise:
                found.append(f"{name}: {level} F1 fell from {was.f1:.3f} to {is_now:.3f}, by more than the noise ({noise:.3f})")
    return found
