"""The models of certainty: features, weights, fitting."""

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from muster_extract.certainty.features import CLAIMS, FEATURES, STRUCTURE, vector
from muster_extract.certainty.fitting import Judged, Wording, fit
from muster_extract.certainty.weights import Weights, read, weights
from muster_extract.certainty.wording import BUCKETS, masked, wording
from muster_extract.resolve.actors import find_actors
from muster_extract.resolve.numbers import find_numbers

SENTENCE = "Jamaica and the Bahamas offered 300 soldiers and $2 million."


def told(text: str) -> list[str]:
    return masked(text, find_actors(text), find_numbers(text))


def test_states_and_numbers_are_masked_by_what_they_are() -> None:
    words = told(SENTENCE)
    assert words == ["<state>", "and", "<state>", "offered", "<people>", "soldiers", "and", "<money>"]


def test_a_sentence_about_other_states_and_numbers_has_the_same_wording() -> None:
    other = "Chad and the Netherlands offered 41 soldiers and $7.5 million."
    assert wording(SENTENCE, find_actors(SENTENCE)) == wording(other, find_actors(other))


def test_offsets_of_mentions_count_from_where_the_sentence_begins() -> None:
    shifted = "Rain fell. " + SENTENCE
    within = [m for m in find_actors(shifted) if m.start >= 11]
    assert wording(SENTENCE, within, 11) == wording(SENTENCE, find_actors(SENTENCE))


def test_buckets_are_the_same_under_another_hash_seed() -> None:
    code = (
        "from muster_extract.certainty.wording import wording; from muster_extract.resolve.actors import find_actors;"
        f"t = {SENTENCE!r}; print(wording(t, find_actors(t)))"
    )
    for seed in ("1", "2"):
        done = subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == str(wording(SENTENCE, find_actors(SENTENCE)))


def test_a_vector_has_a_place_for_each_feature() -> None:
    odds = np.linspace(-3, 3, len(CLAIMS) + 1)
    made = vector({"one": 1.0, "planned": 1.0}, odds, CLAIMS[0])
    assert made.shape == (len(FEATURES),)
    assert (made[STRUCTURE.index("planned")], made[FEATURES.index("own")], made[FEATURES.index("any")]) == (1.0, -1.0, 1.0)


def test_weights_come_back_as_they_were_written_and_the_same_ones_are_the_same_bytes(tmp_path: Path) -> None:
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    weights().write(one)
    weights().write(other)
    assert one.read_bytes() == other.read_bytes()
    back = read(io.BytesIO(one.read_bytes()))
    assert (back.least, back.precise) == (weights().least, weights().precise)
    np.testing.assert_array_equal(back.wording, weights().wording)
    np.testing.assert_array_equal(back.candidate, weights().candidate)


def test_weights_of_other_features_are_refused(tmp_path: Path) -> None:
    odd = tmp_path / "odd.npz"
    Weights(np.zeros((BUCKETS, 3), np.float32), np.zeros(3, np.float32), np.zeros(len(FEATURES)), 0, 1).write(odd)
    with pytest.raises(ValueError, match=r"muster_extract\.train fit"):
        read(io.BytesIO(odd.read_bytes()))


def sample(size: int = 60) -> tuple[list[Wording], list[Judged]]:
    """Sentences of two wordings, of which one tells a pledge; and candidates that are right where their sentence has that one."""
    pledge, other = (1, 5, 9), (2, 5, 8)
    wordings = [Wording(f"a{i}", pledge if i % 2 else other, frozenset({"PledgeAnnounced"}) if i % 2 else frozenset()) for i in range(size)]
    judged = [Judged(w.article, "PledgeAnnounced", w.buckets, {"one": 1.0}, bool(w.tells)) for w in wordings]
    return wordings, judged


def test_fitting_learns_which_wording_a_rule_is_right_in_and_finds_the_bound_that_parts_them() -> None:
    found = fit(*sample(), precision=0.92, least=0.3)
    right = found.held_out[1::2]
    wrong = found.held_out[::2]
    assert wrong.max() < right.min()
    assert found.weights.least == 0.3
    assert wrong.max() < found.weights.precise <= right.min() + 0.01
    assert int(found.weights.odds((1, 5, 9)).argmax()) in {CLAIMS.index("PledgeAnnounced"), len(CLAIMS)}


def test_fitting_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        fit(*sample(), precision=0.9, least=0.3).weights.write(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_where_nothing_is_often_enough_right_the_bound_is_where_most_is() -> None:
    wordings, judged = sample()
    blurred = [Judged(j.article, j.claim, j.buckets, j.structure, j.is_right and i % 4 == 1) for i, j in enumerate(judged)]
    found = fit(wordings, blurred, precision=0.99, least=0.3)
    above = found.held_out >= found.weights.precise
    assert 0 < above.sum() < len(judged)
    assert np.array([j.is_right for j in blurred])[above].mean() > np.mean([j.is_right for j in blurred])
