"""Pledges taken back."""

from collections.abc import Iterator
from dataclasses import replace

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.owners import whose
from muster_extract.kinds import heads, is_a, money_in
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Amount, Read, codes
from muster_extract.story import Story

BACKING = frozenset({"reneged", "reneges", "backed", "backtracked", "pulled", "backs", "withdrew", "withdrawn"})
"""Forms that take back what stands behind their preposition: 'reneged on its promise'."""


GOING_BACK = frozenset({"go back on", "back out", "back away", "walk away", "renege", "backtrack", "opt out", "walk back"})
"""Phrases that take back what stands behind them."""

PAUSING = frozenset({"suspend", "pause", "freeze", "halt", "put … on hold"})
"""Verbs by which a body breaks off a mission of its own: 'has suspended its training mission'."""

ENDING = frozenset({"end", "terminate", "cease", "discontinue"})
"""Verbs that end a part in the mission, and do not only break it off."""


def withdrawals(read: Read, story: Story) -> Iterator[Candidate]:
    """Every pledge taken back, cut, frozen or suspended that a sentence tells by a verb."""
    for token in read.verbs:
        trigger = read.trigger(token, "unpledge")
        if trigger is None:
            yield from _no_longer(read, story, token)
            yield from _on_hold(read, story, token)
            continue
        held, said = stance(read, token), predicate(read, token)
        what = _taken_back(read, said, token, trigger.phrase)
        if what is None or is_a(said.doer, "court") or is_a(said.doer, "parliament"):
            continue
        giver = story.givers(said.doer) or story.givers(what) or (_of_whom(read, story, token, what) if said.passive else ())
        if not giver and token.dep_ in {"acl", "xcomp"} and token.head.tag_[0] == "N":
            giver = whose(read, story, token.head)  # "Morocco's decision to end its contribution"
        if not giver:
            continue
        first, last = evidence(read, token.i, (said.subject or what).first, token.i + 7)
        day = story.day(read, token, held) or story.said_day(read, token) or story.day(read, token, held, now=True)
        modality = Modality.PLANNED if held.planned and held.holds else held.modality
        ended = trigger.phrase in ENDING and what.head.lower_ in {"part", "participation", "involvement", "role"}  # guide, rule 22
        people = (
            trigger.phrase == "withdraw" and what.head.lower_ == "contribution" and is_a(what, "people")
        )  # guide, rule 22: decides to go
        name = "ContingentWithdrawn" if ended or people else "PledgeWithdrawn"
        base = Candidate(name, "take-back-verb", read, first, last, date=day, modality=modality)
        sums: list[Amount] = [a for a in what.amounts if a.kind == "money"]
        for code in giver:
            yield replace(base.by(code)).counted(sums[0] if sums else None)


def _taken_back(read: Read, said: Predicate, token: Token, phrase: str) -> Phrase | None:
    """What a verb takes back: a pledge or a sum; for who suspends or opts out, the mission that is its own."""
    what = said.patient
    if token.lower_ in BACKING or phrase in GOING_BACK or read.words[token.i + 1 : token.i + 2] == ["out"]:
        behind = [*said.after("of", "from", "on", "out"), *_behind(read, token)]
        out = phrase in {"opt out", "back out"}
        what = next((p for p in behind if heads(p, "pledged") or (out and is_a(p, "mission"))), what)
    if what is None or heads(what, "pledged") or money_in(what):
        return what
    own = phrase in PAUSING and what.head.lower_ in {"mission", "missions", "force"} and any(c.tag_ == "PRP$" for c in what.head.children)
    return what if is_a(what, "mission") and (own or phrase in {"opt out", "back out"}) else None


STILL = frozenset({"is", "are", "remain", "remains", "was", "were", "been", "stays", "put", "sits"})
HELD = frozenset({"frozen", "suspended", "paused", "withheld", "hold", "ice"})


def _on_hold(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'$13.3 million is now frozen', 'the money has been put on hold'."""
    state = next((i for i in range(token.i + 1, min(token.i + 4, len(read.words))) if read.words[i] in HELD), None)
    if token.lower_ not in STILL or state is None or (read.words[state] in {"hold", "ice"} and read.words[state - 1] != "on"):
        return
    held, subject = stance(read, token), predicate(read, token).subject
    if subject is None or not held.holds or held.planned or not money_in(subject):
        return
    giver = story.givers(subject) or _of_whom(read, story, token, subject)
    sums = [a for a in subject.amounts if a.kind == "money"]
    first, last = evidence(read, state, subject.first, state + 1)
    base = Candidate("PledgeWithdrawn", "on-hold", read, first, last, date=story.day(read, token, held, now=True), certainty=0.6)
    yield from (base.by(code).counted(sums[0]) for code in giver)


def _of_whom(read: Read, story: Story, token: Token, what: Phrase) -> tuple[str, ...]:
    """Whose money is frozen, where nobody is said to freeze it: whom the sentence names before, else who promised it right before."""
    if not money_in(what):
        return ()
    left = [a for a in read.actors if a.last <= token.i and a.code and a.code not in story.apart and a.role in {"plain", "possessive"}]
    left = [a for a in left if a.form in {"name", "demonym", "capital"}]
    if left:
        return codes(left[-1:])
    before = next(
        (c.contributor for c in reversed(story.last) if c.claim in {"PledgeAnnounced", "FundingProvided"} and c.contributor), None
    )
    return (before,) if before else ()


def _behind(read: Read, token: Token) -> list[Phrase]:
    """What stands behind 'out of its …', 'back on its …', however the parser hangs it."""
    return [Phrase(read, t) for t in read.doc[token.i + 1 : token.i + 8] if t.dep_ == "pobj"]


def _no_longer(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'No longer intends to send soldiers.'"""
    if read.words[max(0, token.i - 2) : token.i] != ["no", "longer"] or not read.has(token, "commit"):
        return
    act = next((c for c in token.children if c.dep_ == "xcomp" and read.has(c, "provide", "lead")), None)
    said, held = predicate(read, token), stance(read, token)
    if act is None or not (is_a(predicate(read, act).patient, "people") or is_a(predicate(read, act).patient, "mission")):
        return
    first, last = evidence(read, token.i, token.i - 3, act.i + 6)
    day = story.day(read, token, held, now=True)
    for code in story.givers(said.subject):
        yield Candidate("PledgeWithdrawn", "no-longer", read, first, last, code, date=day)
