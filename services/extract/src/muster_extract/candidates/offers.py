"""What is offered: people, money, equipment, the lead."""

from collections.abc import Iterator
from dataclasses import replace

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.people import spread
from muster_extract.kinds import heads, is_a, is_people, money_in
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Amount, Read, codes
from muster_extract.resolve.dates import Tense
from muster_extract.story import BODIES, Story

BACKING = frozenset({"reneged", "reneges", "backed", "backtracked", "pulled", "backs", "withdrew", "withdrawn"})
"""Forms that take back what stands behind their preposition: 'reneged on its promise'."""

RAISED = frozenset({"xcomp", "ccomp", "conj", "acl", "advcl", "pcomp", "prep", "acomp"})
"""Ties by which an infinitive hangs on the verb of offering."""

GIVING = frozenset({"gives", "give", "contributes", "contribute", "lends", "lend", "provides", "commits", "offers"})
"""Forms that promise in the present: 'Paris gives two thousand men'."""

OPEN = frozenset({"ready", "willing", "prepared", "set"})


def offers(read: Read, story: Story) -> Iterator[Candidate]:
    """Every pledge and offer of the lead that a sentence tells by a verb."""
    for token in read.doc:
        if token.tag_[0] == "V" and token.dep_ not in {"aux", "auxpass", "amod", "compound"}:
            yield from _leading(read, story, token)
            yield from _pledging(read, story, token)
            yield from _including(read, story, token)
            yield from _joined_by(read, story, token)


