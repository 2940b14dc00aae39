"""Loopback ports that are free."""

from __future__ import annotations

import socket
from contextlib import ExitStack

LOOPBACK = "127.0.0.1"


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could bind this port now. A port in TIME_WAIT counts as free, as it does for servers."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_ports(*wanted: int | None) -> list[int]:
    """One free port for each wish: the wished one where it is free, else any.

    All probes are held open until every port is known, so that no port is given twice.
    """
    with ExitStack() as held:
        found: list[int] = []
        for wish in wanted:
            probe = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, wish or 0))
            except OSError:
                probe.bind((LOOPBACK, 0))
            found.append(int(probe.getsockname()[1]))
        return found


def answers(host: str, port: int, seconds: float = 1.0) -> bool:
    """Whether something accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=seconds):
            return True
    except OSError:
        return False
