"""Waiting for a condition, bounded."""

from __future__ import annotations

import time
from collections.abc import Callable

from muster_deploy.errors import DidNotStart
from muster_deploy.programs import Program


def until_ready(program: Program, ready: Callable[[], bool], *, seconds: float) -> None:
    """Wait until a program that was just started answers.

    Args:
        ready: a real question to the program; asked every 100 ms.

    Raises:
        DidNotStart: it ended, or gave no answer within the bound. Carries the last lines of its log.
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if not program.runs():
            raise DidNotStart(f"{program.name} ended while it started.", remedy=f"Its log: {program.log}", log_lines=program.last_lines())
        if time.monotonic() > deadline:
            raise DidNotStart(
                f"{program.name} gave no answer within {seconds:.0f} s.", remedy=f"Its log: {program.log}", log_lines=program.last_lines()
            )
        time.sleep(0.1)
