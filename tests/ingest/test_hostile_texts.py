"""A hostile text costs no more than a long one: no pattern has to try many ways to cut a line."""

import time
from datetime import date

import pytest
from muster_contracts.articles import TEXT_LIMIT, ArticleSubmitted
from muster_contracts.errors import RecordError
from muster_ingest.copies import fingerprint
from muster_ingest.drafts import Draft
from muster_ingest.normalise import normalise

BOUND_S = 10.0
"""Processor seconds for a million characters. The worst takes 1; a pattern that can be cut in many ways took minutes for 300."""

PIECES = (
    *("A-", "A.-", "Aa-", "A/A-", "Aa, ", "A ", "NAIROBI, Aa ", "(", "<", "<a ", "&", "&amp;", "&#", "|", "a | ", "Share\n", "Share "),
    *("By A ", "By A\n", "#a", "photo: ", "(reporting by ", "updated: ", "Updated: 24-06-2024\n", "not been edited by the ", "\n", "1:1 "),
)


def normalised(text: str) -> Draft | RecordError:
    try:
        return normalise(ArticleSubmitted(source="The Example", title="t", published="2024-06-24", text=text), received=date(2024, 7, 1))
    except RecordError as error:
        return error


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("unit", ["{0}", "{1}\n"], ids=["text", "lines"])
def test_a_piece_repeated_to_the_limit_is_read_in_time(piece: str, unit: str) -> None:
    repeated = unit.format(piece, (piece * 500)[:490])
    text = (repeated * (TEXT_LIMIT // len(repeated) + 1))[:TEXT_LIMIT]
    started = time.process_time()
    read = normalised(text)
    if isinstance(read, Draft):
        fingerprint(read.text)
    assert time.process_time() - started < BOUND_S
