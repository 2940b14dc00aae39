"""Single people and pieces that a text tells of without a numeral: `a Kenyan police officer`, `its first helicopter`."""

import re

from muster_extract.resolve.counted import noun_at
from muster_extract.resolve.flat import flat
from muster_extract.resolve.numbers import NumberMention

_OPENS = re.compile(r"\b(?P<article>[Aa]n?|[Aa]nother|[Ii]ts first|[Tt]heir first|[Tt]he first|[Tt]he|[Oo]ne more|[Hh]is)(?= )")
_MODIFIER = re.compile(r" (?P<word>(?:[A-Z]\.)+|[\w’'-]+)(?P<stop>[,.;:]?)")
_BREAKS = frozenset(
    [
        "of",
        "in",
        "to",
        "for",
        "with",
        "that",
        "who",
        "was",
        "is",
        "has",
        "had",
        "and",
        "or",
        "from",
        "by",
        "on",
        "at",
        "as",
        "than",
        "were",
        "are",
        "will",
    ]
)
_MODIFIERS = 4  # words between article and noun: `a second-hand American armoured vehicle`


def find_singles(text: str) -> list[NumberMention]:
    """People and pieces told of in the singular, in order, each of amount 1 with its unit; `start` and `end` span article to noun.

    A definite article counts for ships and other equipment alone, which the press names so (`the frigate`, with its name behind);
    a person needs an indefinite one. Never raises.
    """
    text = flat(text)
    found: list[NumberMention] = []
    for opening in _OPENS.finditer(text):
        position = opening.end()
        for _ in range(_MODIFIERS + 1):
            step = _MODIFIER.match(text, position)
            if step is None or step["word"].lower() in _BREAKS:
                break
            noun = noun_at(text, step.start("word"))
            if noun is not None and noun.kind != "other" and not noun.words.lower().endswith("s") and noun.end <= len(text):
                follows = noun_at(text, noun.end + 1) if text[noun.end : noun.end + 1] == " " else None
                last = follows if follows and follows.kind != "other" and not follows.words.lower().endswith("s") else noun
                plural = follows is not None and last is noun
                indefinite = opening["article"].lower() in ("a", "an", "another", "one more")
                collective = last.words.lower() in _COLLECTIVE
                if not plural and not collective and (indefinite or last.kind == "equipment"):
                    found.append(NumberMention(opening.start(), last.end, 1, "exact", last.unit, last.kind, last.words))
                break
            if step["stop"]:
                break
            position = step.end("word")
    return found


_COLLECTIVE = frozenset(
    ["police", "military", "personnel", "staff", "infantry", "crew", "people", "aircraft carrier", "men", "women", "reinforcements"]
)
