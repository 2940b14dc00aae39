"""How an offer hangs together: on what an infinitive hangs, where its givers stand, what it offers."""

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, Predicate
from muster_extract.reading import Amount, Read, codes
from muster_extract.story import Story

RAISED = frozenset({"xcomp", "ccomp", "conj", "acl", "advcl", "pcomp", "prep", "acomp"})
"""Ties by which an infinitive hangs on the verb of offering."""


PORTIONS = frozenset({"most", "majority", "bulk", "core", "part", "share", "some", "many", "rest", "half", "backbone", "nucleus"})
"""Parts of a force that somebody gives."""

COMES = frozenset(
    {"come forward", "step forward", "sign up", "sign on", "step up", "come on board", "raise … hand", "put … hand up", "answer … call"}
)
"""Phrases that are an offer by themselves."""

BEARING = frozenset({"cover", "foot", "bear", "underwrite", "bankroll", "sponsor", "pay", "finance", "fund"})

COSTS = frozenset({"cost", "costs", "bill", "expenses", "salaries", "wages"})

FORMS = frozenset({"form", "forms", "kind", "kinds", "type", "types", "package", "range", "variety"})

OPEN = frozenset({"ready", "willing", "prepared", "set"})


def governor(read: Read, token: Token, *classes: str) -> Token | None:
    """The verb or adjective of offering that a verb hangs on: 'volunteered … to lead', 'stands ready to lead', 'is willing to send'."""
    at = token
    for _ in range(4):
        head = at.head
        if head == at or (at.dep_ == "conj" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in at.children)):
            return None  # "have pledged men, and Chad has sent some": another's act
        if (
            head.lower_ in OPEN
            or (head.tag_[0] == "V" and read.has(head, *classes))
            or head.lower_ in words_of("triggers", "commit", "nouns")
        ):
            return None if _is_dropped(read, head) else head
        if at.dep_ not in RAISED:
            return None
        at = head
    return None


def _is_dropped(read: Read, noun: Token) -> bool:
    """'Has cancelled its plan to send': what hangs below it is offered no more."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.tag_[0] != "N" or verb.tag_[0] != "V":
        return False
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        return stance(read, verb).modality is Modality.DENIED  # "its plan to send troops was never approved"
    return noun.dep_ in {"dobj", "pobj"} and read.has(verb, "unpledge")


def near(read: Read, verb: Token, at: int, reach: int) -> bool:
    """Whether something stands behind the verb, in its clause."""
    return verb.i < at <= verb.i + reach and not any(
        read.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} or read.words[i] in {";", "but", "which", "who"} for i in range(verb.i + 1, at)
    )


def after_colon(read: Read, said: Predicate) -> tuple[str, ...]:
    """The givers of 'eight governments mean to contribute: the Bahamas, Benin and Chad'."""
    colon = next((i for i in range(said.verb.i, min(len(read.words), said.verb.i + 12)) if read.words[i] == ":"), None)
    if colon is None:
        return ()
    return next((codes(chain) for chain in read.chains if 0 < chain[0].first - colon <= 2 and len(chain) > 1), ())


def turned(read: Read, said: Predicate) -> tuple[str, ...]:
    """The givers of 'from Asia have come forward Malaysia, Indonesia and Bangladesh': the subject behind its verb."""
    if said.subject is not None and any(a.role != "place" for a in said.subject.actors):
        return ()
    return next(
        (codes(chain) for chain in read.chains if len(chain) > 1 and 0 < chain[0].first - said.verb.i <= 3 and chain[0].role == "plain"), ()
    )


def is_ours(read: Read, at: int) -> bool:
    """Whether the words behind a sum leave it to the mission."""
    behind = []
    for word in read.words[at : at + 7]:
        if word in {",", ";", ".", "which"} or word.startswith("$"):
            break
        behind.append(word)
    return not set(behind) & words_of("sorts", "elsewhere")


def for_the_mission(read: Read, sums: list[Group], money: list[Group]) -> list[Group]:
    """The sums, or the part of a wider one that is the mission's: '$123 million for the country, including $80 million for the force'."""
    if len(sums) != 1:
        return sums
    for part in money:
        between, behind = range(sums[0].last, part.first), range(part.last, min(part.last + 12, len(read.words)))
        if part.first > sums[0].first and set(read.words[part.first - 3 : part.first]) & {"including", "which", "includes", "included"}:
            names = [any(first in span for first, _, _ in read.named) or _has_mission(read, span) for span in (between, behind)]
            return [part] if names[1] and not names[0] else sums
    return sums


def _has_mission(read: Read, span: range) -> bool:
    return bool({"mission", "force", "deployment", "operation"} & {read.words[i] for i in span})


def gapped(read: Read, amount: Amount) -> str | None:
    """The state of a list that drops its verb: 'Nepal offered a battalion, and Denmark two warships'."""
    actor = next((a for a in read.actors if a.last == amount.first and a.form in {"name", "capital"} and a.role == "plain"), None)
    return actor.code if actor is not None and actor.first and read.words[actor.first - 1] in {",", "and", ";"} else None


