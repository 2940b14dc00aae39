"""When an article was published and last changed, from what its source says and what its own lines say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from muster_contracts.articles import ArticleSubmitted

from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise.credits import Stamp
from muster_ingest.normalise.dateline import FoundDateline, full_day
from muster_ingest.normalise.moments import Moment, read_moment
from muster_ingest.normalise.zones import dateline_zone

TOLERANCE = timedelta(days=1)
"""How far ahead of its arrival a date may lie: Auckland is up to 24 hours ahead of the western Pacific."""


@dataclass(frozen=True, slots=True)
class Publication:
    on: date
    at: datetime | None
    modified_on: date | None


def publication(
    submission: ArticleSubmitted, stamps: Sequence[Stamp], dateline: FoundDateline | None, *, source: str, received: date
) -> Publication:
    """Day and time of publication, and the day of the last change.

    The day comes from `published`, else the text's own Created line, else its dateline where that names a year, else its Updated line.
    A Created line that agrees with the day adds its time.

    Raises:
        UnusableArticle: `bad-date` for a date that can't be read, `no-date` where there is none, `future-date` beyond the day of
            arrival and a day more.
    """
    zone = dateline_zone(dateline.place) if dateline else None
    read = [(stamp.what, moment) for stamp in stamps if (moment := read_moment(stamp.phrase, source, zone))]
    created = next((moment for what, moment in read if what == "created"), None)
    updated = next((moment for what, moment in read if what == "updated"), None)
    field = "published"
    if submission.published:
        moment = _read("published", submission.published, source, zone, received)
        if moment.at is None and created and created.on == moment.on:
            moment = created
    else:
        written = full_day(dateline.day) if dateline and dateline.day else None
        found = created or (Moment(written) if written else None) or updated
        if found is None:
            raise UnusableArticle(
                "no-date", "no date is given, and the text has no line that says when it was published", field="published"
            )
        moment, field = found, "text"
    _not_ahead(moment, field, received)
    if submission.modified:
        modified: Moment | None = _read("modified", submission.modified, source, zone, received)
    else:
        modified = updated if updated and updated.on <= received + TOLERANCE else None
    return Publication(moment.on, moment.at, modified.on if modified else None)


def modified_day(submission: ArticleSubmitted, *, source: str, received: date) -> date | None:
    """The day of the last change, as the submission gives it; for retractions, which need no text."""
    return _read("modified", submission.modified, source, None, received).on if submission.modified else None


def _read(field: str, phrase: str, source: str, zone: tzinfo | None, received: date) -> Moment:
    moment = read_moment(phrase, source, zone)
    if moment is None:
        raise UnusableArticle("bad-date", "no ISO 8601 day or time", field=field, got=phrase)
    _not_ahead(moment, field, received)
    return moment


def _not_ahead(moment: Moment, field: str, received: date) -> None:
    if moment.on > received + TOLERANCE:
        raise UnusableArticle("future-date", f"a day of the future, as seen on {received}", field=field, got=str(moment.on))
