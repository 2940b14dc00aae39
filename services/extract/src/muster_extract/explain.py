"""How an article was read: each sentence with its frames, what it told, what was dropped, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from muster_contracts.articles import ArticleContent
from muster_contracts.claims import AnyClaim

from muster_extract.coder import Coder
from muster_extract.gate import is_relevant
from muster_extract.merge import Dropped
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, predicate, time_of
from muster_extract.reading import Read
from muster_extract.resolve.missions import bind
from muster_extract.segment import Sentence, sentences

NOT_SHOWN = frozenset({"claim_id", "article", "extractor", "type", "evidence", "certainty", "rules", "kind"})
"""Fields of a claim that say nothing of the event, or stand elsewhere."""


class Fate(StrEnum):
    """What became of a sentence."""

    READ = "read"
    GATED = "not read: the article is on no mission"
    NO_MISSION = "not read: bound to no mission"
    HEADING = "not read: a heading"
    NO_SIGN = "not read: no sign of an event"


@dataclass(frozen=True)
class Frame:
    """A trigger in a sentence, with what the parse hangs on it where it is a verb."""

    trigger: str
    """As it stands in the text."""

    classes: tuple[str, ...]
    """The lexicon classes that it is listed in, e.g. `pledge`."""

    subject: str | None = None
    objects: tuple[str, ...] = ()
    when: str | None = None
    held: str | None = None
    """Modality and tense, with what decided them: `denied, past (negated: not)`."""


@dataclass(frozen=True)
class Telling:
    """A claim, or a candidate that became none."""

    claim: str
    """Name of its class, e.g. `PledgeAnnounced`."""

    said: tuple[tuple[str, str], ...]
    """Field and value, as far as they are known."""

    rules: tuple[str, ...]
    certainty: float
    start: int
    end: int
    """Offsets of the evidence into the article's text."""

    quote: str
    dropped: str | None = None
    """Why it became no claim; None for a claim."""


@dataclass(frozen=True)
class ReadSentence:
    """A sentence and all that was seen in it."""

    number: int
    sentence: Sentence
    fate: Fate
    mission: str | None
    frames: tuple[Frame, ...] = ()
    tellings: tuple[Telling, ...] = ()
    """In the order of the text, claims before what was dropped at the same place."""


@dataclass(frozen=True)
class Explanation:
    """One article, explained."""

    article: ArticleContent
    relevant: bool
    """Whether the gate let it through."""

    sentences: tuple[ReadSentence, ...]

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """Everything that was seen, in the order of the text."""
        return tuple(telling for sentence in self.sentences for telling in sentence.tellings)

    @property
    def claims(self) -> tuple[Telling, ...]:
        """What stands."""
        return tuple(telling for telling in self.tellings if telling.dropped is None)

    @property
    def dropped(self) -> tuple[Telling, ...]:
        """What fell."""
        return tuple(telling for telling in self.tellings if telling.dropped is not None)

    def count(self, fate: Fate) -> int:
        """The number of sentences with this fate."""
        return sum(sentence.fate is fate for sentence in self.sentences)


def explain(reader: Coder, article: ArticleContent) -> Explanation:
    """Read an article, and keep what a reading otherwise throws away. Costs about as much again as the reading."""
    relevant = is_relevant(article.title, article.text)
    extraction = reader.extract(article)
    found = sentences(article.text)
    missions = bind(article.title, found, article.published_on) if relevant else [None] * len(found)
    read = {r.index: r for r in extraction.reads}
    tellings = [*map(_claimed, extraction.claims), *(_fallen(article.text, dropped) for dropped in extraction.dropped)]
    placed: dict[int, list[Telling]] = {}
    for telling in sorted(tellings, key=lambda t: (t.start, t.dropped is not None, t.end)):
        placed.setdefault(_place(found, telling.start), []).append(telling)
    return Explanation(
        article,
        relevant,
        tuple(
            ReadSentence(
                number + 1,
                sentence,
                _fate(relevant, sentence, missions[number], number in read),
                read[number].mission if number in read else missions[number],
                frames(read[number]) if number in read else (),
                tuple(placed.get(number, ())),
            )
            for number, sentence in enumerate(found)
        ),
    )


