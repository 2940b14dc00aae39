"""The coder's file: answers that were paid for, and what was spent. SQLite, shared by all processes that are given the same path."""

import sqlite3
from pathlib import Path

WAIT_SECONDS = 5
"""How long a writer waits for another process's: a write takes a millisecond."""

TABLES = """
create table if not exists answers (key text primary key, model text not null, prompt text not null, answer text not null) strict;
create table if not exists spending (day text primary key, calls integer not null, tokens integer not null) strict;
"""


def opened(path: Path | None) -> tuple[sqlite3.Connection, str | None]:
    """The file, made where it is missing; in memory where `path` is None or can't be used, with a line that says so."""
    trouble = None
    if path is not None:
        try:
            path = path.expanduser()
            path.parent.mkdir(parents=True, exist_ok=True)
            return _connected(str(path)), None
        except (OSError, sqlite3.Error) as error:
            trouble = f"answers are not kept: {path.name} can't be used ({error})"
    return _connected(":memory:"), trouble


def _connected(where: str) -> sqlite3.Connection:
    # Articles are read in whichever thread is free, one at a time.
    connection = sqlite3.connect(where, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.executescript(TABLES)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
