"""What an article has told so far: whom 'they' and 'its' mean, and when it was published."""

import re
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Token

from muster_extract.candidate import Candidate
from muster_extract.groups import Group, groups, is_a_missions, listed, side_by_side
from muster_extract.lexicon import forms_of, words_of
from muster_extract.pointing import (
    AGAIN,
    BACKWARD,
    BESIDE,
    BODIES,
    COLLECTIVES,
    GOES_ON,
    INSTITUTIONS,
    MIXED,
    OF_A_BODY,
    PERSONS,
    line_owner,
)
from muster_extract.predicates import Phrase, Predicate, subject_of
from muster_extract.reading import Actor, Read, codes
from muster_extract.story_told import StoryTold

_RESOLUTION = re.compile(r"^\s*The Security Council,\s*$", re.MULTILINE)


def voice_of(text: str) -> str | None:
    """The body that a text is written by, where its verbs have no other subject: a resolution of the Security Council."""
    return "UN" if _RESOLUTION.search(text) else None


@dataclass
class Story(StoryTold):
    """The state that is carried from sentence to sentence."""

    title: str = ""
    voice: str | None = None
    """The body that speaks where a verb has no subject."""

    contributors: set[str] = field(default_factory=set)
    """Everybody of whom a gift was told so far."""

    last: tuple[Candidate, ...] = ()
    """What the sentence before told."""

    leaving: bool = False
    """Whether the last people told of were going home."""

    unit: str | None = None
    """The unit of the people that were told of last."""

    memo: dict[str, Any] = field(default_factory=dict)  # what was worked out of the whole article
    _groups: dict[int, list[Group]] = field(default_factory=dict)

    def groups(self, read: Read) -> list[Group]:
        """The counted groups of a sentence, worked out once."""
        if read.index not in self._groups:
            self._groups[read.index] = groups(read)
        return self._groups[read.index]

    def has_people(self, code: str | None) -> bool:
        """Whether the article names people of a state: 'Kenyan police', 'a soldier from Chad'. A state that only attacks has none."""
        if code is None:
            return False
        if code not in self.memo:
            people = words_of("sorts", "casualty")
            self.memo[code] = any(
                people & set(re.findall(r"\w+", sentence.text[max(0, at - 30) : at + len(m.text) + 30].lower()))
                for m in self.mentions
                for sentence in self.sentences
                if m.code == code and 0 <= (at := m.start - sentence.start) < len(sentence.text)
            )
        known: bool = self.memo[code]
        return known

    def givers(self, phrase: Phrase | None, *, point_back: bool = True, hosts: bool = False) -> tuple[str, ...]:
        """The codes of the states and bodies that a phrase names as acting.

        Args:
            phrase: a subject, an agent, a possessor.
            point_back: let 'it' and 'its' mean whom the text named before.
            hosts: count the mission's own host too, which acts on obstacles only. Places ('in Haiti') never act.
        """
        if phrase is None:
            return ()
        acting = [
            a
            for a in phrase.actors
            if a.role not in {"place", "led"}
            and a.form != "host-city"
            and (hosts or a.code not in self.apart)
            and not (phrase.head.lower_ in BESIDE and a.last <= phrase.head.i)
            and not (a.role == "source" and a.form == "body" and is_a_missions(phrase.read, a))
        ]
        if phrase.head.lower_ in OF_A_BODY and not any(a.first <= phrase.head.i < a.last for a in acting):
            acting = [a for a in acting if a.form != "body" or a.role == "of"]  # "EU powers such as Britain"
        named = codes(self._nearest(phrase, acting))
        owner = next((c for c in phrase.head.children if c.tag_ == "PRP$"), None)
        if point_back and owner is not None and named and set(named) <= BODIES and (found := self.meant(phrase.read, owner, hosts=hosts)):
            return (found,)  # "its 40 soldiers of the EU force"
        if named or not point_back:
            return named
        labelled = line_owner(phrase.read)
        if labelled and labelled not in self.apart:
            return (labelled,)
        pointing = phrase.head if phrase.head.lower_ in BACKWARD else next((c for c in phrase.head.children if c.lower_ in BACKWARD), None)
        if pointing is not None and pointing.dep_ == "det" and phrase.head.lower_ not in INSTITUTIONS | COLLECTIVES | GOES_ON:
            return ()  # "this assessment" is no state's act
        if pointing is None:
            pointing = next((phrase.read.doc[i] for i in sorted(phrase.tokens) if phrase.read.doc[i].tag_ == "PRP$"), None)
        if pointing is None and phrase.head.lower_ in {"country", "government", "nation"}:
            left = [a for a in phrase.read.actors if a.last <= phrase.first and a.code and a.code not in self.apart | BODIES]
            left = [a for a in left if a.role != "place" and a.form in {"name", "demonym"}]
            return codes(left[-1:])
        if pointing is None:
            return ()
        if pointing.lower_ in {"they", "their", "them"}:
            several = [c for c in phrase.read.chains if len(c) > 1 and c[-1].last <= pointing.i and c[0].role not in {"place", "with"}]
            if several:
                return codes([a for a in several[-1] if hosts or a.code not in self.apart])
        found = self.meant(phrase.read, pointing, hosts=hosts)
        return (found,) if found else ()

    def meant(self, read: Read, pointing: Token, *, hosts: bool = False) -> str | None:
        """Whom a word that points back means: a state named before it in its sentence, else the one told of last."""
        left = [
            a
            for a in read.actors
            if a.last <= pointing.i and a.code and (hosts or a.code not in self.apart) and a.form != "host-city" and not _is_place(read, a)
        ]
        if pointing.lower_ in PERSONS:
            if left:
                return left[-1].code
            return self._person_before(read) or self.giver
        if not hosts and pointing.lower_ in {"it", "its"} and self._means_another(read, pointing):
            return None
        states = [a for a in left if a.code not in BODIES]
        bodies = [a for a in left if a.code in BODIES and read.doc[a.last - 1].dep_ == "nsubj"]
        if bodies and not states and pointing.lower_ in {"it", "its"}:
            return bodies[-1].code
        subjects = [a for a in states if read.doc[a.last - 1].dep_ in {"nsubj", "nsubjpass", "conj"}]
        if subjects and pointing.lower_ in {"it", "its", "which", "that"}:
            return subjects[-1].code
        if states and pointing.lower_ in {"it", "its"}:
            return states[-1].code
        return self.told_of(read)

    def _means_another(self, read: Read, pointing: Token) -> bool:
        """Whether 'it' means one that sends nobody: the last subject is the host, an army beside, or a body without a code."""
        subjects = [
            a
            for a in read.actors
            if a.last <= pointing.i
            and (a.code or a.form == "body")
            and a.role != "place"
            and {read.doc[a.last - 1].dep_, read.doc[a.last - 1].head.dep_ if a.form == "demonym" or a.role == "possessive" else ""}
            & {"nsubj", "nsubjpass"}
        ]
        return bool(subjects) and (subjects[-1].code is None or subjects[-1].code in self.apart)

    def _speaking(self, read: Read, phrase: Phrase) -> str | None:
        """The state of a leader who speaks of people, if that state has given any: 'Ruto said that 600 officers will follow'."""
        leaders = [a for a in read.actors if a.form == "leader" and a.code in self.contributors]
        return leaders[0].code if leaders and not any(a.code in self.contributors and a.form != "leader" for a in read.actors) else None

    def institution(self, read: Read, phrase: Phrase | None) -> tuple[str, ...]:
        """Whose government, army or country a phrase that names no state means: the one that the story is about."""
        if (
            phrase is None
            or phrase.actors
            or phrase.head.lower_ not in INSTITUTIONS
            or any(c.tag_ == "NNP" for c in phrase.head.children)
            or phrase.words & {"international", "a", "any", "host", "military", "transitional", "interim"}
        ):
            return ()
        found = self.told_of(read)
        return (found,) if found and found not in BODIES else ()

    def seat(self, phrase: Phrase | None) -> tuple[str, ...]:
        """The state of a court or parliament, also by the place where it sits: 'the High Court in Nairobi', 'Parliament in Honiara'."""
        if phrase is None:
            return ()
        owners = [a for a in phrase.actors if a.code and a.code not in BODIES and a.form != "host-city"]
        if owners:
            return codes(sorted(owners, key=lambda a: a.role == "place")[:1])
        return self.givers(phrase)

    def _nearest(self, phrase: Phrase, acting: list[Actor]) -> list[Actor]:
        """Of all named in a phrase, those that it is about: its head, else who owns it, else where it comes from."""
        at_head = [a for a in acting if a.first <= phrase.head.i < a.last]
        if at_head:
            chain = next((c for c in phrase.read.chains if at_head[0] in c), ())
            return [a for a in chain if a in acting]
        before = [a for a in acting if a.last <= phrase.head.i and a.role != "of"]
        source = [a for a in acting if a.role == "source" or (a.first > phrase.head.i and self._in_source_chain(phrase, a))]
        if before and not (source and before[-1].code in BODIES):
            return [a for a in before if phrase.head.i - a.last <= 6] or before
        if source:
            return source
        return before or [a for a in acting if a.role in {"of", "plain"}]

    def _in_source_chain(self, phrase: Phrase, actor: Actor) -> bool:
        return any(actor in chain and chain[0].role == "source" for chain in phrase.read.chains)

    def default(self, phrase: Phrase) -> tuple[str, ...]:
        """Whose people a phrase without a nation means; nobody's where it does not point back."""
        giver = self._subject_before(phrase) or self._speaking(phrase.read, phrase) or self._told_here(phrase.read)
        if giver is None or giver in BODIES or phrase.words & MIXED:
            return ()
        if phrase.head.lower_ in {"force", "mission", "operation"} or "mission" in phrase.words & self._modifiers(phrase):
            return ()  # "the force of 2,500", "a mission member": the mission's own
        if any(a.form == "body" and a.first <= phrase.head.i for a in phrase.actors):
            return ()  # "OSCE monitors"
        shared = "peacekeepers" in phrase.words and len(phrase.amounts) > 1  # "13,000 of the 26,000 peacekeepers"
        if shared or (phrase.head.lower_ == "peacekeepers" and not phrase.words & AGAIN):
            return ()  # "13,000 peacekeepers will be there": the mission's
        if phrase.head.lower_ in COLLECTIVES:
            return (giver,)  # "a contingent of 100 soldiers is there": some state's
        about = {t.lower_ for t in phrase.head.children if t.lower_ == "some" and t.i + 1 < len(t.doc) and t.nbor().like_num}
        if (phrase.words - about) & AGAIN or phrase.head.lower_ in BACKWARD or not any(c.dep_ == "det" for c in phrase.head.children):
            return (giver,)
        return ()

    def _told_here(self, read: Read) -> str | None:
        """Whom a sentence goes on about: the only state that acts in it, else the one told of before; nobody where several others act."""
        acting = {a.code for a in read.actors if a.code and a.code not in self.apart | BODIES and a.role not in {"place", "led"}}
        giver = self.told_of(read)
        if not acting or giver in acting:
            return giver
        return next(iter(acting)) if len(acting) == 1 else None

    def _modifiers(self, phrase: Phrase) -> frozenset[str]:
        return frozenset(c.lower_ for c in phrase.head.children if c.dep_ in {"compound", "amod", "nmod"})

    def _subject_before(self, phrase: Phrase) -> str | None:
        """The state that is the subject of what stands before a phrase: 'Kenya has 700 there, with the latest group landing today'."""
        doc = phrase.read.doc
        return next(
            (
                a.code
                for a in phrase.read.actors
                if a.last <= phrase.first
                and a.form == "name"
                and a.code not in self.apart | BODIES
                and a.role == "plain"
                and "nsubj" in {doc[a.last - 1].dep_, doc[a.last - 1].head.dep_ if doc[a.last - 1].dep_ in {"appos", "compound"} else ""}
                and doc[a.last - 1].head.lower_ not in forms_of("modality", "say")
            ),
            None,
        )

    def counted(self, read: Read, phrase: Phrase | None, *, bare: bool = False, money: bool = False) -> list[Group]:
        """The groups in a phrase, with those that go on in its list.

        Args:
            read: the sentence.
            phrase: where they are looked for.
            bare: numbers alone count too, since the verb says that they are people.
            money: sums instead of people.
        """
        if phrase is None:
            return []
        everything = [g for g in self.groups(read) if (bare or not g.bare) and (g.amount.kind == "money") == money]
        inside = [g for g in everything if any(i in phrase.tokens for i in range(g.amount.first, g.amount.last))]
        inside = [g for g in inside if g is inside[0] or "including" not in read.words[max(0, g.first - 2) : g.first]]
        head = phrase.head.i
        if len(inside) > 1 and not any(g.states for g in inside) and not money:
            inside = side_by_side(read, inside) or [g for g in inside if g.amount.first <= head][-1:] or inside[:1]
        return listed(read, inside, everything)

    def says_so(self, verb: Token) -> bool:
        """Whether a verb is one of reporting."""
        return verb.lower_ in forms_of("modality", "say")

    def subject(self, read: Read, verb: Token) -> Phrase | None:
        """The subject of a verb as a phrase."""
        found = subject_of(verb)
        return Phrase(read, found) if found is not None else None

    def doer_of(self, predicate: Predicate) -> tuple[str, ...]:
        """Who does it."""
        return self.givers(predicate.doer)


def _is_place(read: Read, actor: Actor) -> bool:
    """Whether an actor is a place, or stands in a list of places: 'in both Iraq and Afghanistan'."""
    return any(actor in chain and chain[0].role == "place" for chain in read.chains)
