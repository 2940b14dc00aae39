"""Money that has been paid, and materiel that has been handed over."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.offering import among
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Amount, Read, codes
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

CHIEF = frozenset({"primarily", "mainly", "mostly", "largely", "chiefly", "principally"})
"""Adverbs by which a text names the chief payer."""

BEARING = frozenset({"fund", "finance", "bankroll", "underwrite"})
"""Verbs whose object is the mission itself."""

TAKING = frozenset({"receive", "collect", "raise"})
"""Verbs whose subject is the fund."""

SUPPLYING = frozenset({"provide", "supply", "give", "equip", "furnish"})

FRACTIONS = frozenset(
    {
        "half",
        "third",
        "thirds",
        "quarter",
        "quarters",
        "fifth",
        "most",
        "much",
        "part",
        "majority",
        "bulk",
        "lion",
        "mostly",
        "mainly",
        "largely",
    }
)


def money(read: Read, story: Story) -> Iterator[Candidate]:
    """Every payment and delivery that a sentence tells by a verb."""
    for token in read.verbs:
        yield from _paid(read, story, token)
        yield from _delivered(read, story, token)
    for token in read.doc:
        if token.lower_ in BACKERS:
            yield from _backs(read, story, token)


def _paid(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "pay")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    if held.planned:
        return
    word, what = trigger.phrase, said.patient
    first, last = evidence(read, token.i, max(token.i - 3, (said.subject or Phrase(read, token)).first), token.i + 8)
    base = Candidate("FundingProvided", "pay-verb", read, first, last, date=story.day(read, token, held), modality=held.modality)
    if word in BEARING and ((said.passive and said.agent) or (is_a(what, "mission") and not _sums(read, story, said))):
        if said.passive and not is_a(said.subject, "mission"):
            return
        chief = any(child.lower_ in CHIEF for child in token.children) or any(w in CHIEF for w in read.words[token.i + 1 : token.i + 3])
        with_sums = [g for p in said.after("with") for g in story.counted(read, p, money=True)]
        for code in story.givers(said.doer, point_back=False):
            yield replace(base.by(code), extras=(("main", chief),)).counted(with_sums[0] if with_sums else None)
        return
    if word in {"provide", "give", "contribute", "reach", "raise", "cover", "bear"} and not (
        held.perfect or held.tense is Tense.PAST or (token.tag_ == "VBG" and (token.dep_ == "advcl" or token.head.lower_ == "with"))
    ):
        return
    if word in {"raise", "receive", "collect"} and not (is_a(said.subject, "fund") or is_a(said.subject, "mission") or said.passive):
        return
    if (
        said.subject is not None
        and word == "reach"
        and not (said.passive or any(is_a(o, "mission") or is_a(o, "fund") for o in said.objects))
    ):
        return
    if word == "contribute" and held.perfect and held.holds and not _sums(read, story, said):
        yield from _has_given(read, story, said, base)
        return
    yield from _split(read, story, said, base, word)


BACKERS = frozenset({"contributor", "backer", "donor", "funder", "financier", "sponsor"})
FIRST = frozenset({"largest", "biggest", "main", "principal", "chief", "primary", "top", "leading"})


def _backs(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The United States is the largest financial backer of the mission.'"""
    if not FIRST & {child.lower_ for child in token.children} or not ({"mission", "force", "operation"} & set(read.words) or read.named):
        return
    verb = token.head
    subject = story.subject(read, verb) if token.dep_ == "attr" else Phrase(read, token.head) if token.dep_ == "appos" else None
    first, last = evidence(read, token.i, token.i - 6, token.i + 4)
    for code in story.givers(subject, point_back=False)[:1]:
        base = Candidate("FundingProvided", "chief-backer", read, first, last, code, extras=(("main", True),))
        sums = [g for g in story.groups(read) if g.amount.kind == "money" and 0 < g.first - token.i <= 12]
        if sums or token.lower_ != "contributor":
            yield base.counted(sums[0]) if len(sums) == 1 else base


def _sums(read: Read, story: Story, said: Predicate) -> list[Group]:
    """The sums of a clause: in its object, else close behind its verb."""
    inside = story.counted(read, said.patient, money=True)
    if inside:
        return inside
    close = [g for g in story.groups(read) if g.amount.kind == "money" and 0 < g.first - said.verb.i <= 5]
    return close if not said.passive else []


MONEY = frozenset({"funds", "fund", "funding", "budget", "underfunded", "money", "financing", "donors", "cash"})


def _has_given(read: Read, story: Story, said: Predicate, base: Candidate) -> Iterator[Candidate]:
    """'Partners like Japan and Spain have contributed, yet the budget remains underfunded': money without its sum."""
    if said.objects or said.passive or not MONEY & set(read.words) or any(said.after("to", "with")):
        return
    giver = story.givers(said.subject, point_back=False) or among(read, story, said.subject, said.verb)
    yield from (replace(base.by(code), rule="has-given") for code in giver if code not in story.apart and code != "UN")


