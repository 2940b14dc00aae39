"""How sure each claim is, what falls for want of certainty, and `--precise`."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from muster_contracts.claims import AnyClaim
from muster_extract import emit
from muster_extract.certainty.features import CLAIMS
from muster_extract.certainty.rerank import reranked
from muster_extract.certainty.weights import read, weights
from muster_extract.evaluation.labelled import LabelledSet, article
from muster_extract.pipeline import Reader
from muster_extract.settings import CoderSettings

CORPUS = Path(__file__).parents[1] / "corpus" / "articles.jsonl"


@pytest.fixture(scope="module")
def precise(reader: Reader) -> Reader:
    return Reader(reader._parser, precise=True)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return LabelledSet("corpus", CORPUS).rows()[:20]


def content(claim: AnyClaim) -> str:
    return claim.model_dump_json(exclude={"claim_id", "extractor"})


def test_every_claim_says_how_sure_it_is_and_none_is_below_the_bound(reader: Reader, rows: list[dict[str, Any]]) -> None:
    seen = set()
    for row in rows:
        for claim in reader.extract(article(row)).claims:
            if type(claim).__name__ in CLAIMS:
                assert weights().least <= claim.certainty < 1
                seen.add(claim.certainty)
    assert len(seen) > 20


def test_precise_keeps_the_surer_claims_and_names_itself(reader: Reader, precise: Reader, rows: list[dict[str, Any]]) -> None:
    wide = narrow = 0
    for row in rows:
        whole, strict = reader.extract(article(row)), precise.extract(article(row))
        kept = {content(claim) for claim in strict.claims}
        assert kept == {
            content(claim) for claim in whole.claims if type(claim).__name__ not in CLAIMS or claim.certainty >= weights().precise
        }
        assert {str(strict.completed.extractor), *(str(claim.extractor) for claim in strict.claims)} == {str(emit.PRECISE)}
        assert not {claim.claim_id for claim in whole.claims} & {claim.claim_id for claim in strict.claims}
        assert strict.completed.completion_id != whole.completed.completion_id
        wide, narrow = wide + len(whole.claims), narrow + len(strict.claims)
    assert 0 < narrow < wide


def test_what_is_not_sure_enough_falls_with_its_reason(reader: Reader, rows: list[dict[str, Any]]) -> None:
    standing = reader.candidates(article(rows[0])).standing
    kept, fallen = reranked(standing, weights(), 0.999)
    assert not [candidate for candidate in kept if candidate.claim in CLAIMS]
    assert fallen
    assert all(f"certainty {f.candidate.certainty:.2f} is below 1.00" == f.why for f in fallen)


def test_the_environment_can_ask_for_precision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_EXTRACT__PRECISE", "true")
    assert CoderSettings().extract.precise


def test_training_prints_candidates_and_writes_weights_that_can_be_read(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    labelled, judged, into = tmp_path / "labelled.jsonl", tmp_path / "judged.jsonl", tmp_path / "weights.npz"
    labelled.write_text("".join(json.dumps(row) + "\n" for row in rows[:8]), "utf-8")
    train = [sys.executable, "-m", "muster_extract.train"]
    printed = subprocess.run([*train, "candidates", labelled], capture_output=True, text=True, check=True, timeout=120).stdout
    judged.write_text(printed, "utf-8")
    candidates = [json.loads(line) for line in printed.splitlines()]
    assert {"article", "claim", "buckets", "structure", "is_right"} == set(candidates[0])
    assert sum(candidate["is_right"] for candidate in candidates) > len(candidates) / 2
    fitted = subprocess.run(
        [*train, "fit", labelled, "--judged", judged, "--into", into], capture_output=True, text=True, check=True, timeout=300
    )
    assert fitted.stdout.startswith("certainty 0.00 and above:")
    assert read(io.BytesIO(into.read_bytes())).least == 0.25
