"""What an article has told so far: whom 'they' and 'its' mean, and when it was published."""

from dataclasses import dataclass, field
from datetime import date

from spacy.tokens import Token

from muster_extract.groups import Group, groups, listed
from muster_extract.modality import Stance, said_by
from muster_extract.predicates import Phrase, Predicate, time_of
from muster_extract.reading import Actor, Read, codes
from muster_extract.resolve.dates import Tense, resolve_date

BACKWARD = frozenset({"it", "its", "they", "their", "them", "he", "his", "she", "her", "we", "our", "who", "which", "that", "this", "these", "those", "i", "you"})
"""Words that point back to somebody named before."""


@dataclass
class Story:
    """The state that is carried from sentence to sentence."""

    title: str
    published: date
    hosts: frozenset[str] = frozenset()
    """Codes of the countries that the article's missions are for."""

    giver: str | None = None
    """The contributor that was told of last."""

    unit: str | None = None
    """The unit of the people that were told of last."""

    _groups: dict[int, list[Group]] = field(default_factory=dict)

    def groups(self, read: Read) -> list[Group]:
        """The counted groups of a sentence, worked out once."""
        if read.index not in self._groups:
            self._groups[read.index] = groups(read)
        return self._groups[read.index]

    def givers(self, phrase: Phrase | None, *, point_back: bool = True) -> tuple[str, ...]:
        """The codes of the states and bodies that a phrase names as acting.

        A place ('in Haiti', 'to Port-au-Prince') and a mission's host act only on obstacles, which ask for them by themselves.
        """
        if phrase is None:
            return ()
        acting = [a for a in phrase.actors if a.role != "place" and a.form != "host-city" and a.code not in self.hosts]
        named = codes(self._nearest(phrase, acting))
        if named or not point_back:
            return named
        if phrase.head.lower_ in BACKWARD or any(child.lower_ in BACKWARD for child in phrase.head.children):
            return (self.giver,) if self.giver else ()
        return ()

    def _nearest(self, phrase: Phrase, acting: list[Actor]) -> list[Actor]:
        """Of all named in a phrase, those that it is about: its head, else who owns it, else where it comes from."""
        at_head = [a for a in acting if a.first <= phrase.head.i < a.last]
        if at_head:
            chain = next((c for c in phrase.read.chains if at_head[0] in c), ())
            return [a for a in chain if a in acting]
        before = [a for a in acting if a.last <= phrase.head.i and a.role != "of"]
        if before:
            return [a for a in before if phrase.head.i - a.last <= 6] or before
        return [a for a in acting if a.role in {"source", "of", "plain"}]

    def acting(self, read: Read, predicate: Predicate, *sources: Phrase | None) -> tuple[str, ...]:
        """Who acts in a predicate: the first of `sources` that names somebody, else the one told of last."""
        for phrase in sources:
            found = self.givers(phrase)
            if found:
                return found
        return ()

    def counted(self, read: Read, phrase: Phrase | None) -> list[Group]:
        """The groups in a phrase, with those that go on in its list."""
        if phrase is None:
            return []
        everything = self.groups(read)
        inside = [g for g in everything if any(i in phrase.tokens for i in range(g.amount.first, g.amount.last))]
        return listed(read, inside, everything)

    def day(self, read: Read, verb: Token, stance: Stance, *, now: bool = False) -> str | None:
        """The day of a predicate, resolved; the day of publication where `now` is asked for and the present tense has no time of its own."""
        when = time_of(read, verb)
        tense = Tense.FUTURE if stance.planned else stance.tense
        if when:
            return resolve_date(when.phrase, self.published, tense)
        if now and tense is Tense.PRESENT and not stance.planned:
            return self.published.isoformat()
        return None

    def said_day(self, read: Read, verb: Token) -> str | None:
        """The day on which the predicate was said, where the sentence tells."""
        said = said_by(read, verb)
        if said is None:
            return None
        when = time_of(read, said[0])
        return resolve_date(when.phrase, self.published, Tense.PAST) if when else None

    def speaker(self, read: Read, verb: Token) -> Phrase | None:
        """Who says the predicate, as a phrase."""
        said = said_by(read, verb)
        return Phrase(read, said[1]) if said and said[1] is not None else None
