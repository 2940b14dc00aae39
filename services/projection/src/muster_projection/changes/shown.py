"""What is told of a mission: its facts, and the figures of its status, each with the claims that it stands on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from muster_contracts.changes import CLAIMS_NAMED, StatusFigure, StatusValue, ToldFact

from muster_projection.board import Citation, Fact

V = TypeVar("V", ToldFact, StatusValue)


class StatusKey(NamedTuple):
    """Which figure of a mission's status."""

    figure: StatusFigure
    contributor: str
    """Empty: the whole mission's, or told without naming one."""

    item: str


@dataclass(frozen=True, slots=True)
class Said(Generic[V]):
    """One thing that is told, and what it stands on. Two are equal downstream where their values are."""

    value: V
    rule: str
    claim_ids: tuple[UUID, ...]
    """At most CLAIMS_NAMED."""

    claims: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told of one mission."""

    facts: Mapping[UUID, Said[ToldFact]]
    status: Mapping[StatusKey, Said[StatusValue]]


def initial() -> Shown:
    """Nothing told."""
    return Shown(MappingProxyType({}), MappingProxyType({}))


def speaking(fact: Fact) -> list[Citation]:
    """The claims that a fact's figure is chosen from: each origin's own, or its copies' where its own article is silent."""
    heard = {claim.origin_id for claim in fact.claims if claim.article_id == claim.origin_id}
    return [claim for claim in fact.claims if claim.article_id == claim.origin_id or claim.origin_id not in heard]


def behind(facts: Mapping[UUID, Fact], fact_ids: Iterable[UUID]) -> tuple[tuple[UUID, ...], int]:
    """Ids of the claims that speak for some facts, the decisive fact's first, and how many they are."""
    ids: dict[UUID, None] = {}
    for fact_id in fact_ids:
        if fact_id in facts:
            ids.update(dict.fromkeys(claim.claim_id for claim in speaking(facts[fact_id])))
    return tuple(ids)[:CLAIMS_NAMED], len(ids)
