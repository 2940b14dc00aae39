"""Who commands."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.lexicon import Trigger
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

NAME = re.compile(r"\b[A-Z][\w'’-]+(?:(?: (?:bin|ben|ould|de|da|del|di|dos|van|von|der|al|el))* [A-Z][\w'’-]+)+")
POSTS = re.compile(
    r"\b(?:command(?:er|s)?\b|deput(?:y|ise)|lead\b.{0,20}\b(?:force|mission)|police commissioner|head of the (?:force|mission)"
    r"|charge of\b.{0,40}\b(?:force|mission))",
    re.IGNORECASE,
)
SUCCEEDS = re.compile(
    r"\b(?:Major General|Lieutenant General|Brigadier|Colonel|General|Commissioner)\b.{0,40}\b(?:replace|succeed)s? (?:him|her)\b"
)
RANKS = re.compile(
    r"\b(?:General|Brigadier|Colonel|Major|Lieutenant|Admiral|Commodore|Captain|Inspector|Superintendent|Commissioner|colonel|general)\b"
)


def commanders(read: Read, story: Story) -> Iterator[Candidate]:
    """Every naming of a force, police or deputy commander that a sentence tells by a verb."""
    text = read.sentence.text
    headed = any(_is_headed_by(token) for token in read.verbs)
    if not POSTS.search(text) and not SUCCEEDS.search(text) and not headed:
        return
    for token in read.doc:
        if token.tag_[0] != "V":
            continue
        trigger = read.trigger(token, "appoint")
        if trigger is None and _is_headed_by(token):
            trigger = HEADED
        if (
            trigger is not None
            and trigger.phrase == "be"
            and SECOND.search(text[token.idx : token.idx + 45])
            and stance(read, token).planned
        ):
            trigger = HEADED
        if trigger is not None and trigger.phrase == "be" and NEW.search(text[token.idx : token.idx + 60]):
            trigger = HEADED
        if trigger is None or (trigger.phrase in {"be", "make"} and not (trigger.phrase == "make" and is_passive_made(token))):
            continue
        held = stance(read, token)
        if not held.holds:
            continue
        said = predicate(read, token)
        window = text[max(0, token.idx - 160) : token.idx + 160]
        person = _person(read, token)
        if person is None or not (trigger is HEADED or POSTS.search(window) or SUCCEEDS.search(window)):
            continue
        giver = _own_state(read, story, person) or _state(read, story, token, said.subject)
        first, last = evidence(read, token.i, min(token.i, person[0]), max(token.i + 6, person[1]))
        day = story.day(read, token, held, now=held.perfect)
        yield Candidate(
            "CommanderAppointed",
            "appoint-verb",
            read,
            first,
            last,
            giver,
            date=day,
            modality=held.modality,
            extras=(("person", person[2]),),
        )


HEADED = Trigger("appoint", "verbs", 0, 0, "headed by")
SECOND = re.compile(r"\b(?:second in command|deputy (?:force )?commander|(?:force |mission )?commander)\b")


def _is_headed_by(token: Token) -> bool:
    """'The force will be headed by General …': named to command."""
    return (
        token.lower_ in {"headed", "led", "commanded"}
        and any(c.dep_ == "aux" and c.lower_ in {"will", "to", "would"} for c in token.children)
        and any(c.dep_ == "agent" for c in token.children)
    )


def is_passive_made(token: Token) -> bool:
    """'was made deputy force commander'."""
    return any(child.dep_ in {"auxpass", "nsubjpass"} for child in token.children)


def _person(read: Read, token: Token) -> tuple[int, int, str] | None:
    """The name nearest to the verb, that isn't a country or a body."""
    best: tuple[int, int, int, str] | None = None
    for found in NAME.finditer(read.sentence.text):
        first, last = read.tokens(found.start(), found.end())
        ranked_at = max((i for i in range(first, last) if RANKS.fullmatch(read.doc[i].text)), default=first - 1)
        first = max(first, ranked_at + 1)
        while first < last and (
            RANKS.fullmatch(read.doc[first].text) or read.words[first] in {"the", "president", "mr", "mr.", "dr", "in"}
        ):
            first += 1
        owner = max((a.last for a in read.actors if a.first <= first < a.last), default=first)
        first = owner + 1 if owner > first and read.words[owner : owner + 1] in (["'s"], ["’s"]) else owner
        if last - first < 2 or any(a.first < last and a.last > first for a in read.actors):
            continue
        ranked = bool(RANKS.search(read.sentence.text[max(0, read.doc[first].idx - 30) : read.doc[first].idx + 1]))
        if any(
            w in {"council", "mission", "force", "police", "ministry", "security", "army", "nations", "officer"}
            for w in read.words[first:last]
        ):
            continue
        distance = abs(first - token.i) - (6 if ranked else 0) + (0 if first > token.i else 2)
        name = read.doc[first:last].text
        if best is None or distance < best[0]:
            best = (distance, first, last, name)
    return best[1:] if best and best[0] < 18 else None


NEW = re.compile(r"\b(?:is|was) the (?:new|incoming|next)\b.{0,20}\bcommander\b")


def _own_state(read: Read, story: Story, person: tuple[int, int, str]) -> str | None:
    """The state that stands at a name: 'Romania's General …', 'Italian Major General …', 'General … of Zambia'."""
    first, last, _ = person
    for actor in read.actors:
        if not actor.code or len(actor.code) != 2 or actor.code in story.hosts or actor.code in {"UN", "EU"}:
            continue
        between = read.doc[actor.last : first] if actor.last <= first else None
        titled = between is not None and all(RANKS.fullmatch(t.text) or t.lower_ in {"'s", "’s", "army", "police"} for t in between)
        if titled and (actor.form == "demonym" or actor.role == "possessive"):
            return actor.code
        if 0 < actor.first - last <= 2 and read.words[last] in {"of", "from", ","} and actor.role in {"of", "source"}:
            return actor.code
    return None


def _state(read: Read, story: Story, token: Token, subject: Phrase | None) -> str | None:
    near = sorted(
        (
            a
            for a in read.actors
            if a.code and a.role != "place" and a.code not in story.hosts and len(a.code) == 2 and a.code not in {"UN", "EU"}
        ),
        key=lambda a: abs(a.first - token.i),
    )
    return near[0].code if near else story.giver
