"""The mission that a text means without naming it: by its host country, or as one that no catalogue knows yet."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from muster_extract.resolve.actors import ActorMention
from muster_extract.resolve.catalogue import Mission, catalogue

SHARE = 3
"""How many times as much another country may be in an article before this one implies no mission."""

_AHEAD = timedelta(days=270)
_BEHIND = timedelta(days=365)

_KIND = (
    r"(?:multi-?national|international|multilateral|intervention|stabili[sz]ation|protection|interposition"
    r"|reassurance|observer|monitoring|verification|assistance"
    r"|peace[- ]?(?:keeping|enforcement|support|monitoring)|hybrid|interim|stand-?by|naval|maritime"
    r"|regional|West African|East African|southern African|African-led|African|European|Caribbean"
    r"|Pacific"
    r"|UN|U\.N\.|United Nations|EU|European Union|AU|African Union|NATO|SADC|ECOWAS|EAC|CARICOM"
    r"|CSTO|OAS|OSCE|IGAD|ASEAN|ECCAS|CIS|[A-Z][a-z]+-(?:led|backed)|ceasefire|cease-fire|truce|UN-backed|foreign|joint)"
)
_HEAD = (
    r"(?:force|mission|operation|contingent|deployment|coalition|peacekeepers|observers|monitors"
    r"|troops|police|brigade|soldiers|effort|presence|taskforce|task force|intervention)"
)
GENERIC = re.compile(
    rf"\b(?P<kind>{_KIND})(?:[ -](?:[a-z]+|[A-Z][a-z]+|and)){{0,3}}?[ -](?P<head>{_HEAD})s?\b|\b(?i:peace-?keep(?:er"
    rf"|ing)|blue (?:helmet|beret)|coalition of the willing|military observers?)"
)
_SERVING = (
    r"(?:police|troops|soldiers|officers?|marines|gendarmes|contingent|personnel|military|army"
    r"|navy|battalion|engineers|medics|forces|policemen|men)"
)


@cache
def running_by_host() -> dict[str, tuple[Mission, ...]]:
    """Host -> missions that its name alone can imply."""
    hosts: dict[str, list[Mission]] = {}
    for mission in catalogue():
        if not mission.named_only:
            for host in mission.hosts:
                hosts.setdefault(host, []).append(mission)
    return {host: tuple(missions) for host, missions in hosts.items()}


_PLACED = re.compile(  # the last line: in Kadugli, South Kordofan, Sudan
    r"\b(?:in|to|into|for|inside|within|across|on|at|reach(?:es|ed)?|left|leav(?:e|es|ing)|enter(?:s|ed)?|out of|parts? of|eastern|western"
    r"|northern|southern|near|from) (?:the )?$"
    r"|\b(?:in|near|at|to|outside|into) (?:the )?(?:[A-Z][\w’'-]+ ?){1,3}(?:, (?:[A-Z][\w’'-]+ ?){1,3}){0,2}, $"
)
_SERVES = re.compile(rf"[- ](?:[\w-]+ ){{0,2}}{_SERVING}\b|s\b")


def host_salience(title: str, text: str, actors: Sequence[ActorMention]) -> Counter[str]:
    """Country -> how much the text is about what happens there.

    A country counts where it is a place (`in Haiti`, `Port-au-Prince`), or has its own adjective beside the subject (`Haitian gangs`);
    as an actor (`Kenyan police`) it does not.
    """
    weights: Counter[str] = Counter()
    lead = min(len(text), 500)
    for mention in actors:
        if mention.code is None or mention.form in ("body", "leader"):
            continue
        before = text[max(0, mention.start - 60) : mention.start]
        if mention.form == "host-city" or (mention.form in ("name", "capital") and _PLACED.search(before)):
            weight = 3
        elif mention.form == "demonym" and not _SERVES.match(text, mention.end):
            weight = 1
        else:
            weight = 0
        weights[mention.code] += weight * (2 if mention.start < lead else 1)
    return weights


def implied_missions(actors: Sequence[ActorMention], text: str, hosts: Counter[str], published: date) -> list[tuple[Mission, int]]:
    """Missions that run, or are about to, or have just ended, in the countries that the text is about, best first, with the host's weight.

    Empty unless the text speaks of an international force in general words, or of people of a mission's known contributors.
    """
    generic = GENERIC.search(text) is not None
    named = {mention.code for mention in actors if mention.code}
    bodies: Counter[str] = Counter(mention.code for mention in actors if mention.form == "body" and mention.code)
    serving = {mention.code for mention in actors if _serves(mention, text)}
    chosen: list[tuple[Mission, int]] = []
    most = max(hosts.values(), default=0)
    for host, weight in hosts.most_common():
        if weight < 2 or weight * SHARE < most:
            continue  # a neighbour's mission: what the article tells happens elsewhere
        candidates = [
            mission
            for mission in running_by_host().get(host, ())
            if mission.start - _AHEAD <= published and (mission.end is None or published <= mission.end + _BEHIND)
        ]
        if not generic:
            # Without a general word for the force, its contributors' people have to be there, or a contributor named beside a host that
            # the text is plainly about.
            candidates = [
                mission for mission in candidates if (serving | (named if weight >= 5 else set())) & mission.contributors - {host}
            ]
        if candidates:
            chosen.append((min(candidates, key=lambda mission: _rank(mission, published, bodies, named, text)), weight))
    return chosen


def _serves(mention: ActorMention, text: str) -> bool:
    after = text[mention.end : mention.end + 40]
    return mention.form == "demonym" and (re.match(rf" (?:[\w-]+ ){{0,2}}{_SERVING}\b", after) is not None or mention.text.endswith("s"))


def _rank(mission: Mission, published: date, bodies: Counter[str], named: set[str], text: str) -> tuple[float, ...]:
    """Lower is likelier: runs now, is mandated by the body that the text names most, has the contributors that it names, is the newest."""
    away = 0 if mission.runs_on(published) else 1 + abs((published - mission.start).days) // 30 if published < mission.start else 2
    by_body = -bodies[mission.by] if mission.by else 0
    if mission.by == "UN" and re.search(r"\b(?:blue helmet|peace-?keeper)", text):
        by_body -= 1
    if mission.by in ("UN", None) and re.search(r"\bmulti-?national\b", text) and mission.contributors:
        by_body -= 2
    return (away, by_body - len(named & mission.contributors) / 2, abs((published - mission.start).days))
