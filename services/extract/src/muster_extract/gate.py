"""The wide gate: may this article be about an international mission at all?"""

from functools import cache

import re2

from muster_extract import lexicons


@cache
def _signs() -> re2.Set:
    """Patterns of which one is enough, as one automaton."""
    signs = re2.Set.SearchSet()
    for pattern in lexicons.read("gate")["signs"]:
        signs.Add(f"(?i){pattern}")
    for mission in lexicons.read("missions")["mission"]:
        for alias in (mission["name"], *mission.get("aliases", ()), *mission.get("abbreviations", ())):
            escaped = re2.escape(alias)
            signs.Add(rf"\b{escaped}\b" if alias in mission.get("abbreviations", ()) else rf"(?i)\b{escaped}\b")
    signs.Compile()
    return signs


def is_relevant(title: str, text: str) -> bool:
    """Whether an article deserves a full reading.

    Wide on purpose: it lets nearly everything with a mission through, and with it articles on missions that tell no event. Runs in
    time linear in the text, some ten microseconds per article; never raises.
    """
    return bool(_signs().Match(f"{title}\n{text}"))
