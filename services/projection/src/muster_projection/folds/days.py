"""Days lost between two dates that may be given to the month or the year."""

from datetime import date

from muster_contracts.partial_dates import first_day, last_day


def days_between(before: str, after: str) -> int:
    """Days that a plan moved by. Negative: it was brought forward.

    Two dates of one precision are measured from their first days: from May to June is 31. Of two precisions only what is certain
    counts: from January to 25 March is from 31 January; from January to the 25th of it is none.
    """
    if len(before) == len(after):
        return (first_day(after) - first_day(before)).days
    late, early = (first_day(after) - last_day(before)).days, (last_day(after) - first_day(before)).days
    return late if late > 0 else min(early, 0)


def past(planned: str | None, on: date) -> bool:
    """Whether all days that a planned date can mean are over."""
    return planned is not None and last_day(planned) < on
