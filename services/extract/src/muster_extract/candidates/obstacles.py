"""What stands in the way: courts, parliaments and governments that block, and what the mission lacks."""

from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.kinds import is_a, is_people
from muster_extract.lexicon import inflections, words_of
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Read
from muster_extract.reasons import reasons_near
from muster_extract.story import Story


def obstacles(read: Read, story: Story) -> Iterator[Candidate]:
    """Every obstacle that a sentence tells."""
    for token in read.verbs:
        yield from _opposed(read, story, token)
        yield from _unsigned(read, story, token)
        yield from _hindered(read, story, token)
        yield from _doubted(read, story, token)
    for token in read.doc:
        yield from _hindrance(read, story, token)


def _opposed(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """A government that will not have it."""
    trigger = read.trigger(token, "oppose")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    accepting = trigger.phrase == "accept"
    if accepting != (held.why.startswith("negated")) or (not accepting and not held.holds and not held.why.startswith("negated")):
        return
    if said.passive or is_a(said.doer, "court") or _is_expletive(read, said):
        return
    parliament = is_a(said.subject, "parliament")
    giver = story.seat(said.subject) if parliament else story.givers(said.subject, hosts=True)
    what = said.patient
    about = what is not None and (
        what.head.lower_ in {"them", "it"} or is_people(what, story.groups(read)) or is_a(what, "mission") or is_a(what, "deployment")
    )
    if trigger.phrase != "say no" and (not about or (what is not None and what.words & {"its", "own", "their", "any"})):
        return
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 7)
    day = story.day(read, token, held) or story.said_day(read, token)
    reasons = reasons_near(read, token.i, only=("legal_agreement", "parliament")) or (("parliament",) if parliament else ("political",))
    for code in giver[:1]:
        yield Candidate("ObstacleRaised", "state-opposes", read, first, last, code, date=day, reasons=reasons, modality=Modality.ASSERTED)


def _is_expletive(read: Read, said: Predicate) -> bool:
    """'It is not conceivable to accept them': nobody's refusal."""
    subject = said.subject
    return subject is not None and subject.head.lower_ == "it" and read.words[subject.head.i + 1] in {"is", "was", "'s", "’s"}


SIGNING = frozenset({"sign", "signed", "concluded", "conclude", "finalised", "finalized", "finalise", "finalize", "ratified", "ratify"})
SIGNED = SIGNING | {"put", "agreed", "reached"}
UNDONE = frozenset({"yet", "still", "not", "n't", "never", "without", "awaiting", "unsigned", "pending", "failed", "fails"})


