"""From standing claims to the board, as of a day in the world and a day of publication."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from muster_contracts.claims import AnyClaim
from muster_contracts.values import MissionSlug

from muster_projection.board import Board, Counts, Fact, MissionSummary
from muster_projection.catalogue import shown_as
from muster_projection.folds.casualties import casualties
from muster_projection.folds.contradictions import Disputes, disputes
from muster_projection.folds.ledger import facts_of
from muster_projection.folds.memo import Memo
from muster_projection.folds.mission import ceilings, commanders, leaders, mandate, notes, statements
from muster_projection.folds.money import equipment, money
from muster_projection.folds.obstacles import obstacles
from muster_projection.folds.people import people
from muster_projection.folds.plans import causes, plans
from muster_projection.folds.strength import strengths

T = TypeVar("T")


def reckon(mission: MissionSlug, claims: Iterable[AnyClaim], *, valid_at: date | None = None, known_at: date | None = None) -> Board:
    """The mission's board.

    Args:
        mission: its slug.
        claims: claims that stand as known on `known_at` (`standing` gives them); those of other missions are left out.
        valid_at: what had happened in the world by the end of this day; None: by the day of the latest news on the mission. What a
            text gives no date for counts from the day on which it was first told; so do plans and delays.
        known_at: the day of publication that `claims` were chosen for; None: everything on the log.

    Returns:
        The board. It depends on the set of claims and the two days, not on the order of anything.
    """
    return board_from(mission, facts_of(claim for claim in claims if claim.mission == mission), valid_at=valid_at, known_at=known_at)


def board_from(
    mission: MissionSlug, told: Sequence[Fact], *, valid_at: date | None = None, known_at: date | None = None, memo: Memo | None = None
) -> Board:
    """The board that a mission's facts make, those of its ledger; days as for `reckon`.

    Args:
        memo: what was reckoned for the mission last time; parts whose facts are the same objects are taken from there.
    """
    memo = memo or Memo()
    day = valid_at or max((each.last_told for each in told), default=date.min)
    facts = [each for each in told if each.day <= day]
    disputed = disputes(facts, memo)
    facts = [_contradicted(each, disputed, memo) if each.fact_id in disputed.against else each for each in facts]
    reckoned = [each for each in facts if each.fact_id not in disputed.outvoted]

    def of(*types: str) -> list[Fact]:
        return [each for each in reckoned if each.type in types]

    def part(name: str, own: list[Fact], make: Callable[[list[Fact]], T]) -> T:
        return memo.of(name, own, None, lambda: make(own))  # no fact is after the day, so the day itself does not enter

    planned, slips = plans(reckoned, day, memo)
    whole, of_each = strengths(reckoned, day, memo)
    ladders = people(reckoned, planned, of_each, whole, day, memo)
    funds = money(reckoned, day, memo)
    authorised = part("ceilings", of("mission-authorized"), ceilings)
    shown, provisional = shown_as(mission)
    mandated = part("mandate", of("mission-authorized", "mandate-extended", "mission-ended"), lambda own: mandate(own, day))
    moved = of("obstacle-raised", "obstacle-cleared", "contingent-departed", "contingent-arrived")
    board = Board(
        mission=mission,
        name=shown.name,
        provisional=provisional,
        successor=next((each.successor for each in reckoned if each.successor), shown.successor if mandated.ended else None),
        valid_at=day,
        known_at=known_at,
        mandate=mandated,
        ceiling=authorised[-1] if authorised else None,
        ceilings=authorised,
        leaders=part("leaders", of("leadership-offered"), leaders),
        commanders=part("commanders", of("commander-appointed"), commanders),
        pledging=tuple(each.contributor for each in ladders if each.contributor and each.pledged),
        main_funders=tuple(each.contributor for each in funds if each.contributor and each.main_funder),
        strength=whole,
        contributor_strengths=of_each,
        people=ladders,
        money=funds,
        equipment=part("equipment", of("equipment-delivered", "contingent-arrived", "pledge-announced"), lambda own: equipment(own, day)),
        plans=planned,
        delays=slips,
        causes=causes(slips),
        obstacles=part("obstacles", moved, lambda own: obstacles(own, day)),
        casualties=part("casualties", of("casualty-reported"), lambda own: casualties(own, day)),
        preparations=part("preparations", of("deployment-prepared"), lambda own: notes(own, "deployment-prepared")),
        statements=part("statements", of("statement-made"), statements),
        situation=part("situation", of("situation-reported"), lambda own: notes(own, "situation-reported")),
        contradictions=disputed.contradictions,
        counts=_counts(facts),
        facts=tuple(facts),
    )
    memo.settle()
    return board


def _contradicted(fact: Fact, disputed: Disputes, memo: Memo) -> Fact:
    others = disputed.against[fact.fact_id]
    return memo.of(("contradicted", fact.fact_id), [fact], others, lambda: fact.model_copy(update={"contradicts": others}))


def mission_summary(board: Board) -> MissionSummary:
    """The board in one line."""
    ahead = [each for each in board.plans if each.outcome not in ("met", "lapsed")]
    lost = [each.days_lost for each in board.plans if each.days_lost is not None]
    return MissionSummary(
        mission=board.mission,
        name=board.name,
        provisional=board.provisional,
        successor=board.successor,
        leader=board.leaders[-1].contributor if board.leaders else None,
        ceiling=board.ceiling.quantity if board.ceiling else None,
        pledging=len(board.pledging),
        deployed=board.strength.quantity if board.strength else None,
        plans_open=len(ahead),
        next_planned=min((each.planned_for for each in ahead if each.planned_for), default=None),
        days_lost=sum(lost) if lost else None,
        ended=board.mandate.ended is not None,
        last_told=max((each.last_told for each in board.facts), default=board.valid_at),
        counts=board.counts,
    )


def mission_summaries(boards: Iterable[Board]) -> tuple[MissionSummary, ...]:
    """One line for each mission, by slug."""
    return tuple(mission_summary(board) for board in sorted(boards, key=lambda each: each.mission))


def _counts(facts: Sequence[Fact]) -> Counts:
    articles: set[UUID] = set()
    origins: set[UUID] = set()
    claims = 0
    for fact in facts:
        claims += len(fact.claims)
        articles.update(claim.article_id for claim in fact.claims)
        origins.update(claim.origin_id for claim in fact.claims)
    return Counts(articles=len(articles), origins=len(origins), copies=len(articles) - len(origins), claims=claims, facts=len(facts))
