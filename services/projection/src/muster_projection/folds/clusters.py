"""Clusters: standing claims that tell the same happening.

Each cluster grows round its most precise telling, and every other joins the one that it fits best. Measuring against that one
telling, not against whoever joined before, keeps a chain of nearly equal numbers or dates from running together.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from muster_contracts.claims import ArticleRef

from muster_projection.folds.tellings import Telling, same_number, same_units


@dataclass(slots=True, eq=False)
class Cluster:
    """Tellings of one happening; the first is the one that it grew round."""

    tellings: list[Telling] = field(default_factory=list)
    by_article: dict[UUID, list[Telling]] = field(default_factory=lambda: defaultdict(list))

    @property
    def centre(self) -> Telling:
        return self.tellings[0]


Group = tuple[str, str, str, str]
"""Type, contributor, kind and whether it is ahead: what claims must share to meet at all."""


def original(articles: Iterable[ArticleRef]) -> ArticleRef | None:
    """Of the articles that tell one story: its own, or the first of its copies where that has nothing to tell here."""
    return min(articles, key=_place, default=None)


def _place(article: ArticleRef) -> tuple[bool, date, UUID, date]:
    return article.article_id != article.origin_id, article.known_on, article.article_id, article.published_on


def grown(tellings: list[Telling]) -> list[Cluster]:
    """The clusters of one group's tellings, which are given in the order of their content: so it is a function of their set."""
    grown: list[Cluster] = []
    by_month: dict[int, list[int]] = defaultdict(list)
    """Places in `grown`, by each stretch of days that a cluster's centre can be dated to; NO_MONTH: undated."""
    by_origin: dict[UUID, list[int]] = defaultdict(list)
    for each in tellings:
        best: Cluster | None = None
        best_distance: tuple[int, int, int] | None = None
        for cluster in _in_reach(each, grown, by_month, by_origin):
            beside = cluster.by_article.get(each.article_id, ())
            if same_happening(cluster.centre, each) and not any(_told_apart(each, member) for member in beside):
                distance = _distance(cluster.centre, each)
                if best_distance is None or distance < best_distance:  # of equals, the first: the more precise
                    best, best_distance = cluster, distance
        if best is None:
            best = Cluster()
            for month in _months(each, 0):
                by_month[month].append(len(grown))
            by_origin[each.origin_id].append(len(grown))
            grown.append(best)
        best.tellings.append(each)
        best.by_article[each.article_id].append(each)
    return grown


NO_MONTH = -1


def _months(each: Telling, reach: int) -> Iterable[int]:
    """Stretches of 32 days that the telling's date, give or take some days, can lie in."""
    if each.first is None or each.last is None:
        return (NO_MONTH,)
    return range(max(0, each.first - reach) // 32, (each.last + reach) // 32 + 1)


def _in_reach(each: Telling, grown: list[Cluster], by_month: dict[int, list[int]], by_origin: dict[UUID, list[int]]) -> Iterable[Cluster]:
    """The clusters that can be the telling's by their dates, oldest first: all where its date alone can't say."""
    if each.first is None or each.same.window is None:
        return grown
    places = set(by_month.get(NO_MONTH, ()))
    places.update(by_origin.get(each.origin_id, ()))  # those of its own story reach farther: a copy dates as much later as it was printed
    for month in _months(each, each.same.window):
        places.update(by_month.get(month, ()))
    return (grown[place] for place in sorted(places))


def same_happening(one: Telling, other: Telling) -> bool:
    """Whether two tellings of one type, contributor and kind can be of the same happening."""
    same = one.same
    if one.claim.contributor != other.claim.contributor and one.claim.contributor and other.claim.contributor:
        return False
    if not _same_detail(one, other):
        return False
    if not same.unnumbered and (one.claim.quantity is None) != (other.claim.quantity is None):
        return False
    if not same_number(one, other):
        return False
    if same.reasons and one.reasons and other.reasons and not one.reasons & other.reasons:
        return False
    return _same_time(one, other)


def gap(one: Telling, other: Telling) -> int | None:
    """Days between the nearest that both dates can mean; 0 where they overlap; None where one is undated."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    return max(0, one.first - other.last, other.first - one.last)


def _same_detail(one: Telling, other: Telling) -> bool:
    if one.detail == other.detail:
        return True
    match one.type:
        case "deployment-scheduled":  # 'deployment' leaves open which step it is
            return "full-strength" not in (one.detail, other.detail) and "deployment" in (one.detail, other.detail)
        case "commander-appointed":
            return one.detail is None or other.detail is None
        case _:
            return False


def _same_time(one: Telling, other: Telling) -> bool:
    same, days = one.same, gap(one, other)
    if days is not None:
        # A copy dates what its original calls 'today' as much later as it was printed.
        lag = abs((one.claim.article.published_on - other.claim.article.published_on).days) if one.origin_id == other.origin_id else 0
        return same.window is None or days <= same.window + lag
    if same.told is None:
        return True
    if same.past and (one.first is not None or other.first is not None):
        dated, undated = (one, other) if one.first is not None else (other, one)
        # An undated telling is of something not long before it was printed.
        return (dated.first or 0) <= undated.told + 1 and undated.told - same.told <= (dated.last or 0)
    return abs(one.told - other.told) <= same.told


def _told_apart(one: Telling, other: Telling) -> bool:
    """One article that gives two numbers, two dates or two sayings tells two happenings. Both tellings are of one article."""
    if one.same.words:
        return one.claim.evidence.quote != other.claim.evidence.quote
    a, b = one.claim.quantity, other.claim.quantity
    if a and b and (a.amount != b.amount or not same_units(a, b)):
        return True
    return one.same.window is not None and bool(gap(one, other))


def _distance(centre: Telling, other: Telling) -> tuple[int, int, int]:
    """How well a telling fits: dates that are near, words that are equal, printed near each other."""
    days = gap(centre, other)
    alike = 0 if centre.claim.evidence.quote == other.claim.evidence.quote else 1
    return (days if days is not None else 10_000, alike, abs(centre.told - other.told))
