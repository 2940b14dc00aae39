"""A mission's standing claims in their groups, and the facts of each group: what changes is reckoned, the rest is kept.

Claims meet only within a group (one type, contributor and kind), so the facts of a group hang on its own claims and on nothing else.
A story's original decides from which day its copies speak; where it comes or goes, the copies are laid out anew.
"""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid5

from muster_contracts.claims import AnyClaim, ArticleRef

from muster_projection.board import Fact
from muster_projection.folds.clusters import Group, grown, original
from muster_projection.folds.facts import fact_of
from muster_projection.folds.tellings import COUNTED, Telling, telling

Members = frozenset[Telling]
"""The tellings of one cluster. Each is equal to itself alone: laid out anew, a claim is another telling."""


class Ledger:
    """The facts of one mission, kept while claims come and go. Whatever came in whatever order, they are those of the claims that stand."""

    def __init__(self, claims: Iterable[AnyClaim] = ()) -> None:
        self._stories: dict[UUID, dict[UUID, AnyClaim]] = defaultdict(dict)
        """Standing claims by origin, then by id."""

        self._originals: dict[UUID, ArticleRef] = {}
        self._tellings: dict[UUID, Telling] = {}
        self._groups: dict[Group, dict[UUID, Telling]] = defaultdict(dict)
        self._facts: dict[Group, dict[Members, Fact]] = {}
        self._ordered: list[Fact] = []
        """All facts, by day."""

        self._ids: Counter[UUID] = Counter()
        self._repeated: set[UUID] = set()
        """Ids that more than one fact has."""

        self._renames: dict[tuple[UUID, int], tuple[Fact, Fact]] = {}
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
        """The facts that the standing claims tell, by day. Those that nothing touched since last time are the same objects.

        Of two facts that were first told in the same words by the same origin, the second gets an id of its own.
        """
        for group in self._stale:
            before = self._facts.pop(group, {})
            now = self._reckoned(group, before)
            if now:
                self._facts[group] = now
            for tellings in before.keys() - now.keys():
                self._take_out(before[tellings])
            for tellings in now.keys() - before.keys():
                self._put_in(now[tellings])
        self._stale.clear()
        return self._apart() if self._repeated else tuple(self._ordered)

    def _reckoned(self, group: Group, before: dict[Members, Fact]) -> dict[Members, Fact]:
        """The group's facts by the tellings behind each. What the very same tellings told before they tell now."""
        tellings = self._groups.get(group)
        if not tellings:
            self._groups.pop(group, None)
            return {}
        now: dict[Members, Fact] = {}
        for cluster in grown(sorted(tellings.values(), key=lambda each: each.order)):
            members = frozenset(cluster.tellings)
            now[members] = before.get(members) or fact_of(cluster)
        return now

    def _put_in(self, fact: Fact) -> None:
        insort(self._ordered, fact, key=_order)
        self._ids[fact.fact_id] += 1
        if self._ids[fact.fact_id] > 1:
            self._repeated.add(fact.fact_id)

    def _take_out(self, fact: Fact) -> None:
        place = bisect_left(self._ordered, _order(fact), key=_order)
        while self._ordered[place] is not fact:  # two can be equal in their order while one takes the other's place
            place += 1
        del self._ordered[place]
        self._ids[fact.fact_id] -= 1
        if self._ids[fact.fact_id] < 2:
            self._repeated.discard(fact.fact_id)
        if not self._ids[fact.fact_id]:
            del self._ids[fact.fact_id]

    def _apart(self) -> tuple[Fact, ...]:
        taken: Counter[UUID] = Counter()
        told: list[Fact] = []
        for fact in self._ordered:
            if fact.fact_id in self._repeated:
                repeat = taken[fact.fact_id]
                taken[fact.fact_id] += 1
                if repeat:
                    fact = self._renamed(fact, repeat)
            told.append(fact)
        return tuple(told)

    def _renamed(self, fact: Fact, repeat: int) -> Fact:
        held = self._renames.get((fact.fact_id, repeat))
        if held is None or held[0] is not fact:
            held = (fact, fact.model_copy(update={"fact_id": uuid5(fact.fact_id, str(repeat))}))
            self._renames[fact.fact_id, repeat] = held
        return held[1]

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


def _order(fact: Fact) -> tuple[date, str, UUID, UUID]:
    return fact.day, fact.type, fact.fact_id, fact.claims[0].claim_id
