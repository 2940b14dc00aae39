"""Who speaks: named people with their offices, bodies, unnamed people, and those who would not say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from muster_contracts.values import Speaker
from spacy.tokens import Token

from muster_extract import lexicons
from muster_extract.candidate import Candidate, evidence
from muster_extract.lexicon import forms_of, words_of
from muster_extract.predicates import Phrase, subject_of, time_of
from muster_extract.reading import Actor, Read
from muster_extract.resolve.actors import ActorMention
from muster_extract.resolve.dates import Tense, resolve_date
from muster_extract.story import Story

_NAME = r"(?:[A-Z][\w'’.-]+ )?(?:(?:bin|de|da|van|von|al|el|dos) )?[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+){0,2}"


@cache
def _titled() -> re.Pattern[str]:
    offices = "|".join(re.escape(o) for o in sorted(lexicons.read("offices")["offices"]["words"], key=lambda o: (-len(o), o)))
    return re.compile(rf"(?P<body>(?:(?:[A-Z][\w.'’]*|of|the|for)[ ]){{0,5}})(?P<office>(?i:{offices}))(?:,)? (?P<name>{_NAME})")


@dataclass(frozen=True)
class Said:
    """A statement at a place in a sentence."""

    speaker: Speaker
    state: str | None
    verb: int
    covers: frozenset[int]
    """Tokens of what is said."""

    no_comment: bool = False


class Speakers:
    """Everybody whom an article introduces with office and name, so that a surname alone can be resolved later."""

    def __init__(self, text: str, mentions: Sequence[ActorMention]) -> None:
        self._text = text
        self._mentions = mentions
        self._known: dict[str, tuple[Speaker, str | None]] = {}
        for found in _titled().finditer(text):
            name = found["name"].strip()
            if any(m.start < found.end("name") and m.end > found.start("name") and m.form != "leader" for m in mentions):
                continue
            state, body = self._body(found["body"], found.start())
            office = found["office"]
            speaker = Speaker(name=name, office=office if office[0].isupper() and office != "State" else office.lower(), body=body)
            self._known.setdefault(name.split()[-1], (speaker, state))

    def of(self, read: Read, head: Token) -> tuple[Speaker, str | None] | None:
        """The speaker that the subject of a verb of saying is, with its state; None where it is nobody in particular."""
        phrase = Phrase(read, head)
        for i in sorted(phrase.tokens):
            known = self._known.get(read.doc[i].text)
            if known:
                return known
        own = [a for a in phrase.actors if a.role != "place"]
        noun = head.lower_
        if noun in words_of("offices", "unnamed"):
            number = next((a.amount for a in read.amounts if a.last <= head.i < a.last + 4 and a.first in phrase.tokens), None)
            office = " ".join(read.doc[i].text for i in range(_start(read, head), head.i + 1))
            body = self._name_of(read, own[0]) if own else None
            return Speaker(office=office.lower(), body=body, count=number), own[0].code if own else None
        if head.tag_ in {"NNP", "NNPS"} and noun in {
            "department",
            "ministry",
            "office",
            "council",
            "government",
            "mission",
            "secretariat",
            "union",
            "police",
            "army",
            "service",
            "commission",
        }:
            words = [read.doc[i] for i in sorted(phrase.tokens) if i <= head.i and read.doc[i].tag_ in {"NNP", "NNPS"}]
            return Speaker(body=" ".join(t.text for t in words)), own[0].code if own else None
        return None

    def _body(self, before: str, at: int) -> tuple[str | None, str | None]:
        """The state and the body that stand before an office: 'State Department', 'Kenyan'."""
        before = before.strip()
        end = at + len(before)
        found = [m for m in self._mentions if at <= m.start < end]
        state = found[-1].code if found else None
        if not before:
            return None, None
        words = [w for w in before.split() if w.lower() not in {"the", "of", "for"}]
        if found and found[-1].form in {"name", "demonym", "capital"} and len(words) == len(found[-1].text.split()):
            return state, country_name(state)
        body = " ".join(words) or None
        if body:
            fuller = re.search(rf"(?:[A-Z][\w.]*\.? )+{re.escape(body)}", self._text)
            body = fuller.group() if fuller else body
            body = body.removeprefix("The ").removeprefix("the ")
            state = state or next((m.code for m in self._mentions if fuller and fuller.start() <= m.start < fuller.end()), None)
        return state, body

    def _name_of(self, read: Read, actor: Actor) -> str | None:
        return country_name(actor.code) or read.text(actor.first, actor.last)


@cache
def country_name(code: str | None) -> str | None:
    """The short English name of a country; None for bodies."""
    if code is None or len(code) != 2:
        return None
    names = lexicons.read("countries").get(code, {}).get("names", ())
    return names[0] if names else None


def _start(read: Read, head: Token) -> int:
    at = head.i
    while (
        at > 0
        and read.doc[at - 1].tag_ in {"NN", "NNS", "JJ"}
        and read.doc[at - 1].head.i <= head.i
        and read.words[at - 1] not in {"four", "several"}
    ):
        at -= 1
    return at


def statements(read: Read, speakers: Speakers) -> list[Said]:
    """Every statement that a sentence reports."""
    found = []
    for token in read.doc:
        if token.tag_[0] != "V" or token.dep_ in {"aux", "auxpass", "amod", "acl"}:
            continue
        silent = _silent(read, token)
        if not silent and token.lower_ not in forms_of("modality", "say"):
            continue
        subject = subject_of(token)
        if subject is None or (subject.i > token.i and subject.i - token.i > 12):
            continue
        speaker = speakers.of(read, subject)
        if speaker is None:
            continue
        covers = {t.i for child in token.children if child.dep_ in {"ccomp", "xcomp", "dobj", "advcl"} for t in child.subtree}
        found.append(Said(speaker[0], speaker[1], token.i, frozenset(covers), silent))
    return found


def _silent(read: Read, token: Token) -> bool:
    here = " ".join(read.words[max(0, token.i - 4) : token.i + 5])
    return token.lower_ in {"respond", "reply", "declined", "comment", "reached", "refused", "answer", "return", "gave"} and any(
        phrase in here for phrase in lexicons.read("offices")["silence"]["phrases"]
    )


def made(read: Read, story: Story, said: Said, before: Sequence[Read]) -> Candidate:
    """The statement as a candidate of its own.

    Its day is the sentence's, else the one at which the same paragraph lets the speaker act: 'Ruto held a ceremony on Monday. … Ruto said.'
    """
    verb = read.doc[said.verb]
    subject = subject_of(verb)
    at = subject.i if subject is not None else said.verb
    first, last = evidence(read, said.verb, min(at, said.verb), max(at, said.verb) + 1)
    when = time_of(read, verb)
    day = resolve_date(when.phrase, story.published, Tense.PAST) if when else _day_before(read, story, said, before)
    return Candidate(
        "StatementMade",
        "silence" if said.no_comment else "statement",
        read,
        first,
        last,
        said.state,
        date=day,
        extras=(("no_comment", said.no_comment),),
        speaker=said.speaker,
    )


def _day_before(read: Read, story: Story, said: Said, before: Sequence[Read]) -> str | None:
    surname = said.speaker.name.split()[-1] if said.speaker.name else None
    for earlier in reversed(before):
        if surname is None or earlier.sentence.paragraph != read.sentence.paragraph:
            return None
        if surname in earlier.sentence.text and earlier.times:
            return resolve_date(earlier.times[0].phrase, story.published, Tense.PAST)
    return None


def attributed(candidate: Candidate, sayings: Sequence[Said]) -> Candidate:
    """The candidate with whom its sentence lets say it."""
    for said in sayings:
        if not said.no_comment and (candidate.first in said.covers or candidate.last - 1 in said.covers) and candidate.speaker is None:
            return replace(candidate, speaker=said.speaker)
    return candidate


def once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Each speaker's statement once: a body that speaks through its spokesperson is the spokesperson."""
    kept: list[Candidate] = []
    for candidate in candidates:
        twin = next((i for i, k in enumerate(kept) if _same_speaker(k, candidate)), None)
        if twin is None:
            kept.append(candidate)
        elif candidate.speaker and candidate.speaker.name and not (kept[twin].speaker and kept[twin].speaker.name):  # type: ignore[union-attr]
            kept[twin] = replace(candidate, date=candidate.date or kept[twin].date)
        else:
            kept[twin] = replace(kept[twin], date=kept[twin].date or candidate.date)
    return kept


def _same_speaker(one: Candidate, other: Candidate) -> bool:
    a, b = one.speaker, other.speaker
    if a is None or b is None or dict(one.extras) != dict(other.extras):
        return False
    if a.name and b.name:
        return a.name == b.name
    if a.name or b.name:
        return bool(a.body and a.body == b.body) and not (a.office and b.office)
    return (a.office, a.body, a.count) == (b.office, b.body, b.count)
