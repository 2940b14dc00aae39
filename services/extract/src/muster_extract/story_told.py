"""Whom an article has told of, sentence by sentence, and who sends nobody."""

import re
from dataclasses import dataclass

from muster_extract.pointing import BODIES
from muster_extract.reading import PLACE, Read
from muster_extract.resolve.actors import ActorMention
from muster_extract.resolve.missions import apart_from
from muster_extract.segment import Sentence
from muster_extract.story_days import StoryDays


@dataclass
class StoryTold(StoryDays):
    """Who is named in an article, and of whom it told last."""

    hosts: frozenset[str] = frozenset()
    """Codes of the countries that the article's missions are for."""

    apart: frozenset[str] = frozenset()
    """Codes of the states that send nobody to the sentence's mission: hosts, and those whose armies are there on their own account."""

    giver: str | None = None
    """The contributor that was told of last."""

    mentions: tuple[ActorMention, ...] = ()
    """Everybody whom the article names."""

    sentences: tuple[Sentence, ...] = ()
    """The article's sentences, parsed or not."""

    def turn_to(self, read: Read) -> None:
        """Take up a sentence: its mission, and the days on which it counts."""
        super().turn_to(read)
        self.apart = apart_from(read.mission)

    def told_of(self, read: Read) -> str | None:
        """Whom a sentence that names nobody goes on about: the one of the paragraph's sentences before it, else the one told of last."""
        for sentence in reversed(self.sentences[: read.index]):
            if sentence.paragraph != read.sentence.paragraph:
                break
            named = [m for m in self.mentions if sentence.start <= m.start < sentence.end and self._may_act(m)]
            if named:
                return named[0].code
        return self.giver

    def _may_act(self, mention: ActorMention) -> bool:
        if not mention.code or mention.code in self.apart or mention.code in BODIES or mention.form == "host-city":
            return False
        sentence = next((s for s in self.sentences if s.start <= mention.start < s.end), None)
        before = sentence.text[: mention.start - sentence.start].split()[-2:] if sentence else []
        return not (before and {w.lower() for w in before} & PLACE)

    def reason_after(self, read: Read) -> tuple[str, ...]:
        """The sentences behind this one that say why, where they say so: 'The reason: …', 'Because …'."""
        following = [s for s in self.sentences[read.index + 1 : read.index + 3] if s.paragraph == read.sentence.paragraph]
        return tuple(
            s.text
            for s in following
            if re.match(r"(?:The (?:main |stated |official )?(?:reason|cause|issue|problem)|Because|It cited|He cited|She cited)\b", s.text)
        )

    def _person_before(self, read: Read) -> str | None:
        """The state of whoever the sentence before was about."""
        before = [
            m
            for m in self.mentions
            if m.end <= read.sentence.start
            and read.sentence.start - m.end < 400
            and m.code
            and m.code not in self.apart
            and m.form != "host-city"
        ]
        leaders = [m for m in before if m.form in {"leader", "demonym"}]
        return leaders[-1].code if leaders else None
