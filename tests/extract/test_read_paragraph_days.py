"""A deed without a day of its own plays on the day that the sentences around it tell of."""

from typing import Any

import pytest
from muster_extract.evaluate import article
from muster_extract.labels import to_labels
from muster_extract.pipeline import Reader

TITLE = "The UN force in Lebanon"


def days(reader: Reader, text: str) -> list[tuple[Any, Any, Any]]:
    row = {"id": "a", "source": "test", "published": "2024-06-24", "title": TITLE, "text": text}
    return [(e["type"], e["contributor"], e["date"]) for e in to_labels(reader.extract(article(row)).claims)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Contributors to the force in Lebanon met on Tuesday. Italy pledged a field hospital.",
            ("PledgeAnnounced", "IT", "2024-06-18"),
        ),
        (
            "A convoy of the UN force in Lebanon was attacked on 2 June.\n\nTwo Irish peacekeepers were killed.",
            ("CasualtyReported", "IE", "2024-06-02"),
        ),
        ("Ghana offers a battalion for the UN force in Lebanon.", ("PledgeAnnounced", "GH", "2024-06-24")),
        (  # two days are told of: neither is taken
            "The force in Lebanon was founded on 19 March 1978. It was enlarged on 11 August 2006. Italy pledged a field hospital.",
            ("PledgeAnnounced", "IT", None),
        ),
        (  # the perfect has no day
            "Contributors to the force in Lebanon met on Tuesday. Italy has pledged a field hospital.",
            ("PledgeAnnounced", "IT", None),
        ),
    ],
)
def test_the_paragraph_dates_what_has_no_day(text: str, told: tuple[str, str, str | None], reader: Reader) -> None:
    assert told in days(reader, text)
