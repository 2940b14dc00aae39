"""What changed between what was shown and what is shown now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from muster_contracts.changes import (
    Because,
    ChangeEvent,
    FactEstablished,
    FactRevised,
    FactWithdrawn,
    StatusChanged,
    ToldFact,
)
from muster_contracts.claims import ArticleRef
from muster_contracts.ids import MUSTER, canonical_json
from muster_contracts.values import MissionSlug

from muster_projection.changes.shown import Said, Shown


@dataclass(frozen=True, slots=True)
class Cause:
    """What made a step from one board to the next."""

    because: Because
    event_id: str
    """Id of the event that made it; enters the changes' ids."""

    article: ArticleRef | None = None
    """Where it was read; None where the board was reckoned again."""


def differences(mission: MissionSlug, before: Shown, after: Shown, cause: Cause) -> list[ChangeEvent]:
    """The changes that lead from one to the other: facts established, revised, withdrawn, each by id, then figures of the status.

    Ids are functions of what changed and of its cause, so that the same step makes the same changes whenever it is taken.
    """
    common = {"mission": mission, "because": cause.because, "article": cause.article}
    return [_identified(event, cause) for event in (*_facts(before, after, common), *_status(before, after, common))]


def change_id(event: ChangeEvent, cause_id: str) -> UUID:
    """A change is what it says, and the event that made it.

    Which claims stand behind it and the rule in words are left out: they follow from the cause.
    """
    said = event.model_dump(mode="json", exclude={"change_id", "article", "claim_ids", "claims", "rule"})
    return uuid5(MUSTER, f"change:{cause_id}:{canonical_json(said)}")


def _identified(event: ChangeEvent, cause: Cause) -> ChangeEvent:
    return event.model_copy(update={"change_id": change_id(event, cause.event_id)})


_UNNAMED = UUID(int=0)


def _facts(before: Shown, after: Shown, common: Mapping[str, Any]) -> Iterator[ChangeEvent]:
    gone = sorted(before.facts.keys() - after.facts.keys())
    come = sorted(after.facts.keys() - before.facts.keys())
    heirs = _sharing({each: before.facts[each] for each in gone}, {each: after.facts[each] for each in come})
    forebears: dict[UUID, list[UUID]] = {}
    for old, new in heirs:
        forebears.setdefault(new, []).append(old)
    for fact_id in come:
        said = after.facts[fact_id]
        replaces = tuple(forebears.get(fact_id, ()))
        yield FactEstablished(change_id=_UNNAMED, fact=said.value, rule=said.rule, replaces=replaces, **_standing(said), **common)
    kept = [fact_id for fact_id, said in after.facts.items() if before.facts.get(fact_id, said) is not said]
    for fact_id in sorted(kept):
        was, is_now = before.facts[fact_id], after.facts[fact_id]
        if was.value != is_now.value:
            yield FactRevised(
                change_id=_UNNAMED,
                before=was.value,
                after=is_now.value,
                changed=_differing(was.value, is_now.value),
                rule=is_now.rule,
                **_standing(is_now),
                **common,
            )
    inherited = _sharing({each: before.facts[each] for each in gone}, after.facts) if gone else []
    for fact_id in gone:
        said = before.facts[fact_id]
        replaced_by = tuple(new for old, new in inherited if old == fact_id)
        yield FactWithdrawn(change_id=_UNNAMED, fact=said.value, replaced_by=replaced_by, **_standing(said), **common)


def _status(before: Shown, after: Shown, common: Mapping[str, Any]) -> Iterator[ChangeEvent]:
    gone = before.status.keys() - after.status.keys()
    for key in sorted([*gone, *(key for key, said in after.status.items() if before.status.get(key) is not said)]):
        was, is_now = before.status.get(key), after.status.get(key)
        if (was.value if was else None) != (is_now.value if is_now else None):
            said = is_now or was
            assert said
            yield StatusChanged(
                change_id=_UNNAMED,
                figure=key.figure,
                contributor=key.contributor or None,
                item=key.item,
                before=was.value if was else None,
                after=is_now.value if is_now else None,
                rule=is_now.rule if is_now else "",
                **_standing(said),
                **common,
            )


def _standing(said: Said[Any]) -> dict[str, Any]:
    return {"claim_ids": said.claim_ids, "claims": said.claims}


def _differing(one: ToldFact, other: ToldFact) -> tuple[str, ...]:
    return tuple(name for name in ToldFact.model_fields if getattr(one, name) != getattr(other, name))


def _sharing(old: Mapping[UUID, Said[ToldFact]], new: Mapping[UUID, Said[ToldFact]]) -> list[tuple[UUID, UUID]]:
    """Pairs of an old and a new fact that name a claim in common, sorted."""
    if not old:
        return []
    wanted = {claim_id: fact_id for fact_id, said in old.items() for claim_id in said.claim_ids}
    return sorted({(wanted[claim_id], fact_id) for fact_id, said in new.items() for claim_id in said.claim_ids if claim_id in wanted})
