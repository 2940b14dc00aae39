"""Every model of the contract and every field of it says what it is, and shows how it looks."""

from collections.abc import Iterator
from typing import Any

import pytest
from muster_contracts.claims import Extractor
from muster_contracts.model import WireModel
from muster_contracts.publish.schemas import shared_schemas, versions
from muster_contracts.topics import TOPICS
from muster_contracts.values import Evidence, Quantity

EVENTS, DEFINITIONS = shared_schemas(versions(), "#/{model}")
SCHEMAS = {**EVENTS, **DEFINITIONS}
SELF_EVIDENT = {"boolean", "null"}


def fields() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, schema in SCHEMAS.items():
        for field, described in schema.get("properties", {}).items():
            yield name, field, described


def alternatives(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The plain values that a field can hold, through unions and arrays."""
    for one in schema.get("anyOf", [schema]):
        if "items" in one and "examples" not in one and "examples" not in schema:
            yield from alternatives(one["items"])
        elif "$ref" not in one and "const" not in one and "enum" not in one and one.get("type") not in {"array", "object", *SELF_EVIDENT}:
            yield {**one, **({"examples": schema["examples"]} if "examples" in schema else {})}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_model_says_what_it_is(name: str) -> None:
    assert len(SCHEMAS[name].get("description", "")) > 10


@pytest.mark.parametrize(("name", "field", "described"), list(fields()), ids=lambda part: part if isinstance(part, str) else "")
def test_a_field_says_what_it_is_and_shows_how_it_looks(name: str, field: str, described: dict[str, Any]) -> None:
    assert len(described.get("description", "")) > 5, f"{name}.{field}: write a docstring below the field, or Field(description=…)"
    for plain in alternatives(described):
        assert plain.get("examples"), f"{name}.{field}: give Field(examples=[…])"


def test_every_topic_says_its_key_and_its_producers() -> None:
    for topic in TOPICS:
        assert topic.key, topic.name
        assert topic.producers, topic.name


def wire_models(parent: type[WireModel] = WireModel) -> Iterator[type[WireModel]]:
    for model in parent.__subclasses__():
        yield model
        yield from wire_models(model)


def test_every_wire_model_is_in_the_published_schemas() -> None:
    # A model that nothing on the wire holds belongs elsewhere. Bases are there by those that extend them.
    ours = {model for model in wire_models() if model.__module__.startswith("muster_contracts.") and not model.__subclasses__()}
    published = {version.model for version in versions()}
    assert {model.__name__ for model in ours - published} <= set(DEFINITIONS)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Extractor, {"name": "rules", "version": "1.0.0"}),
        (Quantity, {"amount": 1, "unit": "police"}),
        (Evidence, {"quote": "a", "start": 0, "end": 1}),
    ],
)
def test_a_writer_can_not_misspell_and_a_reader_ignores_what_it_does_not_know(model: type[WireModel], fields: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=f"{model.__name__} has no field misspelt"):
        model(**fields, misspelt=1)
    made = model(**fields)
    with pytest.raises(TypeError, match="misspelt"):
        made.model_copy(update={"misspelt": 1})
    assert model.model_validate({**fields, "misspelt": 1}) == made
    assert model.model_validate_json(made.model_dump_json()[:-1] + ', "misspelt": 1}') == made


@pytest.mark.parametrize("name", [name for name, schema in DEFINITIONS.items() if "enum" in schema])
def test_a_code_is_in_lower_case_and_says_what_it_means(name: str) -> None:
    for code in DEFINITIONS[name]["enum"]:
        assert code == code.lower()
        assert f"- `{code}`: " in DEFINITIONS[name]["description"], f"{name}.{code}: write a docstring below the code"
