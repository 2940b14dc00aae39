"""The changes on the wire: their examples, and that they say what they are."""

import json
from pathlib import Path

import pytest
from muster_contracts.changes import CLAIMS_NAMED, FactRevised, StatusChanged, ToldFact
from muster_contracts.codec import validate
from muster_contracts.errors import InvalidPayload
from muster_contracts.topics import MISSION_CHANGES

EXAMPLES = Path(__file__).parents[2] / "contracts" / "examples"
OF_CHANGES = [(name, kind) for name in MISSION_CHANGES.models for kind in ("minimal", "typical")]


def example(name: str, kind: str) -> bytes:
    return (EXAMPLES / name.replace(".v", "/v") / f"{kind}.json").read_bytes()


@pytest.mark.parametrize(("name", "kind"), OF_CHANGES)
def test_every_example_of_a_change_is_one(name: str, kind: str) -> None:
    assert validate(MISSION_CHANGES, example(name, kind)).type == name


@pytest.mark.parametrize("name", MISSION_CHANGES.models)
def test_a_typical_example_says_all_that_a_minimal_one_says(name: str) -> None:
    minimal, typical = (json.loads(example(name, kind)) for kind in ("minimal", "typical"))
    assert set(minimal) < set(typical)


def test_a_revision_names_the_fields_in_which_its_facts_differ() -> None:
    revised = FactRevised.model_validate_json(example("fact-revised.v1", "typical"))
    differing = {name for name in ToldFact.model_fields if getattr(revised.before, name) != getattr(revised.after, name)}
    assert set(revised.changed) == differing
    assert revised.before.fact_id == revised.after.fact_id


def test_a_change_names_no_more_claims_than_it_may() -> None:
    body = json.loads(example("status-changed.v1", "minimal"))
    ids = [f"00000000-0000-5000-8000-{number:012}" for number in range(CLAIMS_NAMED + 1)]
    assert isinstance(validate(MISSION_CHANGES, json.dumps({**body, "claim_ids": ids[:-1]}).encode()), StatusChanged)
    with pytest.raises(InvalidPayload):
        validate(MISSION_CHANGES, json.dumps({**body, "claim_ids": ids}).encode())
