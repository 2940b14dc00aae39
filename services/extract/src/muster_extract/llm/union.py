"""Both coders together: the union of what the rules and the model read, merged on the fact by the same stage that merges the rules' own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from muster_contracts.articles import ArticleContent
from muster_contracts.claims import AnyClaim

from muster_extract.candidate import Candidate
from muster_extract.llm import restate
from muster_extract.llm.quoted import Quoted, of_claim
from muster_extract.llm.survey import Survey
from muster_extract.merge import APART, Dropped, merge, same_fact
from muster_extract.screening import HELD


@dataclass(frozen=True)
class _Standing:
    """A fact and who told it. `claim` is the rules' own, as long as the model added nothing to it."""

    candidate: Candidate
    rules: tuple[str, ...]
    claim: AnyClaim | None = None


def union(
    survey: Survey, claims: Iterable[AnyClaim], told: Sequence[Quoted], made_by: tuple[str, ...]
) -> tuple[tuple[AnyClaim, ...], tuple[Dropped, ...]]:
    """Claims of both, and the tellings that another one made superfluous. `made_by` names the model among a claim's rules.

    What both tell is one claim, by its more precise telling, and surer than either: each is wrong for reasons of its own. Nothing of
    the rules is lost but what the merge stage lets a told event cover.
    """
    standing = [_Standing(of_claim(survey, claim), claim.rules, claim) for claim in claims]
    dropped: list[Dropped] = []
    for candidate in told:
        twin = _twin(standing, candidate)
        if twin is not None:
            standing[twin], worse = _agreed(standing[twin], candidate, made_by)
            dropped.extend(worse)
        else:
            _add(standing, _Standing(candidate, made_by), dropped)
    return restate.in_order(_claim(survey.article, fact) for fact in standing), tuple(dropped)


def _twin(standing: Sequence[_Standing], candidate: Quoted) -> int | None:
    """The fact that a told event tells again: of several, one whose evidence it shares."""
    twins = [at for at, fact in enumerate(standing) if same_fact(fact.candidate, _apart_alike(candidate, fact.candidate))]
    sharing = [at for at in twins if _overlap(standing[at].candidate.span, candidate.span)]
    return next(iter(sharing or twins), None)


def _agreed(fact: _Standing, candidate: Quoted, made_by: tuple[str, ...]) -> tuple[_Standing, list[Dropped]]:
    alike = _apart_alike(candidate, fact.candidate)
    [joined], dropped = merge([fact.candidate, alike])
    certainty = round(1 - (1 - fact.candidate.certainty) * (1 - candidate.certainty), 4)
    return _Standing(replace(joined, certainty=certainty), tuple(dict.fromkeys((*fact.rules, *made_by)))), dropped


def _add(standing: list[_Standing], told: _Standing, dropped: list[Dropped]) -> None:
    """Adds a fact of the model's own, unless one that stands covers it, and without those that it covers."""
    covered: list[int] = []
    for at, fact in enumerate(standing):
        if fact.candidate.modality not in HELD:
            continue  # a denial in somebody's mouth: the rules tell it as a statement, and it covers nothing
        kept, worse = merge([fact.candidate, told.candidate])
        if len(kept) == 2:
            continue
        dropped.extend(worse)
        if kept[0] is not told.candidate:
            return
        covered.append(at)
    for at in reversed(covered):
        del standing[at]
    standing.append(told)


def _apart_alike(candidate: Quoted, other: Candidate) -> Quoted:
    """The told event with the details that only the rules read (which step, whose name): where it says nothing it denies nothing."""
    own = dict(candidate.extras)
    lent = {name: value for name, value in other.extras if name not in own or name not in APART}
    return replace(candidate, extras=tuple(sorted({**own, **lent}.items())))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _claim(article: ArticleContent, fact: _Standing) -> AnyClaim:
    if fact.claim is not None:
        return restate.restated(fact.claim, restate.BOTH, fact.rules)
    return restate.claim(article, fact.candidate, restate.BOTH, fact.rules)
