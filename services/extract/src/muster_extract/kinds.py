"""What a noun phrase stands for: people, a mission, money, equipment, a court …"""

from muster_extract.groups import Group
from muster_extract.lexicon import words_of
from muster_extract.predicates import Phrase


def is_a(phrase: Phrase | None, sort: str) -> bool:
    """Whether the phrase's own words (not those of what hangs on it) name the sort."""
    if phrase is None:
        return False
    if sort == "mission" and any(first <= phrase.head.i < last for first, last, _ in phrase.read.named):
        return True
    return bool(phrase.core & words_of("sorts", sort))


def heads(phrase: Phrase | None, sort: str) -> bool:
    """Whether the phrase's head word names the sort."""
    if (
        phrase is not None
        and sort == "mission"
        and is_a(phrase, sort)
        and any(first <= phrase.head.i < last for first, last, _ in phrase.read.named)
    ):
        return True
    return phrase is not None and (
        phrase.head.lower_ in words_of("sorts", sort)
        or any(child.dep_ == "conj" and child.lower_ in words_of("sorts", sort) for child in phrase.head.children)
    )


def is_people(phrase: Phrase | None, groups: list[Group]) -> bool:
    """Whether the phrase is people of a contributor: counted, named by their job or by their nation."""
    if phrase is None:
        return False
    if any(amount.kind == "money" for amount in phrase.amounts if amount.first - 2 <= phrase.head.i < amount.last + 3):
        return False
    if heads(phrase, "people"):
        return True
    if any(g.first in phrase.tokens and (g.first <= phrase.head.i < g.last or phrase.head.i < g.first) for g in groups):
        return True
    return any(a.form == "demonym" and a.first <= phrase.head.i < a.last for a in phrase.actors)


def money_in(phrase: Phrase | None) -> bool:
    """Whether the phrase is a sum."""
    return phrase is not None and any(amount.kind == "money" for amount in phrase.amounts)


def sort_of(unit: str | None) -> str | None:
    """What a claim's unit counts: people, money or equipment."""
    if unit is None:
        return None
    if unit in {"personnel", "police", "troops"}:
        return "people"
    return "money" if len(unit) == 3 and unit.isupper() else "equipment"
