"""The runbook of dead letters says of every reason what it means and what to do."""

from collections.abc import Iterator
from typing import get_args

from muster_contracts.errors import RecordError
from muster_contracts.transport.dead_letters import NO_LETTER, UNEXPECTED
from muster_deploy.letters.states import State
from muster_deploy.settings import CHECKOUT
from muster_ingest.errors import Reason

RUNBOOK = (CHECKOUT / "deploy" / "runbooks" / "dead-letters.md").read_text("utf-8")


def reasons(error: type[RecordError] = RecordError) -> Iterator[str]:
    """Of all errors that a record can have, in every package that is loaded."""
    for one in error.__subclasses__():
        if "reason" in vars(one) and one.__module__.startswith("muster_"):
            yield one.reason
        yield from reasons(one)


def test_every_reason_has_its_row() -> None:
    rows = [line.split("|")[1] for line in RUNBOOK.splitlines() if line.startswith("| `")]
    told = {name.strip().strip("`") for row in rows for name in row.split(",")}
    known = {*reasons(), *get_args(Reason), UNEXPECTED, NO_LETTER}
    assert known - told == set(), "reasons that the runbook doesn't tell of"
    assert told - known == set(), "reasons that no code gives"


def test_every_state_has_its_row() -> None:
    assert [state for state in State if f"| {state} |" not in RUNBOOK] == []
