"""A sentence with everything that is known of it before the rules look: its parse, and who, how many and when by token."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from spacy.tokens import Token

from muster_extract.lexicon import Trigger, find_triggers, words_of
from muster_extract.resolve.actors import ActorMention
from muster_extract.resolve.dates import find_dates
from muster_extract.resolve.missions import find_missions
from muster_extract.resolve.numbers import find_numbers
from muster_extract.resolve.singles import find_singles
from muster_extract.segment import Sentence

PLACE = frozenset(
    {"in", "to", "for", "at", "into", "inside", "near", "across", "towards", "toward", "outside", "around", "against", "on", "over"}
)
"""A country behind one of these is where something is, not who does it."""

BESIDES = frozenset({"addition", "next", "similar", "thanks", "due", "according"})
"""'In addition to Kenya' is no place."""

JOINS = frozenset({",", "and", "&", "or", "the", "then", "also", "plus", "as", "well", "later", "likewise", "both", "with"})
"""Words that stand between the members of a list of givers."""

KIT_REACH = 10
"""Tokens between a number and its materiel."""

LIST_JOINS = JOINS - {"with", "or"}

LED = frozenset({"led", "backed", "sponsored", "brokered", "mandated", "authorised", "authorized", "approved", "sanctioned", "funded"})
"""What stands behind a name and its hyphen where the name only describes: 'the US-led contingent' is not the Americans'."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A state or body at a place in the sentence."""

    code: str | None
    form: str
    first: int
    last: int
    role: str
    """`place`, `source` (from, by), `of`, `with`, `possessive`, `led` (in 'Kenya-led'), or `plain`."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at a place in the sentence."""

    amount: int
    qualifier: str
    unit: str | None
    kind: str
    noun: str | None
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class When:
    """A time phrase at a place in the sentence."""

    phrase: str
    first: int
    last: int


