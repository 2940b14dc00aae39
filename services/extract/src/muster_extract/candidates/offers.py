"""Offers told by a verb: who pledges, promises, agrees or is ready to give, and what is told as promised."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.gifts import given
from muster_extract.candidates.offering import (
    after_colon,
    governor,
)
from muster_extract.candidates.owners import owners
from muster_extract.candidates.shares import spread
from muster_extract.kinds import heads, is_a, is_people, money_in
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import OBJECTS, Phrase, Predicate, predicate
from muster_extract.reading import Read, codes
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

DUE = frozenset({"scheduled", "due", "expected", "slated", "supposed", "set"})
"""What makes an infinitive a schedule."""

GIFTS = frozenset({"contribute", "provide", "supply", "lend", "donate", "commit", "furnish"})
"""Verbs that tell a gift even where it is only expected: 'is expected to contribute the bulk of the troops'."""

LETTING = frozenset(
    {"enable", "allow", "let", "permit", "ask", "urge", "invite", "want", "require", "enables", "allows", "allowed", "asked", "urged"}
)
"""Verbs by which somebody else has a thing given."""

SERVING_NOW = frozenset({"contribute", "contributes", "provide", "provides"})
"""Forms that without a count tell who is there, and offer nothing: 'fifteen states contribute troops to the force'."""

ADDING = frozenset({"adding", "contributing", "providing", "supplying", "lending", "donating", "offering"})
"""Forms that give in the progressive, while nobody is there yet (the labelling guide, rule 28)."""

GIVING = frozenset({"gives", "give", "contributes", "contribute", "lends", "lend", "provides", "commits", "offers"})
"""Forms that promise in the present: 'Paris gives two thousand men'."""


def offers(read: Read, story: Story) -> Iterator[Candidate]:
    """Every pledge that a sentence tells by a verb."""
    for token in read.verbs:
        yield from _pledging(read, story, token)
    for token in read.doc:
        if token.lower_ in PROMISED:
            yield from _promised(read, story, token)


PROMISED = frozenset({"promised", "pledged", "offered"})


def _promised(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Kenya's 300 promised soldiers are not there yet', 'far from the 2,500 pledged': what the text takes for promised."""
    if token.dep_ == "amod" and token.tag_ in {"VBN", "JJ", "VBD"} and token.i < token.head.i:
        noun = token.head
    elif token.tag_ == "VBN" and token.i and read.doc[token.i - 1].pos_ == "NUM" and not any(c.dep_ in OBJECTS for c in token.children):
        noun = read.doc[token.i - 1]
    else:
        return
    group = next((g for g in story.groups(read) if g.first <= noun.i <= max(g.last, g.amount.last) and g.amount.amount > 1), None)
    if group is None or not (group.amount.kind == "money" or group.amount.kind == "people" or noun.pos_ == "NUM"):
        return
    giver = group.states or owners(read, noun) or _alone(read, story, group.first)
    giver = tuple(code for code in giver if code not in story.apart and code not in BODIES - {"EU", "NATO"})
    first, last = evidence(read, token.i, min(group.first, token.i) - 2, max(group.last, token.i + 1))
    base = Candidate("PledgeAnnounced", "promised", read, first, last, certainty=0.6)
    yield from spread(base, [replace(group, states=())], giver, story)


def _alone(read: Read, story: Story, at: int) -> tuple[str, ...]:
    """The one state that a sentence names before a number, where it names no other."""
    left = [a for a in read.actors if a.last <= at and a.code and a.code not in story.apart | BODIES and a.role not in {"place", "led"}]
    return codes(left) if len(codes(left)) == 1 else ()


AGREED = frozenset({"agreed", "agrees", "agree", "approved", "approves", "approve", "ratified", "ratifies", "endorsed", "endorses"})
MOVING = frozenset({"deployment", "dispatch", "sending"})


