"""The catalogue of missions, as read from its word list."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from muster_extract import lexicons


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Authorised strength in people, from a day on."""

    since: date
    strength: int


@dataclass(frozen=True, slots=True)
class Mission:
    """An international mission.

    `host` is the ISO 3166-1 alpha-2 code of the country it is for, `hosts` all of them where there are several. `end` is None while
    it runs. `abbreviations` are read as written, `aliases` in any case of letters. `by` is the body that mandates it, if any. The
    people of `contributors` in the host country imply it; with `named_only` its host alone never does.
    """

    slug: str
    name: str
    host: str
    hosts: tuple[str, ...]
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    start: date
    end: date | None
    successor: str | None
    by: str | None
    contributors: frozenset[str]
    beside: frozenset[str]
    """States whose armies are in the host country on their own account: what these do there is not the mission's."""

    named_only: bool
    ceilings: tuple[Ceiling, ...]

    def runs_on(self, day: date, slack: timedelta = timedelta(0)) -> bool:
        """Whether the mission runs on a day, give or take `slack`."""
        return self.start - slack <= day and (self.end is None or day <= self.end + slack)


@cache
def catalogue() -> tuple[Mission, ...]:
    """Every mission that we know, in the order of the word list."""
    return tuple(
        Mission(
            slug=entry["slug"],
            name=entry["name"],
            host=entry["hosts"][0],
            hosts=tuple(entry["hosts"]),
            aliases=tuple(entry.get("aliases", ())),
            abbreviations=tuple(entry.get("abbreviations", ())),
            start=entry["start"],
            end=entry.get("end"),
            successor=entry.get("successor"),
            by=entry.get("by"),
            contributors=frozenset(entry.get("contributors", ())),
            beside=frozenset(entry.get("beside", ())),
            named_only=entry.get("named_only", False),
            ceilings=tuple(Ceiling(ceiling["from"], ceiling["strength"]) for ceiling in entry.get("ceilings", ())),
        )
        for entry in lexicons.read("missions")["mission"]
    )


@cache
def by_slug() -> dict[str, Mission]:
    """Slug -> mission."""
    return {mission.slug: mission for mission in catalogue()}


@cache
def predecessors() -> dict[str, tuple[Mission, ...]]:
    """Slug -> missions that it took the place of."""
    found: dict[str, list[Mission]] = {}
    for mission in catalogue():
        if mission.successor:
            found.setdefault(mission.successor, []).append(mission)
    return {slug: tuple(missions) for slug, missions in found.items()}
