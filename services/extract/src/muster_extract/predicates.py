"""Who does what to whom: a verb with its subject, its objects and its voice, found in the parse."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Token

from muster_extract.lexicon import forms_of
from muster_extract.reading import Actor, Amount, Read, When

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
OBJECTS = frozenset({"dobj", "attr", "oprd", "dative"})
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "csubj"})
RELATIVE = frozenset({"which", "that", "who", "whom", "whose"})


@dataclass(frozen=True)
class Phrase:
    """A noun phrase without the clauses that hang on it."""

    read: Read
    head: Token

    @cached_property
    def tokens(self) -> frozenset[int]:
        """Indexes of its tokens."""
        found: set[int] = set()
        todo = [self.head]
        while todo:
            token = todo.pop()
            found.add(token.i)
            todo.extend(
                child for child in token.children if child.dep_ not in CLAUSES and not (child.dep_ == "conj" and child.tag_[0] == "V")
            )
        return frozenset(found)

    @property
    def first(self) -> int:
        """Index of the first token."""
        return min(self.tokens)

    @property
    def last(self) -> int:
        """Index behind the last token."""
        return max(self.tokens) + 1

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in lower case."""
        return frozenset(self.read.words[i] for i in self.tokens)

    @cached_property
    def core(self) -> frozenset[str]:
        """Its words in lower case without prepositional phrases, but for those with 'of'."""
        found: set[str] = set()
        todo = [self.head]
        while todo:
            token = todo.pop()
            found.add(token.lower_)
            todo.extend(
                child
                for child in token.children
                if child.dep_ not in CLAUSES
                and (child.dep_ != "prep" or child.lower_ == "of")
                and not (child.dep_ == "conj" and child.tag_[0] == "V")
            )
        return frozenset(found)

    @cached_property
    def actors(self) -> list[Actor]:
        """Who is named in it; a list of names that it cuts is taken whole."""
        found: list[Actor] = []
        for chain in self.read.chains:
            if any(actor.first in self.tokens or actor.last - 1 in self.tokens for actor in chain):
                found.extend(chain)
        return found

    @cached_property
    def amounts(self) -> list[Amount]:
        """Numbers in it."""
        return [amount for amount in self.read.amounts if any(i in self.tokens for i in range(amount.first, amount.last))]


@dataclass(frozen=True)
class Predicate:
    """A verb with what belongs to it."""

    read: Read
    verb: Token
    passive: bool
    subject: Phrase | None
    objects: tuple[Phrase, ...]
    prepositions: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    agent: Phrase | None = None

    @property
    def patient(self) -> Phrase | None:
        """What it is done to: the object, or the subject of a passive."""
        if self.passive:
            return self.subject
        return self.objects[0] if self.objects else None

    @property
    def doer(self) -> Phrase | None:
        """Who does it: the subject, or the agent of a passive."""
        return self.agent if self.passive else self.subject

    def after(self, *prepositions: str) -> list[Phrase]:
        """The phrases behind these prepositions."""
        return [phrase for name in prepositions for phrase in self.prepositions.get(name, ())]

    @cached_property
    def tokens(self) -> frozenset[int]:
        """The tokens of its clause."""
        found = set(range(self.verb.i, self.verb.i + 1))
        for phrase in (self.subject, self.agent, *self.objects, *(p for ps in self.prepositions.values() for p in ps)):
            if phrase:
                found |= phrase.tokens
        found |= {child.i for child in self.verb.children if child.dep_ not in CLAUSES}
        return frozenset(found)


def lifted(subject: Phrase | None) -> Phrase | None:
    """The mission that 'the mission in Darfur, which now numbers 15,500' is about, where the parser hangs the clause on its place."""
    while (
        subject is not None
        and subject.head.dep_ in {"pobj", "appos"}
        and any(a.role == "place" and a.first <= subject.head.i < a.last for a in subject.read.actors)
    ):
        above = subject.head.head.head if subject.head.dep_ == "pobj" else subject.head.head
        if above.tag_[0] != "N":
            break
        subject = Phrase(subject.read, above)
    return subject


def predicate(read: Read, verb: Token) -> Predicate:
    """The predicate of a verb, worked out once."""
    key = ("predicate", verb.i)
    if key not in read.memo:
        read.memo[key] = _predicate(read, verb)
    known: Predicate = read.memo[key]
    return known


