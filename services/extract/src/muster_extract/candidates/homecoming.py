"""Going home: the move that ends a contingent's part, whatever verb tells it (guide, rule 14)."""

import re

from muster_extract.candidates.moves import NOT_REPLACED, Move, tail_of
from muster_extract.lexicon import forms_of, words_of
from muster_extract.predicates import Phrase, Predicate
from muster_extract.reading import Read
from muster_extract.story import Story

ROTATED = re.compile(
    r"\b(?:replaced|relieved) by (?:another|a|fresh|new|others)\b|\bto relieve\b|(?<!last )(?<!final )\brotat(?:ion|ions|ed|ing|es)\b"
    r"|\bto (?:replace|take over from) (?:the (?:first|outgoing|returning|departing)|them|those"
    r"|their (?:colleagues|compatriots|comrades))\b",
    re.IGNORECASE,
)
"""Words of an article in which those who go are followed by others: their going home ends nothing (guide, rule 14)."""

AHEAD = re.compile(
    r"\b(?:training|ahead of (?:the |their |its |a )?(?:deploy|mission|depart)|en route|on (?:the|its|their) way|pre-deployment"
    r"|stopover|before (?:flying|heading|leaving)|on leave|on holiday|for (?:rest|treatment|a break))\b",
    re.IGNORECASE,
)
"""Words by which a place in the contributor's own country is where people gather or rest, not where they come home to for good."""


HOMELAND = re.compile(
    r"\b(?:(?:to|in|on) (?:the |their )?(?:homeland|motherland)|(?:to|for) their (?:respective |own |home |native )+countr)"
)
"""Words for the country that people are from."""


def is_rotation(story: Story) -> bool:
    """Whether the article tells that others take the place of those who go."""
    return any(ROTATED.search(s.text) and not NOT_REPLACED.search(s.text) for s in story.sentences)


def goes_home(read: Read, story: Story, move: Move) -> bool:
    """Whether people come to the country that they are from: 'landed in Vienna', 'arrived back on home soil', 'are to return on 20 May'."""
    said = move.said
    verb = said.verb.lower_
    homing = verb in forms_of("moves", "homing")
    if not ("arrive" in move.kinds or homing) or _is_goal(read, story, said) or AHEAD.search(read.sentence.text):
        return False
    tail = tail_of(said, 7)
    if (
        "home" in tail
        and tail[tail.index("home") - 1] not in {"leave", "left", "leaving"}
        and tail[tail.index("home") + 1 :][:1] != ["base"]
    ):
        return True
    if HOMELAND.search(" ".join(tail_of(said, 10))):
        return True
    places = {a.code for p in said.after("in", "at", "to", "back", "on") for a in p.actors if a.form in {"name", "capital"}}
    if places & set(_whose(story, move)) - story.hosts:
        return homing or "arrive" in move.kinds
    plain = homing and verb in forms_of("moves", "returning") and not said.objects and not said.after("to", "into", "in")
    return plain and bool(move.who.amounts or move.who.words & words_of("moves", "rest"))


def _whose(story: Story, move: Move) -> tuple[str, ...]:
    return story.givers(move.who) or story.default(move.who)


def _is_goal(read: Read, story: Story, said: Predicate) -> bool:
    """Whether the clause leads to the mission or its country: 'returned to Haiti', 'fly back to the base in Goma'."""
    goals: list[Phrase] = said.after("to", "into", "in", "at", "for")
    return any(a.code in story.hosts or a.form == "host-city" for p in goals for a in p.actors if p.head.i > said.verb.i)
