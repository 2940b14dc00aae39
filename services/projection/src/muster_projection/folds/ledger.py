"""A mission's standing claims in their groups, and the facts of each group: what changes is reckoned, the rest is kept.

Claims meet only within a group (one type, contributor and kind), so the facts of a group hang on its own claims and on nothing else.
A story's original decides from which day its copies speak; where it comes or goes, the copies are laid out anew.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID, uuid5

from muster_contracts.claims import AnyClaim, ArticleRef

from muster_projection.board import Fact
from muster_projection.folds.clusters import Group, grown, original
from muster_projection.folds.facts import fact_of
from muster_projection.folds.tellings import COUNTED, Telling, telling


class Ledger:
    """The facts of one mission, kept while claims come and go. Whatever came in whatever order, they are those of the claims that stand."""

    def __init__(self, claims: Iterable[AnyClaim] = ()) -> None:
        self._stories: dict[UUID, dict[UUID, AnyClaim]] = defaultdict(dict)
        """Standing claims by origin, then by id."""

        self._originals: dict[UUID, ArticleRef] = {}
        self._tellings: dict[UUID, Telling] = {}
        self._groups: dict[Group, dict[UUID, Telling]] = defaultdict(dict)
        self._facts: dict[Group, tuple[Fact, ...]] = {}
        self._stale: set[Group] = set()
        self.change((), claims)

    def change(self, gone: Iterable[AnyClaim], come: Iterable[AnyClaim]) -> None:
        """Some claims stand no longer, others do from now on. What is denied or asked counts for nothing."""
        touched: dict[UUID, set[UUID]] = defaultdict(set)
        for claim in gone:
            story = self._stories.get(claim.article.origin_id, {})
            if story.pop(claim.claim_id, None) is not None:
                touched[claim.article.origin_id].add(claim.claim_id)
        for claim in come:
            if claim.modality in COUNTED:
                self._stories[claim.article.origin_id][claim.claim_id] = claim
                touched[claim.article.origin_id].add(claim.claim_id)
        for origin, claim_ids in touched.items():
            self._retell(origin, claim_ids)

    def facts(self) -> tuple[Fact, ...]:
        """The facts that the standing claims tell, by day.

        Of two facts that were first told in the same words by the same origin, the second gets an id of its own.
        """
        for group in self._stale:
            tellings = self._groups.get(group)
            if tellings:
                clusters = grown(sorted(tellings.values(), key=lambda each: each.order))
                self._facts[group] = tuple(fact_of(cluster) for cluster in clusters)
            else:
                self._groups.pop(group, None)
                self._facts.pop(group, None)
        self._stale.clear()
        return _apart(sorted((fact for facts in self._facts.values() for fact in facts), key=_order))

    def _retell(self, origin: UUID, claim_ids: set[UUID]) -> None:
        """Lay out some of a story's claims, or all of them where another article is its original now."""
        story = self._stories[origin]
        first = original(claim.article for claim in story.values())
        before = self._originals.pop(origin, None)
        if first is None:
            del self._stories[origin]
        else:
            self._originals[origin] = first
            if before is None or (before.known_on, before.published_on) != (first.known_on, first.published_on):
                claim_ids = claim_ids | set(story)
        for claim_id in claim_ids:
            self._forget(claim_id)
            if first is not None and claim_id in story:
                told = telling(story[claim_id], first)
                self._tellings[claim_id] = told
                self._groups[told.group][claim_id] = told
                self._stale.add(told.group)

    def _forget(self, claim_id: UUID) -> None:
        told = self._tellings.pop(claim_id, None)
        if told is not None:
            del self._groups[told.group][claim_id]
            self._stale.add(told.group)


def facts_of(claims: Iterable[AnyClaim]) -> tuple[Fact, ...]:
    """The facts that standing claims of one mission tell, by day."""
    return Ledger(claims).facts()


def _order(fact: Fact) -> tuple[object, ...]:
    return fact.day, fact.type, fact.fact_id, fact.claims[0].claim_id


def _apart(found: list[Fact]) -> tuple[Fact, ...]:
    taken: Counter[UUID] = Counter()
    told: list[Fact] = []
    for fact in found:
        repeat = taken[fact.fact_id]
        taken[fact.fact_id] += 1
        told.append(fact.model_copy(update={"fact_id": uuid5(fact.fact_id, str(repeat))}) if repeat else fact)
    return tuple(told)