def _predicate(read: Read, verb: Token) -> Predicate:
    passive = is_passive(verb)
    agent = next((child for child in verb.children if child.dep_ == "agent"), None)
    by = next((grandchild for grandchild in agent.children if grandchild.dep_ == "pobj"), None) if agent else None
    prepositions: dict[str, list[Phrase]] = {}
    for name, head in _prepositions(verb):
        prepositions.setdefault(name, []).append(Phrase(read, head))
    subject = subject_of(verb)
    if not passive:
        named = _named_before(read, verb) or (_opening(read, verb) if subject is None else None)
        if named is not None and (subject is None or named.i not in {t.i for t in subject.subtree}):
            subject = named
    return Predicate(
        read,
        verb,
        passive,
        Phrase(read, subject) if subject is not None else None,
        tuple(Phrase(read, head) for head in _objects(verb)),
        {name: tuple(phrases) for name, phrases in prepositions.items()},
        Phrase(read, by) if by is not None else None,
    )


def _named_before(read: Read, verb: Token) -> Token | None:
    """The actor that stands right before a verb that the parser left without a subject, as it does behind long lists."""
    at = verb.i
    while at > 0 and (read.doc[at - 1].dep_ in {"aux", "advmod", "neg"} or read.words[at - 1] in {"all", "each", "both", "also"}):
        at -= 1
    return next((read.doc[actor.last - 1] for actor in read.actors if actor.last == at), None)


def _opening(read: Read, verb: Token) -> Token | None:
    """The actor that opens the sentence of a verb that the parser left without a subject: 'Chad, the newcomer, has offered …'."""
    if verb.dep_ not in {"ROOT", "dep", "parataxis"}:
        return None
    return next((read.doc[a.last - 1] for a in read.actors[:1] if a.first <= 1 and a.role in {"plain", "possessive"}), None)


def is_passive(verb: Token) -> bool:
    """Whether the verb is a passive, with its auxiliary or as a bare participle behind a noun."""
    if any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children):
        return True
    if verb.dep_ == "acl" and (verb.tag_ == "VBN" or (verb.tag_ == "VBD" and not _has(verb, "nsubj") and not _has(verb, "dobj"))):
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not any(_has(verb, dep) for dep in ("nsubj", "aux", "dobj", "mark")):
        return True  # "Established on 12 June, the force …"
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.tag_ == "VBN" and not _has(verb, "nsubj") and not _has(verb, "aux"):
        return is_passive(verb.head)
    return False


FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})


def joined_to(verb: Token) -> Token:
    """The verb that another one is joined to by 'and' or 'but': one of its own sort, wherever the parser hangs it.

    In 'welcomed the decision to lead a force and committed 150 men' it is the welcoming, not the leading.
    """
    head = verb.head
    auxiliaries = {c.lower_ for c in head.children if c.dep_ in {"aux", "auxpass"}}
    if verb.tag_ not in FINITE or head.tag_ != "VB" or auxiliaries != {"to"}:
        return head
    return next((a for a in head.ancestors if a.tag_ in FINITE), head)


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """The noun that a verb is said of, through shared subjects, infinitives, relative clauses and participles."""
    owns = [child for child in verb.children if child.dep_ in SUBJECTS and child.dep_ != "expl"]
    own = next(iter(owns), None)
    if own is not None and len(owns) > 1 and own.text.isupper() and owns[-1].i < verb.i and own.i < 2:
        own = owns[-1]  # "KAMANYOLA, Congo: United Nations troops began …": a dateline is no subject
    if own is not None:
        if own.lower_ in RELATIVE and verb.dep_ == "relcl":
            return verb.head
        return own
    if depth > 5:
        return None
    if verb.dep_ == "acl":
        return verb.head if verb.head.tag_[0] != "V" else subject_of(verb.head, depth + 1)
    if verb.dep_ == "relcl":
        return verb.head
    if verb.dep_ in {"xcomp", "ccomp"} and verb.head.tag_[0] in "VJ":
        if verb.tag_ == "VB":
            told = next((child for child in verb.head.children if child.dep_ in {"dobj", "dative"}), None)
            if told is not None and not is_passive(verb.head) and verb.head.lower_ not in {"promised", "vowed", "pledged"}:
                return told
        return subject_of(verb.head, depth + 1)
    if verb.dep_ == "pcomp" and verb.head.lower_ == "for" and verb.head.head.tag_[0] == "V":
        praised = next((child for child in verb.head.head.children if child.dep_ == "dobj"), None)
        if praised is not None:
            return praised  # "lauded Kenya for offering to send police"
    if verb.dep_ in {"conj", "advcl", "pcomp", "aux", "auxpass"} and verb.head.tag_[0] in "VJAI":
        head = joined_to(verb) if verb.dep_ != "pcomp" else verb.head.head
        return subject_of(head, depth + 1)
    if verb.dep_ in {"acomp", "oprd"}:
        return subject_of(verb.head, depth + 1)
    return None


