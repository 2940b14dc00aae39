"""Who commands: force, police and deputy commanders, appointed, taking over or handing over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.lexicon import inflections
from muster_extract.modality import stance
from muster_extract.persons import TRUE_RANK, Person, full_name, persons, state_told
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, governing_verb, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

POST = re.compile(
    r"\b(?:(?:[Ff]orce|[Mm]ission|[Dd]eputy(?: [Ff]orce)?|[Tt]roops?|[Tt]ask [Ff]orce|[Pp]eacekeepers?|[Mm]ilitary|[Oo]perations?|[Aa]cting"
    r"|[Cc]oalition|[Cc]ontingents?|[Nn]ew|[Ii]ncoming|[Nn]ext|[Ss]econd|[Ff]irst|[Oo]verall|[A-Z]{4,}(?:['’]s)?) )*"
    r"(?:[Cc]ommander(?: of| in)?|[Pp]olice [Cc]ommissioner|[Pp]olice [Cc]hief|[Mm]ilitary (?:chief|head|commander)"
    r"|[Hh]ead of (?:the )?(?:force|military|police|troops)"
    r"|[Cc]hief of (?:the )?(?:force|military component)|[Ss]econd[- ]in[- ]command|[Dd]eputy (?:[Cc]ommander|[Hh]ead of the force))\b"
)
"""Posts of the guide's rule 18."""

COMMAND = re.compile(
    r"\b(?:command|reins|leadership|charge|helm)\b.{0,30}\b(?:force|mission|operation|troops|peacekeep\w+|contingents?|from)\b"
    r"|\bto (?:lead|head)\b.{0,40}\b(?:force|mission|operation|troops|contingent|peacekeep\w+)|\bsecond in command\b|\bto command\b"
    r"|\bcommand to\b|\bwill be (?:headed|led|commanded) by\b|\bentrusted\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:army|navy|air force|rebel|militia|sector|contingent|battalion|brigade|company|guard|district|regional|shabaab|senior|top|former"
    r"|base) commander",
    re.IGNORECASE,
)
"""Commanders of something smaller than the mission, or of another side."""

SMALLER = re.compile(
    r" (?:of )?(?:the |its |his )?(?:\w+ ){0,3}(?:guard|army|garrison|brigade|battalion|navy|sector|contingent)\b", re.IGNORECASE
)
SUCCEEDS = re.compile(rf"{TRUE_RANK.pattern}.{{0,60}}\b(?:replace|succeed|relieve)[sd]?(?:ed)? (?:him|her)\b", re.IGNORECASE)
APPOINTING = frozenset(
    form
    for verb in (
        "appoint", "name", "pick", "choose", "designate", "select", "nominate", "tap", "install", "promote", "entrust", "elect",
        "assign", "make",
    )
    for form in inflections(verb)
)  # fmt: skip
ASSUMING = frozenset(form for verb in ("assume", "take", "begin", "start", "resume", "accept") for form in inflections(verb))
BECOMING = frozenset(inflections("become"))
SWEARING = frozenset(inflections("swear"))
FOLLOWING = frozenset(form for verb in ("succeed", "replace", "relieve") for form in inflections(verb))
HANDING = frozenset(form for verb in ("hand", "pass", "transfer", "relinquish", "give", "go", "fall") for form in inflections(verb))
OFFICE = frozenset({"duties", "command", "charge", "helm", "over", "post", "office", "role"})
NEWNESS = frozenset({"new", "incoming", "next", "newly", "designate", "first"})
COPULA = frozenset({"is", "was", "will", "be", "becomes", "became", "remains"})


@dataclass(frozen=True)
class _Told:
    """A person with the words that make a commander of them."""

    person: Person
    focus: Token
    verb: Token | None


ARMY = re.compile(r"(?:['’]s)? (?:military|army|air force|armed forces|[Dd]efen[cs]e [Ff]orces?|People['’]s Defen[cs]e)\b")
HOSTS_OWN = re.compile(
    r"\b(?:National Army|Chief of (?:the )?(?:Defen[cs]e|Army|General)|[Aa]rmy chief|Armed Forces|National Police)\b", re.IGNORECASE
)
"""Posts in the host's own forces."""


