"""Each package stands alone: it imports with an empty environment, and with nothing but what it declares."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = {
    "muster-contracts": "muster_contracts",
    "muster-deploy": "muster_deploy",
    "muster-extract": "muster_extract",
    "muster-ingest": "muster_ingest",
    "muster-projection": "muster_projection",
}
ONLY_WITH_AN_EXTRA = {
    "muster_contracts": ["muster_contracts.transport", "muster_contracts.registry"],
    "muster_extract": ["muster_extract.train", "muster_extract.certainty.fitting"],
}
"""What an extra brings the libraries for."""

IMPORT_ALL = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
left_out = sys.argv[2:]
names = [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".", onerror=lambda name: None)]
for name in names:
    if not any(name.startswith(prefix) for prefix in left_out) and not name.endswith(".env"):
        importlib.import_module(name)
print(len(names))
"""


@pytest.mark.parametrize("package", PACKAGES.values())
def test_importing_a_package_needs_no_environment(package: str, tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", IMPORT_ALL, package], env={}, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) > 0


def brought_uv() -> str | None:
    ours = ROOT / ".uv" / "bin" / "uv"
    return str(ours) if ours.exists() else shutil.which("uv")


@pytest.mark.skipif(brought_uv() is None, reason="uv is neither at .uv (`make setup` brings it) nor on the path")
@pytest.mark.parametrize(("distribution", "package"), PACKAGES.items())
def test_a_package_declares_all_that_it_imports(distribution: str, package: str, tmp_path: Path) -> None:
    import_alone(distribution, package, ONLY_WITH_AN_EXTRA.get(package, []), tmp_path)


@pytest.mark.skipif(brought_uv() is None, reason="uv is neither at .uv (`make setup` brings it) nor on the path")
def test_the_extra_that_fits_declares_all_that_it_imports(tmp_path: Path) -> None:
    import_alone("muster-extract", "muster_extract", [], tmp_path, "--extra", "train")


@pytest.mark.skipif(brought_uv() is None, reason="uv is neither at .uv (`make setup` brings it) nor on the path")
@pytest.mark.parametrize(("extra", "left_out"), [("registry", "muster_contracts.transport"), ("kafka", "muster_contracts.registry")])
def test_each_extra_of_the_contracts_declares_all_that_it_imports(extra: str, left_out: str, tmp_path: Path) -> None:
    import_alone("muster-contracts", "muster_contracts", [left_out], tmp_path, "--extra", extra)


def import_alone(distribution: str, package: str, left_out: list[str], tmp_path: Path, *options: str) -> None:
    """Import all of a package in an environment of its own, from the lock file: what only a neighbour declares is not there."""
    uv = brought_uv()
    assert uv is not None
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(tmp_path / "venv")}
    ran = subprocess.run(
        [uv, "run", "--quiet", "--frozen", "--no-dev", "--package", distribution, *options, "python", "-c", IMPORT_ALL, package, *left_out],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr


def test_the_language_model_never_reaches_projection() -> None:
    uv = brought_uv()
    if uv is None:
        pytest.skip("uv is neither at .uv (`make setup` brings it) nor on the path")
    tree = subprocess.run(
        [uv, "export", "--frozen", "--no-dev", "--no-hashes", "--package", "muster-projection"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "sqlalchemy" in tree
    assert "spacy" not in tree