def _objects(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in OBJECTS and not (child.lower_ in RELATIVE and verb.dep_ == "relcl"):
            yield child
    # "24 carriers, which Washington handed over": the relative's object is what it hangs on
    if verb.dep_ == "relcl":
        subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if (
            subject is not None
            and subject.lower_ not in RELATIVE
            and not any(child.dep_ == "dobj" and child.lower_ not in RELATIVE for child in verb.children)
        ):
            yield verb.head
    # "to send and equip 200 men": the object stands once, behind the last of the verbs
    if not any(child.dep_ == "dobj" for child in verb.children):
        for child in verb.children:
            if child.dep_ == "conj" and child.tag_[0] == "V":
                yield from (
                    grandchild
                    for grandchild in child.children
                    if grandchild.dep_ == "dobj" and grandchild.i > child.i and child.i - verb.i <= 3
                )


def _prepositions(verb: Token) -> Iterator[tuple[str, Token]]:
    for child in verb.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.tag_ in {"IN", "TO", "RP"}:
            for grandchild in child.children:
                if grandchild.dep_ in {"pobj", "pcomp"}:
                    yield child.lower_, grandchild


def _has(verb: Token, dep: str) -> bool:
    return any(child.dep_ == dep for child in verb.children)


def governing_verb(token: Token) -> Token:
    """The verb (or root) whose clause a token stands in."""
    at = token
    while at.tag_[0] != "V":
        head = at.head  # made anew each time it is asked for
        if head.i == at.i:
            break
        at = head
    return at


SAYING = forms_of("modality", "say")
"""Verbs of reporting, whose time is that of the saying."""


DECIDING = frozenset({"voted", "votes", "decided", "decides", "agreed", "agrees", "resolved"})
"""Verbs of deciding, whose time is that of the decision: the guide's rule 13 wants the end, not the vote."""


def is_of_saying(read: Read, when: When) -> bool:
    """Whether a time stands right behind a verb of reporting: 'said on Friday it would withdraw' is of the saying, wherever it is hung."""
    return when.first > 0 and read.words[when.first - 1] in SAYING and read.doc[when.first - 1].tag_[0] == "V"


def _is_of_end(read: Read, when: When, verb: Token) -> bool:
    """Whether a time is that of a later thing a verb is set against: 'are leaving ahead of the closure in July'."""
    for i in range(when.first - 1, max(verb.i, when.first - 13), -1):
        if read.doc[i].tag_[0] == "V" or read.words[i] in {";", "and", "to"}:
            return False
        if read.words[i] in {"before", "pending"} or read.words[i : i + 2] in (["ahead", "of"], ["prior", "to"]):
            return when.first - i > 1 and any(read.doc[k].tag_[0] == "N" for k in range(i + 1, when.first))
    return False


def time_of(read: Read, verb: Token) -> When | None:
    """The time phrase that belongs to a verb: in its own clause first, then in one that shares its subject or hangs on it."""
    if not read.times:
        return None
    scored = []
    for when in read.times:
        if (is_of_saying(read, when) and read.doc[when.first - 1] != verb) or _is_of_end(read, when, verb):
            continue
        anchor = read.doc[min(when.first, len(read.doc) - 1)]
        for i in range(when.first, min(when.last, len(read.doc))):
            if read.doc[i].head.i < when.first or read.doc[i].head.i >= when.last:
                anchor = read.doc[i]
                break
        owner = governing_verb(anchor)
        if owner == verb:
            rank = 0
        elif (owner.dep_ in {"aux", "auxpass", "xcomp", "acl", "pcomp"} and owner.head == verb) or (
            verb.dep_ == "xcomp" and owner == verb.head and owner.lower_ not in DECIDING
        ):
            rank = 1
        elif owner.dep_ == "acl" and owner.tag_ == "VBG" and owner.head.head == verb and owner.head.dep_ == "dobj":
            rank = 2  # "sent a battalion consisting of 800 men to Darfur on Saturday"
        elif owner.dep_ == "advcl" and owner.head == verb and owner.tag_ == "VB":
            rank = 2  # "sent 200 soldiers to reinforce the mission in October"
        elif owner.dep_ == "advcl" and owner.head == verb and any(c.lower_ in {"when", "as", "after", "while"} for c in owner.children):
            rank = 3  # "were killed when a bomb went off on Friday"
        elif verb.dep_ in {"conj", "advcl", "relcl"} and owner == verb.head and when.first > verb.i and owner.lower_ not in SAYING:
            rank = 2  # the parser hangs a closing phrase as high as it can
        else:
            continue
        scored.append((rank, abs(when.first - verb.i), when.first, when))
    return min(scored, key=lambda s: s[:3])[3] if scored else None