def commanders(read: Read, story: Story) -> Iterator[Candidate]:
    """Every force, police or deputy commander whose coming into the post a sentence tells."""
    text = read.sentence.text
    if not any(w[:1].isupper() for w in text.split()[1:]):
        return
    posted = [
        m for m in POST.finditer(text) if not OTHERS.search(text[max(0, m.start() - 12) : m.end()]) and not SMALLER.match(text, m.end())
    ]
    commanding = COMMAND.search(text)
    around = [s.text for s in story.sentences[max(0, read.index - 1) : read.index + 1]]
    if not posted and any(HOSTS_OWN.search(s) for s in around):
        return
    if not posted and commanding is None and not _follows(story, read) and not SUCCEEDS.search(text):
        return
    for told in _told(read, story, posted, commanding is not None):
        made = _candidate(read, story, told)
        if made is not None:
            yield made


def _follows(story: Story, read: Read) -> bool:
    """Whether the sentence before speaks of a commander: 'A commander has been chosen. General X replaces General Y.'"""
    before = [s for s in story.sentences[max(0, read.index - 2) : read.index] if POST.search(s.text)]
    return bool(before) and any(c.claim == "CommanderAppointed" for c in story.last) | bool(before)


def _told(read: Read, story: Story, posted: list[re.Match[str]], commanding: bool) -> Iterator[_Told]:
    known = persons(read, story)
    if not known:
        return
    for token in read.doc:
        if token.tag_[0] != "V" or token.dep_ == "aux":
            continue
        word, found = token.lower_, None
        if word in APPOINTING and (posted or commanding or SUCCEEDS.search(read.sentence.text)):
            found = _appointed(read, token, known) if not word.startswith("ma") or _passive_made(token) else None
        elif word in FOLLOWING:
            found = _following(read, token, known)
        elif (
            (word in ASSUMING and OFFICE & _near(read, token, 6))
            or (word in BECOMING and posted)
            or (word in SWEARING and "in" in read.words[token.i + 1 : token.i + 3])
        ):
            found = _within(predicate(read, token).subject, known) if word in SWEARING else _doer(read, token, known)
        elif word in HANDING and ({"command", "over", "leadership", "reins", "baton"} & _near(read, token, 8) or _of_command(read, token)):
            found = _receiver(read, token, [p for p in known if p.ranked or posted])
        elif _is_headed_by(token):
            found = next((p for p in known if 0 < p.first - token.i <= 8), None)
        if found is not None:
            yield _Told(found, token, token)
    yield from _named(read, known, posted)


def _of_command(read: Read, verb: Token) -> bool:
    """'Command passed to …', 'the post of deputy force commander went to …'."""
    subject = predicate(read, verb).subject
    return subject is not None and subject.head.lower_ in {"command", "post", "leadership", "job", "position"}


def _near(read: Read, token: Token, reach: int) -> set[str]:
    return set(read.words[token.i + 1 : token.i + 1 + reach])


def _passive_made(token: Token) -> bool:
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in token.children)


def _is_headed_by(token: Token) -> bool:
    """'The force will be headed by General …': named to command."""
    return (
        token.lower_ in {"headed", "led", "commanded"}
        and any(c.dep_ == "aux" and c.lower_ in {"will", "to", "would"} for c in token.children)
        and any(c.dep_ == "agent" for c in token.children)
    )


def _within(phrase: Phrase | None, known: list[Person]) -> Person | None:
    """The person whom a phrase is about."""
    if phrase is None:
        return None
    inside = [p for p in known if any(i in phrase.tokens for i in range(p.first, p.last))]
    at_head = [p for p in inside if p.first <= phrase.head.i < p.last]
    return next(iter(at_head or inside), None)


def _appointed(read: Read, verb: Token, known: list[Person]) -> Person | None:
    """Whom a verb of appointing appoints: its patient, wherever the parser put the name."""
    said = predicate(read, verb)
    if said.passive:
        own = _within(said.subject, known) or (_receiver(read, verb, known) if verb.lower_ == "entrusted" else None)
        return own or next((p for p in reversed(known) if p.last <= verb.i), None)
    for phrase in said.objects:
        own = _within(phrase, known)
        if own is not None:
            return own
    after = [p for p in known if p.first > verb.i]
    if after:
        return after[0]
    # "General X named new force commander": a headline's passive
    return next((p for p in reversed(known) if p.last <= verb.i and verb.tag_ in {"VBN", "VBD"}), None)


