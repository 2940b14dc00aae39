"""Which mission a sentence speaks of: named in it, carried from what came before, or implied by its host."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from muster_extract.resolve.actors import ActorMention, find_actors
from muster_extract.resolve.catalogue import Mission, by_slug, catalogue
from muster_extract.segment import Sentence

__all__ = ["Mission", "MissionMention", "bind", "catalogue", "find_missions"]


@dataclass(frozen=True, slots=True)
class MissionMention:
    """A place in a text where a mission is named."""

    start: int
    end: int
    slug: str


_WORD = re.compile(r"(?<![\w’'-])\w[\w’']*")
_EVE = timedelta(days=400)
"""News speaks of a mission a year before it starts, while it is planned and voted, and a year after its end, while it packs."""


@cache
def _names() -> dict[str, tuple[tuple[str, bool, tuple[str, ...]], ...]]:
    """First word in lower case -> (phrase, whether case counts, slugs that share it), longest first."""
    slugs: dict[tuple[str, bool], list[str]] = {}
    for mission in catalogue():
        for abbreviation in mission.abbreviations:
            slugs.setdefault((abbreviation, True), []).append(mission.slug)
        for alias in (mission.name, *mission.aliases):
            slugs.setdefault((alias.lower(), False), []).append(mission.slug)
    by_first: dict[str, list[tuple[str, bool, tuple[str, ...]]]] = {}
    for (phrase, exact), found in slugs.items():
        first = _WORD.search(phrase)
        if first:
            by_first.setdefault(first.group().lower(), []).append((phrase, exact, tuple(dict.fromkeys(found))))
    return {first: tuple(sorted(found, key=lambda e: -len(e[0]))) for first, found in by_first.items()}


def find_missions(text: str, published: date) -> list[MissionMention]:
    """Missions of the catalogue that `text` names, in order and without overlap. Never raises.

    A name that several missions bear goes to the one that ran on the day of publication, or that ended last before it.
    """
    names = _names()
    mentions: list[MissionMention] = []
    behind = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < behind:
            continue
        for phrase, exact, slugs in names.get(word.group().lower(), ()):
            end = start + len(phrase)
            said = text[start:end]
            if (said == phrase or not exact and said.lower() == phrase) and not (
                text[end : end + 1].isalnum() or text[end : end + 1] == "_"
            ):
                mentions.append(MissionMention(start, end, _in_time(slugs, published)))
                behind = end
                break
    return mentions


def _in_time(slugs: Sequence[str], day: date) -> str:
    missions = [by_slug()[slug] for slug in slugs]
    return min(
        missions, key=lambda mission: (not mission.runs_on(day), not mission.runs_on(day, _EVE), abs((mission.start - day).days))
    ).slug


def bind(title: str, sentences: Sequence[Sentence], published: date) -> list[str | None]:
    """The mission of each sentence, as a slug; None where the text names and implies none.

    A sentence has the mission that it names; else the one that its paragraph named last; else the article's main one, which is
    the one named most in its title and text, or, where it names none of the catalogue, the one that ran in the host country that
    the article is about. A mission outside the catalogue gets a provisional slug, `x-<host>-<noun>`.
    """
    named = [[mention.slug for mention in find_missions(sentence.text, published)] for sentence in sentences]
    main = _main(title, sentences, named, published)
    bound: list[str | None] = []
    carried: tuple[int, str] | None = None
    for sentence, slugs in zip(sentences, named, strict=True):
        if slugs:
            bound.append(slugs[0])
            carried = (sentence.paragraph, slugs[-1])
        elif carried is not None and carried[0] == sentence.paragraph:
            bound.append(carried[1])
        else:
            bound.append(main)
    return bound


def _main(title: str, sentences: Sequence[Sentence], named: Sequence[Sequence[str]], published: date) -> str | None:
    weights: Counter[str] = Counter()
    for mention in find_missions(title, published):
        weights[mention.slug] += 3
    for place, slugs in enumerate(named):
        for slug in slugs:
            weights[slug] += 2 if place < 4 else 1
    if weights:
        return max(weights, key=lambda slug: weights[slug])
    return _implied(title, sentences, published)


_PROVISIONAL = re.compile(
    r"\b(?:(?:multi-?national|international|multilateral|regional|foreign|peace-?keeping|intervention|stabili[sz]ation|protection|observer|monitoring|verification|assistance|police|training|naval|maritime|support|security|joint|hybrid|interim|standby|[A-Z][a-z]+-led|UN|U\.N\.|EU|AU|European Union|African Union|NATO|United Nations)[ -])+(?P<noun>force|mission|operation|contingent|troops|police|peacekeepers|observers|monitors)\b"
)
_DEPLOYED = re.compile(
    r"\b(?:deploy|peace-?keep|contingent|blue helmet|mission|pledge|mandate|withdraw|arriv|send|sent|troops|soldiers|police)", re.I
)


def _implied(title: str, sentences: Sequence[Sentence], published: date) -> str | None:
    """The mission of the host country that the article is about, on its day."""
    text = " ".join([title, *(sentence.text for sentence in sentences)])
    if not _DEPLOYED.search(text):
        return None
    hosts: Counter[str] = Counter()
    running: dict[str, list[Mission]] = {}
    for mission in catalogue():
        if mission.runs_on(published, _EVE):
            for host in mission.hosts:
                running.setdefault(host, []).append(mission)
    actors = find_actors(text)
    for mention in actors:
        if mention.code in running:
            hosts[mention.code] += 3 if mention.start < len(title) + 200 else 1
    for host, _ in hosts.most_common():
        if chosen := _of_host(running[host], actors, published):
            return chosen.slug
    return None


def _of_host(missions: Sequence[Mission], actors: Sequence[ActorMention], published: date) -> Mission | None:
    bodies = {mention.code for mention in actors if mention.form == "body"}
    return min(
        missions,
        key=lambda mission: (
            not mission.runs_on(published),
            mission.by not in bodies,
            (published - mission.start).days if mission.start <= published else 10_000,
        ),
        default=None,
    )