def in_turn(read: Read, verb: Token) -> tuple[str, ...]:
    """The states of a list that drops its verb and counts nothing: 'Nepal offered 1,500 troops, Sri Lanka a combat unit'."""
    gifts, found = words_of("sorts", "offerings") | words_of("sorts", "equipment"), []
    for actor in read.actors:
        if actor.first <= verb.i + 1 or actor.form != "name" or actor.role != "plain" or actor.code is None:
            continue
        opener, behind = read.words[actor.first - 1], read.words[actor.last : actor.last + 6]
        end = next((i for i, word in enumerate(behind) if word in {",", ".", ";", "and"}), len(behind))
        finite = any(read.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in range(verb.i + 1, actor.first))
        if opener in {",", "and", ";"} and not finite and behind[:1] in (["a"], ["an"], ["another"]) and set(behind[end - 1 : end]) & gifts:
            found.append(actor.code)
    return tuple(found)


def without_parts(read: Read, counted: list[Group]) -> list[Group]:
    """Without the breakdown of a total that follows it: '200 effectives, 170 soldiers and 30 police'."""
    if (
        len(counted) > 1
        and not any(g.states for g in counted[1:])
        and sum(g.amount.amount for g in counted[1:]) == counted[0].amount.amount
    ):
        return counted[:1]
    return counted


BACKED = frozenset({"financial", "logistical", "logistic", "logistics", "material", "military", "technical", "air", "medical", "naval"})


def is_vague(read: Read, said: Predicate, what: Phrase | None) -> bool:
    """Whether 'support' is no more than words: not the mission's, nor of a kind that a mission gets."""
    if what is None or what.head.lower_ not in {"support", "backing", "help", "aid"}:
        return False
    at = what.head.i + 1
    near = set(read.words[at : at + 9]) & {"mission", "force", "operation", "fund"}
    named = any(at <= first < at + 9 for first, _, _ in read.named)
    for_whom = bool({"to", "for"} & set(read.words[at : at + 1]))
    return for_whom and not (near or named or what.words & BACKED or is_a(what, "mission"))


def gives_something(read: Read, story: Story, said: Predicate, what: Phrase | None) -> bool:
    """Whether an offer without a number is of one of the mission's kinds."""
    if is_vague(read, said, what):
        return False
    if set(read.words[said.verb.i + 1 : said.verb.i + 3]) & words_of("sorts", "offerings"):
        return True
    phrases = {t.phrase for t in read.by_token.get(said.verb.i, ())}
    if any(c.dep_ in {"xcomp", "advcl"} and read.trigger(c, "lead") for c in said.verb.children):
        return False  # "stepped forward to take the helm": the lead, and nothing else
    if any(c.dep_ == "xcomp" and c.lower_ in {"replace", "relieve"} for c in said.verb.children):
        return True
    if any(p.startswith("make ") or p in COMES for p in phrases):
        return True
    if what is not None and (
        is_people(what, story.groups(read)) or heads(what, "equipment") or heads(what, "money") or heads(what, "offerings")
    ):
        return True
    if what is not None and what.head.lower_ in {"them", "these", "those"}:
        return True  # "two more battalions are needed: Jordan and Egypt have agreed to provide them"
    if what is not None and what.head.lower_ in FORMS and what.core & words_of("sorts", "offerings") | {"assistance"}:
        return True  # "various forms of assistance"
    if (
        what is not None
        and what.head.lower_ in PORTIONS | {"deployment", "dispatch", "sending"}
        and (what.core & words_of("sorts", "people") or is_a(what, "mission"))
    ):
        return True  # "will supply most of the personnel"
    if what is not None and phrases & BEARING and (what.core & COSTS or is_a(what, "mission")):
        return True  # "has agreed to cover the cost of the contingent"
    if phrases & {"join", "participate", "take part", "contribute", "help", "deploy", "finance", "fund", "leave behind"}:
        return what is None or is_a(what, "mission") or is_a(what, "money") or what.head.lower_ in {"some", "gap", "part"}
    return phrases >= {"offer"} and any(p.head.lower_ in {"gap", "place", "hole"} for p in said.objects)


def opening(read: Read, story: Story) -> tuple[str, ...]:
    """The state that opens a sentence in which the parser found no subject: 'Chad surprised many by offering 1,500 soldiers'."""
    first = next(iter(read.chains), ())
    plain = bool(first) and first[0].first <= 1 and first[0].role == "plain" and first[0].form in {"name", "capital"}
    return tuple(code for code in codes(first) if code not in story.apart) if plain else ()


def among(read: Read, story: Story, doer: Phrase | None, verb: Token) -> tuple[str, ...]:
    """The givers whom a sentence names beside its counted ones: 'a dozen countries, among them Chad and Benin, have pledged',
    'Jamaica and Belize are among the countries that have pledged'."""
    if doer is None or not doer.core & words_of("sorts", "donors"):
        return ()
    for chain in read.chains:
        at = chain[0].first
        opener = read.words[max(0, at - 3) : at]
        if doer.head.i < at < verb.i and ("among" in opener or {"including", "like"} & set(opener[-2:])) and chain[0].role != "place":
            return tuple(code for code in codes(chain) if code not in story.apart)
    link = doer.head.head
    if doer.head.dep_ == "pobj" and link.lower_ in {"among", "of"} and "not" not in read.words[: doer.head.i]:
        last = next((c for c in reversed(read.chains) if c[-1].last <= link.i and c[0].role == "plain"), ())
        between = set(read.words[last[-1].last : link.i]) if last else set()
        if between and between <= {"is", "are", "was", "were", "also", "one", "all", "both"}:
            return tuple(code for code in codes(last) if code not in story.apart)
    return ()
