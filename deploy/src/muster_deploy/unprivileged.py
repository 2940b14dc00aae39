"""Running Postgres where the command runs as root.

Postgres refuses to run as root. It then runs as `nobody`, which every Unix has: no user is made and no package is needed. But `nobody`
may be unable to reach the checkout (a home folder of root's is closed), and opening such folders to everybody is not ours to do. So what
`nobody` can't reach is placed where it can: a copy of the server and the data folder, under /var/lib/muster.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from muster_deploy.errors import OperatorError

SHELTER: Final = Path("/var/lib/muster")


@dataclass(frozen=True)
class Account:
    """The account that a program runs as."""

    uid: int
    gid: int


def account_for_postgres() -> Account | None:
    """`nobody` where we are root; else None, which means: ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise OperatorError(
            "Postgres can't run as root, and this machine has no user `nobody` to run it as.", remedy="Run muster as an ordinary user."
        ) from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def is_reachable(folder: Path, account: Account) -> bool:
    """Whether an account can enter a folder: every folder on the way lets it pass. Looks at modes and owners, not at access lists."""
    for step in [*reversed(folder.resolve().parents), folder.resolve()]:
        if not step.exists():
            return True  # what doesn't exist yet will be made by us, and made open
        status = step.stat()
        needed = 0o100 if status.st_uid == account.uid else 0o010 if status.st_gid == account.gid else 0o001
        if not status.st_mode & needed:
            return False
    return True


def sheltered_server(install: Path, account: Account | None) -> Path:
    """The folder with the server's bin, lib and share: as installed, or a copy that the account can reach."""
    if account is None or is_reachable(install / "bin", account):
        return install
    package = install.parent
    mark = hashlib.sha256(f"{install}:{(install / 'bin' / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    copy = _shelter() / f"postgres-{mark}"
    if not copy.is_dir():
        filling = Path(tempfile.mkdtemp(prefix=f".{copy.name}.", dir=copy.parent))
        shutil.copytree(install, filling / package.name / install.name, symlinks=True)
        libraries = package.with_name(
            f"{package.name}.libs"
        )  # the wheel's shared libraries, which its programs find relative to themselves
        if libraries.is_dir():
            shutil.copytree(libraries, filling / libraries.name, symlinks=True)
        filling.chmod(0o755)
        filling.rename(copy)
    return copy / package.name / install.name


def sheltered_data(data: Path, account: Account | None) -> Path:
    """The data folder: where it was asked for, or a place for it that the account can reach, the same at every call."""
    if account is None or is_reachable(data.parent, account):
        return data
    return _shelter() / f"data-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"


def _shelter() -> Path:
    try:
        SHELTER.mkdir(parents=True, exist_ok=True)
        SHELTER.chmod(0o755)
    except OSError as error:
        raise OperatorError(
            f"Postgres can't run as root, and {SHELTER} can't be made for it: {error.strerror}.",
            remedy="Run muster as an ordinary user, or from a folder that everybody may enter, or set MUSTER_POSTGRES__URL.",
        ) from error
    return SHELTER
