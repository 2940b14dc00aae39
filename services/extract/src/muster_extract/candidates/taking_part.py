"""Who will be part of a force: 'a force that will include 1,000 Kenyan police', 'joined by Australia', 'will come from Chad and Benin'."""

from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.shares import spread
from muster_extract.kinds import is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read, codes
from muster_extract.story import Story


def taking_part(read: Read, story: Story) -> Iterator[Candidate]:
    """Every pledge that a sentence tells from the side of the force."""
    for token in read.verbs:
        yield from _including(read, story, token)
        yield from _joined_by(read, story, token)
        yield from _part_of(read, story, token)
        yield from _coming_from(read, story, token)
        yield from _ship_joins(read, story, token)
        yield from _on_standby(read, story, token)


JOINS = frozenset({"join", "reinforce", "participate", "take", "strengthen", "support", "deploy"})


def _ship_joins(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The Greek frigate Hydra is to join the mission.'"""
    said, held = predicate(read, token), stance(read, token)
    if token.lower_ not in JOINS or not held.planned or held.modality is not Modality.PLANNED or said.subject is None:
        return
    goal = any(is_a(p, "mission") for p in (said.patient, *said.after("in", "to")))
    start = max(0, said.subject.first - 4)  # its name may stand between: "the Greek frigate Hydra"
    if not goal or not set(read.words[start : said.subject.last]) & words_of("sorts", "vessel"):
        return
    pieces = [a for a in (*read.amounts, *read.singles) if a.kind == "equipment" and start <= a.first <= token.i]
    owners = [a for a in read.actors if start <= a.first < token.i and a.role not in {"place", "of"} and a.code not in story.apart | BODIES]
    first, last = evidence(read, token.i, start, token.i + 5)
    base = Candidate("PledgeAnnounced", "ship-joins", read, first, last, modality=held.modality, certainty=0.6)
    for code in codes(owners[:1]):
        yield base.by(code).counted(pieces[0] if pieces else None)


def _on_standby(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Australia has 4,500 troops on standby for the force.'"""
    behind = set(read.words[token.i : token.i + 9])
    if token.lower_ not in {"has", "have", "put", "puts", "placed", "keeps"} or "standby" not in behind:
        return
    said, held = predicate(read, token), stance(read, token)
    groups = [g for g in story.groups(read) if token.i < g.first <= token.i + 4 and g.amount.kind == "people"]
    if not groups or not held.holds or held.planned:
        return
    first, last = evidence(read, token.i, token.i - 2, token.i + 6)
    base = Candidate("PledgeAnnounced", "on-standby", read, first, last, certainty=0.6)
    yield from spread(base, groups[:1], story.givers(said.subject), story)


def _including(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'A force that will include 1,000 Kenyan police officers as well as personnel from Jamaica' (guide, rule 5)."""
    if token.lower_ not in {"include", "includes", "including"}:
        return
    said, held = predicate(read, token), stance(read, token)
    if not held.planned or not held.holds or not is_a(said.subject, "mission"):
        return
    first, last = evidence(read, token.i, token.i - 2, token.i + 8)
    base = Candidate("PledgeAnnounced", "include-verb", read, first, last, modality=held.modality)
    groups = [g for g in story.groups(read) if g.first > token.i and g.states and g.amount.kind != "money"]
    if groups:
        yield from spread(base, groups, (), story)
    counted = {code for g in groups for code in g.states}
    for chain in read.chains:
        if chain[0].first > token.i and chain[0].role == "source":
            for code in codes(chain):
                if code not in counted:
                    yield base.by(code)


def _joined_by(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'A force, joined by Australia and Bahrain': who is joining, with nobody there yet (guide, rule 28)."""
    if (
        token.lower_ != "joined"
        or read.words[token.i + 1 : token.i + 2] != ["by"]
        or not (read.named or {"force", "mission", "coalition", "operation"} & set(read.words))
    ):
        return
    chain = next((c for c in read.chains if 0 < c[0].first - token.i <= 9), ())
    first, last = evidence(read, token.i, token.i, token.i + 9)
    for code in codes(chain):
        if code not in story.apart:
            yield Candidate("PledgeAnnounced", "joined-by", read, first, last, code, certainty=0.6)


def _part_of(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Jamaica will be part of the mission with 170 soldiers.'"""
    part = next((c for c in token.children if c.dep_ == "attr" and c.lower_ == "part"), None)
    if part is None or not any(is_a(Phrase(read, g), "mission") for c in part.children if c.lower_ == "of" for g in c.children):
        return
    said, held = predicate(read, token), stance(read, token)
    if not held.holds or not held.planned or held.modality is Modality.CONDITIONAL:
        return
    first, last = evidence(read, token.i, said.subject.first if said.subject else token.i, token.i + 9)
    base = Candidate("PledgeAnnounced", "part-of", read, first, last, modality=held.modality)
    giver = tuple(code for code in story.givers(said.subject, point_back=False) if code not in BODIES)
    if giver:
        groups = [g for g in story.groups(read) if g.amount.kind != "money" and token.i < g.first <= token.i + 14]
        yield from spread(base, groups[:1], giver, story)


def _coming_from(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The bulk of the troops will come from Chad and Benin.'"""
    if token.lower_ not in {"come", "hail"} or stance(read, token).modality is not Modality.PLANNED:
        return
    said = predicate(read, token)
    if said.subject is None or not (is_a(said.subject, "people") or said.subject.head.lower_ in {"contributions", "reinforcements"}):
        return
    chain = next((c for c in read.chains if c[0].role == "source" and 0 < c[0].first - token.i <= 4), ())
    first, last = evidence(read, token.i, said.subject.first, token.i + 9)
    for code in codes(chain):
        if code not in story.apart and code not in BODIES:
            yield Candidate("PledgeAnnounced", "come-from", read, first, last, code, modality=Modality.PLANNED, certainty=0.6)
