"""Shares: one candidate for each contributor and number of a list."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from muster_contracts.values import Modality

from muster_extract.candidate import Candidate
from muster_extract.groups import Group
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story


def spread(base: Candidate, counted: Sequence[Group], default: tuple[str, ...], story: Story) -> Iterator[Candidate]:
    """The candidate for each share: rule 10 of the labelling guide."""
    if not counted:
        for code in default or (None,):
            yield base.by(code)
        return
    named = default
    for group in counted:
        made = replace(base.counted(group, story.unit), at=group.first)
        if len(group.states) > 1:
            yield made.by(None)
            for code in group.states:
                yield base.by(code)
        elif group.states:
            yield made.by(group.states[0])
            named = group.states
        elif len(default) > 1 and "each" in base.read.words[max(0, group.first - 2) : group.last + 2]:
            for code in default:
                yield made.by(code)
        elif len(default) > 1:
            yield made.by(None)
            for code in default:
                yield base.by(code)
        else:
            yield made.by(named[0] if named else None)


def dated(candidates: Iterator[Candidate], read: Read, story: Story, tense: Tense) -> Iterator[Candidate]:
    """Each of several shares with the time that stands behind its own number: '300 in October and another 300 in November'."""
    found = list(candidates)
    starts = sorted({c.at for c in found if c.at is not None})
    if len(starts) < 2 or len(read.times) < 2:
        yield from found
        return
    for candidate in found:
        if candidate.at is None:
            yield candidate
            continue
        after = next((s for s in starts if s > candidate.at), len(read.doc))
        own = next((w for w in read.times if candidate.at < w.first < after), None)
        if (
            own
            and {"due", "expected"} & set(read.words[candidate.at : own.first])
            and candidate.claim in {"ContingentArrived", "ContingentDeparted"}
        ):
            due = story.resolved(own, Tense.FUTURE)
            yield replace(candidate, claim="DeploymentScheduled", rule="due", date=due, modality=Modality.PLANNED, fresh=True)
            continue
        yield replace(candidate, date=story.resolved(own, tense)) if own else candidate