def _leading(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    said, held = predicate(read, token), stance(read, token)
    trigger = read.trigger(token, "lead")
    if trigger is None:
        if (
            read.trigger(token, "pledge")
            and held.holds
            and any(p.core & {"command", "leadership", "lead"} for p in (*said.after("for"), *said.objects))
        ):
            yield from _leads(read, story, said, said, "lead-noun")
        return
    offering = _governor(read, token, "pledge", "commit", *(() if trigger.phrase == "command" else ("appoint",)))
    if offering is None and not (held.planned and token.tag_ == "VB" and token.dep_ in {"xcomp", "ROOT", "ccomp", "conj"}):
        return
    if not held.holds:
        return
    what = said.patient
    on_its_own = what is None or what.head.lower_ in {"it", "that", "one"}
    if not (on_its_own or is_a(what, "mission") or trigger.last - trigger.first > 1):
        return
    if on_its_own and offering is None:
        return
    yield from _leads(read, story, said, predicate(read, offering) if offering is not None else said, "lead-verb")


def _leads(read: Read, story: Story, said: Predicate, upper: Predicate, rule: str) -> Iterator[Candidate]:
    subject = upper.subject or said.subject
    for code in story.givers(said.subject) or story.givers(upper.subject):
        if code in BODIES:
            continue
        first, last = evidence(read, said.verb.i, (subject or Phrase(read, said.verb)).first, said.verb.i + 5)
        held = stance(read, upper.verb)
        day = story.day(read, upper.verb, held) or story.said_day(read, upper.verb)
        yield Candidate("LeadershipOffered", rule, read, first, last, code, date=day)


def _governor(read: Read, token: Token, *classes: str) -> Token | None:
    """The verb or adjective of offering that a verb hangs on: 'volunteered … to lead', 'stands ready to lead', 'is willing to send'."""
    at = token
    for _ in range(4):
        head = at.head
        if head == at:
            return None
        if (
            head.lower_ in OPEN
            or (head.tag_[0] == "V" and read.has(head, *classes))
            or head.lower_ in words_of("triggers", "commit", "nouns")
        ):
            return head
        if at.dep_ not in RAISED:
            return None
        at = head
    return None


def _pledging(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    pledge, provide = read.trigger(token, "pledge"), read.trigger(token, "provide")
    commit, announce = read.trigger(token, "commit"), read.trigger(token, "announce")
    if not (pledge or provide or announce or commit):
        return
    held, said = stance(read, token), predicate(read, token)
    if pledge:
        yield from _given(read, story, said, held, token, "pledge-verb")
        return
    if provide:
        yield from _providing(read, story, said, held, token)
        return
    if not held.holds:
        return
    states = [code for code in story.givers(said.doer) if code not in BODIES - {"EU", "NATO"}]
    if announce and any(money_in(o) for o in said.objects) and states:
        yield from _given(read, story, said, held, token, "announce-verb")
    elif token.lower_ in {"agreed", "agrees", "agree", "approved", "approves", "approve"} and states and not is_a(said.doer, "parliament"):
        what = said.patient
        if what is not None and (story.counted(read, what, bare=True) or money_in(what) or what.core & {"participation", "contribution"}):
            yield from _given(read, story, said, held, token, "agree-verb")


def _providing(read: Read, story: Story, said: Predicate, held: Stance, token: Token) -> Iterator[Candidate]:
    if (
        held.tense is Tense.PRESENT
        and not held.progressive
        and not held.perfect
        and token.lower_ in GIVING
        and not said.passive
        and held.holds
    ):
        yield from _given(read, story, said, held, token, "gives-verb")
        return
    committed = _governor(read, token, "pledge", "commit")
    if committed is not None and story.says_so(committed) and not held.planned:
        committed = None
    if committed is None and token.dep_ in {"advcl", "acl", "relcl"}:
        return  # what a sending is for: "is sending troops to join the mission"
    could = held.modality is Modality.CONDITIONAL and held.why in {"modal: could", "modal: can"}
    if committed is None and not could and not (held.planned and token.tag_ == "VB"):
        return
    if not held.holds or held.why == "modal: should" or (said.passive and said.agent is not None):
        return
    if committed is None or story.says_so(committed):
        if is_people(said.subject, story.groups(read)):
            return  # people who will join are on their way: candidates/people.py
        if not story.givers(said.subject):
            return
        if read.words[max(0, token.i - 3) : token.i].count("to") and {"is", "are"} & set(read.words[max(0, token.i - 3) : token.i]):
            return  # 'is to send' is decided: a schedule
    yield from _given(read, story, said, held, committed if committed is not None else token, "provide-verb")


def _given(read: Read, story: Story, said: Predicate, held: Stance, governor: Token, rule: str) -> Iterator[Candidate]:
    what = said.patient
    upper = predicate(read, governor) if governor.tag_[0] == "V" else said
    giver = _after_colon(read, said) or story.givers(said.doer) or story.givers(upper.doer) or _turned(read, said)
    doer = said.doer or upper.doer
    if not giver and doer is not None and not (doer.core & words_of("sorts", "donors") or is_a(doer, "mission") or is_a(doer, "fund")):
        if not any(g.states for g in story.groups(read)):
            return  # a bank, a company, a person: no contributor of the guide's
    subject = next((p for p in (said.subject, upper.subject) if p), None)
    start = min(
        [
            said.verb.i,
            *([subject.first] if subject else []),
            *(a.first for a in (subject.actors if subject else []) if a.first < said.verb.i),
        ]
    )
    first, last = evidence(read, said.verb.i, start, said.verb.i + 8)
    day = story.day(read, governor, held) or story.day(read, said.verb, held) or story.said_day(read, governor)
    base = Candidate("PledgeAnnounced", rule, read, first, last, date=day, modality=held.modality)
    sums = story.counted(read, what, money=True) or [
        g for g in story.groups(read) if g.amount.kind == "money" and _near(read, said.verb, g.first, 5)
    ]
    sums = [g for g in sums if _is_ours(read, g.last)]
    if sums:
        yield from _sums(base, [g for g in sums if g is sums[0] or g.states], giver)
        return
    counted = story.counted(read, what, bare=True) if what is not None else []
    counted = counted or [g for g in story.groups(read) if g.amount.kind != "money" and _near(read, said.verb, g.first, 8)][:1]
    counted = _without_parts(read, counted)
    kit = [
        a
        for a in read.amounts
        if a.kind == "equipment" and ((what is not None and a.first in what.tokens) or _near(read, said.verb, a.first, 8))
    ]
    if {"gap", "place", "places"} & set(read.words[said.verb.i : said.verb.i + 5]):
        kit = []
    if not kit and not counted and not sums and what is not None:
        kit = [a for a in read.singles if a.kind == "equipment" and a.first <= what.head.i <= a.last]
    if counted and (giver or any(g.states for g in counted) or rule == "pledge-verb"):
        if is_a(said.subject, "mission") and not giver and not any(g.states for g in counted):
            return
        yield from spread(base, counted, giver, story)
    for amount in kit:
        for code in giver:
            yield base.by(code).counted(amount)
    if not counted and not kit and giver and _gives_something(read, story, said, what):
        for code in giver:
            yield base.by(code)


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
        if code not in story.hosts:
            yield Candidate("PledgeAnnounced", "joined-by", read, first, last, code, certainty=0.6)


def _sums(base: Candidate, sums: list, giver: tuple[str, ...]) -> Iterator[Candidate]:  # type: ignore[type-arg]
    """Each sum with its donor; a sum that several share is nobody's alone (guide, rule 10)."""
    for one in sums:
        if one.states:
            yield base.by(one.states[0]).counted(one)
        elif len(giver) > 1:
            yield base.counted(one)
            for code in giver:
                yield base.by(code)
        else:
            yield base.by(giver[0] if giver else None).counted(one)


def _without_parts(read: Read, counted: list) -> list:  # type: ignore[type-arg]
    """Without the breakdown of a total that follows it: '200 effectives, 170 soldiers and 30 police'."""
    if (
        len(counted) > 1
        and not any(g.states for g in counted[1:])
        and sum(g.amount.amount for g in counted[1:]) == counted[0].amount.amount
    ):
        return counted[:1]
    return counted


def _is_ours(read: Read, at: int) -> bool:
    """Whether the words behind a sum leave it to the mission."""
    behind = []
    for word in read.words[at : at + 7]:
        if word in {",", ";", ".", "which"} or word.startswith("$"):
            break
        behind.append(word)
    return not set(behind) & words_of("sorts", "elsewhere")


def _near(read: Read, verb: Token, at: int, reach: int) -> bool:
    """Whether something stands behind the verb, in its clause."""
    return verb.i < at <= verb.i + reach and not any(
        read.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} or read.words[i] in {";", "but", "which", "who"} for i in range(verb.i + 1, at)
    )


def _after_colon(read: Read, said: Predicate) -> tuple[str, ...]:
    """The givers of 'eight governments mean to contribute: the Bahamas, Benin and Chad'."""
    colon = next((i for i in range(said.verb.i, min(len(read.words), said.verb.i + 8)) if read.words[i] == ":"), None)
    if colon is None:
        return ()
    return next((codes(chain) for chain in read.chains if 0 < chain[0].first - colon <= 2 and len(chain) > 1), ())


def _turned(read: Read, said: Predicate) -> tuple[str, ...]:
    """The givers of 'from Asia have come forward Malaysia, Indonesia and Bangladesh': the subject behind its verb."""
    if said.subject is not None and any(a.role != "place" for a in said.subject.actors):
        return ()
    return next(
        (codes(chain) for chain in read.chains if len(chain) > 1 and 0 < chain[0].first - said.verb.i <= 3 and chain[0].role == "plain"), ()
    )


def _gives_something(read: Read, story: Story, said: Predicate, what: Phrase | None) -> bool:
    """Whether an offer without a number is of one of the mission's kinds."""
    phrases = {t.phrase for t in read.by_token.get(said.verb.i, ())}
    if any(p.startswith("make ") or p in {"come forward", "step forward", "sign up"} for p in phrases):
        return True
    if what is not None and (
        is_people(what, story.groups(read)) or heads(what, "equipment") or heads(what, "money") or heads(what, "offerings")
    ):
        return True
    if phrases & {"join", "participate", "take part", "contribute", "help", "deploy", "finance", "fund", "leave behind"}:
        return what is None or is_a(what, "mission") or is_a(what, "money") or what.head.lower_ in {"some", "gap", "part"}
    return phrases >= {"offer"} and any(p.head.lower_ in {"gap", "place", "hole"} for p in said.objects)


def withdrawals(read: Read, story: Story) -> Iterator[Candidate]:
    """Every pledge taken back, cut, frozen or suspended that a sentence tells by a verb."""
    for token in read.doc:
        if token.tag_[0] != "V" or token.dep_ in {"aux", "auxpass", "amod", "compound"} or read.trigger(token, "unpledge") is None:
            continue
        held, said = stance(read, token), predicate(read, token)
        what = said.patient
        if token.lower_ in BACKING or read.words[token.i + 1 : token.i + 2] == ["out"]:
            what = next((p for p in said.after("of", "from", "on", "out") if heads(p, "pledged")), what)
        if what is None or not (heads(what, "pledged") or money_in(what)) or is_a(said.doer, "court") or is_a(said.doer, "parliament"):
            continue
        giver = story.givers(said.doer) or story.givers(what)
        if not giver:
            continue
        first, last = evidence(read, token.i, (said.subject or what).first, token.i + 7)
        day = story.day(read, token, held) or story.said_day(read, token) or story.day(read, token, held, now=True)
        modality = Modality.PLANNED if held.planned and held.holds else held.modality
        base = Candidate("PledgeWithdrawn", "take-back-verb", read, first, last, date=day, modality=modality)
        sums: list[Amount] = [a for a in what.amounts if a.kind == "money"]
        for code in giver:
            yield replace(base.by(code)).counted(sums[0] if sums else None)
