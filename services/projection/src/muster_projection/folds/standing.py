"""What stands: per article, the claims that its newest completed extraction lists.

A function of the set of events: neither their order nor how often each came changes it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from muster_contracts.claims import AnyClaim, ExtractionCompleted

MissionLogEvent = AnyClaim | ExtractionCompleted


@dataclass(frozen=True)
class Heard:
    """The events heard so far, each once, by id."""

    claims: Mapping[UUID, AnyClaim]
    completions: Mapping[UUID, ExtractionCompleted]

    def standing(self, known_at: date | None = None) -> tuple[AnyClaim, ...]:
        """The claims that stand, as far as was public on `known_at`."""
        return standing(self.completions.values(), self.claims.values(), known_at)


def initial() -> Heard:
    """Nothing heard."""
    return Heard(MappingProxyType({}), MappingProxyType({}))


def evolve(state: Heard, event: MissionLogEvent) -> Heard:
    """The state with one event more. A repeat changes nothing."""
    match event:
        case ExtractionCompleted():
            return Heard(state.claims, {**state.completions, event.completion_id: _one(state.completions.get(event.completion_id), event)})
        case _:
            return Heard({**state.claims, event.claim_id: _one(state.claims.get(event.claim_id), event)}, state.completions)


def completion_order(completion: ExtractionCompleted) -> tuple[int, tuple[int, ...], str, UUID]:
    """The newest completion of an article is the greatest by revision, then extractor version, then extractor name, then id."""
    return completion.article.revision, completion.extractor.rank, completion.extractor.name, completion.completion_id


def newest(completions: Iterable[ExtractionCompleted], known_at: date | None = None) -> dict[UUID, ExtractionCompleted]:
    """Each article's newest completed extraction, by article id.

    Args:
        completions: in any order, repeats allowed.
        known_at: leave out wordings that became public after this day; None: leave out none.
    """
    by_article: dict[UUID, ExtractionCompleted] = {}
    for completion in _each_once(completions, "completion_id"):
        if known_at and completion.article.known_on > known_at:
            continue
        held = by_article.get(completion.article.article_id)
        if held is None or completion_order(held) < completion_order(completion):
            by_article[completion.article.article_id] = completion
    return by_article


def standing(completions: Iterable[ExtractionCompleted], claims: Iterable[AnyClaim], known_at: date | None = None) -> tuple[AnyClaim, ...]:
    """The claims that stand, by day of publication, article and place in the text.

    A claim stands by its own article's completion only. Of a retracted article nothing stands. A claim that is listed and not here
    yet is left out: `awaited` names it.
    """
    by_id = {claim.claim_id: claim for claim in _each_once(claims, "claim_id")}
    articles = sorted(newest(completions, known_at).values(), key=lambda each: (each.article.known_on, each.article.article_id))
    return tuple(
        by_id[claim_id]
        for completion in articles
        if not completion.retracted
        for claim_id in dict.fromkeys(completion.claim_ids)
        if claim_id in by_id and by_id[claim_id].article.article_id == completion.article.article_id
    )


def awaited(completions: Iterable[ExtractionCompleted], claims: Iterable[AnyClaim]) -> tuple[UUID, ...]:
    """Ids that the newest completions list and that no claim here has: lost, or still on their way."""
    here = {claim.claim_id for claim in claims}
    return tuple(
        sorted(
            claim_id for each in newest(completions).values() if not each.retracted for claim_id in each.claim_ids if claim_id not in here
        )
    )


E_ = TypeVar("E_", AnyClaim, ExtractionCompleted)


def _one(held: E_ | None, event: E_) -> E_:
    # Ids are functions of content, so two events of one id are equal. Should a writer break that, the choice must not hang on arrival.
    return event if held is None or held == event else min(held, event, key=lambda each: each.model_dump_json())


def _each_once(events: Iterable[E_], id_field: str) -> Iterable[E_]:
    by_id: dict[UUID, E_] = {}
    for event in events:
        key = getattr(event, id_field)
        by_id[key] = _one(by_id.get(key), event)
    return by_id.values()
