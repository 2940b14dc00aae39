"""Which mission a sentence speaks of: named in it, carried from what came before, or implied by its host."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from muster_contracts.partial_dates import last_day

from muster_extract.resolve.actors import find_actors
from muster_extract.resolve.catalogue import Ceiling, Mission, by_slug, catalogue, predecessors
from muster_extract.resolve.dates import Tense, find_dates, resolve_date
from muster_extract.resolve.flat import flat
from muster_extract.resolve.implied import host_salience, implied_missions
from muster_extract.resolve.mission_names import EVE, MissionMention, find_missions
from muster_extract.resolve.mission_references import referred_missions
from muster_extract.resolve.provisional import host_of, provisional_slug
from muster_extract.segment import Sentence

__all__ = [
    "Binding",
    "Ceiling",
    "Mission",
    "MissionMention",
    "apart_from",
    "bind",
    "bind_article",
    "by_slug",
    "catalogue",
    "find_missions",
    "hosts_of",
]


_BILATERAL = re.compile(
    r"\bbilateral(?:ly)? (?:\w+ )?(?:deployment|arrangement|agreement|accord|pact|treaty|relations|cooperation|basis|ties)", re.I
)


@dataclass(frozen=True, slots=True)
class Binding:
    """The missions of an article's sentences.

    `main` is what the article is about; `by_sentence` has a slug or None for each sentence; `mentions` are the places where a mission
    is named, or referred to (`the new force`), with offsets into the article's text.
    """

    main: str | None
    by_sentence: tuple[str | None, ...]
    mentions: tuple[MissionMention, ...]
    spans: tuple[tuple[int, int], ...]
    """Where the sentences stand."""

    published: date

    def at(self, place: int, start: int, end: int) -> str | None:
        """The mission of what stands at `start` to `end` in the sentence of index `place`: of several in one sentence, the nearest."""
        opening, closing = self.spans[place]
        inside = [mention for mention in self.mentions if opening <= mention.start < closing]
        if len({mention.slug for mention in inside}) < 2:
            return self.by_sentence[place]
        live = [mention for mention in inside if _is_news(mention.slug, self.published) or (mention.start < end and start < mention.end)]
        return min(live or inside, key=lambda mention: max(mention.start - end, start - mention.end, 0)).slug


def bind(title: str, sentences: Sequence[Sentence], published: date) -> list[str | None]:
    """The mission of each sentence, as a slug; None where the text names and implies none. See `bind_article`."""
    return list(bind_article(title, sentences, published).by_sentence)


def bind_article(title: str, sentences: Sequence[Sentence], published: date) -> Binding:
    """Bind every sentence of an article to a mission.

    A sentence has the mission that it names. One that names none and speaks of a day before its mission began has that mission's
    predecessor in the same country. Otherwise it has the one that its paragraph spoke of last, else the article's main one: the one
    named most, counted by its place in the text and by whether it is news on that day, together with what its host country implies. A
    mission outside the catalogue gets a provisional slug, `x-<host>-<what it is>`. Never raises.
    """
    text = _spread(sentences)
    head = f"{title}\n\n"
    actors = find_actors(head + text)
    hosts = host_salience(title, head + text, actors)
    named = find_missions(text, published)
    titled = find_missions(title, published) if title else []
    implied = implied_missions(actors, head + text, hosts, published)
    main = _main(titled, named, implied, sentences, published) or provisional_slug(head + text, hosts, actors)
    if not named and not titled and _BILATERAL.search(head + text):
        main = None  # one state's people in another's country by a treaty of the two
    mentions = sorted([*named, *referred_missions(text, named, main)], key=lambda mention: mention.start)
    digest = _is_digest(named, published)
    passing = _is_in_passing(main, titled, named, [a.start - len(head) for a in actors if a.code in hosts_of(main)], sentences)
    bound: list[str | None] = []
    carried: tuple[int, str] | None = None
    place = 0
    section: str | None = None
    for sentence in sentences:
        own: list[str] = []
        if sentence.kind == "heading":
            section = None
        while place < len(mentions) and mentions[place].start < sentence.end:
            if mentions[place].start >= sentence.start:
                own.append(mentions[place].slug)
            place += 1
        slug: str | None
        if own:
            slug = _of_several(own, main, published)
            carried = (sentence.paragraph, own[-1] if _is_news(own[-1], published) or own[-1] == main else main or own[-1])
            section = section or slug
        elif carried is not None and carried[0] == sentence.paragraph:
            slug = carried[1]
        elif digest and section is not None:
            slug = section
        else:
            slug = None if passing else main
        if not own and slug is not None and (earlier := _before(slug, sentence.text, published)):
            slug = earlier
            carried = (sentence.paragraph, earlier)
        bound.append(slug)
    return Binding(main, tuple(bound), tuple(mentions), tuple((sentence.start, sentence.end) for sentence in sentences), published)


def _spread(sentences: Sequence[Sentence]) -> str:
    """The sentences at their own offsets, so that what is found in them has offsets of the article."""
    parts: list[str] = []
    at = 0
    for sentence in sentences:
        gap = sentence.start - at
        parts.append("\n\n" + " " * (gap - 2) if gap > 2 else " " * gap)
        parts.append(flat(sentence.text))
        at = sentence.end
    return "".join(parts)


def _is_news(slug: str, published: date) -> bool:
    mission = by_slug().get(slug)
    return mission is None or mission.runs_on(published, timedelta(days=150))


def _weight(slug: str, published: date) -> float:
    mission = by_slug()[slug]
    if mission.runs_on(published) or (mission.start > published and mission.runs_on(published, EVE)):
        return 1.0
    return 0.7 if mission.runs_on(published, timedelta(days=150)) else 0.4 if mission.runs_on(published, EVE) else 0.2


def _main(
    titled: Sequence[MissionMention],
    named: Sequence[MissionMention],
    implied: Sequence[tuple[Mission, int]],
    sentences: Sequence[Sentence],
    published: date,
) -> str | None:
    weights: Counter[str] = Counter()
    scores: dict[str, float] = {}
    for mention in titled:
        scores[mention.slug] = scores.get(mention.slug, 0.0) + 4 * _weight(mention.slug, published)
    lead = sentences[min(3, len(sentences) - 1)].end if sentences else 0
    for mention in named:
        weights[mention.slug] += 1
        if weights[mention.slug] <= 6:
            scores[mention.slug] = scores.get(mention.slug, 0.0) + (2 if mention.start < lead else 1) * _weight(mention.slug, published)
    if implied:
        mission, weight = implied[0]
        rivals = [slug for slug in scores if mission.host in by_slug()[slug].hosts and _is_news(slug, published)]
        if not rivals:  # a named mission of the same country says more than the country
            scores[mission.slug] = scores.get(mission.slug, 0.0) + min(3.0, 0.5 + weight / 4)
    # Without any named mission that is news, an old one named in passing does not make the article about it.
    return max(scores, key=lambda slug: scores[slug]) if scores else None


def _is_in_passing(
    main: str | None,
    titled: Sequence[MissionMention],
    named: Sequence[MissionMention],
    host_places: Sequence[int],
    sentences: Sequence[Sentence],
) -> bool:
    """Whether an article that is long enough to say what it is about names its only mission once, late, and its host not before it.

    What it tells elsewhere is then of other things: only the paragraph with the name is bound.
    """
    if main not in by_slug() or titled or len(sentences) < 5:
        return False
    places = [mention.start for mention in named if mention.slug == main]
    told_in = {next((i for i, s in enumerate(sentences) if s.start <= at < s.end), -1) for at in places}
    return len(told_in) == 1 and places[0] > sentences[3].end and not any(at < places[0] for at in host_places)


def hosts_of(slug: str | None) -> tuple[str, ...]:
    """The countries that a mission is for, by its slug in the catalogue or by the country in a provisional one."""
    mission = by_slug().get(slug) if slug else None
    if mission is not None:
        return tuple(mission.hosts)
    host = host_of(slug) if slug else None
    return (host,) if host else ()


def apart_from(slug: str | None) -> frozenset[str]:
    """The states that send nobody to a mission: its host, and those whose armies are there on their own account.

    Neighbours that run a force of their own in all of them are hosts of it that send: its contributors.
    """
    mission = by_slug().get(slug) if slug else None
    hosts = frozenset(hosts_of(slug))
    return hosts if mission is None else (hosts - mission.contributors) | mission.beside


def _of_several(own: Sequence[str], main: str | None, published: date) -> str:
    """Of the missions named in one sentence: the main one, else the first that is news, else the first."""
    if main is not None and main in own:
        return main
    return next((slug for slug in own if _is_news(slug, published)), own[0])


def _is_digest(named: Sequence[MissionMention], published: date) -> bool:
    """Whether an article goes through several missions in turn: three or more that are news, in different countries."""
    hosts = {by_slug()[mention.slug].host for mention in named if _is_news(mention.slug, published)}
    return len(hosts) >= 3


def _before(slug: str, sentence: str, published: date) -> str | None:
    """The mission that ran in the same country on the day of which the sentence speaks, where that lies before the mission's own start."""
    mission = by_slug().get(slug)
    earlier = predecessors().get(slug, ())
    if mission is None or not earlier:
        return None
    said = [resolve_date(mention.phrase, published, Tense.PAST) for mention in find_dates(sentence)]
    told = [partial for partial in said if partial and len(partial) > 4]  # a year alone is too coarse to tell missions apart
    if not told:
        return None
    day = last_day(max(told))
    if day >= mission.start - timedelta(days=120):
        return None
    return next((other.slug for other in earlier if other.runs_on(day, timedelta(days=120))), None)
