"""The missions' names for display. Claims carry slugs alone; what a mission is called on a page is no event.

Extract keeps a catalogue of its own, of the words by which texts call a mission. The two share nothing but the slugs, which are the
contract, and a slug that one has and the other lacks does no harm: it is shown as provisional.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from muster_contracts.values import MissionSlug


@dataclass(frozen=True)
class CataloguedMission:
    """How a mission is shown."""

    name: str
    successor: MissionSlug | None = None


@cache
def missions() -> Mapping[MissionSlug, CataloguedMission]:
    """The catalogue, by slug."""
    written = tomllib.loads(files("muster_projection").joinpath("missions.toml").read_text(encoding="utf-8"))
    return {slug: CataloguedMission(**entry) for slug, entry in written.items()}


def shown_as(slug: MissionSlug) -> tuple[CataloguedMission, bool]:
    """How a mission is shown, and whether it is provisional, its name being made from its slug."""
    if known := missions().get(slug):
        return known, False
    words = slug.removeprefix("x-").replace("-", " ")
    return CataloguedMission(name=words[:1].upper() + words[1:]), True
