"""The days of an article: from which a sentence speaks, and on which its clauses play."""

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from muster_extract.modality import Stance
from muster_extract.predicates import governing_verb, is_of_saying, time_of
from muster_extract.reading import Read, When
from muster_extract.resolve.dates import Tense, entry_day, resolve_date
from muster_extract.resolve.told_days import ToldDays


@dataclass
class StoryDays:
    """The days that are carried from sentence to sentence."""

    issued: date = date.min
    """The article's day of publication."""

    told: ToldDays | None = None
    """The days that the article tells of in turn."""

    anchor: date | None = None
    """The day that was told of last, on which 'two days later' counts."""

    published: date = date.min
    """The day from which the sentence speaks: that of publication, or of a ticker's line."""

    def turn_to(self, read: Read) -> None:
        """Take up a sentence: from which day it speaks, and on which its 'two days later' counts."""
        self.published = entry_day(read.sentence.stamp, self.issued)
        self.anchor = self.told.before(read.sentence.start) if self.told else None

    def day(self, read: Read, verb: Token, stance: Stance, *, now: bool = False) -> str | None:
        """The day of a predicate, resolved. Where the verb has no time: with `now`, the present means the day of publication and
        the perfect its month (the labelling guide, rule 29)."""
        when = time_of(read, verb)
        tense = Tense.FUTURE if stance.planned else stance.tense
        if when and not when.phrase.lower().startswith("since"):
            return resolve_date(when.phrase, self.published, tense, self.anchor)
        if now and not stance.planned:
            if stance.perfect:
                return self.published.isoformat()[:7]
            if tense is Tense.PRESENT:
                return self.published.isoformat()
        return None

    def resolved(self, when: When, tense: Tense) -> str | None:
        """A time phrase as a date."""
        return resolve_date(when.phrase, self.published, tense, self.anchor)

    def said_day(self, read: Read, verb: Token) -> str | None:
        """The day of the clause above: an offer that was announced on Saturday was made on Saturday."""
        at = verb
        for _ in range(6):
            head = governing_verb(at.head)
            if head == at:
                break
            if at.dep_ in {"ccomp", "xcomp", "advcl", "conj", "parataxis", "pcomp", "relcl"} and head.tag_[0] == "V":
                when = time_of(read, head)
                if when and at.dep_ != "relcl":
                    return resolve_date(when.phrase, self.published, Tense.PAST)
                if head.lower_ in {"announces", "announce"}:
                    return self.published.isoformat()
            at = head
        said = next((w for w in read.times if is_of_saying(read, w)), None)
        return resolve_date(said.phrase, self.published, Tense.PAST) if said else None
