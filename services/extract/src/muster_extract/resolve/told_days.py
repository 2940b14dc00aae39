"""The days that an article tells of in turn, so that `two days later` and `that day` have something to count from."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from muster_extract.resolve.dates import Tense, entry_day, find_dates, resolve_date
from muster_extract.segment import Sentence


class ToldDays:
    """The days of the past that an article has told of, by where they stand."""

    def __init__(self, sentences: Sequence[Sentence], published: date) -> None:
        self._starts: list[int] = []
        self._days: list[date] = []
        for sentence in sentences:
            day = entry_day(sentence.stamp, published)
            for mention in find_dates(sentence.text):
                found = resolve_date(mention.phrase, day, Tense.PAST, anchor=self._days[-1] if self._days else None)
                if found is not None and len(found) == 10 and date.fromisoformat(found) <= published:
                    self._starts.append(sentence.start + mention.start)
                    self._days.append(date.fromisoformat(found))

    def before(self, offset: int) -> date | None:
        """The last day told of before an offset into the article's text; None where none was."""
        place = bisect_left(self._starts, offset)
        return self._days[place - 1] if place else None

    def within(self, start: int, end: int) -> date | None:
        """The last day told of between two offsets; None where none was, or where the text goes on to tell of several."""
        days = set(self._days[bisect_left(self._starts, start) : bisect_left(self._starts, end)])
        return days.pop() if len(days) == 1 else None
