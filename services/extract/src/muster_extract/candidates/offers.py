"""What is offered: people, money, equipment, the lead; and what is taken back."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_contracts.values import Modality
from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.people import spread
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a, is_people, money_in
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Amount, Read, codes
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story


def offers(read: Read, story: Story) -> Iterator[Candidate]:
    """Every pledge, offer of the lead and withdrawal of a pledge that a sentence tells by a verb."""
    for token in read.doc:
        if token.tag_[0] == "V":
            yield from _leading(read, story, token)
            yield from _pledging(read, story, token)
            yield from _taking_back(read, story, token)


def _leading(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "lead")
    if trigger is None:
        return
    said = predicate(read, token)
    held = stance(read, token)
    offering = _governor(read, token)
    if offering is None and not (held.planned and token.tag_ == "VB"):
        return
    if not held.holds and held.why not in {"below: wants"}:
        return
    what = said.patient
    on_its_own = what is None or what.head.lower_ in {"it", "that", "one"}
    if not (on_its_own or is_a(what, "mission") or trigger.last - trigger.first > 1):
        return
    if on_its_own and offering is None:
        return
    governor = predicate(read, offering) if offering is not None else said
    for code in story.givers(said.subject) or story.givers(governor.subject):
        first, last = evidence(read, token.i, (governor.subject or said.subject or Phrase(read, token)).first, token.i + 5)
        day = story.day(read, offering or token, stance(read, offering or token)) or story.said_day(read, offering or token)
        yield Candidate("LeadershipOffered", "lead-verb", read, first, last, code, date=day)


def _governor(read: Read, token: Token) -> Token | None:
    """The verb or adjective of offering that an infinitive hangs on: 'volunteered … to lead', 'stands ready to lead'."""
    at = token
    for _ in range(4):
        head = at.head
        if head == at:
            return None
        if read.has(head, "pledge", "commit", "appoint") or head.lower_ in {"ready", "willing", "prepared", "set", "offered", "picked", "chosen", "named", "asked"}:
            return head
        if at.dep_ not in {"xcomp", "ccomp", "conj", "acl", "advcl", "pcomp", "prep", "acomp"}:
            return None
        at = head
    return None


def _pledging(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    pledge, provide, announce = read.trigger(token, "pledge"), read.trigger(token, "provide"), read.trigger(token, "announce")
    if not (pledge or provide or announce):
        return
    held = stance(read, token)
    said = predicate(read, token)
    if provide and not pledge:
        committed = _governor(read, token)
        if committed is not None and read.has(committed, "appoint") and not read.has(committed, "pledge", "commit"):
            committed = None
        could = held.modality is Modality.CONDITIONAL and held.why in {"modal: could", "modal: can"}
        if committed is None and not could and not (held.planned and token.tag_ == "VB"):
            return
        if not held.holds:
            return
        governor = committed if committed is not None else token
        if committed is None and is_people(said.subject, story.groups(read)):
            return  # people who will join are on their way: candidates/people.py
        yield from _given(read, story, said, held, governor, "provide-verb")
    elif pledge and held.modality is not Modality.ASKED:
        yield from _given(read, story, said, held, token, "pledge-verb")
    elif announce and held.holds and any(money_in(o) for o in said.objects):
        yield from _given(read, story, said, held, token, "announce-verb")


def _given(read: Read, story: Story, said: Predicate, held: Stance, governor: Token, rule: str) -> Iterator[Candidate]:
    what = said.patient
    groups = story.groups(read)
    upper = predicate(read, governor) if governor.tag_[0] == "V" else said
    giver = story.givers(said.doer) or story.givers(upper.doer)
    start = min((p.first for p in (said.subject, upper.subject) if p), default=said.verb.i)
    first, last = evidence(read, said.verb.i, start, said.verb.i + 8)
    day = story.day(read, governor, held) or story.day(read, said.verb, held) or story.said_day(read, governor)
    base = Candidate("PledgeAnnounced", rule, read, first, last, date=day, modality=held.modality)
    in_reach = _reach(read, story, said, what)
    sums = [a for a in in_reach if a.kind == "money"]
    kit = [a for a in in_reach if a.kind == "equipment"]
    counted = story.counted(read, what) if what is not None else []
    counted = counted or [g for g in groups if said.verb.i < g.first <= said.verb.i + 8 and _same_clause(read, said.verb, g.first)]
    if sums:
        for amount in sums:
            for code in giver or (None,):
                yield base.by(code if len(giver) <= 1 else None).counted(amount)
                if len(giver) > 1:
                    break
        if len(giver) > 1:
            for code in giver:
                yield base.by(code)
        return
    if counted:
        yield from spread(base, counted, giver, story)
        for amount in kit:
            for code in giver:
                yield base.by(code).counted(amount)
        return
    if kit:
        for code in giver:
            yield base.by(code).counted(kit[0])
        return
    if not giver:
        return
    if _gives_something(read, said, what, groups):
        for code in giver:
            yield base.by(code)


def _reach(read: Read, story: Story, said: Predicate, what: Phrase | None) -> list[Amount]:
    """The sums and counts in the object, else those that the clause has behind its verb."""
    inside = list(what.amounts) if what is not None else []
    if inside:
        return inside
    return [a for a in read.amounts if a.first > said.verb.i and a.first - said.verb.i <= 6 and _same_clause(read, said.verb, a.first)]


def _same_clause(read: Read, verb: Token, at: int) -> bool:
    return not any(read.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} or read.words[i] in {";", "but"} for i in range(verb.i + 1, at))


def _gives_something(read: Read, said: Predicate, what: Phrase | None, groups: list[Group]) -> bool:
    """Whether an offer without a number is one of the mission's kinds."""
    if is_people(what, groups) or is_a(what, "equipment") or is_a(what, "money") or is_a(what, "people"):
        return True
    trigger = read.by_token.get(said.verb.i, [])
    if any(t.phrase in {"join", "participate", "take part", "contribute", "help", "deploy"} for t in trigger):
        return what is None or is_a(what, "mission") or is_a(what, "money")
    return False


def _taking_back(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "unpledge")
    if trigger is None:
        return
    held = stance(read, token)
    said = predicate(read, token)
    what = said.patient
    if what is None or not (heads(what, "pledged") or money_in(what)):
        return
    giver = story.givers(said.doer) or story.givers(what)
    if not giver:
        return
    first, last = evidence(read, token.i, (said.subject or what).first, token.i + 7)
    day = story.day(read, token, held) or story.said_day(read, token)
    base = Candidate("PledgeWithdrawn", "take-back-verb", read, first, last, date=day, modality=Modality.PLANNED if held.planned else held.modality)
    sums = [a for a in what.amounts if a.kind == "money"]
    for code in giver:
        yield base.by(code).counted(sums[0] if sums else None)
