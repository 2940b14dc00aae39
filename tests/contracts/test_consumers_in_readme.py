"""The consumers' kit: what the README shows is what the files hold, and short enough to be read at a glance."""

from pathlib import Path

import pytest

CONTRACTS = Path(__file__).parents[2] / "contracts"
README = (CONTRACTS / "README.md").read_text("utf-8")
FILES = {"pledges.py": "python", "pledges.mjs": "js"}


def test_every_consumer_is_shown() -> None:
    assert {path.name for path in (CONTRACTS / "consumers").iterdir() if path.is_file()} == set(FILES)


@pytest.mark.parametrize(("name", "language"), FILES.items())
def test_the_readme_shows_the_file_as_it_is(name: str, language: str) -> None:
    text = (CONTRACTS / "consumers" / name).read_text("utf-8")
    assert f"```{language}\n{text}```\n" in README


@pytest.mark.parametrize("name", FILES)
def test_a_consumer_has_at_most_15_lines_of_code(name: str) -> None:
    lines = (CONTRACTS / "consumers" / name).read_text("utf-8").splitlines()
    assert len([line for line in lines if line.strip() and not line.startswith(("//", '"""'))]) <= 15


def test_the_foreign_consumer_has_no_code_of_ours() -> None:
    text = (CONTRACTS / "consumers" / "pledges.mjs").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith("import")] == ['import { Kafka, logLevel } from "kafkajs";']
