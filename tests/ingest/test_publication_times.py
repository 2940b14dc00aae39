"""Times of publication with their zones, as outlets write them."""

from datetime import date

import pytest
from muster_contracts.articles import ArticleSubmitted
from muster_ingest.drafts import Draft
from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise import normalise
from muster_ingest.normalise.moments import read_moment

TODAY = date(2024, 7, 1)


@pytest.mark.parametrize(
    ("phrase", "source", "on", "at"),
    [
        ("24-06-2024 23:59 IST", "Devdiscourse", "2024-06-24", "2024-06-24T23:59:00+05:30"),
        ("24-06-2024 23:59 IST", "The Irish Times", "2024-06-24", "2024-06-24T23:59:00+01:00"),
        ("24-01-2024 23:59 IST", "The Times of Israel", "2024-01-24", "2024-01-24T23:59:00+02:00"),
        ("26 January 2024, 09:12 EAT", "", "2024-01-26", "2024-01-26T09:12:00+03:00"),
        ("June 24, 2024 11:59 PM EDT", "", "2024-06-24", "2024-06-24T23:59:00-04:00"),
        ("Jun 24, 2024 12:05 am GMT", "", "2024-06-24", "2024-06-24T00:05:00+00:00"),
        ("10:02 GMT on 7 Feb 2025", "", "2025-02-07", "2025-02-07T10:02:00+00:00"),
        ("24 June 2024 18:29 UTC+2", "", "2024-06-24", "2024-06-24T18:29:00+02:00"),
        ("2024-06-24T18:29:00Z", "Devdiscourse", "2024-06-24", "2024-06-24T18:29:00+00:00"),
        ("2024-06-24T19:29:00Z", "Devdiscourse", "2024-06-25", "2024-06-24T19:29:00+00:00"),
        ("2024-06-24 18:29", "Daily Nation", "2024-06-24", "2024-06-24T18:29:00+03:00"),
        ("2024-06-24 18:29", "Nowhere Times", "2024-06-24", None),
        ("Mon, 24 Jun 2024 18:29:00 GMT", "", "2024-06-24", "2024-06-24T18:29:00+00:00"),
        ("Friday 21 June 2024", "", "2024-06-21", None),
        ("2024-06-24", "", "2024-06-24", None),
        ("05/06/2024", "", "2024-06-05", None),
        ("05/06/2024 08:00 EST", "", "2024-05-06", "2024-05-06T08:00:00-05:00"),
    ],
)
def test_a_stamp_is_read_with_its_zone(phrase: str, source: str, on: str, at: str | None) -> None:
    moment = read_moment(phrase, source)
    assert moment is not None
    assert str(moment.on) == on
    assert (moment.at.isoformat() if moment.at else None) == at


@pytest.mark.parametrize(
    "phrase", ["", "soon", "31-02-2024", "2024", "June 2024", "24 June", "99:99", "0000-00-00", "2024-13-01T00:00:00Z"]
)
def test_what_is_no_time_is_none(phrase: str) -> None:
    assert read_moment(phrase, "The Example") is None


def draft(**fields: str) -> Draft:
    return normalise(ArticleSubmitted(**({"source": "The Example", "text": "Kenya sent 400 officers."} | fields)), received=TODAY)


def test_the_text_says_when_where_the_source_does_not() -> None:
    found = draft(text="Created: 24 June 2024, 09:00 EAT | Updated: 26 June 2024, 10:00 EAT\n\nKenya sent 400 officers.")
    assert (str(found.published_on), str(found.modified_on)) == ("2024-06-24", "2024-06-26")


def test_a_day_takes_its_time_from_the_text() -> None:
    found = draft(published="2024-06-24", text="Created: 24 June 2024, 09:00 EAT\n\nKenya sent 400 officers.")
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2024-06-24T09:00:00+03:00"


@pytest.mark.parametrize(
    ("text", "place", "day", "origin"),
    [
        ("NAIROBI, July 30 — Kenya stood ready.", "NAIROBI", "2023-07-30", None),
        ("SAINT-MARC, Haiti, Jan 3 (AP) — Gangs came.", "SAINT-MARC, Haiti", "2024-01-03", "AP"),
        ("PORT-AU-PRINCE (AFP) - Gangs came.", "PORT-AU-PRINCE", None, "AFP"),
        ("UNITED NATIONS, Dec. 31 (Xinhua) -- It voted.", "UNITED NATIONS", "2022-12-31", "Xinhua"),
        ("Port-au-Prince, 13 Sep. — They came.", "Port-au-Prince", "2023-09-13", None),
        ("DARWIN, Saturday - They sailed.", "DARWIN", None, None),
    ],
)
def test_a_dateline_is_place_and_day(text: str, place: str, day: str | None, origin: str | None) -> None:
    published = {"2023-07-30": "2023-07-31", "2023-09-13": "2023-09-14", "2022-12-31": "2023-01-01"}.get(str(day), "2024-01-03")
    found = draft(text=text, published=published)
    assert found.dateline is not None
    assert found.dateline.place == place
    if day:
        assert str(found.dateline.day) == day
    assert found.origin == origin
    assert found.text == text  # a dateline is part of the story


def test_a_weekday_of_a_dateline_is_the_last_one() -> None:
    found = draft(text="DARWIN, Saturday - They sailed.", published="2024-06-24")
    assert found.dateline is not None
    assert str(found.dateline.day) == "2024-06-22"


@pytest.mark.parametrize("text", ["LIVE — The court sits.", "A force — small as it is — goes.", "MONDAY\nThey left.", "U.S. troops left."])
def test_what_is_no_dateline_is_none(text: str) -> None:
    assert draft(text=text, published="2024-06-24").dateline is None


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("By Reuters\n\nKenya sent 400 officers.", "Reuters"),
        ("By Jane Example, Associated Press\n\nKenya sent 400 officers.", "AP"),
        ("Kenya sent 400 officers. — AFP", "AFP"),
        ("Kenya sent 400 officers, he said. (Xinhua)", "Xinhua"),
        ("(Reuters) - Kenya sent 400 officers.", "Reuters"),
        ("Kenya sent 400 officers.\n\n(With inputs from PTI)", "PTI"),
        ("Kenya sent 400 officers, Reuters reported.", None),
    ],
)
def test_an_agency_is_known_by_its_credit(text: str, origin: str | None) -> None:
    assert draft(text=text, published="2024-06-24").origin == origin


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({}, "no-date", "published"),
        ({"published": "tomorrow"}, "bad-date", "published"),
        ({"published": "2024-07-03"}, "future-date", "published"),
        ({"published": "2024-06-24", "modified": "2031-01-01"}, "future-date", "modified"),
        ({"text": "Created: 24-06-2031 10:00 IST\n\nKenya sent 400."}, "future-date", "text"),
    ],
)
def test_a_date_that_is_none_is_named(fields: dict[str, str], reason: str, field: str) -> None:
    with pytest.raises(UnusableArticle) as caught:
        draft(**fields)
    assert (caught.value.reason, caught.value.field) == (reason, field)


def test_the_day_after_its_arrival_is_no_future() -> None:
    assert str(draft(published="2024-07-02T08:00:00+12:00").published_on) == "2024-07-02"