def _split(read: Read, story: Story, said: Predicate, base: Candidate, word: str) -> Iterator[Candidate]:
    sums = _sums(read, story, said)
    if word == "reach" and said.subject is not None:
        sums = story.counted(read, said.subject, money=True)
    if not sums or set(read.words[sums[0].last : sums[0].last + 6]) & words_of("sorts", "elsewhere"):
        return
    total = sums[0]
    share = _fraction(read, total)
    if share:
        yield base.counted(total)
        yield replace(base.by(share), rule="fraction-of")
        return
    if len(total.states) > 1 or (len(sums) > 1 and total.states):
        yield from _shares(base, sums)
        return
    giver = total.states
    if not giver and word not in TAKING and word != "reach":
        giver = story.givers(said.agent) if said.passive else story.givers(said.subject)
    if not giver and said.passive and word in {"spend", "pay", "disburse"}:
        giver = (story.giver,) if story.giver and word == "spend" else ()
    if len(giver) > 1 and {"each", "apiece"} & set(read.words[total.first - 1 : total.last + 2]):
        yield from (base.by(code).counted(total) for code in giver)
    elif len(giver) > 1:
        yield base.counted(total)
        for code in giver:
            yield base.by(code)
    else:
        yield base.by(giver[0] if giver else None).counted(total)
        yield from (base.by(one.states[0]).counted(one) for one in sums[1:] if len(one.states) == 1)  # "followed by France ($3 million)"


def _shares(base: Candidate, sums: list[Group]) -> Iterator[Candidate]:
    for one in sums:
        if len(one.states) > 1:
            yield base.counted(one)
            for code in one.states:
                yield base.by(code)
        elif one.states:
            yield base.by(one.states[0]).counted(one)


def _fraction(read: Read, total: Group) -> str | None:
    """The state of 'over half of it from Canada'."""
    behind = read.words[total.amount.last : total.amount.last + 8]
    if not set(behind) & FRACTIONS:
        return None
    source = next((a for a in read.actors if a.role == "source" and 0 < a.first - total.amount.last <= 9), None)
    return source.code if source else None


def _delivered(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "deliver")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    if held.planned or (token.tag_ == "VBG" and (token.dep_ == "acl" or held.progressive)):
        return
    phrase = trigger.phrase
    what = said.subject if phrase == "arrive" else said.patient
    if phrase == "take delivery":
        what = next(iter(said.after("of")), None) or next(
            (Phrase(read, read.doc[a.last - 1]) for a in read.amounts if a.kind == "equipment" and a.first > token.i), None
        )
    if any(a.code in story.hosts and 2 <= a.first - token.i <= 9 and "to" in read.words[a.first - 2 : a.first] for a in read.actors):
        return  # a base handed back to the host
    if phrase in SUPPLYING and held.tense is Tense.PRESENT and not held.perfect:
        return  # "which provides equipment": what it does by habit
    kit = _kit(read, token, what)
    if not kit and not (
        heads(what, "equipment") or (what is not None and what.head.lower_ in {"dozens", "scores"} and is_a(what, "equipment"))
    ):
        return
    giver = _source(read, story, said, phrase, what)
    if not giver and not kit and phrase in {"arrive", "unload", "bring", "send", "give", "hand", "open", "put … ashore"}:
        return
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 8)
    day = story.day(read, token, held, now=True) or story.said_day(read, token)
    base = Candidate("EquipmentDelivered", "deliver-verb", read, first, last, date=day, modality=held.modality)
    for code in giver[:1] or (None,):
        for amount in kit:
            yield base.by(code).counted(amount)
        if not kit:
            yield base.by(code)


def _kit(read: Read, token: Token, what: Phrase | None) -> list[Amount]:
    """The counted materiel of a delivery: in its phrase, and what came 'together with' it."""
    inside = [a for a in (what.amounts if what else []) if a.kind == "equipment"]
    if not inside and what is not None and not token.lower_.startswith("arriv"):
        inside = [a for a in read.singles if a.kind == "equipment" and a.first <= what.head.i <= a.last]
    if what is None or not (inside or heads(what, "equipment") or {"together", "along", "with"} & set(read.words)):
        return inside
    beside = [
        a
        for a in read.amounts
        if a.kind == "equipment"
        and a not in inside
        and a.first > token.i
        and {"together", "along", "plus"} & set(read.words[max(0, a.first - 4) : a.first])
    ]
    return inside + beside


def _source(read: Read, story: Story, said: Predicate, phrase: str, what: Phrase | None) -> tuple[str, ...]:
    """Whose materiel it is."""
    named = tuple(code for p in said.after("from", "by") for code in story.givers(p, point_back=False))
    if phrase in {"receive", "take delivery", "arrive", "unload"}:
        behind = [a for a in read.actors if a.role == "source" and a.first > said.verb.i]
        return named or codes(behind) or (story.givers(what, point_back=False) if phrase == "arrive" else ())
    if said.passive:
        return story.givers(said.agent) or named or story.givers(what, point_back=False) or ((story.giver,) if story.giver else ())
    return story.givers(said.doer)
