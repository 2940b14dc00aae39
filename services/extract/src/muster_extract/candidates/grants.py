"""Decisions and payments told by a noun and a light verb: 'the go-ahead was given by the Council', 'payments of $25 million were made'."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.decisions import bodies
from muster_extract.candidates.offering import is_ours
from muster_extract.candidates.owners import owners
from muster_extract.kinds import is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, governing_verb, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

LEAVES = (("go", "-", "ahead"), ("green", "light"), ("go-ahead",), ("blessing",), ("authorisation",), ("authorization",), ("approval",))
GIVEN = frozenset({"given", "granted", "came", "won", "received", "got", "obtained", "secured"})
PAYMENTS = frozenset({"payment", "payments", "disbursement", "disbursements", "transfer", "transfers", "instalment", "instalments"})
MADE = frozenset({"made", "completed", "effected", "arrived", "received"})


def grants(read: Read, story: Story) -> Iterator[Candidate]:
    """Every authorisation and payment that a sentence tells by a noun."""
    for token in read.verbs:
        yield from _leave_given(read, story, token)
        yield from _paid(read, story, token)
        yield from _in_the_fund(read, story, token)
    for token in read.doc:
        if token.lower_ in PAYMENTS | {"deposit"} and token.tag_[0] == "N":
            yield from _into_the_fund(read, story, token)


def _leave_given(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The go-ahead for the mission was given by the Security Council', 'approval for the force came from the Council'."""
    held, said = stance(read, token), predicate(read, token)
    what = said.patient if said.passive or token.lower_ not in {"came"} else said.subject
    if token.lower_ not in GIVEN or what is None or held.planned or not held.holds:
        return
    words = tuple(read.words[what.head.i - 2 : what.head.i + 1])
    if not any(words[-len(leave) :] == leave for leave in LEAVES):
        return
    mission = is_a(what, "mission") or any(
        is_a(Phrase(read, g), "mission") for c in what.head.children if c.lower_ in {"for", "to", "of"} for g in c.children
    )
    mission = mission or (token.lower_ not in {"given", "granted", "came"} and is_a(said.subject, "mission"))
    who = bodies(story, said.agent, *said.after("from", "by")) or (bodies(story, what) if token.lower_ == "came" else ())
    if not mission or not who:
        return
    first, last = evidence(read, token.i, min(token.i, what.first), token.i + 6)
    yield Candidate("MissionAuthorized", "leave-given", read, first, last, who[0], date=story.day(read, token, held), certainty=0.6)


def _paid(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Payments of $25 million have been made by the European Union to the mission.'"""
    held, said = stance(read, token), predicate(read, token)
    what = said.patient or said.subject
    if token.lower_ not in MADE or what is None or what.head.lower_ not in PAYMENTS or held.planned or not held.holds:
        return
    sums = [a for a in read.amounts if a.kind == "money" and what.head.i < a.first <= what.head.i + 6]
    if not sums or not is_ours(read, sums[0].last) or not (read.named or {"mission", "force", "fund"} & set(read.words)):
        return
    giver = [code for code in story.givers(said.agent if said.passive else said.subject, point_back=False) if code not in story.apart]
    first, last = evidence(read, token.i, what.first, token.i + 4)
    base = Candidate("FundingProvided", "payment-noun", read, first, last, date=story.day(read, token, held), certainty=0.6)
    yield base.by(giver[0] if giver else None).counted(sums[0])


GIFTS = PAYMENTS | {"contribution", "contributions", "donation", "donations", "deposits", "money", "funds", "funding"}
HOLDING = frozenset({"holds", "contains", "held", "has", "had", "totals", "totalled", "totaled"})
LYING = frozenset({"is", "are", "was", "were", "sits", "sit", "lies", "lie", "stands", "came", "come", "went", "flowed", "arrived"})


def _in_the_fund(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Contributions of $10.8 million are already in the trust fund', 'some $18 million sits in the mission's account'."""
    held, said = stance(read, token), predicate(read, token)
    what = said.subject
    if token.lower_ in HOLDING and is_a(what, "fund") and held.holds and not held.planned:
        inside = [a for a in read.amounts if a.kind == "money" and 0 < a.first - token.i <= 5]
        first, last = evidence(read, token.i, token.i - 4, token.i + 5)
        yield from (Candidate("FundingProvided", "fund-holds", read, first, last, certainty=0.6).counted(a) for a in inside[:1])
        return
    if token.lower_ not in LYING or what is None or held.planned or not held.holds:
        return
    sums = [a for a in what.amounts if a.kind == "money"]
    behind = [word for word in read.words[token.i + 1 : token.i + 9] if word not in {"already", "now", "currently", "so", "far"}]
    here = behind[:1] in (["in"], ["into"]) and bool(set(behind) & words_of("sorts", "fund"))
    if not sums or not here or not (what.core & GIFTS or what.head.i <= sums[0].last):
        return
    giver = [code for code in story.givers(what, point_back=False) if code not in story.apart]
    first, last = evidence(read, token.i, what.first, token.i + 6)
    base = Candidate("FundingProvided", "in-the-fund", read, first, last, date=story.day(read, token, held), certainty=0.6)
    yield base.by(giver[0] if giver else None).counted(sums[0])


def _into_the_fund(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'This coincides with the deposit of $10.8 million into the trust fund.'"""
    amount = next((a for a in read.amounts if a.kind == "money" and 0 < a.first - token.i <= 3), None)
    verb = governing_verb(token)
    if amount is None or not set(read.words[amount.last : amount.last + 6]) & words_of("sorts", "fund"):
        return
    held = stance(read, verb) if verb.tag_[0] == "V" else None
    if held is not None and (not held.holds or held.planned):
        return
    giver = [code for code in owners(read, token) if code not in story.apart]
    first, last = evidence(read, token.i, token.i, amount.last + 4)
    yield Candidate("FundingProvided", "into-the-fund", read, first, last, giver[0] if giver else None, certainty=0.6).counted(amount)
