"""References to a mission by part of its name, or as the new or the old one of two that follow each other in one country."""

import re
from collections.abc import Sequence

from muster_extract.resolve.catalogue import by_slug, catalogue
from muster_extract.resolve.mission_names import MissionMention, words_of

_REFERENCE = re.compile(
    r"\b(?:the|its|this|that|a)\s+(?P<age>new|larger|bigger|successor|follow-on|incoming|future"
    r"|next|old|earlier|previous|former|outgoing|departing|original|predecessor)\s+(?:[a-z]+\s+)?(?P<head>force"
    r"|mission|operation)\b"
    r"|\b(?P<relative>its (?:successor|predecessor))\b"
    r"|\b(?:the|The)\s+(?P<words>(?:[A-Za-z]+\s+){0,2}(?:[Ff]orce|[Mm]ission|[Oo]peration))\b"
)
_NEWER = frozenset(["new", "larger", "bigger", "successor", "follow-on", "incoming", "future", "next"])


def referred_missions(text: str, named: Sequence[MissionMention], main: str | None) -> list[MissionMention]:
    """References to a named mission by part of its name, or as the new or the old one, where two missions of one country are in play."""
    slugs = list(dict.fromkeys([mention.slug for mention in named] + ([main] if main else [])))
    pairs = [(old, new) for old in slugs if (mission := by_slug().get(old)) and (new := mission.successor)]
    pairs = [(old, new) for old, new in pairs if new in slugs] or [
        (mission.slug, new) for mission in catalogue() if (new := mission.successor) and new in slugs and new == main
    ]
    if not pairs:
        return []
    old, new = pairs[0]
    names = {slug: {word.key for word in words_of(by_slug()[slug].name)} for slug in (old, new)}
    taken = [(mention.start, mention.end) for mention in named]
    found: list[MissionMention] = []
    for match in _REFERENCE.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        if match["age"]:
            slug = new if match["age"].lower() in _NEWER else old
        elif match["relative"]:
            slug = new if "successor" in match["relative"] else old
        else:
            keys = {word.key for word in words_of(match["words"])}
            fitting = [slug for slug in (old, new) if keys <= names[slug]]
            if len(fitting) != 1 or old not in slugs:
                continue
            slug = fitting[0]
        found.append(MissionMention(match.start(), match.end(), slug))
    return found