@dataclass
class Read:
    """A sentence, read."""

    index: int
    sentence: Sentence
    doc: tuple[Token, ...]
    mission: str | None
    published: date
    mentions: tuple[ActorMention, ...] = ()
    """Who is named in it, by offsets into the stored text: told apart by the whole article."""

    memo: dict[tuple[str, int], Any] = field(default_factory=dict)
    """What was worked out of a token, by what it is and the token's index: ten families of rules ask for the same."""

    @cached_property
    def words(self) -> list[str]:
        """The tokens in lower case."""
        return [token.lower_ for token in self.doc]

    @cached_property
    def triggers(self) -> list[Trigger]:
        """The triggers of all classes."""
        return find_triggers(self.words)

    @cached_property
    def verbs(self) -> list[Token]:
        """The verbs that say something: no auxiliaries, no participles that only describe."""
        return [token for token in self.doc if token.tag_[0] == "V" and token.dep_ not in {"aux", "auxpass", "amod", "compound"}]

    @cached_property
    def by_token(self) -> dict[int, list[Trigger]]:
        """The triggers by the token that they start at."""
        found: dict[int, list[Trigger]] = {}
        for trigger in self.triggers:
            found.setdefault(trigger.first, []).append(trigger)
        return found

    @cached_property
    def actors(self) -> list[Actor]:
        """Who is named, in the order of the text."""
        found: list[Actor] = []
        for mention in self.mentions:
            first, last = self.tokens(mention.start - self.sentence.start, mention.end - self.sentence.start)
            role = self._role(first, last)
            if role == "plain" and found and found[-1].role == "place" and self.words[found[-1].last : first] == ["and"]:
                role = "place"  # "commitments in Iraq and Afghanistan"
            found.append(Actor(mention.code, mention.form, first, last, role))
        return found

    @cached_property
    def amounts(self) -> list[Amount]:
        """How many, in the order of the text."""
        found = []
        for mention in find_numbers(self.sentence.text):
            first, last = self.tokens(mention.start, mention.end)
            amount = Amount(mention.amount, str(mention.qualifier), mention.unit, mention.kind, mention.noun, first, last)
            found.append(self._of_kit(amount) if mention.kind == "other" and mention.noun is None else amount)
        return found

    def _of_kit(self, amount: Amount) -> Amount:
        """A number with the materiel that a long name parts it from: '24 Mine-Resistant Ambush Protected (MRAP) vehicles'."""
        number = self.doc[min(amount.last, len(self.doc)) - 1]
        noun = number.head
        if number.dep_ != "nummod" or not 0 < noun.i - number.i <= KIT_REACH or noun.lower_ not in words_of("sorts", "equipment"):
            return amount
        return replace(amount, kind="equipment", noun=noun.lower_, unit=noun.lower_.removesuffix("s"))

    @cached_property
    def singles(self) -> list[Amount]:
        """Single pieces without a numeral: 'a field hospital', 'its first helicopter'."""
        found = []
        for mention in find_singles(self.sentence.text):
            first, last = self.tokens(mention.start, mention.end)
            found.append(Amount(mention.amount, str(mention.qualifier), mention.unit, mention.kind, mention.noun, first, last))
        return found

    @cached_property
    def times(self) -> list[When]:
        """When, in the order of the text."""
        return [When(mention.phrase, *self.tokens(mention.start, mention.end)) for mention in find_dates(self.sentence.text)]

    @cached_property
    def named(self) -> list[tuple[int, int, str]]:
        """Missions that it names: first token, index behind the last, slug."""
        return [(*self.tokens(m.start, m.end), m.slug) for m in find_missions(self.sentence.text, self.published)]

    @cached_property
    def chains(self) -> list[tuple[Actor, ...]]:
        """The actors in lists: those with nothing but commas and 'and' between them stand together.

        A parser breaks long lists of states at random; the text does not.
        """
        chains: list[list[Actor]] = []
        for actor in self.actors:
            before = chains[-1][-1] if chains else None
            between = self.words[before.last : actor.first] if before else []
            if before and between and len(between) <= 4 and all(word in LIST_JOINS for word in between) and same_sort(before, actor):
                chains[-1].append(actor)
            else:
                chains.append([actor])
        return [tuple(chain) for chain in chains]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The token indexes that the characters from `start` to `end` cover: first, and behind the last."""
        first = last = None
        for token in self.doc:
            if token.idx + len(token) <= start:
                continue
            if token.idx >= end:
                break
            if first is None:
                first = token.i
            last = token.i + 1
        if first is None or last is None:
            return len(self.doc), len(self.doc)
        return first, last

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """The offsets into the stored text of the tokens from `first` to before `last`."""
        opening, closing = self.doc[first], self.doc[last - 1]
        return self.sentence.start + opening.idx, self.sentence.start + closing.idx + len(closing)

    def text(self, first: int, last: int) -> str:
        """The words of the tokens from `first` to before `last`, as they stand."""
        return self.sentence.text[self.doc[first].idx : self.doc[last - 1].idx + len(self.doc[last - 1])]

    def has(self, token: Token, *classes: str) -> bool:
        """Whether a trigger of one of the classes starts at the token."""
        return any(trigger.word_class in classes for trigger in self.by_token.get(token.i, ()))

    def trigger(self, token: Token, word_class: str, part: str = "verbs") -> Trigger | None:
        """The longest trigger of a class that starts at the token."""
        found = [t for t in self.by_token.get(token.i, ()) if t.word_class == word_class and t.part == part]
        return max(found, key=lambda t: len(t.phrase)) if found else None

    def _role(self, first: int, last: int) -> str:
        at = first - 1
        while at >= 0 and self.words[at] in {"the", "both", "neighbouring", "neighboring"}:
            at -= 1
        before = self.words[at] if at >= 0 else ""
        after = self.words[last] if last < len(self.words) else ""
        if after in {"'s", "’s", "'", "’"}:
            return "possessive"
        if self.words[last - 1].rpartition("-")[2] in LED and "-" in self.words[last - 1]:
            return "led"
        if after == "-" and self.words[last + 1 : last + 2] and self.words[last + 1] in LED:
            return "led"
        if before in PLACE and not (before == "to" and at and self.words[at - 1] in BESIDES):
            return "place"
        if before == "of" and at > 1 and self.words[at - 1] in {"government", "governments", "republic", "kingdom", "authorities"}:
            skip = at - 2 - (self.words[at - 2] == "the")
            if skip >= 0 and self.words[skip] in {"by", "from"}:
                return "source"  # "the decision taken by the governments of Jamaica and Belize"
        return {"from": "source", "by": "source", "of": "of", "with": "with"}.get(before, "plain")


def same_sort(one: Actor, other: Actor) -> bool:
    """Whether two actors can stand in one list: names with names, adjectives with adjectives."""
    return (one.form == "demonym") == (other.form == "demonym")


def codes(actors: Sequence[Actor]) -> tuple[str, ...]:
    """The codes of actors, each once, in the order of the text."""
    return tuple(dict.fromkeys(actor.code for actor in actors if actor.code))
