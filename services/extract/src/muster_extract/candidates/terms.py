"""A mission's term: extended, ended."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.decisions import ACTS, bodies, deciders, is_decided, who_decides
from muster_extract.kinds import heads, is_a
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, Predicate, governing_verb, lifted, predicate
from muster_extract.reading import Read
from muster_extract.resolve.catalogue import by_slug, predecessors
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

REPLACING = frozenset(
    {"replace", "succeed", "relieve", "take over from", "take … place", "supersede", "transform", "transition", "convert", "turn … into"}
)


CLOSING = frozenset(
    {"end", "terminate", "close", "dissolve", "disband", "complete", "conclude", "withdraw", "wind down", "wind up", "shut down", "cease"}
)


SUMMITS = frozenset({"summit", "leaders", "heads", "bloc", "council", "ministers", "organisation", "organization"})
"""Those who decide for the body whose mission it is."""


_SPAN = re.compile(
    r"\b(?:by|for|of|another|a further)\s+(?:(?:a|an|another|further|additional|final|new|initial)\s+)*"
    r"(?P<n>\w+|)\s*(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)


_COUNT = {
    "": 1,
    "a": 1,
    "an": 1,
    "one": 1,
    "another": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "nine": 9,
    "twelve": 12,
    "fifteen": 15,
    "eighteen": 18,
    "final": 1,
    "last": 1,
}


def terms(read: Read, story: Story) -> Iterator[Candidate]:
    """What a sentence tells of the end of a mission's mandate by a verb."""
    for token in read.verbs:
        yield from _extended(read, story, token)
        yield from _ended(read, story, token)
        yield from _took_over(read, story, token)


def _extended(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "extend")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    what = lifted(said.patient)
    if what is None and trigger.phrase in {"extend", "renew", "prolong"}:
        behind = next((i for i in range(token.i + 1, min(token.i + 12, len(read.doc))) if read.words[i] == "mandate"), None)
        what = Phrase(read, read.doc[behind]) if behind is not None else None  # "to extend for one year, the mandate of …"
    if not (is_a(what, "mandate") or is_a(what, "mission") or (what is not None and what.head.lower_ in {"it", "which", "that"})):
        return
    who = who_decides(read, story, said)
    if said.subject is not None and said.subject.head.lower_ == "mandate" and not said.passive and token.head.tag_[0] == "V":
        what, who = said.subject, bodies(story, predicate(read, token.head).doer)  # "voted to extend for one year, the mandate of …"
    if not who and said.subject is not None and said.subject.head.lower_ in ACTS:
        body = deciders(read, story)
        who = (body,) if body else ()
    if held.why.startswith("negated") and trigger.phrase in {"renew", "extend", "prolong"}:
        yield from _not_renewed(read, story, said, held)
        return
    asked = _granted(read, story, token) if not held.holds and who_asked(held) else ()
    told = _announced(read, story, token, held)
    if asked or told:
        end = until(read, story, token)
        first, last = evidence(read, token.i, token.i - 4, token.i + 8)
        yield Candidate("MandateExtended", "extend-granted", read, first, last, (asked or told)[0], date=end)
        return
    if held.planned and not (who and is_decided(read, token)):
        return
    end = until(read, story, token)
    if trigger.phrase in {"continue", "stretch", "maintain", "keep"} and (not end or held.perfect):
        return
    if what is not None and what.head.lower_ in {"it", "which", "that"} and not (end or who):
        return
    first, last = evidence(read, token.i, (said.subject or what or Phrase(read, token)).first, token.i + 9)
    story.memo["extended"] = True
    if not who and said.passive and said.agent is None:
        who = _implied(read)
    yield Candidate(
        "MandateExtended",
        "extend-verb",
        read,
        first,
        last,
        who[0] if who else None,
        date=end,
        modality=Modality.ASSERTED if held.holds else held.modality,
    )


GRANTING = frozenset({"agreed", "agrees", "accepted", "accepts", "heeded", "granted", "approved", "acceded"})


def who_asked(held: Stance) -> bool:
    """Whether a clause hangs on somebody's request."""
    return held.why in {"below: request", "below: call", "below: proposal"}


def _granted(read: Read, story: Story, token: Token) -> tuple[str, ...]:
    """'Agreed to a request to extend the mandate': the body that did."""
    upper = governing_verb(token.head)
    if upper.tag_[0] != "V" or upper.lower_ not in GRANTING or stance(read, upper).planned or not stance(read, upper).holds:
        return ()
    return bodies(story, predicate(read, upper).doer)


