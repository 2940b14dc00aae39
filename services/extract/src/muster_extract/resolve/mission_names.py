"""Names of missions in a text, also where a copy has reworded them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from muster_extract.resolve.catalogue import Mission, by_slug, catalogue

EVE = timedelta(days=400)
"""News speaks of a mission a year before it starts, while it is planned and voted, and a year after its end, while it packs."""


@dataclass(frozen=True, slots=True)
class MissionMention:
    """A place in a text where a mission is named."""

    start: int
    end: int
    slug: str


class Word(NamedTuple):
    """A word of a text in the form in which names are compared: lower case, one spelling, `un` for `United Nations`."""

    start: int
    end: int
    key: str


_WORD = re.compile(r"(?:[A-Z]\.){2,}|\w+(?:[’'](?!s\b)\w+)*")
# One spelling for each word of a name. The lines from `safety` on are what programs that reword copies make of the usual words.
_SAME = {
    "stabilisation": "stabilization",
    "organisation": "organization",
    "centre": "center",
    "endeavour": "endeavor",
    "u.n.": "un",
    "a.u.": "au",
    "e.u.": "eu",
    "u.s.": "us",
    "safety": "security",
    "help": "support",
    "assist": "support",
    "aid": "support",
    "backing": "support",
    "stabilising": "stabilization",
    "stabilizing": "stabilization",
}
_PAIRS = {
    ("united", "nations"): "un",
    ("african", "union"): "au",
    ("european", "union"): "eu",
    ("peace", "keeping"): "peacekeeping",
    ("multi", "national"): "multinational",
    ("inter", "african"): "interafrican",
}
_SECONDS = frozenset(second for _, second in _PAIRS)
_SKIPPED = frozenset(("the",))


def words_of(text: str) -> list[Word]:
    """The words of a text as names are compared, in order."""
    found: list[Word] = []
    before = ""
    for match in _WORD.finditer(text):
        key = match.group().lower()
        if key in _SKIPPED:
            continue
        key = _SAME.get(key, key)
        start, end = match.span()
        if key in _SECONDS and (pair := _PAIRS.get((before, key))) and start - found[-1].end == 1:
            found[-1] = Word(found[-1].start, end, pair)
            before = pair
        else:
            found.append(Word(start, end, key))
            before = key
    return found


@dataclass(frozen=True, slots=True)
class _Name:
    keys: tuple[str, ...]
    exact: str | None  # an abbreviation, which counts only as it is written
    slugs: tuple[str, ...]


@cache
def _names() -> dict[str, tuple[_Name, ...]]:
    """First word -> names that begin with it, longest first."""
    slugs: dict[tuple[tuple[str, ...], str | None], list[str]] = {}
    for mission in catalogue():
        for abbreviation in mission.abbreviations:
            slugs.setdefault((tuple(word.key for word in words_of(abbreviation)), abbreviation), []).append(mission.slug)
        for alias in (mission.name, *mission.aliases):
            slugs.setdefault((tuple(word.key for word in words_of(alias)), None), []).append(mission.slug)
    by_first: dict[str, list[_Name]] = {}
    for (keys, exact), found in slugs.items():
        by_first.setdefault(keys[0], []).append(_Name(keys, exact, tuple(dict.fromkeys(found))))
    return {first: tuple(sorted(found, key=lambda name: (-len(name.keys), name.exact is None))) for first, found in by_first.items()}


def find_missions(text: str, published: date) -> list[MissionMention]:
    """Missions of the catalogue that `text` names, in order and without overlap. Never raises.

    Call it on a whole article. A name that several missions bear goes to the one that runs on the day of publication, or is nearest to
    it. A short abbreviation, or a name that is also a common phrase in small letters, counts only while its mission is news, or where
    the text spells the mission out.
    """
    names = _names()
    words = words_of(text)
    found: list[tuple[MissionMention, bool]] = []
    place = 0
    while place < len(words):
        mention = None
        for name in names.get(words[place].key, ()):
            last = place + len(name.keys) - 1
            if last >= len(words) or any(words[place + step].key != key for step, key in enumerate(name.keys)):
                continue
            start, end = words[place].start, words[last].end
            said = text[start:end]
            if (name.exact is not None and not _is_written(name.exact, said)) or _broken(text, words, place, last):
                continue
            slug = in_time(name.slugs, published)
            mention = MissionMention(start, end, slug)
            found.append((mention, _is_sure(name, said, by_slug()[slug], published)))
            place = last
            break
        place += 1
    spelled = {mention.slug for mention, sure in found if sure}
    return [mention for mention, sure in found if sure or mention.slug in spelled]


_PERSONAL = frozenset({"AMIS", "MAES", "IRINI"})
"""Abbreviations that are also names of people or of nothing in particular when written like words."""


def _is_written(abbreviation: str, said: str) -> bool:
    """Whether a text writes an abbreviation: in its capitals, or like a word, as many papers do ('Unifil', 'Kfor', 'Ecomig')."""
    if said == abbreviation:
        return True
    word = abbreviation.isalpha() and len(abbreviation) > 3 and abbreviation.isupper() and abbreviation not in _PERSONAL
    return word and said[0].isupper() and said.upper() == abbreviation and (said[1:].islower() or len(said) > 4)


def _broken(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a stop or a gap stands inside the name."""
    return any(re.search(r"[.;!?:\n]\s|\n\n", text[words[k].end : words[k + 1].start]) is not None for k in range(first, last))


def _is_sure(name: _Name, said: str, mission: Mission, published: date) -> bool:
    if mission.runs_on(published, EVE):
        return True
    if name.exact is not None:
        return len(said) > 3
    # `a multinational force in Haiti` is a common phrase; `the Multinational Force in Haiti` is a name.
    return said[:1].isupper() and (len(name.keys) > 3 or any(part[:1].isupper() for part in said.split()[1:]))


def in_time(slugs: Sequence[str], day: date) -> str:
    """Of missions that bear one name, the one that runs on a day, or is nearest to it."""
    missions = [by_slug()[slug] for slug in slugs]
    return min(
        missions, key=lambda mission: (not mission.runs_on(day), not mission.runs_on(day, EVE), abs((mission.start - day).days))
    ).slug
