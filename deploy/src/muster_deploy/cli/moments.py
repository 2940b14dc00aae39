"""Times as options give them: a day, a time, how long ago, or a place in the log."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from muster_deploy.errors import BadInput

_AGO: Final = re.compile(r"(\d{1,9})([smhdw])")
_UNIT: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
SINCE_HELP: Final = "A day or time (2024-06-01, 2024-06-01T10:00Z; without a zone UTC) or how long ago (90s, 30m, 2h, 7d)."


def moment(given: str, option: str, *, now: datetime) -> datetime:
    """A time as an option gives it.

    Raises:
        BadInput: it is none.
    """
    try:
        if ago := _AGO.fullmatch(given):
            return now - timedelta(**{_UNIT[ago[2]]: int(ago[1])})
        found = datetime.fromisoformat(given)
        return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput(f"{option}: {given} is no time.", remedy=SINCE_HELP) from None