def _announced(read: Read, story: Story, token: Token, held: Stance) -> tuple[str, ...]:
    """'The African Union announced that it will extend the mandate': as good as decided."""
    upper = token.head
    if not held.planned or token.dep_ != "ccomp" or upper.lower_ not in {"announced", "announces", "said", "declared"}:
        return ()
    will = any(c.lower_ in {"will", "'ll"} for c in token.children)
    return bodies(story, predicate(read, upper).doer) if will and stance(read, upper).holds else ()


def _not_renewed(read: Read, story: Story, said: Predicate, held: Stance) -> Iterator[Candidate]:
    """'Kinshasa decided not to renew the mandate': told to end."""
    upper = said if said.subject is not None else predicate(read, governing_verb(said.verb.head))
    doer = upper.doer or said.doer
    who = bodies(story, doer) or story.givers(doer, hosts=True, point_back=False)
    chosen = held.tense is Tense.FUTURE or said.verb.head.lower_ in {"decided", "chose", "opted", "resolved", "decides"}
    if not chosen or not who or {"yet", "if", "unless", "whether"} & set(read.words[: said.verb.i]) or held.perfect:
        return
    when = next((w for w in read.times if 0 < w.first - said.verb.i <= 12), None)
    first, last = evidence(read, said.verb.i, said.verb.i - 3, said.verb.i + 7)
    day = story.resolved(when, Tense.FUTURE) if when is not None else None
    yield Candidate("MissionEnded", "not-renewed", read, first, last, who[0], date=day)


def _implied(read: Read) -> tuple[str, ...]:
    """The body that a mandate's passive leaves out: the Council, where a resolution of it is named or the mission is the UN's."""
    mission = by_slug().get(read.mission or "")
    if mission is not None and mission.by == "UN" and {"resolution", "council"} & set(read.words):
        return ("UN",)
    return ()


def until(read: Read, story: Story, token: Token) -> str | None:
    """The new end: the time behind 'until' or 'to', else publication plus the span that the text gives."""
    for when in (w for w in read.times if w.first > token.i):
        opener = read.words[when.first - 1] if when.first else ""
        if opener in {"until", "till", "to", "through", "ending"} or when.phrase.lower().startswith(
            ("until", "till", "to ", "through", "up to")
        ):
            return story.resolved(when, Tense.FUTURE)
    span = _SPAN.search(read.sentence.text[token.idx :])
    if span is None:
        return None
    count = _COUNT.get(span["n"].lower()) or (int(span["n"]) if span["n"].isdigit() and len(span["n"]) < 4 else None)
    decided = story.day(read, token, stance(read, token))
    since = date.fromisoformat(decided) if decided and len(decided) == 10 and decided <= story.published.isoformat() else story.published
    return _later(since, count, span["unit"].lower()) if count else None


def _later(day: date, count: int, unit: str) -> str | None:
    """The month (for years and months) in which a span from `day` on ends."""
    if unit in {"year", "month"}:
        months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
        return f"{months // 12}" if unit == "year" else f"{months // 12}-{months % 12 + 1:02d}"
    return (day + timedelta(days=count * (7 if unit == "week" else 1))).isoformat()[:7]


