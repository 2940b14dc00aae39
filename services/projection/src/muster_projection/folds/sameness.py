"""When do two claims tell the same happening? The table of windows and tolerances, and nothing else that decides."""

from dataclasses import dataclass
from typing import Literal

from muster_contracts.values import Qualifier, Quantity


@dataclass(frozen=True)
class Sameness:
    """What makes two claims of a type, a contributor and a kind tell the same happening."""

    window: int | None
    """Days that their dates may lie apart, beyond what their precision leaves open; None: any number."""

    told: int | None
    """Days that an undated telling reaches: back from its publication for what has happened; either way between the
    publications of two tellings for what is planned. None: any number."""

    past: bool = True
    """The date is that of a happening; False: a date to come, so that undated tellings are compared by publication."""

    anybody: bool = False
    """A telling that names no contributor may tell what another says of a named one."""

    unnumbered: bool = True
    """A telling without a number may tell what another gives a number for."""

    reasons: bool = False
    """Where both name reasons, they must share one."""

    words: bool = False
    """Two passages of one article are never the same: what counts is what is said."""

    date_shown: Literal["finest", "numbered", "earliest"] = "finest"
    """Of several dates told: the most precise and most told one; the same among those told with the number shown, since '400 in June'
    beside 'the first on 25 June' is not 400 on that day; or the earliest, as finely as any gives it."""


SAMENESS: dict[str, Sameness] = {
    # Founding acts are retold for years, to the month or the year: anything of one month is one act.
    "mission-authorized": Sameness(window=31, told=None, anybody=True),
    "mandate-extended": Sameness(window=31, told=120, past=False, anybody=True),
    "mission-ended": Sameness(window=31, told=None, anybody=True),
    # An offer to lead is repeated and formalised for months; the first word counts.
    "leadership-offered": Sameness(window=None, told=None, date_shown="earliest"),
    # A restated pledge is one pledge. Dated six weeks apart, the same number is a new one.
    "pledge-announced": Sameness(window=45, told=None),
    "pledge-withdrawn": Sameness(window=31, told=None),
    # That somebody pays says nothing on which of its payments is meant.
    "funding-provided": Sameness(window=31, told=None, unnumbered=False),
    "equipment-delivered": Sameness(window=14, told=60, unnumbered=False),
    # Another date is a slip, never the same telling.
    "deployment-scheduled": Sameness(window=0, told=60, past=False),
    "deployment-delayed": Sameness(window=14, told=120, past=False, reasons=True),
    # Night flights and time zones put one landing on up to three days.
    "contingent-departed": Sameness(window=2, told=60, date_shown="numbered"),
    "contingent-arrived": Sameness(window=2, told=60, date_shown="numbered"),
    "contingent-withdrawn": Sameness(window=31, told=90, date_shown="numbered"),
    # A strength is of its day; agencies print one another's number the day after.
    "strength-reported": Sameness(window=1, told=1, unnumbered=False),
    "obstacle-raised": Sameness(window=31, told=None, reasons=True),
    "obstacle-cleared": Sameness(window=31, told=None, reasons=True),
    "commander-appointed": Sameness(window=60, told=None, date_shown="earliest"),
    "casualty-reported": Sameness(window=2, told=14),
    "deployment-prepared": Sameness(window=3, told=14),
    "situation-reported": Sameness(window=7, told=7, words=True),
    "statement-made": Sameness(window=1, told=3, words=True),
}
"""By the type's name without its version."""

SPREAD: dict[Qualifier, tuple[float, float]] = {
    Qualifier.EXACT: (1.0, 1.0),
    Qualifier.ABOUT: (0.9, 1.1),  # 'nearly 900' of 840 holds, of 780 does not
    Qualifier.AT_LEAST: (1.0, 1.25),  # 'more than 600' is said of 744, not of 900
    Qualifier.AT_MOST: (0.75, 1.0),
}
"""What a qualified number can stand for, as multiples of it: two numbers agree where these ranges meet."""

SUM_SPREAD: dict[Qualifier, tuple[float, float]] = {**SPREAD, Qualifier.AT_MOST: (1.0, 1.0)}
"""For what is authorised, 'up to 5,550' is the number itself."""

EXACTNESS: dict[Qualifier, int] = {Qualifier.EXACT: 0, Qualifier.ABOUT: 1, Qualifier.AT_LEAST: 2, Qualifier.AT_MOST: 3}
"""How well a number is known, best first."""


def meant(quantity: Quantity, spread: dict[Qualifier, tuple[float, float]] = SPREAD) -> tuple[float, float]:
    """The lowest and the highest that a number can stand for."""
    low, high = spread[quantity.qualifier]
    return quantity.amount * low, quantity.amount * high
