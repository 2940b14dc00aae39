"""A missed event is laid to the stage at which it fell."""

from typing import Any

import pytest
from muster_extract.evaluate import read_rows
from muster_extract.evaluation.losses import Loss, losses
from muster_extract.evaluation.scoring import outcome
from muster_extract.pipeline import Reader

HEADLINE = "The multinational security mission in Haiti"


def row(text: str, evidence: str, title: str = HEADLINE, **label: Any) -> dict[str, Any]:
    wanted = {"type": "PledgeAnnounced", "contributor": "KE", "quantity": None, "reason": None, "date": None, "evidence": evidence, **label}
    return {"id": "a", "source": "style: blog", "published": "2024-06-24", "title": title, "text": text, "events": [wanted]}


@pytest.mark.parametrize(
    ("labelled", "loss"),
    [
        (row("Kenya has pledged a cake to the fair.", "pledged a cake", "A village fair"), Loss.GATE),
        (row("Birds sang in Port-au-Prince.", "Birds sang"), Loss.NO_SIGN),
        (row("The weather was fine in Haiti.", "weather was fine"), Loss.NOT_PROPOSED),
        (row("Kenya has pledged 1,000 police to the mission in Haiti.", "pledged 1,000 police", contributor="TD"), Loss.OTHER_CONTRIBUTOR),
        (row("Kenya has pledged 1,000 police to the mission in Haiti.", "pledged 1,000 police", type="MissionEnded"), Loss.OTHERWISE),
        (row("Kenya has not pledged police to the mission in Haiti.", "has not pledged police"), Loss.DROPPED),
        (row("Kenya has pledged 1,000 police to the mission in Haiti.", "no words of it", contributor="TD"), Loss.NOT_FOUND),
    ],
    ids=lambda value: value.name if isinstance(value, Loss) else "",
)
def test_a_missed_event_was_lost_at_one_stage(labelled: dict[str, Any], loss: Loss, reader: Reader) -> None:
    (found,) = read_rows(reader, [labelled])
    assert [stage for _, stage in losses(reader, found)] == [loss]


def test_what_was_found_was_not_lost(reader: Reader) -> None:
    labelled = row("Kenya has pledged police to the mission in Haiti.", "has pledged police")
    (found,) = read_rows(reader, [labelled])
    assert list(losses(reader, found)) == []
    assert [stage for _, stage in losses(reader, outcome(labelled, []))] == [Loss.OTHER_CONTRIBUTOR], "claimed, and given to no label"