def _ended(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "end")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    phrase = trigger.phrase
    replacing = phrase in REPLACING
    if phrase == "take over from" or (phrase == "complete" and token.dep_ == "xcomp"):
        return  # the first is read below, of the second another verb's subject is not the end
    if phrase == "leave" and any(not (codes_in(o) & story.hosts) for o in said.objects):
        return  # "operations that left many dead"
    at_object = said.patient is not None and (replacing or said.passive or phrase in CLOSING)
    what = lifted(said.patient if at_object else said.subject)
    if what is None:
        return
    named = heads(what, "mission") or (bool(what.core & {"mandate"}) and heads(what, "mandate"))
    pointed = what.head.lower_ in {"it", "which", "that"} and phrase in {
        "stop work",
        "go out of existence",
        "cease",
        "close",
        "expire",
        "come to an end",
        "terminate",
    }
    if not named and not pointed:
        return
    if replacing and said.subject is not None and not said.passive:
        people = said.subject.head.lower_ in {"deployment", "dispatch", "sending", "battalion", "contingent", "units"}
        if people and not any(first in said.subject.tokens for first, _, _ in read.named):
            return  # "troops to replace the mission", "the deployment of the army to replace it"
    if phrase == "turn … into" and not any(is_a(p, "mission") for p in said.after("into")):
        return
    owner = by_slug().get(read.mission or "")
    summit = said.doer is not None and owner is not None and bool(said.doer.core & SUMMITS)
    if (
        phrase in CLOSING | {"leave", "hand over", "change"}
        and at_object
        and not said.passive
        and not (summit or who_decides(read, story, said))
    ):
        return
    if any(a.form == "demonym" and a.code and len(a.code) == 2 and a.code not in story.hosts for a in what.actors):
        return  # "to withdraw the Ethiopian force": a contingent
    if {"in", "order", "for"} <= set(read.words[max(0, what.first - 5) : what.first]):
        return
    if (
        phrase == "run out"
        or (
            phrase == "expire"
            and what.head.lower_ in {"mandate", "term", "authorisation"}
            and (held.planned or held.tense is not Tense.PAST)
        )
        or (phrase == "take … place" and not is_a(said.subject, "mission"))
    ):
        return
    if is_a(what, "people") and what.head.lower_ in {"troops", "soldiers", "police", "officers", "contingent", "peacekeepers", "forces"}:
        return
    who = who_decides(read, story, said) if at_object and not (said.passive and said.agent is None) else ()
    if not who and summit and owner is not None and owner.by:
        who = (owner.by,)
    first, last = evidence(read, token.i, (said.subject or what).first, token.i + 8)
    day = story.day(read, token, held, now=replacing and token.tag_ in {"VBZ", "VBP"})
    if held.why == "condition: until":
        if day is None:
            return
        held = replace(held, modality=Modality.PLANNED)  # "until the mission ends next year"
    yield Candidate(
        "MissionEnded",
        "end-verb",
        read,
        first,
        last,
        who[0] if who else None,
        date=day,
        modality=Modality.PLANNED if held.planned and held.holds else held.modality,
        mission=_replaced(read, what) if replacing else _named(read, what),
    )


def codes_in(phrase: Phrase) -> frozenset[str]:
    """The codes of all whom a phrase names."""
    return frozenset(a.code for a in phrase.actors if a.code)


def _replaced(read: Read, what: Phrase) -> str | None:
    """The mission that was replaced: the one that the phrase names, unless it says that it means an earlier one of the same sort."""
    named = _named(read, what)
    if named is None or (named == read.mission and what.words & {"earlier", "previous", "former", "predecessor"}):
        return _before(read)
    return named


def _before(read: Read) -> str | None:
    """The mission that the sentence's own one took the place of, where one is known."""
    earlier = predecessors().get(read.mission or "", ())
    return earlier[0].slug if earlier else None


def _took_over(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The UN force took over from an African one': the earlier mission's end, told by what the later one did."""
    if token.lower_ not in {"took", "taking", "taken", "takes"} or "over" not in read.words[token.i + 1 : token.i + 4]:
        return
    said, held = predicate(read, token), stance(read, token)
    source = next((p for p in said.after("from") if is_a(p, "mission") or codes_in(p) & BODIES), None) or next(
        (Phrase(read, g) for t in read.doc[token.i + 1 : token.i + 9] if t.lower_ == "from" for g in t.children if g.dep_ == "pobj"), None
    )
    if source is None or held.planned or not held.holds or not (is_a(source, "mission") or codes_in(source) & BODIES):
        return
    ended = _named(read, source) or _before(read)
    if ended == read.mission:
        ended = _before(read)
    if ended is None:
        return
    later = by_slug().get(read.mission or "")
    hybrid = later is not None and bool(codes_in(source) & BODIES) and {"joint", "hybrid"} & set(later.name.lower().split())
    who = None if later is None or hybrid else later.by
    first, last = evidence(read, token.i, token.i, source.last)
    upper = governing_verb(token.head)
    day = story.day(read, token, held) or (story.day(read, upper, stance(read, upper)) if token.dep_ in {"pcomp", "advcl"} else None)
    yield Candidate("MissionEnded", "took-over", read, first, last, who, date=day, mission=ended)


def _named(read: Read, phrase: Phrase) -> str | None:
    """The mission that a phrase itself names."""
    return next((slug for first, last, slug in read.named if any(first <= i < last for i in phrase.tokens)), None)
