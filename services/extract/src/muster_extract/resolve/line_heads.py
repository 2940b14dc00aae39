"""States at the head of a list's lines, behind which a dash stands: `PORTUGAL -- has pledged 1,000 troops`. They are no datelines."""

import re
from functools import cache

from muster_extract import lexicons

_HEAD = re.compile(r"(?m)^[ \t]*(?P<name>[A-Z][A-Z .'’-]{2,30}[A-Z.]) ?(?:--|[—–-]) ")


def line_heads(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of such states, where two lines or more have one: a single one is where the article was filed."""
    found = [m.span("name") for m in _HEAD.finditer(text) if m["name"].lower().removeprefix("the ") in places()]
    return tuple(found) if len(found) > 1 else ()


@cache
def places() -> frozenset[str]:
    """Countries in lower case."""
    return frozenset(name.lower().removeprefix("the ") for forms in lexicons.read("countries").values() for name in forms.get("names", ()))
