"""The wide gate: may this article be about an international mission at all?"""

from functools import cache

import re2

from muster_extract import lexicons


@cache
def _signs() -> tuple[re2.Set, frozenset[int], tuple[tuple[frozenset[int], frozenset[int]], ...]]:
    """All patterns as one automaton; the numbers of those that are enough alone; and the pairs of groups that have to meet."""
    options = re2.Options()
    options.max_mem = 256 << 20  # the automaton of some 900 patterns outgrows the default and would fall back to a slow search
    signs = re2.Set.SearchSet(options)
    lists = lexicons.read("gate")
    sure = {signs.Add(f"(?i){pattern}") for pattern in lists["sure"]} | {signs.Add(pattern) for pattern in lists["cased"]}
    for mission in lexicons.read("missions")["mission"]:
        abbreviations = mission.get("abbreviations", ())
        sure |= {signs.Add(rf"\b{re2.escape(name)}\b") for name in abbreviations}
        sure |= {signs.Add(rf"\b{name.capitalize()}\b") for name in abbreviations if name.isalpha() and name.isupper() and len(name) > 4}
        sure |= {signs.Add(rf"(?i)\b{re2.escape(name)}\b") for name in (mission["name"], *mission.get("aliases", ()))}
    countries = lexicons.read("countries")
    hosts = sorted({host for mission in lexicons.read("missions")["mission"] for host in mission["hosts"]})
    places = "|".join(re2.escape(name) for host in hosts for name in countries[host]["names"] if len(name) > 3)
    together = [*lists["together"], {"left": lists["people"]["left"], "right": [rf"\b(?:to|in|for|from|into) (?:the )?(?:{places})\b"]}]
    pairs = tuple(
        (frozenset(signs.Add(f"(?i){p}") for p in pair["left"]), frozenset(signs.Add(f"(?i){p}") for p in pair["right"]))
        for pair in together
    )
    signs.Compile()
    return signs, frozenset(sure), pairs


def is_relevant(title: str, text: str) -> bool:
    """Whether an article deserves a full reading.

    Wide on purpose: it lets nearly everything with a mission through, and with it articles on missions that tell no event. Runs in
    time linear in the text; never raises.
    """
    signs, sure, pairs = _signs()
    found = frozenset(signs.Match(f"{title}\n{text}") or ())
    return bool(found) and (not found.isdisjoint(sure) or any(found & left and found & right for left, right in pairs))
