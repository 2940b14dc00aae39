"""What stands in the way, told by an act: 'refuses to accept 4,000 troops', 'an order barring the dispatch', 'money is running out'."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

REFUSING = frozenset({"refuses", "refused", "refusing", "declined", "declines"})
LETTING = frozenset({"accept", "allow", "admit", "host", "receive", "let", "welcome", "permit"})
BARRING = frozenset({"barring", "blocking", "stopping", "halting", "suspending", "prohibiting", "restraining", "forbidding", "preventing"})
MONEY = frozenset({"money", "funds", "funding", "cash"})


def refusals(read: Read, story: Story) -> Iterator[Candidate]:
    """Every obstacle that a sentence tells by what somebody refuses or forbids, or by money that ends."""
    for token in read.verbs:
        yield from _refused(read, story, token)
        yield from _barred(read, story, token)
        yield from _running_out(read, story, token)


def _refused(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'South Sudan refuses to accept 4,000 more UN troops.'"""
    act = next((c for c in token.children if c.dep_ == "xcomp" and c.lower_ in LETTING), None)
    if token.lower_ not in REFUSING or act is None:
        return
    held, said = stance(read, token), predicate(read, token)
    what = predicate(read, act).patient
    below = next((predicate(read, c).subject for c in act.children if c.dep_ == "ccomp"), None)
    what = what or below
    if not held.holds or held.planned or what is None or not (is_people(what, story.groups(read)) or is_a(what, "mission")):
        return
    counted = story.counted(read, what)
    first, last = evidence(read, token.i, token.i - 3, what.last)
    day = story.day(read, token, held)
    base = Candidate("ObstacleRaised", "refuses-to-let", read, first, last, date=day, reasons=("political",), certainty=0.6)
    for code in story.givers(said.subject, hosts=True)[:1]:
        yield base.by(code).counted(counted[0] if counted else None, story.unit)


def _barred(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The High Court issued an order barring the dispatch of police.'"""
    if token.lower_ not in BARRING or token.dep_ not in {"acl", "advcl"}:
        return
    what, above = predicate(read, token).patient, token.head
    court = next((Phrase(read, t) for t in read.doc[: token.i] if t.lower_ in words_of("sorts", "court")), None)
    verb = next((a for a in (above, *above.ancestors) if a.tag_[0] == "V" and a != token), None)
    if court is None or verb is None or what is None or not (heads(what, "deployment") or is_people(what, story.groups(read))):
        return
    held = stance(read, verb)
    if not held.holds or held.planned or verb.lower_ in {"lifted", "dismissed", "overturned", "quashed", "rejected", "vacated"}:
        return
    seat = story.seat(court) or ((story.giver,) if story.giver else ())
    first, last = evidence(read, token.i, token.i - 4, what.last)
    yield Candidate(
        "ObstacleRaised",
        "order-barring",
        read,
        first,
        last,
        seat[0] if seat else None,
        date=story.day(read, verb, held),
        reasons=("court",),
        certainty=0.6,
    )


def _running_out(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Money is running out for the mission.'"""
    behind = read.words[token.i + 1 : token.i + 3]
    if token.lower_ not in {"running", "run", "runs", "drying", "ran"} or not set(behind) & {"out", "up", "short", "low"}:
        return
    held, said = stance(read, token), predicate(read, token)
    short = said.subject is not None and said.subject.head.lower_ in MONEY
    mission = next((p for p in (said.subject, *said.after("for")) if is_a(p, "mission")), None)
    of_money = bool(MONEY & set(read.words[token.i : token.i + 6]))
    if not held.holds or held.planned or mission is None or not (short or (is_a(said.subject, "mission") and of_money)):
        return
    first, last = evidence(read, token.i, token.i - 3, token.i + 6)
    yield Candidate("ObstacleRaised", "money-runs-out", read, first, last, reasons=("funding",), certainty=0.6)
