"""The lexicon beside this file, read once: furniture rules, stamp words, agencies, zones."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from muster_contracts.articles import Removed

Kind = Literal["repeated-headline", "summary", "credit-line", "caption", "share-line", "disclaimer", "feedback-line", "promotion"]
Where = Literal["head", "tail", "ends", "any"]

KINDS: tuple[Kind, ...] = get_args(Kind)
if get_args(Removed.model_fields["kind"].annotation) != KINDS:
    raise AssertionError("the kinds of furniture differ from the contract's")


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of furniture: `pattern` matches a line, or a segment of it, from end to end."""

    kind: Kind
    where: Where
    pattern: re.Pattern[str]
    whole: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    rules: tuple[Rule, ...]
    created: frozenset[str]
    updated: frozenset[str]
    agencies: dict[str, str]
    """Agency by each of its credits."""

    zones: dict[str, str]
    outlets: dict[str, str]
    """Zone by the outlet's name in lower case."""

    datelines: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, parsed at its first use."""
    raw = tomllib.loads(files("muster_ingest.normalise").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    return Lexicon(
        rules=tuple(_rule(entry) for entry in raw["rule"]),
        created=frozenset(raw["stamps"]["created"]),
        updated=frozenset(raw["stamps"]["updated"]),
        agencies={credit: agency for agency, written in raw["agencies"].items() for credit in written},
        zones=raw["zones"],
        outlets={name.casefold(): zone for name, zone in raw["outlets"].items()},
        datelines=raw["datelines"],
    )


def _rule(entry: dict[str, object]) -> Rule:
    kind = next(kind for kind in KINDS if kind == entry["kind"])
    where: Where = next(place for place in get_args(Where) if place == entry["where"])
    flags = re.NOFLAG if entry.get("cased") else re.IGNORECASE
    return Rule(kind, where, re.compile(str(entry["pattern"]), flags), bool(entry.get("whole")))
