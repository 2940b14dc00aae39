"""What years of news bring to one mission: article after article, each of nine claims."""

from datetime import date, timedelta

from muster_contracts.claims import AnyClaim

from muster_testkit.claims import arrived, article, delayed, departed, pledged, said, scheduled, strength

STATES = ("KE", "JM", "BS", "BB", "TD", "BD", "GT", "SV", "BZ", "BJ")
PER_ARTICLE = 9


def reading(number: int, on: date) -> list[AnyClaim]:
    """The claims of the article with a number, published on a day. A fifth of the articles are copies of the one before."""
    day, later = on.isoformat(), (on + timedelta(days=30)).isoformat()
    source = article(f"a-{number}", published=day, copy_of=f"a-{number - 1}" if number % 5 == 4 else None)
    who, count = STATES[number % len(STATES)], 100 + number % 7 * 50
    return [
        pledged("KE", 1000, told=source),
        pledged(who, count, told=source),
        scheduled(who, count, later, told=source),
        delayed(who, count, "court", told=source),
        departed(who, count, day, told=source),
        arrived(who, count, day, told=source),
        strength(who, count, day, unit="police", told=source),
        strength(None, 1000 + number, day, told=source),
        said(f"word of day {number}", told=source),
    ]
