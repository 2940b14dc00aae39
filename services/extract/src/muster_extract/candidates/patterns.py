"""What a token pattern sees better than a parse: set phrases of the trade, lists, and headlines without verbs."""

from collections.abc import Iterator

from muster_extract.candidate import Candidate, evidence
from muster_extract.reading import Read
from muster_extract.story import Story

STRONG = frozenset({"strong"})


def patterns(read: Read, story: Story) -> Iterator[Candidate]:
    """Every event that a sentence tells by a set phrase."""
    yield from _strong(read, story)
    yield from _share_lines(read, story)


def _strong(read: Read, story: Story) -> Iterator[Candidate]:
    """'The 2,500-strong mission': its authorised strength."""
    for amount in read.amounts:
        if amount.kind != "people":
            continue
        at = amount.last
        near = read.words[amount.first : at + 2]
        if "strong" not in near:
            continue
        noun = next(
            (
                i
                for i in range(at, min(at + 7, len(read.words)))
                if read.words[i] in {"mission", "force", "operation", "deployment", "missions"}
            ),
            None,
        )
        if noun is None or any(read.words[i] in {",", ".", "that", "which"} for i in range(at, noun)):
            continue
        first, last = evidence(read, amount.first, amount.first - 4, noun + 1)
        yield Candidate("MissionAuthorized", "n-strong", read, first, last).counted(amount)


def _share_lines(read: Read, story: Story) -> Iterator[Candidate]:
    """'CANADA: up to 600 soldiers' in a list, and 'Kenya's share is 1,000 police officers'."""
    groups = story.groups(read)
    for chain in read.chains:
        if (
            chain[0].first <= 1
            and chain[-1].last < len(read.words)
            and read.words[chain[-1].last] == ":"
            and read.sentence.kind == "bullet"
        ):
            first, last = evidence(read, chain[0].first, chain[0].first, chain[0].first + 10)
            base = Candidate("PledgeAnnounced", "share-line", read, first, last)
            here = [g for g in groups if g.first > chain[-1].last][:1]
            for actor in chain:
                yield base.by(actor.code).counted(here[0] if here and len(chain) == 1 else None)
    for group in groups:
        words = read.words[max(0, group.first - 4) : group.first]
        if "share" in words or "quota" in words:
            owner = [a for a in read.actors if a.role == "possessive" and a.last <= group.first and group.first - a.last <= 5]
            if owner:
                first, last = evidence(read, group.first, owner[-1].first, group.last)
                for one in [g for g in groups if g.first >= group.first and g.first - group.first <= 8]:
                    yield Candidate("PledgeAnnounced", "share-of", read, first, last, owner[-1].code).counted(one, story.unit)
