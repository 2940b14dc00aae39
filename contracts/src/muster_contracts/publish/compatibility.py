"""What a release would break: schemas and topics of now against those of an earlier release.

The log is replayed from offset 0, so what is read now has to take every body that any release allowed (`BACKWARD_TRANSITIVE`, in the words
of schema registries). And who subscribes must find what was promised: no field goes away or may suddenly be missing, null or of another
type, and a topic keeps its key and its events. A code more, a wider limit or a new optional field break nobody: readers skip what they
don't know.

A schema is taken as pydantic writes it; a keyword that this module doesn't know is a break, not a pass.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

ANNOTATIONS = frozenset({"title", "description", "examples", "deprecated", "$comment"})
"""Keywords that say something to people and bind nobody."""

_LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
_KNOWN = ANNOTATIONS | {
    *(*_LOWER, *_UPPER, "type", "const", "enum", "pattern", "format", "default", "anyOf", "$ref"),
    *("properties", "required", "additionalProperties", "items"),
}
_ALTERNATIVES = re.compile(r"\^\(\?:(?P<inside>[^()]*)\)\$")


@dataclass(frozen=True, slots=True)
class Break:
    """One thing that somebody relies on and that would be gone."""

    release: str
    """The release that promised it."""

    what: str
    """An event with its version, or a topic."""

    field: str
    """Path of the field; empty where the whole is meant."""

    why: str

    def __str__(self) -> str:
        return f"{self.what}{f' {self.field}' if self.field else ''}: {self.why} (released in {self.release})"


def breaks(released: Schema, now: Schema) -> list[Break]:
    """Everything that `now` would break for what `released` promised. Both as `release.snapshot` makes them."""
    found = [Break(released["release"], topic, "", why) for topic, why in _topics(released["topics"], now["topics"])]
    written_outside = {event for topic in released["topics"].values() if topic["written_outside"] for event in topic["events"]}
    for name, old in released["events"].items():
        new = now["events"].get(name)
        if new is None:
            found.append(Break(released["release"], name, "", "can no longer be read"))
            continue
        comparison = _Comparison(released["definitions"], now["definitions"], promised=name not in written_outside)
        found += [Break(released["release"], name, field, why) for field, why in comparison.compare(old, new, "")]
    return found


def _topics(old: Schema, new: Schema) -> Iterator[tuple[str, str]]:
    for name, topic in old.items():
        if name not in new:
            yield name, "the topic is gone"
            continue
        if topic["key"] != new[name]["key"]:
            yield name, f"its key was {topic['key']}, now {new[name]['key']}"
        for event in topic["events"]:
            if event not in new[name]["events"]:
                yield name, f"no longer carries {event}"


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two schemas over their definitions. Gives paths and what is wrong there."""

    old_definitions: Schema
    new_definitions: Schema
    promised: bool
    """Muster writes it, so that subscribers rely on fields being there; what others write may be let off."""

    def compare(self, old: Schema, new: Schema, path: str) -> Iterator[tuple[str, str]]:
        before, after = _resolved(old, self.old_definitions), _resolved(new, self.new_definitions)
        if "default" in before and before["default"] != after.get("default", _NOTHING):
            yield path, f"where it is left out it meant {before['default']!r}, now {after.get('default', 'nothing')!r}"
        was = [_resolved(each, self.old_definitions) for each in before.get("anyOf", [before])]
        choices = [_resolved(each, self.new_definitions) for each in after.get("anyOf", [after])]
        for keyword in sorted({name for each in (before, after, *was, *choices) for name in each} - _KNOWN):
            yield path, f"the check does not know the keyword {keyword}"
        if self.promised and _nullable(choices) and not _nullable(was):
            yield path, "was never null, now it may be"
        if self.promised:
            yield from _more_types([_type(one) for one in was], [_type(choice) for choice in choices], path)
        for one in was:
            # An alternative is fine where any alternative of now takes it; else it is told against the one that comes nearest.
            attempts = [list(self._plain(one, choice, path)) for choice in choices]
            yield from min(attempts, key=lambda attempt: (bool(attempt) and attempt[0][1].startswith("was of type"), len(attempt)))

    def _plain(self, old: Schema, new: Schema, path: str) -> Iterator[tuple[str, str]]:
        if old.get("type") == "null" and new.get("type") not in ("null", None):
            yield path, "could be null, now it may not be"
            return
        allowed = _values(old)
        if allowed is not None:
            yield from self._codes(allowed, new, path)
            return
        if _values(new) is not None:
            yield path, f"took any {old.get('type', 'value')}, now only {_listed(_values(new) or [])}"
            return
        if not _type_fits(old.get("type"), new.get("type")):
            yield path, f"was of type {old.get('type', 'any')}, now {new.get('type')}"
            return
        yield from _limits(old, new, path)
        if "pattern" in new and not _pattern_widened(old.get("pattern"), new["pattern"]):
            yield path, f"its pattern was {old.get('pattern', 'none')}, now {new['pattern']}"
        if "format" in new and new["format"] != old.get("format"):
            yield path, f"its format was {old.get('format', 'none')}, now {new['format']}"
        if "items" in old or "items" in new:
            yield from self.compare(old.get("items", {}), new.get("items", {}), f"{path}[]")
        if new.get("type") == "object":
            yield from self._fields(old, new, path)

    def _codes(self, allowed: list[Any], new: Schema, path: str) -> Iterator[tuple[str, str]]:
        now = _values(new)
        if now is None:
            if new.get("type") is not None and any(_json_type(value) != new["type"] for value in allowed):
                yield path, f"was one of {_listed(allowed)}, now of type {new['type']}"
            elif new.keys() & {*_LOWER, *_UPPER, "pattern", "format"}:
                yield path, f"was one of {_listed(allowed)}, now any {new['type']} within limits"
            return
        gone = [value for value in allowed if value not in now]
        if gone:
            yield path, f"no longer takes {_listed(gone)}"

    def _fields(self, old: Schema, new: Schema, path: str) -> Iterator[tuple[str, str]]:
        before, after = old.get("properties", {}), new.get("properties", {})
        for name, schema in before.items():
            inside = f"{path}.{name}" if path else name
            if name not in after:
                yield inside, "the field is gone; a field that is no longer filled stays, and a renamed one needs a new version"
            else:
                yield from self.compare(schema, after[name], inside)
        for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
            inside = f"{path}.{name}" if path else name
            yield inside, "could be left out, now it must be there" if name in before else "a new field must be optional"
        for name in sorted((set(old.get("required", ())) - set(new.get("required", ()))) & after.keys()) if self.promised else ():
            yield f"{path}.{name}" if path else name, "was always there, now it may be left out"
        open_before, open_now = old.get("additionalProperties", True), new.get("additionalProperties", True)
        if open_now is False and open_before is not False:
            yield path, "unknown fields were ignored, now they are refused"
        elif isinstance(open_now, Mapping):
            yield from self.compare(open_before if isinstance(open_before, Mapping) else {}, open_now, f"{path}.*" if path else "*")


