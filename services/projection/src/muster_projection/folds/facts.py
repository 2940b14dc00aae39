"""From a cluster of claims to a fact: the figure shown, the rule that chose it, and who told it how often.

Each origin has one voice: its own article where that is here, else its copies. So a copy of a story can raise the count of
copies, and nothing else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from math import prod
from typing import Any
from uuid import UUID, uuid5

from muster_contracts.claims import AnyClaim
from muster_contracts.ids import MUSTER, canonical_json
from muster_contracts.partial_dates import agree, first_day, last_day
from muster_contracts.values import Quantity, Reason

from muster_projection.board import Citation, Fact, Figure
from muster_projection.folds.clusters import Cluster
from muster_projection.folds.sameness import EXACTNESS
from muster_projection.folds.tellings import FIRMNESS, Telling

MOST_CITED = 0.999999
"""Certainty is never printed as 1 where it was multiplied together: independent tellings can share one error."""


def fact_of(cluster: Cluster) -> Fact:
    """The fact that the cluster's claims tell."""
    voices = _voices(cluster.tellings)
    speaking = sorted((each for voice in voices.values() for each in voice), key=lambda each: each.order)
    quantity, quantity_rule = _quantity(speaking)
    day, date_rule = _date(speaking, quantity)
    shown = min(speaking, key=lambda each: (_fit(each, quantity, day), each.order))
    claim = shown.claim
    numbers = [each.claim.quantity.amount for each in speaking if each.claim.quantity]
    told = [each.claim.article.known_on for each in speaking]
    articles = {each.article_id for each in cluster.tellings}
    rest = sorted((each for each in cluster.tellings if each is not shown), key=lambda each: (each.told, each.order))
    return Fact(
        fact_id=_fact_id(speaking),
        type=shown.type,
        mission=claim.mission,
        contributor=_most_told(speaking, lambda each: each.claim.contributor),
        kind=shown.kind,
        detail=shown.detail,
        quantity=quantity,
        date=day,
        day=first_day(day) if day and shown.same.past and not shown.ahead else min(told),
        ahead=shown.ahead,
        quantity_rule=quantity_rule,
        date_rule=date_rule,
        low=min(numbers, default=None),
        high=max(numbers, default=None),
        reasons=_reasons(speaking),
        person=_most_told(speaking, lambda each: getattr(each.claim, "person", None)),
        post=_most_told(speaking, lambda each: getattr(each.claim, "post", None)),
        successor=_most_told(speaking, lambda each: getattr(each.claim, "successor", None)),
        main=any(getattr(each.claim, "main", False) for each in speaking),
        running_total=getattr(claim, "running_total", False),
        no_comment=getattr(claim, "no_comment", False),
        modality=min((each.claim.modality for each in speaking), key=lambda modality: FIRMNESS[modality]),
        origins=len(voices),
        articles=len(articles),
        copies=len(articles) - len(voices),
        first_told=min(told),
        last_told=max(told),
        certainty=_certainty(voices),
        claims=(citation(claim), *(citation(each.claim) for each in rest)),
    )


def figure(fact: Fact, rule: str | None = None) -> Figure:
    """The fact in short."""
    return Figure(
        fact_id=fact.fact_id,
        quantity=fact.quantity,
        date=fact.date,
        rule=rule or (fact.quantity_rule if fact.quantity else fact.date_rule),
        low=fact.low,
        high=fact.high,
        origins=fact.origins,
        copies=fact.copies,
        first_told=fact.first_told,
        last_told=fact.last_told,
        certainty=fact.certainty,
        citation=fact.claims[0],
    )


def citation(claim: AnyClaim) -> Citation:
    """The claim's words and where they stand."""
    article = claim.article
    return Citation(
        claim_id=claim.claim_id,
        quote=claim.evidence.quote,
        start=claim.evidence.start,
        end=claim.evidence.end,
        quantity=claim.quantity,
        date=claim.date,
        speaker=claim.attributed_to,
        modality=claim.modality,
        certainty=claim.certainty,
        article_id=article.article_id,
        revision=article.revision,
        url=article.url,
        source=article.source,
        origin=article.origin,
        origin_id=article.origin_id,
        title=article.title,
        published_on=article.published_on,
        known_on=article.known_on,
    )


def _voices(tellings: Iterable[Telling]) -> dict[UUID, list[Telling]]:
    own: dict[UUID, list[Telling]] = defaultdict(list)
    copied: dict[UUID, list[Telling]] = defaultdict(list)
    for each in tellings:
        (copied if each.copy else own)[each.origin_id].append(each)
    return {**copied, **own}


