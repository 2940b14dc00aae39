"""What holds for the repository as a whole."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 350  # lines; the well-kept models have nine in ten files under 300


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / line for line in listed.splitlines() if (ROOT / line).is_file()]


def test_the_top_level_is_what_the_readme_says() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked() if not path.relative_to(ROOT).parts[0].startswith(".")}
    assert {"contracts", "services", "deploy", "tests", "docker-compose.yml", "README.md"} <= top
    tools = {"pyproject.toml", "uv.lock", "Makefile", "CHANGELOG.md", "BENCHMARKS.md"}  # root files that tools and readers insist on
    assert top - {"contracts", "services", "deploy", "tests", "docker-compose.yml", "README.md"} <= tools


def test_no_file_has_grown_past_one_idea() -> None:
    long = {
        str(path.relative_to(ROOT)): count for path in tracked("*.py") if (count := len(path.read_text("utf-8").splitlines())) > LONGEST
    }
    assert long == {}


def test_tests_are_no_package() -> None:
    assert [path for path in tracked("tests/**/__init__.py") if "kit/src" not in str(path)] == []


def test_every_package_has_its_readme() -> None:
    for manifest in tracked("*/pyproject.toml", "*/*/pyproject.toml"):
        readme = manifest.parent / "README.md"
        assert readme.exists(), manifest.parent
        assert len(readme.read_text("utf-8")) > 300, f"{readme} says nothing yet"


@pytest.mark.parametrize("page", tracked("deploy/decisions/0*.md"), ids=lambda page: page.name)
def test_a_decision_says_its_context_the_decision_and_what_keeps_it(page: Path) -> None:
    text = page.read_text("utf-8")
    for heading in ("## Context", "## Decision", "## Consequences", "## Kept by"):
        assert heading in text, f"{page.name} lacks {heading}"


def test_every_decision_is_in_the_list() -> None:
    listed = (ROOT / "deploy" / "decisions" / "README.md").read_text("utf-8")
    assert [page.name for page in tracked("deploy/decisions/0*.md") if f"({page.name})" not in listed] == []


def test_links_between_our_pages_lead_somewhere() -> None:
    broken = []
    for page in tracked("*.md"):
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text("utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []
