"""Folding changes: what somebody who heard them all has been told. The consumer's side of the contract, and our own memory."""

from typing import assert_never

from muster_contracts.changes import ChangeEvent, FactEstablished, FactRevised, FactWithdrawn, StatusChanged

from muster_projection.changes.shown import Said, Shown, StatusKey


def evolve(told: Shown, change: ChangeEvent) -> Shown:
    """What is told after one change more. A repeat changes nothing, as long as nothing newer came of the same fact or figure."""
    facts, status = dict(told.facts), dict(told.status)
    match change:
        case FactEstablished(fact=fact):
            facts[fact.fact_id] = Said(fact, change.rule, change.claim_ids, change.claims)
        case FactRevised(after=fact):
            facts[fact.fact_id] = Said(fact, change.rule, change.claim_ids, change.claims)
        case FactWithdrawn(fact=fact):
            facts.pop(fact.fact_id, None)
        case StatusChanged(after=None):
            status.pop(key_of(change), None)
        case StatusChanged(after=value):
            assert value is not None
            status[key_of(change)] = Said(value, change.rule, change.claim_ids, change.claims)
        case _:
            assert_never(change)
    return Shown(facts, status)


def key_of(change: StatusChanged) -> StatusKey:
    """Which figure a change of the status is of."""
    return StatusKey(change.figure, change.contributor or "", change.item)
