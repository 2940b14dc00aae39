"""The written scores fail a check where they are stale, or worse than the last release's by more than the noise."""

from pathlib import Path

import pytest
from muster_extract.evaluation.intervals import Interval
from muster_extract.evaluation.labelled import LabelledSet
from muster_extract.evaluation.release import Verdict, check
from muster_extract.evaluation.scores import Level, Scores, SetScores

NOISE = (0.75, 0.85)  # a half width of .05


@pytest.fixture
def labelled(tmp_path: Path) -> LabelledSet:
    path = tmp_path / "dev.jsonl"
    path.write_text("{}\n", "utf-8")
    return LabelledSet("dev", path)


def scores(f1: float, digest: str, *, sources: str = "s1", extractor: str = "rules/1.0.0", interval: Interval = NOISE) -> Scores:
    level = Level(precision=f1, recall=f1, f1=f1, precision_interval=interval, recall_interval=interval, f1_interval=interval)
    found = SetScores(
        digest=digest,
        sources=sources,
        articles=9,
        labels=9,
        read=9,
        quiet=0,
        false_on_quiet=0,
        quiet_kept=0,
        levels={"strict": level},
        types={},
        grounds={},
        article_classes={},
        event_classes={},
    )
    return Scores(extractor=extractor, sets={"dev": found})


def judged(written: Scores | None, labelled: LabelledSet, baseline: Scores | None = None) -> Verdict:
    return check(written, baseline, [labelled], sources="s1", extractor="rules/1.0.0")


def test_fresh_scores_pass(labelled: LabelledSet) -> None:
    fresh = scores(0.8, labelled.digest)
    assert judged(fresh, labelled, fresh) == Verdict(())


@pytest.mark.parametrize(
    ("stale", "said"),
    [
        ({"sources": "s0"}, "dev: the sources or lexicons have changed since it was scored (s0, now s1)"),
        ({"extractor": "rules/0.9.0"}, "the scores are of rules/0.9.0, and this is rules/1.0.0"),
        ({"digest": "other"}, "dev: its labels have changed since it was scored"),
    ],
)
def test_stale_scores_fail(stale: dict[str, str], said: str, labelled: LabelledSet) -> None:
    how = {"digest": labelled.digest, "sources": "s1", "extractor": "rules/1.0.0", **stale}
    written = scores(0.8, how["digest"], sources=how["sources"], extractor=how["extractor"])
    assert judged(written, labelled).wrong == (said,)


def test_scores_that_were_never_written_fail(labelled: LabelledSet) -> None:
    assert judged(None, labelled).wrong == ("no scores are written",)
    assert judged(Scores(extractor="rules/1.0.0", sets={}), labelled).wrong == ("dev: was never scored",)


def test_a_drop_within_the_noise_passes_and_a_greater_one_fails(labelled: LabelledSet) -> None:
    before = scores(0.8, labelled.digest)
    assert judged(scores(0.76, labelled.digest), labelled, before).wrong == ()
    assert judged(scores(0.74, labelled.digest), labelled, before).wrong == (
        "dev: strict F1 fell from 0.800 to 0.740, by more than the noise (0.050)",
    )


def test_scores_on_other_labels_are_not_compared(labelled: LabelledSet) -> None:
    assert judged(scores(0.3, labelled.digest), labelled, scores(0.8, "older labels")).wrong == ()


def test_a_set_that_is_not_here_is_named_and_not_judged(tmp_path: Path) -> None:
    absent = LabelledSet("dev", tmp_path / "absent.jsonl")
    verdict = judged(scores(0.8, "unknown", sources="s0"), absent)
    assert verdict.wrong == ()
    assert verdict.notes == ("dev: not on this machine, so whether its scores are fresh is not judged",)


def test_scores_are_read_as_they_were_written(tmp_path: Path) -> None:
    written = scores(0.8123, "d")
    written.write(tmp_path / "scores.json")
    assert Scores.read(tmp_path / "scores.json") == written
    assert Scores.read(tmp_path / "none.json") is None