def _unsigned(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """An agreement that nobody has signed yet: 'the status agreement has still to be signed', 'has not been put in writing'."""
    if token.lower_ not in SIGNED:
        return
    said, held = predicate(read, token), stance(read, token)
    what = said.patient or said.subject
    if what is None or what.head.lower_ not in words_of("sorts", "agreement") or (token.lower_ == "put" and "writing" not in read.words):
        return
    left = set(read.words[max(0, token.i - 6) : token.i])
    yet = {"yet", "to"} <= left or {"still", "to"} <= left
    undone = held.modality is Modality.DENIED and (bool({"yet", "still"} & set(read.words)) or held.perfect)
    if not (yet or undone) or held.why.startswith("condition"):
        return
    if not (
        {"mission", "force", "deployment", "troops", "police", "officers", "peacekeepers"} & set(read.words) or token.lower_ in SIGNING
    ):
        return
    first, last = evidence(read, token.i, what.first, token.i + 6)
    giver = story.givers(said.doer, hosts=True) or story.givers(what, point_back=False) or ((story.giver,) if story.giver else ())
    yield Candidate("ObstacleRaised", "unsigned", read, first, last, giver[0] if giver else None, reasons=("legal_agreement",))


HINDERING = frozenset(
    {
        "restrict",
        "obstruct",
        "impede",
        "deny",
        "block",
        "limit",
        "hinder",
        "withhold",
        "ban",
        "refuse",
        "stop",
        "prevent",
        "bar",
        "cut",
        "halt",
    }
)
OTHERS = frozenset({"civilians", "journalists", "residents", "refugees", "women", "aid", "humanitarian", "media", "people", "opposition"})
HINDERED = frozenset(
    {
        "movement",
        "movements",
        "freedom",
        "flights",
        "flight",
        "patrols",
        "access",
        "visas",
        "visa",
        "overflight",
        "clearance",
        "fuel",
        "diesel",
        "supplies",
        "convoys",
        "helicopters",
        "peacekeepers",
        "troops",
    }
)


def _hindered(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """The host that keeps the mission from moving: 'the junta restricts the contingent's flights'."""
    if not any(token.lower_ in inflections(verb) for verb in HINDERING):
        return
    said, held = predicate(read, token), stance(read, token)
    whom = said.doer
    if whom is None or held.planned or not held.holds or set(read.words) & OTHERS:
        return
    if not any(o.core & HINDERED for o in (*said.objects, *([said.subject] if said.passive and said.subject else []))):
        return
    giver = [code for code in story.givers(whom, hosts=True, point_back=False) if code in story.hosts]
    kept = ("logistics",) if {"fuel", "diesel", "food", "supplies"} & set(read.words) else ("political",)
    first, last = evidence(read, token.i, whom.first, token.i + 8)
    for code in giver[:1]:
        yield Candidate("ObstacleRaised", "host-hinders", read, first, last, code, reasons=kept, date=story.day(read, token, held))


HINDRANCES = frozenset(
    {
        "objections",
        "hurdles",
        "impediments",
        "conditions",
        "restrictions",
        "restriction",
        "obstruction",
        "limits",
        "ban",
        "curbs",
        "obstacles",
    }
)


def _hindrance(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Restrictions placed on the operation by Eritrea', 'the host's obstruction of the mission'."""
    if token.lower_ not in HINDRANCES:
        return
    behind = read.words[token.i + 1 : token.i + 10]
    raised = {"raised", "placed", "put", "created", "imposed", "erected"} & set(behind[:4]) and "by" in behind[:6]
    against = {"mission", "operation", "force", "peacekeepers"} & set(behind) or read.named
    if not raised and not ({"on", "of", "to"} & set(behind[:4]) and against):
        return
    verb = next((a for a in token.ancestors if a.tag_[0] == "V"), None)
    if verb is not None and not stance(read, verb).holds:
        return
    owner = next(
        (a for a in read.actors if a.role == "source" and 0 < a.first - token.i <= 12 and "by" in read.words[a.first - 2 : a.first]), None
    )
    owner = owner or next((a for a in read.actors if a.role == "possessive" and 0 < token.i - a.first <= 4), None)
    if owner is None or owner.code not in story.apart:
        return
    first, last = evidence(read, token.i, token.i, owner.last)
    yield Candidate("ObstacleRaised", "hindrance", read, first, last, owner.code, reasons=("political",))


DOUBTS = frozenset({"doubt", "doubts", "question", "questions", "uncertainty"})


def _doubted(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Conditions set by the government have cast doubt on the deployment.'"""
    if token.lower_ not in {"raised", "cast", "casting", "raising", "raises", "casts", "thrown"}:
        return
    said, held = predicate(read, token), stance(read, token)
    if held.planned or not held.holds or said.subject is None or not any(o.core & DOUBTS for o in said.objects):
        return
    behind = set(read.words[token.i : token.i + 14])
    if not behind & {"deployment", "deploy", "mission", "force"} or not said.subject.core & CONDITIONS:
        return
    owners = [a for a in read.actors if said.subject.first <= a.first < token.i and a.code]
    first, last = evidence(read, token.i, said.subject.first, token.i + 8)
    reasons = reasons_near(read, token.i) or ("political",)
    yield Candidate("ObstacleRaised", "casts-doubt", read, first, last, owners[-1].code if owners else None, reasons=reasons[:1])


CONDITIONS = frozenset({"condition", "conditions", "demand", "demands", "objections", "objection", "refusal", "reluctance", "insistence"})
