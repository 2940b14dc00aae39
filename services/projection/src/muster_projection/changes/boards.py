"""What a board shows, as it is told downstream."""

from muster_contracts.changes import CLAIMS_NAMED, ToldFact

from muster_projection.board import Board, Fact
from muster_projection.changes.shown import Said, Shown, initial, speaking
from muster_projection.changes.status import status
from muster_projection.folds.memo import Memo


def shown(board: Board | None, memo: Memo | None = None) -> Shown:
    """What a board shows; nothing where there is none.

    Args:
        memo: what the mission's board showed last time; facts and parts that are the same objects show the same.
    """
    if board is None:
        return initial()
    memo = memo or Memo()
    facts = {fact.fact_id: fact for fact in board.facts}
    told = {fact_id: memo.of(fact_id, [fact], None, lambda fact=fact: _told(fact)) for fact_id, fact in facts.items()}  # type: ignore[misc]
    seen = Shown(told, dict(status(board, facts, memo)))
    memo.settle()
    return seen


def _told(fact: Fact) -> Said[ToldFact]:
    value = ToldFact(
        fact_id=fact.fact_id,
        type=fact.type,
        contributor=fact.contributor,
        kind=fact.kind,
        detail=fact.detail,
        quantity=fact.quantity,
        low=fact.low,
        high=fact.high,
        date=fact.date,
        ahead=fact.ahead,
        reasons=fact.reasons,
        person=fact.person,
        post=fact.post,
        successor=fact.successor,
        main=fact.main,
        running_total=fact.running_total,
        no_comment=fact.no_comment,
        modality=fact.modality,
        origins=fact.origins,
        first_told=fact.first_told,
        last_told=fact.last_told,
        contradicts=fact.contradicts,
    )
    claim_ids = [claim.claim_id for claim in speaking(fact)]
    return Said(value, fact.quantity_rule if fact.quantity else fact.date_rule, tuple(claim_ids[:CLAIMS_NAMED]), len(claim_ids))
