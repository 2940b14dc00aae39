"""Bodies of records as JSON that can be shown: others wrote them, and nothing in them may end a command."""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

DEEPEST: Final = 200  # levels; Python's own limit is near 1,000, and a body that comes near it can be read but not written


def parsed(body: bytes | None) -> Any:
    """A JSON body.

    Raises:
        ValueError: it is none, holds a number that JSON doesn't know (NaN), or is nested too deeply to be shown.
    """
    try:
        found = json.loads(body or b"", parse_constant=_no_number)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if (body or b"").count(b"[") + (body or b"").count(b"{") > DEEPEST and _deeper(found):
        raise ValueError("nested too deeply")
    return found


def written(value: Any, *, indent: int | None = None) -> str:
    """JSON as text that UTF-8 can hold: half a surrogate pair, which JSON can spell, stays spelt."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent, default=str)
    return text


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _deeper(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
