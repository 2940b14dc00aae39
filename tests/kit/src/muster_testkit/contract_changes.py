"""Changes to a contract's schemas, breaking and allowed ones, for trying the compatibility check at any field."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


class DoesNotFit(Exception):
    """This change can't be made at this field."""


def fits(condition: object) -> None:
    """Raises DoesNotFit where the condition does not hold."""
    if not condition:
        raise DoesNotFit


def expanded(schema: Any, definitions: dict[str, Any]) -> Any:
    """A schema without `$ref`, so that a place in it belongs to one event alone."""
    if isinstance(schema, list):
        return [expanded(each, definitions) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        beside = {name: value for name, value in schema.items() if name != "$ref"}
        return expanded({**definitions[schema["$ref"].rpartition("/")[2]], **beside}, definitions)
    return {name: expanded(value, definitions) for name, value in schema.items()}


@dataclass(frozen=True)
class Place:
    """A field of an event, in a copy of the released schemas."""

    event: str
    path: str
    owner: dict[str, Any]
    """The object that has the field."""

    name: str
    ours: bool
    """Muster writes the event."""

    @property
    def field(self) -> dict[str, Any]:
        found: dict[str, Any] = self.owner["properties"][self.name]
        return found

    @property
    def plain(self) -> dict[str, Any]:
        """The field's schema, of its alternatives the one that is not null."""
        return next((each for each in self.field.get("anyOf", [self.field]) if each.get("type") != "null"), self.field)


def places(changed: dict[str, Any]) -> Iterator[Place]:
    outside = {event for topic in changed["topics"].values() if topic["written_outside"] for event in topic["events"]}
    for event, schema in changed["events"].items():
        yield from _places(event, schema, "", event not in outside)


def _places(event: str, schema: dict[str, Any], path: str, ours: bool) -> Iterator[Place]:
    for name, field in schema.get("properties", {}).items():
        inside = f"{path}.{name}" if path else name
        yield Place(event, inside, schema, name, ours)
        for each in field.get("anyOf", [field]):
            yield from _places(event, each, inside, ours)
            if "items" in each:
                yield from _places(event, each["items"], f"{inside}[]", ours)


def gone(at: Place) -> None:
    del at.owner["properties"][at.name]
    at.owner["required"] = [name for name in at.owner.get("required", ()) if name != at.name]


def renamed(at: Place) -> None:
    field = at.field
    gone(at)
    at.owner["properties"][f"{at.name}_renamed"] = field


def now_required(at: Place) -> None:
    fits(at.name not in at.owner.get("required", ()))
    at.owner.setdefault("required", []).append(at.name)


def another_type(at: Place) -> None:
    fits("type" in at.plain)
    kept = "array" if at.plain["type"] != "array" else "string"
    plain = at.plain
    plain.clear()
    plain["type"] = kept


def fewer_codes(at: Place) -> None:
    fits(len(at.plain.get("enum", ())) > 1)
    at.plain["enum"] = at.plain["enum"][1:]


def only_codes(at: Place) -> None:
    fits(at.plain.get("type") == "string" and "enum" not in at.plain and "const" not in at.plain)
    at.plain["enum"] = ["one", "two"]


def another_name(at: Place) -> None:
    fits("const" in at.plain)
    at.plain["const"] += "x"


def shorter(at: Place) -> None:
    fits(at.plain.get("type") == "string" and not {"enum", "const"} & at.plain.keys())
    at.plain["maxLength"] = at.plain.get("maxLength", 1000) - 1


def longer_at_least(at: Place) -> None:
    fits(at.plain.get("type") == "string" and not {"enum", "const"} & at.plain.keys())
    at.plain["minLength"] = at.plain.get("minLength", 0) + 1


def higher_least(at: Place) -> None:
    fits(at.plain.get("type") in ("integer", "number"))
    at.plain["minimum"] = at.plain.get("minimum", -1) + 1


def fewer_items(at: Place) -> None:
    fits(at.plain.get("type") == "array")
    at.plain["maxItems"] = at.plain.get("maxItems", 100) - 1


def patterned(at: Place) -> None:
    fits(at.plain.get("type") == "string" and not {"enum", "const"} & at.plain.keys())
    at.plain["pattern"] = "^x+$"


def formatted(at: Place) -> None:
    fits(at.plain.get("type") == "string" and not {"enum", "const"} & at.plain.keys())
    at.plain["format"] = "email"


def another_default(at: Place) -> None:
    fits("default" in at.field)
    at.field["default"] = "something else"


def never_null(at: Place) -> None:
    fits(len(at.field.get("anyOf", ())) == 2)
    field, plain = at.field, dict(at.plain)
    default = field.get("default")
    field.clear()
    field.update({**plain, "default": default})


def may_be_null(at: Place) -> None:
    fits(at.ours and "anyOf" not in at.field)
    field, plain = at.field, dict(at.field)
    field.clear()
    field.update({"anyOf": [plain, {"type": "null"}], **({"default": plain.pop("default")} if "default" in plain else {})})


def may_be_missing(at: Place) -> None:
    fits(at.ours and at.name in at.owner.get("required", ()))
    at.owner["required"] = [name for name in at.owner["required"] if name != at.name]


def may_be_another_type(at: Place) -> None:
    fits(at.ours and "anyOf" not in at.field)
    plain = dict(at.field)
    default = {"default": plain.pop("default")} if "default" in plain else {}
    at.field.clear()
    at.field.update({"anyOf": [plain, {"type": "string" if plain.get("type") != "string" else "integer"}], **default})


def may_be_anything(at: Place) -> None:
    fits(at.ours and not {"enum", "const"} & at.plain.keys())
    default = {"default": at.plain["default"]} if "default" in at.plain else {}
    at.plain.clear()
    at.plain.update(default)


def closed(at: Place) -> None:
    at.owner["additionalProperties"] = False


def keyword_unheard_of(at: Place) -> None:
    at.plain["contentEncoding"] = "base64"


BREAKING: dict[Callable[[Place], None], str] = {
    gone: "the field is gone",
    renamed: "the field is gone",
    now_required: "could be left out, now it must be there",
    another_type: "was of type|was one of",
    fewer_codes: "no longer takes",
    only_codes: "took any",
    another_name: "no longer takes",
    shorter: "its maxLength was",
    longer_at_least: "its minLength was",
    higher_least: "its minimum was",
    fewer_items: "its maxItems was",
    patterned: "its pattern was",
    formatted: "its format was",
    another_default: "where it is left out it meant",
    never_null: "could be null, now it may not be",
    may_be_null: "was never null, now it may be",
    may_be_missing: "was always there, now it may be left out",
    may_be_another_type: "now it may be (string|integer)",
    may_be_anything: "now it may be anything",
    closed: "unknown fields were ignored, now they are refused",
    keyword_unheard_of: "does not know the keyword contentEncoding",
}


def one_more_field(at: Place) -> None:
    at.owner["properties"]["added_later"] = {"type": "string", "default": "none"}


def more_codes(at: Place) -> None:
    fits("enum" in at.plain)
    at.plain["enum"] = ["a-code-more", *at.plain["enum"]]


def any_text(at: Place) -> None:
    fits("enum" in at.plain)
    del at.plain["enum"]


def no_limits(at: Place) -> None:
    for keyword in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "maxItems", "minItems"):
        at.plain.pop(keyword, None)


def any_pattern(at: Place) -> None:
    at.plain.pop("pattern", None)


def one_more_body(at: Place) -> None:
    fits("|" in at.plain.get("pattern", ""))
    at.plain["pattern"] = at.plain["pattern"].replace("AFU|", "AFU|ASEAN|")


def any_format(at: Place) -> None:
    at.plain.pop("format", None)


def any_number(at: Place) -> None:
    fits(at.plain.get("type") == "integer")
    at.plain["type"] = "number"


def described_anew(at: Place) -> None:
    at.field.update(description="Said better.", title="Better", examples=["x"])


def one_more_alternative(at: Place) -> None:
    fits(not at.ours and "default" not in at.field and "anyOf" not in at.field)
    plain = dict(at.field)
    at.field.clear()
    at.field["anyOf"] = [plain, {"type": "boolean"}]


def let_off(at: Place) -> None:
    fits(not at.ours)
    at.owner["required"] = []


ALLOWED = (
    one_more_field,
    more_codes,
    any_text,
    no_limits,
    any_pattern,
    one_more_body,
    any_format,
    any_number,
    described_anew,
    one_more_alternative,
    let_off,
)
