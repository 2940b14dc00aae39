"""Who writes by the published schema alone is read: what a schema takes, the model takes, but for two rules that only words can say."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from muster_contracts.publish.examples import examples_of
from muster_contracts.publish.schemas import Version, event_schema, versions
from pydantic import BaseModel, ValidationError

CONTRACTS = Path(__file__).parents[2] / "contracts"
VERSIONS = versions()
FORMATS = FormatChecker(formats=("uuid",))


@FORMATS.checks("date", raises=ValueError)
def is_full_date(value: object) -> bool:
    """RFC 3339's full-date; Python's own reading takes weeks and days without hyphens too."""
    return not isinstance(value, str) or bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) and date.fromisoformat(value))


@FORMATS.checks("date-time", raises=ValueError)
def is_date_time(value: object) -> bool:
    return not isinstance(value, str) or re.fullmatch(r"20\d\d-0[1-9]-[012]\d?T[01]\d:[0-5]\d:[0-5]\dZ", value) is not None


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**12),
    st.floats(-2, 2, allow_nan=False),
    st.text(max_size=12),
    st.sampled_from(
        ["2024", "2024-02", "2024-02-30", "2024-06-24", "KE", "UN", "AFU", "XX9", "haiti-mss", "Haiti", "asserted", "", "20240624"]
    ),
    st.sampled_from(["b39bcdc9-4216-5ebd-a295-69d7614f1ee0", "2024-06-24T18:00:00Z", "exact", "people", "1.0.0", "rules"]),
    st.lists(st.sampled_from(["funding", "court", 1, None, "b39bcdc9-4216-5ebd-a295-69d7614f1ee0"]), max_size=2),
    st.just({}),
)


def paths(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a body something can be put in another's place, or be taken away."""
    inside: Any = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for name, value in inside:
        yield (*path, name)
        yield from paths(value, (*path, name))


def spoilt(body: dict[str, Any], path: tuple[Any, ...], value: Any, *, gone: bool) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(body))
    inside: Any = made
    for step in path[:-1]:
        inside = inside[step]
    if gone:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return made


BEYOND_A_SCHEMA = re.compile(r"the quote has \d+ characters|(day|month|year) .*(is out of range|must be in)")
"""A quote spans its offsets, and a partial date is a day that there is."""


def refusals(model: type[BaseModel], body: Any) -> list[str]:
    """Why a model refuses a body, but for what no schema can say."""
    try:
        model.model_validate_json(json.dumps(body))
    except ValidationError as error:
        return [f"{each['loc']}: {each['msg']}" for each in error.errors() if not BEYOND_A_SCHEMA.search(each["msg"])]
    return []


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_what_the_schema_takes_the_model_takes(version: Version, data: st.DataObject) -> None:
    validator = Draft202012Validator(event_schema(version), format_checker=FORMATS)
    body = data.draw(st.sampled_from([example.json for example in examples_of(version, CONTRACTS)]))
    for _ in range(5):
        path = data.draw(st.sampled_from(sorted(paths(body), key=str)))
        made = spoilt(body, path, data.draw(ODD), gone=data.draw(st.booleans()))
        assert not validator.is_valid(made) or refusals(version.model, made) == [], made
