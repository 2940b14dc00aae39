"""What an article holds that a told event can stand on: its sentences, numbers, states and missions."""

import re
from dataclasses import dataclass
from functools import cached_property

from muster_contracts.articles import ArticleContent

from muster_extract.resolve.actors import ActorMention, find_actors
from muster_extract.resolve.catalogue import by_slug, predecessors
from muster_extract.resolve.mission_names import EVE
from muster_extract.resolve.missions import bind_article
from muster_extract.resolve.numbers import NumberMention, find_numbers
from muster_extract.resolve.singles import find_singles
from muster_extract.segment import Sentence, sentences

COUNTED = frozenset({"people", "money", "equipment", "ordinal", "other"})
"""Kinds of numbers that can be a quantity: also "the third officer to die", never a year or a percentage."""

REACH = 15
"""Years that "years after" can lead back."""

_YEARS_OFF = re.compile(r"\b(?:years?|decades?) (?:after|later|ago|earlier|before|since)\b", re.IGNORECASE)
_ONE = re.compile(r"\b[Aa]n? $")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True)
class Survey:
    """An article, looked over once."""

    article: ArticleContent

    @cached_property
    def _whole(self) -> str:
        return f"{self.article.title}\n\n{self.article.text}"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """In order, by offsets into the text."""
        return tuple(sentences(self.article.text))

    @cached_property
    def mentions(self) -> tuple[ActorMention, ...]:
        """Who is named in the text, by offsets into it."""
        return tuple(find_actors(self.article.text))

    @cached_property
    def codes(self) -> frozenset[str]:
        """States and bodies that title or text names."""
        named = [*self.mentions, *find_actors(self.article.title)]
        return frozenset(mention.code for mention in named if mention.code)

    @cached_property
    def numbers(self) -> tuple[NumberMention, ...]:
        """What is counted in the text."""
        return tuple(m for m in (*find_numbers(self.article.text), *find_singles(self.article.text)) if m.kind in COUNTED)

    @cached_property
    def amounts(self) -> frozenset[int]:
        """Numbers that title or text holds; "a Uruguayan" is one."""
        titled = [m for m in find_numbers(self.article.title) if m.kind in COUNTED]
        single = any(m.form == "demonym" and _ONE.search(self.article.text, 0, m.start) for m in self.mentions)
        return frozenset({*(mention.amount for mention in (*self.numbers, *titled)), *({1} if single else ())})

    @cached_property
    def years(self) -> frozenset[int]:
        """Years that title or text gives, and those around its day: "last January", "next year", "three years after"."""
        told = {int(year) for year in _YEAR.findall(self._whole)}
        here = self.article.published_on.year
        back = REACH if _YEARS_OFF.search(self._whole) else 1
        return frozenset({*told, *range(here - back, here + 2)})

    @cached_property
    def missions(self) -> dict[str, str]:
        """Slug -> name and hosts of the missions that the text may speak of; none where it speaks of none.

        Those that came before and after a bound one are among them: "took over from an earlier mission" names none.
        """
        binding = bind_article(self.article.title, self.sentences, self.article.published_on)
        bound = {slug for slug in (binding.main, *binding.by_sentence) if slug} | {mention.slug for mention in binding.mentions}
        after = {mission.successor for slug in bound if (mission := by_slug().get(slug)) and mission.successor}
        after -= {slug for slug in after if slug in by_slug() and by_slug()[slug].start - EVE > self.article.published_on}
        before = {mission.slug for slug in bound for mission in predecessors().get(slug, ())}
        return {slug: _name(slug) for slug in sorted(bound | after | before)}

    @cached_property
    def bodies(self) -> frozenset[str]:
        """Bodies that mandate those missions: a mandate that "was extended" was extended by its body, named or not."""
        return frozenset(by_slug()[slug].by or "" for slug in self.missions if slug in by_slug()) - {""}

    def holds_word(self, word: str) -> bool:
        """Whether a noun stands in the article, in the singular or plural."""
        stem = word[:-1] if len(word) > 3 and word.endswith(("y", "f", "e")) else word
        return re.search(rf"(?<!\w){re.escape(stem)}\w{{0,4}}(?!\w)", self._whole, re.IGNORECASE) is not None


def _name(slug: str) -> str:
    mission = by_slug().get(slug)
    if mission is None:
        return "an international mission that is in no list"
    return f"{mission.name} ({', '.join(mission.hosts)})"
