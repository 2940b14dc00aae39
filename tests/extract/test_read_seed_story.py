"""The story that the project began with: every event that it tells, and none besides."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from muster_contracts.claims import AnyClaim, DeploymentDelayed, DeploymentPrepared, FundingProvided, SituationReported, StatementMade
from muster_contracts.values import Reason
from muster_extract.evaluate import article
from muster_extract.labels import to_labels
from muster_extract.pipeline import Extraction, Reader

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
FURNITURE = "AI Generated Representative Image"
DISCLAIMER = "(This story has not been edited"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed story stands beside the repository, not in it")


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((SEED / "expected.json").read_text("utf-8"))
    return read


@pytest.fixture(scope="module")
def body() -> str:
    """What ingest leaves of the page: the paragraphs between the caption and the disclaimer."""
    page = (SEED / "article.txt").read_text("utf-8")
    story = page.split(FURNITURE)[1].split(DISCLAIMER)[0]
    return "\n".join(line for line in story.splitlines() if line.strip())


@pytest.fixture(scope="module")
def told(reader: Reader, expected: dict[str, Any], body: str) -> Extraction:
    return reader.extract(article({**expected, "text": body}))


def words(quote: str) -> set[str]:
    return set(re.findall(r"\w{4,}", quote))


def essence(event: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(event[k]) for k in ("type", "mission", "contributor", "quantity", "unit", "qualifier", "reason", "date"))


def test_it_gives_every_event_to_the_full_and_none_besides(told: Extraction, expected: dict[str, Any]) -> None:
    assert sorted(map(essence, to_labels(told.claims))) == sorted(map(essence, expected["events"]))


def test_each_quote_stands_at_its_offsets_in_a_sentence_that_tells_the_event(told: Extraction, expected: dict[str, Any], body: str) -> None:
    assert all(c.evidence.stands_in(body) for c in told.claims)
    wanted = {essence(e): e["evidence"] for e in expected["events"]}
    for label in to_labels(told.claims):
        if label["quantity"] != 400:  # told in two sentences: either may be quoted
            assert words(label["evidence"]) & words(wanted[essence(label)]), label


def one(told: Extraction, kind: type[AnyClaim]) -> Any:
    [claim] = [c for c in told.claims if isinstance(c, kind)]
    return claim


def test_the_delay_names_courts_first_and_security_second(told: Extraction) -> None:
    assert one(told, DeploymentDelayed).reasons == (Reason.COURT, Reason.SECURITY)


def test_the_united_states_are_the_chief_payer(told: Extraction) -> None:
    assert one(told, FundingProvided).main


def test_four_speakers_are_told_apart(told: Extraction) -> None:
    said = [c for c in told.claims if isinstance(c, StatementMade)]
    speakers = {(c.attributed_to.name, c.attributed_to.office, c.attributed_to.body, c.attributed_to.count, c.no_comment) for c in said}
    assert speakers == {
        ("Matthew Miller", "spokesperson", "U.S. State Department", None, False),
        ("William Ruto", "President", "Kenya", None, False),
        (None, "officers", None, 4, False),
        (None, "government spokesperson", "Kenya", None, True),
    }
    assert {c.date for c in said if c.attributed_to.name} == {"2024-06-24"}


def test_ceremony_kit_and_the_stop_on_the_way_are_preparations(told: Extraction) -> None:
    steps = {c.step: c for c in told.claims if isinstance(c, DeploymentPrepared)}
    assert steps.keys() == {"ceremony", "kit", "transit"}
    assert steps["ceremony"].quantity is not None
    assert (steps["ceremony"].quantity.amount, steps["ceremony"].date) == (400, "2024-06-24")
    assert steps["kit"].date == "2024-06-23"


def test_the_state_of_the_country_is_told(told: Extraction) -> None:
    aspects = {(c.aspect, c.date) for c in told.claims if isinstance(c, SituationReported)}
    assert ("political", "2024-03") in aspects
    assert "security" in {aspect for aspect, _ in aspects}
