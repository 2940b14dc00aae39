"""Our scores are the scores of the gold set's own scorer, whatever was read."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster_extract.evaluation.scores import score
from muster_extract.evaluation.scoring import agreement, errors, matched, outcome

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
SETS = ("dev.jsonl", "dev-written-haiti.jsonl", "dev-written-other.jsonl")

Row = dict[str, Any]


def event(kind: str = "PledgeAnnounced", contributor: str | None = "KE", **others: Any) -> Row:
    return {"type": kind, "contributor": contributor, "quantity": None, "reason": None, "date": None, "evidence": "as it stands", **others}


EVENTS = st.builds(
    event,
    st.sampled_from(["PledgeAnnounced", "ObstacleRaised", "ContingentArrived"]),
    st.sampled_from(["KE", "JM", None]),
    quantity=st.sampled_from([None, 0, 200, 400]),
    reason=st.sampled_from([None, "court", "funding"]),
    date=st.sampled_from([None, "2024", "2024-06", "2024-06-25", "2024-07"]),
)


def worse(events: list[Row], chance: random.Random) -> list[Row]:
    """What a poor reader makes of the labels: some lost, some changed, some made up, in another order."""
    kept = [dict(e) for e in events if chance.random() > 0.2]
    for changed in kept:
        field = chance.choice(["contributor", "quantity", "reason", "date", "mission", "type"])
        if chance.random() < 0.5:
            changed[field] = {"quantity": 7, "type": "StrengthReported", "date": (changed.get("date") or "2024-01")[:4]}.get(field)
    kept += [event("PledgeAnnounced", "FR", quantity=12) for _ in range(chance.randrange(2))]
    chance.shuffle(kept)
    return kept


@pytest.mark.parametrize("name", SETS)
def test_both_scorers_count_the_same(name: str, tmp_path: Path) -> None:
    if not (GOLD / "score.py").is_file():
        pytest.skip("the labelled sets and their scorer are not beside this checkout")
    chance = random.Random(name)
    rows = [json.loads(line) for line in (GOLD / name).read_text("utf-8").splitlines()]
    read = {row["id"]: worse(row["events"], chance) for row in rows}
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("\n".join(json.dumps({"id": key, "events": events}) for key, events in read.items()), "utf-8")
    ran = subprocess.run(
        [sys.executable, GOLD / "score.py", GOLD / name, predictions, "--json"], capture_output=True, text=True, check=True
    )
    theirs = json.loads(ran.stdout)
    ours = score([outcome(row, read[row["id"]]) for row in rows])
    assert 0.2 < theirs["full"]["f1"] < theirs["detect"]["f1"] < 0.95, "the readings are neither right nor hopeless, or nothing is compared"
    assert (ours.articles, ours.labels, ours.read) == (theirs["articles"], theirs["labels"], theirs["predictions"])
    assert (ours.quiet, ours.quiet_kept) == (theirs["quiet_articles"], theirs["quiet_kept_empty"])
    for level, found in ours.levels.items():
        assert {"precision": found.precision, "recall": found.recall, "f1": found.f1} == pytest.approx(theirs[level], abs=1.1e-4)


@given(st.lists(EVENTS, max_size=6), st.lists(EVENTS, max_size=6))
def test_each_label_and_each_guess_is_used_at_most_once_and_the_best_first(labels: list[Row], guesses: list[Row]) -> None:
    pairs = matched(labels, guesses)
    assert len({i for _, i, _ in pairs}) == len({j for _, _, j in pairs}) == len(pairs)
    assert all(agreement(labels[i], guesses[j]) == level > 0 for level, i, j in pairs)
    left = [(i, j) for i in range(len(labels)) for j in range(len(guesses)) if all(i != x and j != y for _, x, y in pairs)]
    assert not any(agreement(labels[i], guesses[j]) for i, j in left), "two that agree are both left over"


@pytest.mark.parametrize(
    ("label", "guess", "level"),
    [
        (event(date="2024-06"), event(date="2024-06-25"), 3),
        (event(date="2024-06-25"), event(date="2024-07"), 2),
        (event(date="2024-06-25"), event(), 2),
        (event(), event(date="2024"), 3),
        (event(quantity=200), event(quantity=400), 1),
        (event("ObstacleRaised", reason="court"), event("ObstacleRaised", reason="funding"), 1),
        (event(reason="court"), event(), 3),
        (event(), event(contributor="JM"), 0),
        (event(), event("PledgeWithdrawn"), 0),
    ],
)
def test_how_far_a_pair_agrees(label: Row, guess: Row, level: int) -> None:
    assert agreement(label, guess) == level


def test_a_false_event_on_a_quiet_article_is_counted_apart() -> None:
    quiet = {"id": "q", "source": "style: blog", "published": "2024-06-24", "events": []}
    found = score([outcome(quiet, [event(), event(contributor="JM")]), outcome({**quiet, "id": "r"}, [])])
    assert (found.quiet, found.quiet_kept, found.false_on_quiet, found.read) == (2, 1, 2, 2)
    assert found.levels["detect"].f1 == 0


def test_errors_name_what_is_wrong_and_nothing_else() -> None:
    row = {
        "id": "a",
        "source": "style: blog",
        "published": "2024-06-24",
        "events": [event(), event(contributor="JM", date="2024-06"), event(contributor="TD")],
    }
    said = errors(outcome(row, [event(), event(contributor="JM"), event(contributor="BB")]))
    assert said == [
        "a: strict only: PledgeAnnounced JM 2024-06 [as it stands] <- PledgeAnnounced JM [as it stands]",
        "a: missed: PledgeAnnounced TD [as it stands]",
        "a: made up: PledgeAnnounced BB [as it stands]",
    ]


def test_per_type_and_per_class_add_up_to_the_whole() -> None:
    rows: list[Row] = [
        {"id": "a", "source": "style: agency wire", "published": "2024-06-24", "events": [event(), event("ObstacleRaised")]},
        {"id": "b", "source": "style: live ticker", "published": "2024-06-24", "events": [event(quantity=5, unit="police")]},
    ]
    found = score([outcome(row, row["events"]) for row in rows])
    for parts in (found.types, found.grounds, found.article_classes):
        assert sum(line.labels for line in parts.values()) == found.labels == 3
        assert all(line.f1 == (1, 1, 1) for line in parts.values())
    assert found.event_classes["people counted"].found == (1, 1, 1)
    assert found.event_classes["without a number"].labels == 2