def _following(read: Read, verb: Token, known: list[Person]) -> Person | None:
    """Who succeeds: the doer, not the one who goes."""
    said = predicate(read, verb)
    if said.passive:
        return _within(said.agent, known) or next((p for p in known if p.first > verb.i), None)
    if verb.tag_ == "VB" and verb.dep_ in {"advcl", "xcomp", "acl"} and verb.head.lower_ in APPOINTING:
        return None  # "was appointed to succeed General Y": told by the other verb
    patient = next((p for p in known if 0 < p.first - verb.i <= 12), None)
    if patient is None and not {"him", "her"} & _near(read, verb, 2):
        return None
    return _within(said.subject, known) or next((p for p in reversed(known) if p.last <= verb.i), None)


def _doer(read: Read, verb: Token, known: list[Person]) -> Person | None:
    said = predicate(read, verb)
    if said.passive:
        return None
    return _within(said.subject, known) or next((p for p in reversed(known) if p.last <= verb.i and verb.i - p.last <= 10), None)


def _receiver(read: Read, verb: Token, known: list[Person]) -> Person | None:
    """To whom a command is handed: the name behind 'to', else none."""
    for at in range(verb.i + 1, min(len(read.words), verb.i + 16)):
        if read.words[at] == "to":
            found = next((p for p in known if 0 < p.first - at <= 8), None)
            if found is not None:
                return found
    return None


def _named(read: Read, known: list[Person], posted: list[re.Match[str]]) -> Iterator[_Told]:
    """By an apposition or a copula: 'the new force commander, General X', 'General X, the incoming commander', 'X as force commander'."""
    for post in posted:
        first, last = read.tokens(post.start(), post.end())
        before = read.words[max(0, first - 3) : last]
        noun = bool(NOUNS & set(read.words[max(0, first - 14) : last + 8]))
        for person in known:
            gap = person.first - last if person.first >= last else first - person.last
            if gap < 0 or gap > 9:
                continue
            between = read.words[min(last, person.last) : max(first, person.first)]
            if any(w in {"told", "said", "met", "by", "with", ";", "visited", "that"} for w in between):
                continue
            fresh = bool(NEWNESS & set(before)) and (person.first >= last or {",", "is", "as", "be", "the"} & set(between))
            as_it = noun and "as" in between + read.words[max(0, first - 3) : first]
            will_be = {"will", "be"} <= set(between) and person.last <= first
            if (fresh and _close(between)) or as_it or will_be or (person.ranked and "named" in read.words[last : person.first]):
                yield _Told(person, read.doc[first], None)


NOUNS = frozenset({"appointment", "nomination", "selection", "arrival", "naming", "choice"})
FILLING = frozenset(
    {"of", "the", "for", "is", "as", "mission", "force", "in", "will", "be", "lt", "gen", "maj", "brig", "major", "general", "brigadier",
     "colonel", "lieutenant"}
)  # fmt: skip


def _close(between: list[str]) -> bool:
    """Whether between post and name nothing stands but the mission, commas and titles."""
    return "commander" not in between and sum(1 for w in between if w.isalpha() and w not in FILLING) <= 3


def _candidate(read: Read, story: Story, told: _Told) -> Candidate | None:
    verb = told.verb if told.verb is not None else governing_verb(told.focus)
    held = stance(read, verb) if verb.tag_[0] == "V" else None
    if held is not None and not held.holds and told.verb is not None:
        return None
    person = told.person
    first, last = evidence(read, told.focus.i, min(told.focus.i, person.first), max(told.focus.i + 4, person.last))
    day = story.day(read, verb, held, now=held.perfect) if held is not None and told.verb is not None else None
    return Candidate(
        "CommanderAppointed",
        "appointed" if told.verb is not None else "named-to-post",
        read,
        first,
        last,
        person.state or state_told(story, person) or _state(read, story, person, verb),
        date=day,
        modality=held.modality if held is not None and held.holds else Modality.ASSERTED,
        extras=(("person", full_name(story, person)),),
    )


def _state(read: Read, story: Story, person: Person, verb: Token) -> str | None:
    """The state of a commander at whose name none stands: the one that acts, not that of another person in the sentence."""
    others = {p.state for p in persons(read, story) if p is not person}
    near = [
        a
        for a in read.actors
        if a.code and a.role != "place" and a.code not in story.apart and len(a.code) == 2 and a.code not in {"UN", "EU"} | others
    ]
    if not near:
        own = {
            m.code
            for m in story.mentions
            for s in story.sentences
            if m.code and m.code not in story.hosts and s.start <= m.start < s.end and ARMY.match(s.text[m.end - s.start :])
        } - others  # fmt: skip
        if len(own) == 1:
            return own.pop()
    if near:
        return min(near, key=lambda a: abs(a.first - verb.i)).code
    return story.giver if story.giver not in others | BODIES else None