def _quantity(speaking: list[Telling]) -> tuple[Quantity | None, str]:
    """Of the numbers told: the best known, then the one of most origins, then the one told last, then the lowest."""
    told: dict[tuple[int, str, str], list[Telling]] = defaultdict(list)
    for each in speaking:
        if each.claim.quantity:
            told[each.claim.quantity.amount, each.claim.quantity.unit, each.claim.quantity.qualifier].append(each)
    if not told:
        return None, "no number told"

    def rank(key: tuple[int, str, str]) -> tuple[Any, ...]:
        quantity = told[key][0].claim.quantity
        assert quantity is not None
        origins = len({each.origin_id for each in told[key]})
        return EXACTNESS[quantity.qualifier], -origins, -max(each.told for each in told[key]), quantity.unit == "personnel", key

    ranked = sorted(told, key=rank)
    best = rank(ranked[0])
    chosen = told[ranked[0]][0].claim.quantity
    if len(ranked) == 1:
        return chosen, "the only number told"
    names = ("the best known number", "told by most origins", "told last", "the more specific unit", "the lowest")
    second = rank(ranked[1])
    return chosen, names[next(place for place in range(5) if best[place] != second[place])]


def _date(speaking: list[Telling], quantity: Quantity | None) -> tuple[str | None, str]:
    shown = speaking[0].same.date_shown
    dated = [each for each in speaking if each.claim.date]
    if shown == "numbered":
        dated = [each for each in dated if each.claim.quantity == quantity] or dated
    told: dict[str, set[UUID]] = defaultdict(set)
    for each in dated:
        told[each.claim.date or ""].add(each.origin_id)
    if not told:
        return None, "no date told"
    if len(told) == 1:
        return next(iter(told)), "the only date told"
    if shown == "earliest":
        begin = min(told, key=lambda each: (last_day(each), each))
        return max((each for each in told if agree(each, begin)), key=lambda each: (len(each), each)), "the earliest date told"
    support = {one: len(set().union(*(told[other] for other in told if agree(one, other)))) for one in told}
    return min(told, key=lambda each: (-len(each), -support[each], each)), "the most precise date told"


def _fit(each: Telling, quantity: Quantity | None, day: str | None) -> int:
    return (each.claim.quantity != quantity) * 2 + (each.claim.date != day)


def _reasons(speaking: list[Telling]) -> tuple[Reason, ...]:
    """All reasons named: by most origins first, then as the texts stress them."""
    named: dict[Reason, set[UUID]] = defaultdict(set)
    place: dict[Reason, int] = {}
    for each in speaking:
        for position, reason in enumerate(getattr(each.claim, "reasons", ())):
            named[reason].add(each.origin_id)
            place[reason] = min(place.get(reason, position), position)
    return tuple(sorted(named, key=lambda reason: (-len(named[reason]), place[reason], reason)))


def _most_told(speaking: list[Telling], read: Callable[[Telling], str | None]) -> str | None:
    told: dict[str, set[UUID]] = defaultdict(set)
    for each in speaking:
        if value := read(each):
            told[value].add(each.origin_id)
    return min(told, key=lambda value: (-len(told[value]), -len(value), value), default=None)


def _certainty(voices: dict[UUID, list[Telling]]) -> float:
    best = sorted(max(each.claim.certainty for each in voice) for voice in voices.values())
    if len(best) == 1:
        return best[0]
    return round(min(1 - prod(1 - each for each in best), max(MOST_CITED, *best)), 6)


def _fact_id(speaking: list[Telling]) -> UUID:
    """What was told first names the fact: later tellings, copies and better extractors' offsets leave its id as it is."""
    first = min(speaking, key=lambda each: (each.told, str(each.origin_id), each.order))
    claim = first.claim
    said = {
        "type": first.type,
        "mission": claim.mission,
        "contributor": claim.contributor,
        "kind": first.kind,
        "detail": first.detail,
        "origin": str(first.origin_id),
        "amount": claim.quantity.amount if claim.quantity else None,
        "unit": claim.quantity.unit if claim.quantity else None,
        "date": claim.date,
        "reasons": sorted(first.reasons),
        "words": claim.evidence.quote if first.same.words else None,
    }
    return uuid5(MUSTER, f"fact:{canonical_json(said)}")
