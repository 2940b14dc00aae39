"""The corpus's board as an undisturbed run makes it: what every disturbed run must come to."""

import pytest
from muster_contracts.topics import MISSION_EVENTS
from muster_testkit.changes import mistold
from muster_testkit.corpus import ARTICLES, UPDATES
from muster_testkit.flows import board_rows, fresh, publish
from muster_testkit.stack import RunningStack
from muster_testkit.topics import dead_letters, records


@pytest.fixture(scope="session")
def undisturbed(stack: RunningStack) -> bytes:
    """Every row of the board, after nothing went wrong."""
    fresh(stack)
    publish(stack, ARTICLES, UPDATES)
    assert dead_letters(stack) == []
    assert records(stack, MISSION_EVENTS)
    assert mistold(stack) == []
    return board_rows(stack)