_NOTHING = object()


def _resolved(schema: Schema, definitions: Schema) -> Schema:
    while "$ref" in schema:
        beside = {name: value for name, value in schema.items() if name != "$ref"}
        schema = {**definitions[schema["$ref"].rpartition("/")[2]], **beside}
    return schema


def _values(schema: Schema) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    return list(schema["enum"]) if "enum" in schema else None


def _type(schema: Schema) -> str | None:
    """None for any. That of codes without a type is theirs, where they have one in common."""
    kinds = {_json_type(value) for value in _values(schema) or ()}
    said: str | None = schema.get("type", kinds.pop() if len(kinds) == 1 else None)
    return said


def _nullable(alternatives: list[Schema]) -> bool:
    return any(each.get("type") == "null" for each in alternatives)


def _type_fits(old: str | None, new: str | None) -> bool:
    return new is None or old == new or (old, new) == ("integer", "number")


def _more_types(was: list[str | None], now: list[str | None], path: str) -> Iterator[tuple[str, str]]:
    """Types that subscribers were not told of. Null is told apart, a type in place of another too; all numbers are one type of JSON."""
    if not all(any(_type_fits(old, new) for new in now) for old in was):
        return
    for new in now:
        if new != "null" and not any(_type_fits(new, old) or (new, old) == ("number", "integer") for old in was):
            yield path, f"was always of type {_listed([old or 'any' for old in was])}, now it may be {new or 'anything'}"


def _limits(old: Schema, new: Schema, path: str) -> Iterator[tuple[str, str]]:
    for keyword in _LOWER:
        if keyword in new and (keyword not in old or old[keyword] < new[keyword]):
            yield path, f"its {keyword} was {old.get(keyword, 'none')}, now {new[keyword]}"
    for keyword in _UPPER:
        if keyword in new and (keyword not in old or old[keyword] > new[keyword]):
            yield path, f"its {keyword} was {old.get(keyword, 'none')}, now {new[keyword]}"


def _pattern_widened(old: str | None, new: str) -> bool:
    """Whether all that matched still does: the same pattern, or a list of alternatives of which none was taken away."""
    if old == new:
        return True
    before, after = _ALTERNATIVES.fullmatch(old or ""), _ALTERNATIVES.fullmatch(new)
    return before is not None and after is not None and set(before["inside"].split("|")) <= set(after["inside"].split("|"))


def _json_type(value: Any) -> str:
    return {str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null"}.get(type(value), "object")


def _listed(values: list[Any]) -> str:
    return ", ".join(map(str, values))
