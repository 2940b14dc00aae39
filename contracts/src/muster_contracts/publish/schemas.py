"""JSON Schemas (2020-12) of every event in every version, made of the models."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, models_json_schema
from pydantic_core.core_schema import CoreSchema, EnumSchema

from muster_contracts.publish.codes import meanings
from muster_contracts.topics import EVENT_TOPICS, Topic
from muster_contracts.upcasting import older_versions

DIALECT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True, slots=True)
class Version:
    """An event in one of its versions."""

    name: str
    """As on the wire, e.g. `pledge-announced.v1`."""

    model: type[BaseModel]
    topic: Topic
    becomes: str | None
    """The next version; None for the one that is written."""

    @property
    def family(self) -> str:
        """The event without its version, e.g. `pledge-announced`."""
        return self.name.rpartition(".")[0]

    @property
    def number(self) -> str:
        """The version alone, e.g. `v1`."""
        return self.name.rpartition(".")[2]

    @property
    def told_when(self) -> str:
        """When it happens: the first paragraph of the model's docstring, on one line."""
        return " ".join((self.model.__doc__ or "").strip().split("\n\n")[0].split())


def versions(topics: Sequence[Topic] = EVENT_TOPICS) -> list[Version]:
    """Every event in every version: by topic, those that are written in the order of the models, each followed by its older ones."""
    return [version for topic in topics for version in _of_topic(topic)]


def _of_topic(topic: Topic) -> Iterator[Version]:
    older = older_versions(topic)
    for name, model in topic.models.items():
        yield Version(name, model, topic, None)
        for past in sorted((each for each in older if each.rpartition(".")[0] == name.rpartition(".")[0]), reverse=True):
            yield Version(past, older[past].model, topic, older[past].becomes)


def event_schema(version: Version) -> dict[str, Any]:
    """The schema of an event's body. It stands for itself, and leaves objects open: readers ignore fields that they don't know."""
    schema = version.model.model_json_schema(schema_generator=_Plain)
    return {"$schema": DIALECT, "$id": f"urn:muster:schema:{version.name}", **_of_event(schema, version)}


def shared_schemas(found: Sequence[Version], ref_template: str) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The schemas of many events over one set of definitions.

    Returns:
        The schema of each event by its name on the wire; and the definitions, by name, that they point to through `ref_template`.
    """
    refs, schema = models_json_schema(
        [(version.model, "validation") for version in found], schema_generator=_Plain, ref_template=ref_template
    )
    definitions: dict[str, Any] = schema["$defs"]
    names = {version.name: refs[version.model, "validation"]["$ref"].rpartition("/")[2] for version in found}
    events = {version.name: _of_event(definitions.pop(names[version.name]), version) for version in found}
    return events, definitions


def _of_event(schema: dict[str, Any], version: Version) -> dict[str, Any]:
    schema = {"title": version.name, **{name: value for name, value in schema.items() if name != "title"}}
    if len(version.topic.models) > 1:  # such a body is told apart by its `type`, so it must be there
        schema = {**schema, "required": ["type", *(name for name in schema.get("required", ()) if name != "type")]}
    if version.becomes:
        schema = {**schema, "deprecated": True}
    return schema


class _Plain(GenerateJsonSchema):
    """Without the titles that pydantic makes of field names, which say nothing, and with what each code means."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._codes: dict[str, type[Enum]] = {}

    def enum_schema(self, schema: EnumSchema) -> dict[str, Any]:
        self._codes[schema["cls"].__name__] = schema["cls"]
        return super().enum_schema(schema)

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> dict[str, Any]:
        made = super().generate(schema, mode)
        self._explain(made.get("$defs", {}))
        return made

    def generate_definitions(self, inputs: Any) -> Any:
        refs, definitions = super().generate_definitions(inputs)
        self._explain(definitions)
        return refs, definitions

    def _explain(self, definitions: Any) -> None:
        for name, codes in self._codes.items():
            meant = "".join(f"\n- `{code}`: {meaning}" for code, meaning in meanings(codes).items())
            definitions[name]["description"] += f"\n{meant}"

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False
