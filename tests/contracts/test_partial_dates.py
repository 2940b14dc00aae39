from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_contracts.partial_dates import PartialDate, agree, first_day, last_day
from pydantic import TypeAdapter, ValidationError

ADAPTER = TypeAdapter(PartialDate)


@pytest.mark.parametrize("form", ["2024", "2024-06", "2024-06-25", "2024-02-29"])
def test_a_day_a_month_or_a_year_is_a_partial_date(form: str) -> None:
    assert ADAPTER.validate_python(form) == form


@pytest.mark.parametrize("form", ["", "24", "2024-6", "2024-13", "2023-02-29", "2024-06-25T00:00", "25-06-2024", "0000"])
def test_anything_else_is_none(form: str) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(form)


def test_coarse_dates_span_their_month_or_year() -> None:
    assert (first_day("2024"), last_day("2024")) == (date(2024, 1, 1), date(2024, 12, 31))
    assert (first_day("2024-02"), last_day("2024-02")) == (date(2024, 2, 1), date(2024, 2, 29))
    assert (first_day("2024-12"), last_day("2024-12")) == (date(2024, 12, 1), date(2024, 12, 31))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)), st.sampled_from([4, 7, 10]))
def test_a_day_lies_within_each_of_its_coarser_forms(day: date, precision: int) -> None:
    partial = day.isoformat()[:precision]
    assert first_day(partial) <= day <= last_day(partial)
    assert agree(partial, day.isoformat())


def test_dates_of_other_months_disagree() -> None:
    assert agree("2024-06", "2024-06-25")
    assert not agree("2024-06", "2024-07-01")