def frames(read: Read) -> tuple[Frame, ...]:
    """The triggers of a parsed sentence, each once, with their frames."""
    found = []
    for at, triggers in sorted(read.by_token.items()):
        longest = max(triggers, key=lambda t: t.last)
        trigger, classes = read.text(at, longest.last), tuple(dict.fromkeys(t.word_class for t in triggers))
        verb = read.doc[at]
        if verb.dep_ in {"aux", "auxpass"} or not trigger[0].isalpha():
            continue  # 'has been delayed' is one frame, and "'s" none
        if verb.tag_[0] != "V":
            found.append(Frame(trigger, classes))
            continue
        said, held, when = predicate(read, verb), stance(read, verb), time_of(read, verb)
        found.append(
            Frame(
                trigger,
                classes,
                _words(said.subject) or (f"by {_words(said.agent)}" if said.agent else None),
                tuple(words for phrase in said.objects if (words := _words(phrase))),
                when.phrase if when else None,
                f"{held.modality.value}, {held.tense.value}{f' ({held.why})' if held.why else ''}",
            )
        )
    return tuple(found)


def _words(phrase: Phrase | None) -> str | None:
    return "".join(phrase.read.doc[i].text_with_ws for i in sorted(phrase.tokens)).strip(" ,;") if phrase else None


def _claimed(claim: AnyClaim) -> Telling:
    stated = claim.model_dump(mode="json", exclude=set(NOT_SHOWN), exclude_none=True)
    said: list[tuple[str, str]] = []
    for name, value in stated.items():
        if name == "quantity":
            said.append((name, _quantity(value["amount"], value["unit"], value["qualifier"])))
        elif name == "attributed_to":
            said.append((name, ", ".join(str(part) for part in value.values() if part not in (None, False))))
        elif value is True:
            said.append((name, "yes"))
        elif value not in ([], "", False):
            said.append((name, ", ".join(value) if isinstance(value, list) else str(value)))
    evidence = claim.evidence
    return Telling(type(claim).__name__, tuple(said), claim.rules, claim.certainty, evidence.start, evidence.end, evidence.quote)


def _fallen(text: str, dropped: Dropped) -> Telling:
    candidate = dropped.candidate
    start, end = candidate.span
    stated = {
        "mission": candidate.mission,
        "contributor": candidate.contributor,
        "quantity": None if candidate.amount is None else _quantity(candidate.amount, candidate.unit, candidate.qualifier),
        "date": candidate.date,
        "modality": candidate.modality.value,
        "reasons": ", ".join(candidate.reasons),
        **{name: str(value) for name, value in candidate.extras if value not in (None, False, ())},
    }
    said = tuple((name, value) for name, value in stated.items() if value)
    return Telling(candidate.claim, said, (candidate.rule,), candidate.certainty, start, end, text[start:end], dropped.why)


def _quantity(amount: int, unit: str | None, qualifier: str) -> str:
    return " ".join(part for part in ("" if qualifier == "exact" else qualifier.replace("_", " "), f"{amount:,}", unit or "") if part)


def _fate(relevant: bool, sentence: Sentence, mission: str | None, was_read: bool) -> Fate:
    if was_read:
        return Fate.READ
    if not relevant:
        return Fate.GATED
    if mission is None:
        return Fate.NO_MISSION
    return Fate.HEADING if sentence.kind == "heading" else Fate.NO_SIGN


def _place(found: Sequence[Sentence], start: int) -> int:
    """The sentence that holds an offset."""
    return max((number for number, sentence in enumerate(found) if sentence.start <= start), default=0)
