"""The story that the project began with, through the whole system: published by the command, read off the log and off the board."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from muster_contracts.claims import GuideClaim
from muster_contracts.topics import ARTICLES, MISSION_EVENTS
from muster_deploy.settings import CHECKOUT
from muster_testkit.flows import FOLDED_WITHIN, fresh, publish, status
from muster_testkit.questions import look_up
from muster_testkit.stack import RunningStack
from muster_testkit.topics import dead_letters, records

SEED: Final = CHECKOUT.parent / "shared" / "seed"
GUIDE: Final = {member.model_fields["type"].default: member.__name__ for member in GuideClaim.__args__}

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed story is not beside this checkout")


@dataclass(frozen=True)
class Told:
    """What the system made of the story."""

    text: str
    claims: list[dict[str, Any]]
    """Of the guide's types, in the order of the log."""

    board: dict[str, Any]


def expected() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((SEED / "expected.json").read_text("utf-8"))
    return told


def as_row(**changed: Any) -> dict[str, Any]:
    """The story as a feed would send it."""
    told = expected()
    return {
        "id": told["id"],
        "url": "https://feed.example/kenyan-police-lead-mission",
        "source": told["source"],
        "published": told["published_at"],
        "title": told["title"],
        "text": (SEED / "article.txt").read_text("utf-8"),
        **changed,
    }


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


@pytest.fixture(scope="module")
def story(stack: RunningStack, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The story on an otherwise empty board."""
    fresh(stack)
    publish(stack, write(tmp_path_factory.mktemp("seed") / "story.jsonl", as_row()))
    (article,) = records(stack, ARTICLES)
    claims = [record.body for record in records(stack, MISSION_EVENTS) if record.type in GUIDE]
    return Told(article.body["text"], claims, status(stack, "haiti-mss"))


def as_label(claim: dict[str, Any]) -> tuple[Any, ...]:
    quantity = claim["quantity"] or {"amount": None, "unit": None, "qualifier": "exact"}
    reason = (claim.get("reasons") or [None])[0]
    return (
        *(GUIDE[claim["type"]], claim["mission"], claim["contributor"]),
        *(quantity["amount"], quantity["unit"], quantity["qualifier"], claim["date"], reason),
    )


def as_expected(event: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(event[field] for field in ("type", "mission", "contributor", "quantity", "unit", "qualifier", "date", "reason"))


def test_every_event_of_the_story_is_on_the_log_and_none_besides(story: Told) -> None:
    assert Counter(map(as_label, story.claims)) == Counter(map(as_expected, expected()["events"]))


def test_each_quote_is_the_stored_text_at_its_offsets(story: Told) -> None:
    for claim in story.claims:
        evidence = claim["evidence"]
        assert story.text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_each_event_stands_on_the_words_of_the_expected_evidence(story: Told) -> None:
    spans = {as_label(claim): (claim["evidence"]["start"], claim["evidence"]["end"]) for claim in story.claims}
    for event in expected()["events"]:
        at = story.text.index(event["evidence"])
        start, end = spans[as_expected(event)]
        assert start < at + len(event["evidence"]), event["evidence"]
        assert at < end, event["evidence"]


def test_the_feeds_furniture_is_no_text(story: Told) -> None:
    assert story.text.startswith("The first Kenyan police officers assigned to tackle rampant gang violence")
    assert story.text.endswith("which is being funded primarily by the United States.")
    assert "Representative Image" not in story.text


def test_the_outlet_is_told_from_the_agency(stack: RunningStack, story: Told) -> None:
    (article,) = records(stack, ARTICLES)
    assert (article.body["source"], article.body["origin"]) == ("Devdiscourse", "Reuters")
    assert article.body["published_on"] == "2024-06-24"
    assert article.body["published_at"] == "2024-06-24T23:59:00+05:30"


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("ceiling.quantity.amount", [2500]),
        ("pledging", [["BB", "BD", "BS", "JM", "KE", "TD"]]),
        ("leaders[-1].contributor", ["KE"]),
        ("leaders[-1].since", ["2023-07"]),
        ("plans[quantity.amount=400].contributor", ["KE"]),
        ("plans[quantity.amount=400].planned_for", ["2024-06-25"]),
        ("plans[quantity.amount=600].contributor", ["KE"]),
        ("plans[quantity.amount=600].quantity.qualifier", ["about"]),
        ("plans[quantity.amount=600].planned_for", [None]),
        ("main_funders", [["US"]]),
        ("strength", []),
    ],
)
def test_the_board_says_what_the_story_says(story: Told, path: str, found: list[Any]) -> None:
    assert look_up(story.board, path) == found or look_up(story.board, path) == [value for value in found if value is not None]


def test_the_board_names_court_and_security_as_causes_of_delay(story: Told) -> None:
    assert {cause["reason"] for cause in story.board["causes"]} == {"court", "security"}


def test_a_pledge_is_not_counted_as_delivered(story: Told) -> None:
    for contributor in story.board["people"]:
        assert contributor["deployed"] is None
        assert contributor["departed"] is None


def without_copies(board: dict[str, Any]) -> Any:
    """A board with its counts of copies, and the copies' own citations, left out."""
    return _without(board)


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(held) for key, held in value.items() if key not in {"copies", "articles", "claims"} or key == "facts"}
    return [_without(held) for held in value] if isinstance(value, list) else value


DATELINED = "NAIROBI, June 24 (Reuters) - "
COPIES: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "the same story again": as_row,
    "with tracking behind its address": lambda: as_row(url=as_row()["url"] + "?utm_source=feed&utm_medium=rss"),
    "in another outlet, with a dateline and furniture of its own": lambda: as_row(
        id="specimen-7",
        url="https://specimen-post.example/kenyans-leave-for-haiti",
        source="Specimen Post",
        title="Kenyans leave for Haiti",
        text=DATELINED + body() + "\n\n(Reporting by Reuters)\n\nShare this story: Facebook | X | E-mail",
    ),
    "cut to its first three paragraphs": lambda: as_row(
        id="sample-9",
        url="https://gazette.example/haiti-in-brief",
        source="Sample Gazette",
        title="In brief: Haiti",
        text="\n\n".join(body().split("\n\n")[:3]),
    ),
}


def body() -> str:
    """The story without what its feed put around it."""
    told = (SEED / "article.txt").read_text("utf-8")
    return told[told.rindex("The first Kenyan police officers assigned to tackle") : told.index("\n\n(This story has not been edited")]


@pytest.mark.parametrize("how", COPIES)
def test_a_copy_changes_nothing_but_the_count_of_copies(stack: RunningStack, story: Told, tmp_path: Path, how: str) -> None:
    publish(stack, write(tmp_path / "copy.jsonl", COPIES[how]()))
    after = status(stack, "haiti-mss")
    assert without_copies(after) == without_copies(story.board)
    assert after["counts"]["origins"] == story.board["counts"]["origins"] == 1


def test_after_all_copies_the_board_counts_two_and_no_dead_letter_lies(stack: RunningStack, story: Told) -> None:
    assert status(stack, "haiti-mss")["counts"]["copies"] == 2
    assert dead_letters(stack) == []


def test_the_story_as_a_plain_file_is_one_more_copy(stack: RunningStack, story: Told) -> None:
    done = stack.muster("publish", "--source", "Devdiscourse", SEED / "article.txt")
    assert done.returncode == 0, done.stderr.decode()
    stack.until_folded(FOLDED_WITHIN)
    after = status(stack, "haiti-mss")
    assert without_copies(after) == without_copies(story.board)
    assert after["counts"]["copies"] == 3
