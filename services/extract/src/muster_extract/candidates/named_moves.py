"""A contingent made smaller: 'cut its troops by 500', 'will halve its contingent' (guide, rule 14)."""

from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.shares import spread
from muster_extract.kinds import heads, is_a
from muster_extract.lexicon import forms_of
from muster_extract.modality import stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

TIED = frozenset({"mission", "peacekeepers", "peacekeeper", "peacekeeping", "contingent", "contingents", "force"})
"""Words of a sentence by which a noun of leaving is that of a mission's people."""

TROOPS = frozenset(
    {"troops", "soldiers", "peacekeepers", "personnel", "police", "contingent", "contingents", "presence", "officers", "troop"}
)


def named_moves(read: Read, story: Story) -> Iterator[Candidate]:
    """Every leaving of people that a sentence tells as a smaller number."""
    for token in read.verbs:
        yield from _reduced(read, story, token)


def _owner(noun: Phrase) -> Phrase | None:
    """Whose leaving a noun tells of: 'the pullout of its troops', 'Kenya's withdrawal', 'their exit'."""
    of = next((o for c in noun.head.children if c.lower_ == "of" for o in c.children if o.dep_ == "pobj"), None)
    if of is not None:
        return Phrase(noun.read, of)
    own = next((c for c in noun.head.children if c.dep_ == "poss"), None)
    return Phrase(noun.read, own) if own is not None and own.tag_ != "PRP$" else None


def _reduced(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Sweden will halve its contingent', 'troop levels have been cut by nearly 2,000': fewer for good (guide, rule 14)."""
    if token.lower_ not in forms_of("moves", "reducing"):
        return
    said, held = predicate(read, token), stance(read, token)
    what = said.patient
    if (
        what is None
        or not held.holds
        or not (what.core & TROOPS or (what.head.lower_ == "numbers" and what.words & {"its", "their"}))
        or not _is_there(read, story, said, what)
    ):
        return
    named = story.givers(what, point_back=False) or story.givers(said.doer, point_back=False)
    codes = tuple(code for code in named if code not in BODIES)
    by = next((a for a in read.amounts if a.first > token.i and "by" in read.words[max(token.i, a.first - 3) : a.first]), None)
    by = (
        by
        if by is not None and by.kind in {"people", "other"} and read.words[by.last : by.last + 1] not in (["%"], ["per"], ["percent"])
        else None
    )
    first, last = evidence(read, token.i, what.first, token.i + 6)
    modality = Modality.PLANNED if held.planned else held.modality
    base = Candidate(
        "ContingentWithdrawn", "reduced", read, first, last, date=story.day(read, token, held, now=True), modality=modality
    ).counted(by, "personnel")
    counted = [] if by is not None else story.counted(read, what)
    if codes or by is not None or counted or base.date is not None:
        yield from spread(base, counted, codes, story)


def _is_there(read: Read, story: Story, said: Predicate, what: Phrase) -> bool:
    """Whether troops are those of the mission, by the words around them."""
    owner = bool(heads(said.doer, "mission")) or is_a(what, "mission") or any(first in what.tokens for first, _, _ in read.named)
    doers = set(story.givers(said.doer))
    return owner or bool(doers & (story.contributors | BODIES)) or bool(read.named) or bool(TIED & set(read.words))