def _pledging(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    pledge, provide = read.trigger(token, "pledge"), read.trigger(token, "provide")
    commit, announce = read.trigger(token, "commit"), read.trigger(token, "announce")
    if not (pledge or provide or announce or commit):
        return
    held, said = stance(read, token), predicate(read, token)
    if pledge:
        yield from given(read, story, said, held, token, "pledge-verb")
        return
    if provide and provide.phrase == "help" and not _helps_the_mission(read, story, token, said):
        return
    if provide:
        yield from _providing(read, story, said, held, token)
        return
    if not held.holds:
        return
    governed = said.doer is not None and said.doer.head.lower_ in {"cabinet", "government"}
    seat = tuple(a.code for a in said.doer.actors if a.form == "capital") if governed and said.doer is not None else ()  # "in Dublin"
    named = story.givers(said.doer) or seat or ((story.told_of(read),) if governed and said.doer and not said.doer.actors else ())
    states = [code for code in named if code is not None and code not in BODIES - {"EU", "NATO"}]
    told = token.lower_ in NEWS or (held.planned and token.tag_ == "VB")  # "plans to announce support for the mission"
    if announce and states and any(money_in(o) or (told and _is_a_gift(read, story, o)) for o in said.objects):
        yield from given(read, story, said, held, token, "announce-verb")
    elif token.lower_ in AGREED and states and not is_a(said.doer, "parliament") and said.patient is not None:
        what = said.patient
        gift = bool(what.core & {"participation", "contribution"}) or (governed and bool(what.core & MOVING))
        if gift or story.counted(read, what, bare=True) or money_in(what):
            yield from given(read, story, said, held, token, "agree-verb")


def _goes_elsewhere(read: Read, story: Story, token: Token) -> bool:
    """Whether people are sent to another country than the mission's: 'will send 70 soldiers to Jamaica to train others'."""
    goals = [a for a in read.actors if 0 < a.first - token.i <= 7 and a.form in {"name", "capital"} and a.role == "place"]
    goals = [a for a in goals if "to" in read.words[max(0, a.first - 2) : a.first]]
    return bool(goals) and goals[0].code not in story.hosts and not any(first <= goals[0].first < last for first, last, _ in read.named)


def _providing(read: Read, story: Story, said: Predicate, held: Stance, token: Token) -> Iterator[Candidate]:
    adding = token.lower_ in ADDING and (held.progressive or (token.head.lower_ == "with" and said.patient and not money_in(said.patient)))
    if (
        held.tense is Tense.PRESENT
        and (adding or not held.progressive)
        and not held.perfect
        and (adding or token.lower_ in GIVING)
        and (token.lower_ not in SERVING_NOW or said.patient is None or bool(said.patient.amounts))
        and not said.passive
        and held.holds
    ):
        yield from given(read, story, said, held, token, "gives-verb")
        return
    if token.dep_ != "relcl" and any(c.dep_ == "nsubj" and c.tag_ == "WP" for c in token.children):
        return  # "without saying who would contribute": asked
    if said.passive and token.lower_ in {"sent", "deployed", "dispatched"} and said.agent is None:
        return  # "would be deployed": people on their way
    if token.dep_ in {"xcomp", "ccomp"} and token.head.lower_ in LETTING:
        return  # "a deal that will enable Kenya to send police"
    if token.lower_ in {"send", "deploy", "dispatch"} and _goes_elsewhere(read, story, token):
        return
    if token.head.lower_ in {"preparing", "readying"} and token.dep_ == "xcomp":
        return  # who is getting ready to go has offered before
    if token.head.lower_ in DUE and token.dep_ == "xcomp" and token.lower_ not in GIFTS:
        return  # "are scheduled to deploy": a schedule
    committed = governor(read, token, "pledge", "commit")
    if committed is not None and committed.tag_[0] == "V" and is_a(story.subject(read, committed), "parliament"):
        return  # clears an obstacle: candidates/delays.py
    if committed is not None and story.says_so(committed) and not held.planned:
        committed = None
    tells = token.dep_ == "relcl" and any(c.dep_ == "aux" and c.lower_ in {"will", "'ll", "would"} for c in token.children)
    if committed is None and token.dep_ in {"advcl", "acl", "relcl"} and not tells:
        return  # what a sending is for: "is sending troops to join the mission"
    if held.why in {"modal: may", "modal: might", "modal: should"}:
        return
    if held.why in {"modal: can", "modal: could"} and (committed is None or story.says_so(committed)):
        return  # what might be is no offer
    if committed is None and not (held.planned and token.tag_ == "VB"):
        return
    if not held.holds or held.why == "modal: should" or (said.passive and said.agent is not None):
        return
    if committed is None or story.says_so(committed):
        if is_people(said.subject, story.groups(read)):
            return  # people who will join are on their way: candidates/people.py
        if not story.givers(said.subject) and not after_colon(read, said):
            return
        if read.words[max(0, token.i - 2) : token.i] in (["is", "to"], ["are", "to"]):
            return  # 'is to send' is decided: a schedule
    yield from given(read, story, said, held, committed if committed is not None else token, "provide-verb")


NEWS = frozenset({"announced", "announces", "confirms", "confirmed", "unveiled", "unveils"})


def _names_mission(read: Read, what: Phrase) -> bool:
    return any(first in what.tokens for first, _, _ in read.named)


def _is_a_gift(read: Read, story: Story, what: Phrase) -> bool:
    """Whether what is announced is what a mission gets: counted people themselves, and not their arrival ('had announced some 2,000 men
    for the mission'), or 'various forms of assistance', 'a contribution'."""
    if what.core & {"contribution", "contributions", "assistance", "participation"}:
        return True
    if what.core & {"support", "funding", "package", "backing"} and (is_a(what, "mission") or _names_mission(read, what)):
        return True
    return heads(what, "people") and bool(story.counted(read, what)) and what.head.lower_ not in {"deployment", "rest", "group"}


SERVING = frozenset({"fund", "finance", "staff", "equip", "pay", "man", "strengthen", "reinforce", "lead", "form", "fill"})


def _helps_the_mission(read: Read, story: Story, token: Token, said: Predicate) -> bool:
    """Whether help is for the mission itself: 'will help fund the force', and not 'can help to bring about calm'."""
    if is_a(said.patient, "mission") or bool(said.patient and story.counted(read, said.patient, money=True)):
        return True
    below = [c for c in token.children if c.dep_ in {"xcomp", "ccomp"} and c.lower_ in SERVING]
    gaps = {"gap", "gaps", "place", "places"}
    return any(
        is_a(o, "mission") or money_in(o) or (c.lower_ == "fill" and o.head.lower_ in gaps)
        for c in below
        for o in predicate(read, c).objects
    )
