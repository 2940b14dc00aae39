"""A mission's course: its events one by one in the order of the log, and at each what it changed and why.

After the same events, in whatever order they came, the ledger is the same; only the way there differs.
"""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from muster_contracts.changes import Because
from muster_contracts.claims import AnyClaim, ExtractionCompleted
from muster_contracts.values import MissionSlug

from muster_projection.board import Board
from muster_projection.folds.ledger import Ledger
from muster_projection.folds.memo import Memo
from muster_projection.folds.reckon import board_from
from muster_projection.folds.standing import MissionLogEvent, completion_order, newest


class Course:
    """One mission while its events are heard.

    Args:
        mission: its slug; claims on others are passed over.
        claims: those heard before, standing or not.
        completions: those heard before, of all articles that tell of the mission.
    """

    def __init__(self, mission: MissionSlug, claims: Iterable[AnyClaim] = (), completions: Iterable[ExtractionCompleted] = ()) -> None:
        self._mission = mission
        self._claims = {claim.claim_id: claim for claim in claims if claim.mission == mission}
        self._articles = {claim.article.article_id for claim in self._claims.values()}
        self._newest = newest(completions)
        self._standing: dict[UUID, dict[UUID, AnyClaim]] = defaultdict(dict)
        """By article, then by id."""

        for article_id, completion in self._newest.items():
            self._standing[article_id] = self._listed(completion)
        self.ledger = Ledger(claim for standing in self._standing.values() for claim in standing.values())
        self._memo = Memo()

    def __len__(self) -> int:
        """How many claims it holds, standing or not."""
        return len(self._claims)

    def board(self) -> Board | None:
        """The board by now; None where nothing stands. Parts that nothing touched since the last one are the same objects."""
        board = board_from(self._mission, self.ledger.facts(), memo=self._memo)
        return board if board.facts else None

    def hear(self, event: MissionLogEvent) -> Because | None:
        """Take one event more. Gives why the standing claims changed by it; None where they did not."""
        match event:
            case ExtractionCompleted():
                return self._complete(event)
            case _:
                return self._tell(event)

    def strangers(self, events: Iterable[MissionLogEvent]) -> set[UUID]:
        """Articles that tell of the mission by these claims for the first time: how they were read before has to be heard first."""
        return {
            event.article.article_id for event in events if not isinstance(event, ExtractionCompleted) and event.mission == self._mission
        } - self._articles

    def concerns(self, event: MissionLogEvent) -> bool:
        """Whether an event is of the mission: a claim on it, or the reading of an article that is known to have one."""
        match event:
            case ExtractionCompleted():
                return event.article.article_id in self._articles
            case _:
                return event.mission == self._mission

    def _tell(self, claim: AnyClaim) -> Because | None:
        if claim.mission != self._mission or claim.claim_id in self._claims:
            return None
        self._claims[claim.claim_id] = claim
        self._articles.add(claim.article.article_id)
        completion = self._newest.get(claim.article.article_id)
        # Its completion comes after it on the log. Only a mended dead letter can come later, and then stands at once.
        return Because.TOLD if completion and self._stand(completion) else None

    def _complete(self, completion: ExtractionCompleted) -> Because | None:
        held = self._newest.get(completion.article.article_id)
        if held is not None and completion_order(completion) <= completion_order(held):
            return None
        self._newest[completion.article.article_id] = completion
        return _because(held, completion) if self._stand(completion) else None

    def _stand(self, completion: ExtractionCompleted) -> bool:
        """Let an article's claims stand that its newest completion lists; whether they are others than before."""
        before, now = self._standing[completion.article.article_id], self._listed(completion)
        if before.keys() == now.keys():
            return False
        self._standing[completion.article.article_id] = now
        self.ledger.change(
            [claim for claim_id, claim in before.items() if claim_id not in now],
            [claim for claim_id, claim in now.items() if claim_id not in before],
        )
        return True

    def _listed(self, completion: ExtractionCompleted) -> dict[UUID, AnyClaim]:
        if completion.retracted:
            return {}
        told = (self._claims.get(claim_id) for claim_id in completion.claim_ids)
        return {claim.claim_id: claim for claim in told if claim and claim.article.article_id == completion.article.article_id}


def _because(before: ExtractionCompleted | None, now: ExtractionCompleted) -> Because:
    if now.retracted:
        return Because.RETRACTED
    if before is None:
        return Because.TOLD
    return Because.REVISED if now.article.revision > before.article.revision else Because.READ_AGAIN
