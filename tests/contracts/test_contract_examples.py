"""Stored examples: every event in every version has some, they are what their schemas say, and none is left without a type."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from muster_contracts.codec import decode
from muster_contracts.publish.examples import Example, examples_of, folder_of, headers_of
from muster_contracts.publish.schemas import Version, event_schema, versions
from muster_contracts.upcasting import newest

CONTRACTS = Path(__file__).parents[2] / "contracts"
VERSIONS = versions()
STORED = [(version, example) for version in VERSIONS for example in examples_of(version, CONTRACTS)]
each_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)
each_example = pytest.mark.parametrize(
    ("version", "example"), STORED, ids=[f"{version.name}-{example.name}" for version, example in STORED]
)


@each_version
def test_every_version_of_every_event_has_a_minimal_and_a_typical_example(version: Version) -> None:
    assert {"minimal", "typical"} <= {example.name for example in examples_of(version, CONTRACTS)}, folder_of(version, CONTRACTS)


@each_example
def test_an_example_decodes_as_a_record_of_its_topic(version: Version, example: Example) -> None:
    headers = [(name, value.encode()) for name, value in headers_of(version, example.json).items()]
    event, envelope = decode(version.topic, headers, example.body)
    assert envelope.type == version.name
    assert event.type == newest(version.name)
    assert type(event) is version.topic.models[event.type]


@each_example
def test_an_example_is_what_its_schema_says(version: Version, example: Example) -> None:
    Draft202012Validator(event_schema(version), format_checker=FormatChecker()).validate(example.json)


@each_example
def test_an_example_holds_no_field_that_its_version_does_not_know(version: Version, example: Example) -> None:
    # Readers ignore unknown fields, so a misspelt one would go unnoticed.
    parsed = version.model.model_validate_json(example.body)
    assert unknown(example.json, json.loads(parsed.model_dump_json())) == []


@each_version
def test_a_minimal_example_has_what_is_required_and_a_typical_one_more(version: Version) -> None:
    minimal, typical = (next(e.json for e in examples_of(version, CONTRACTS) if e.name == name) for name in ("minimal", "typical"))
    schema = event_schema(version)
    allowed = {*schema["required"], "type"}
    if version.family == "article-submitted":
        allowed.add("text")  # an article without text is refused further in
    assert set(minimal) <= allowed | {"before", "after"}
    assert set(minimal) <= set(typical)
    assert len(json.dumps(typical)) > len(json.dumps(minimal))


def test_no_example_is_left_without_its_type() -> None:
    wanted = {example.path for _, example in STORED}
    assert {path for path in (CONTRACTS / "examples").rglob("*") if path.is_file()} == wanted


def unknown(given: Any, known: Any, path: str = "") -> list[str]:
    """Paths of the fields of `given` that `known` has not."""
    if isinstance(given, dict):
        found = [f"{path}{name}" for name in given if name not in known]
        return found + [each for name in given if name in known for each in unknown(given[name], known[name], f"{path}{name}.")]
    if isinstance(given, list):
        return [each for one, other in zip(given, known, strict=True) for each in unknown(one, other, path)]
    return []
