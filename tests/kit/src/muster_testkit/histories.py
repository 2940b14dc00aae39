"""Histories of the log for property tests: a few articles on one mission, worded twice, read twice, copied and retracted."""

from datetime import date, timedelta

from hypothesis import strategies as st
from muster_contracts.claims import AnyClaim, ExtractionCompleted, Extractor

from muster_testkit.claims import (
    arrived,
    article,
    authorized,
    cleared,
    completed,
    delayed,
    departed,
    obstacle,
    pledge_withdrawn,
    pledged,
    retold,
    said,
    scheduled,
    strength,
    withdrawn,
)

LogEvent = AnyClaim | ExtractionCompleted

NEWS_BEGINS = date(2024, 5, 1)
EXTRACTORS = [Extractor(name="rules", version="1.9.0"), Extractor(name="rules", version="1.10.0")]
MAKERS = [
    lambda who, n, day, told: pledged(who, n, told=told, date=day),
    lambda who, n, day, told: pledged(who, None, told=told),
    lambda who, n, day, told: pledge_withdrawn(who, None, told=told, date=day),
    lambda who, n, day, told: scheduled(who, n, day, told=told),
    lambda who, n, day, told: delayed(who, n, "court", told=told, date=day),
    lambda who, n, day, told: delayed(who, None, "logistics", "court", told=told),
    lambda who, n, day, told: departed(who, n, day, told=told),
    lambda who, n, day, told: arrived(who, n, day, told=told),
    lambda who, n, day, told: arrived(None, n, day and day[:7], qualifier="about", told=told),
    lambda who, n, day, told: withdrawn(who, n, day, told=told),
    lambda who, n, day, told: strength(who, n or 0, day, unit="police", qualifier="about", told=told),
    lambda who, n, day, told: strength(None, n or 0, day, told=told),
    lambda who, n, day, told: authorized(n, "UN", date=day and day[:4], told=told),
    lambda who, n, day, told: obstacle(who, "court", told=told, date=day),
    lambda who, n, day, told: cleared(who, "court", told=told, date=day),
    lambda who, n, day, told: said(f"word {n}", told=told),
]
"""Few contributors, numbers and days, so that tellings meet, agree and quarrel."""

days = st.integers(0, 60).map(lambda offset: (NEWS_BEGINS + timedelta(days=offset)).isoformat())
numbers = st.sampled_from([None, 100, 190, 200, 400])
tellings = st.tuples(st.sampled_from(MAKERS), st.sampled_from(["KE", "JM"]), numbers, st.one_of(st.none(), days))


@st.composite
def readings(draw: st.DrawFn, name: str) -> list[LogEvent]:
    """What the log holds of one article: a wording or two, each read by an extractor or two; perhaps retracted."""
    events: list[LogEvent] = []
    published = draw(days)
    copy_of = draw(st.sampled_from([None, "article-0", "article-1"]))
    for revision in range(1, draw(st.integers(1, 2)) + 1):
        known = (date.fromisoformat(published) + timedelta(days=revision - 1)).isoformat()
        told = article(name, published=published, known=known, revision=revision, copy_of=copy_of)
        for by in EXTRACTORS[: draw(st.integers(1, 2))]:
            made: list[AnyClaim] = [make(who, n, day, told) for make, who, n, day in draw(st.lists(tellings, max_size=4))]
            made = [each.model_copy(update={"extractor": by}) for each in made]
            claims = retold(made, told)  # named anew, since the extractor enters the id
            events += [*claims, completed(*claims, told=told, by=by, retracted=draw(st.integers(0, 9)) == 0)]
    return events


@st.composite
def logs(draw: st.DrawFn) -> list[LogEvent]:
    return [event for number in range(draw(st.integers(1, 5))) for event in draw(readings(f"article-{number}"))]
