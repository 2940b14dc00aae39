"""Time zones as outlets write them: abbreviations, offsets, and what they mean at which outlet."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from muster_ingest.normalise.lexicon import lexicon

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-−])(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)


def outlet_zone(source: str) -> tzinfo | None:
    """The zone in which an outlet counts its days; None for outlets that the lexicon does not know."""
    name = lexicon().outlets.get(source.casefold().strip())
    return ZoneInfo(name) if name else None


def dateline_zone(place: str) -> tzinfo | None:
    """The zone of a dateline's place, by its first name: `SAINT-MARC, Haiti` is looked up as `SAINT-MARC`."""
    name = lexicon().datelines.get(re.split(r"[,/]", place)[0].strip().upper())
    return ZoneInfo(name) if name else None


def named_zone(abbreviation: str, source: str) -> tzinfo | None:
    """The zone that an abbreviation or an offset means at an outlet.

    `IST` is Indian, Irish or Israeli time: where the outlet's own zone goes by that abbreviation, it is meant.
    """
    written = abbreviation.strip().upper()
    offset = _OFFSET.fullmatch(written)
    if offset:
        return _fixed(offset[1], int(offset[2]), int(offset[3] or 0))
    own = outlet_zone(source)
    if own is not None and _goes_by(own, written):
        return own
    name = lexicon().zones.get(written)
    if name is None:
        return None
    offset = _OFFSET.fullmatch(name)
    if offset:
        return _fixed(offset[1], int(offset[2]), int(offset[3] or 0))
    return UTC if name == "UTC" else ZoneInfo(name)


def _goes_by(zone: tzinfo, abbreviation: str) -> bool:
    # Two days half a year apart: a zone may have one name in winter and another in summer.
    return any(datetime(2024, month, 15, tzinfo=zone).tzname() == abbreviation for month in (1, 7))


def _fixed(sign: str, hours: int, minutes: int) -> tzinfo | None:
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if sign == "+" else -offset)
