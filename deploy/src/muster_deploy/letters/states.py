"""The states of a dead letter. Apart from the fold that tells them, so that naming them loads no models."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What has become of a letter."""

    OPEN = "open"
    """Nobody has dealt with it."""

    PARKED = "parked"
    """It was sent back as often as it may be, and failed each time. It waits for somebody who looks at it."""

    RETRIED = "retried"
    """It was sent back, as it was or edited, and has not failed since."""

    RETURNED = "returned"
    """It was sent back and failed again: a newer letter stands for it."""

    DISCARDED = "discarded"
    """An operator closed it."""


PENDING = frozenset({State.OPEN, State.PARKED})
"""What somebody still has to look at."""
