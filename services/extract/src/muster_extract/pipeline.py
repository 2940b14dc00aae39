"""The whole reading of an article: gate, segment, candidates, arguments, resolve, merge, emit."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from muster_contracts.articles import ArticleContent
from muster_contracts.claims import AnyClaim, ExtractionCompleted
from spacy.language import Language

from muster_extract import emit
from muster_extract.candidate import Candidate, naming
from muster_extract.candidates.casualties import casualties
from muster_extract.candidates.ceilings import ceilings
from muster_extract.candidates.closures import closures
from muster_extract.candidates.comings import comings
from muster_extract.candidates.commanders import commanders
from muster_extract.candidates.counted_in import counted_in
from muster_extract.candidates.courts import courts
from muster_extract.candidates.delays import delays
from muster_extract.candidates.enlarging import enlarging
from muster_extract.candidates.extensions import extensions
from muster_extract.candidates.grants import grants
from muster_extract.candidates.growth import growth
from muster_extract.candidates.handovers import handovers
from muster_extract.candidates.lateness import lateness
from muster_extract.candidates.leads import leads
from muster_extract.candidates.leavings import leavings
from muster_extract.candidates.mandate import mandate
from muster_extract.candidates.money import money
from muster_extract.candidates.named_after import named_after, opens_a_list
from muster_extract.candidates.obstacles import obstacles
from muster_extract.candidates.offer_nouns import offer_nouns
from muster_extract.candidates.offers import offers
from muster_extract.candidates.patterns import patterns, so_did
from muster_extract.candidates.people import people
from muster_extract.candidates.plain_offers import plain_offers
from muster_extract.candidates.received import received
from muster_extract.candidates.refusals import refusals
from muster_extract.candidates.setting import preparations, situations
from muster_extract.candidates.shortages import shortages
from muster_extract.candidates.strength import strength
from muster_extract.candidates.taking_part import taking_part
from muster_extract.candidates.terms import terms
from muster_extract.candidates.withdrawals import withdrawals
from muster_extract.certainty.rerank import reranked
from muster_extract.certainty.weights import weights
from muster_extract.dating import dated
from muster_extract.gate import is_relevant
from muster_extract.lexicon import can_hold_trigger
from muster_extract.merge import Dropped, merge
from muster_extract.parse import load_parser, parse
from muster_extract.reading import Read
from muster_extract.resolve.actors import ActorMention, find_actors
from muster_extract.resolve.missions import apart_from, bind, hosts_of
from muster_extract.resolve.told_days import ToldDays
from muster_extract.segment import Sentence, sentences
from muster_extract.speakers import Speakers, attributed, made, once, statements
from muster_extract.story import Story, voice_of

FRAMES = (
    people,
    leads,
    offers,
    taking_part,
    named_after,
    withdrawals,
    money,
    mandate,
    ceilings,
    terms,
    closures,
    delays,
    courts,
    obstacles,
    shortages,
    strength,
    casualties,
    commanders,
    patterns,
    comings,
    leavings,
    growth,
    offer_nouns,
    counted_in,
    enlarging,
    plain_offers,
    lateness,
    extensions,
    refusals,
    handovers,
    received,
    grants,
    preparations,
    situations,
)
"""The rules, by family. Their order breaks ties between tellings of equal precision."""

MOVES = frozenset(
    {"ContingentWithdrawn", "MissionEnded", "ContingentArrived", "ContingentDeparted", "DeploymentScheduled", "PledgeAnnounced"}
)
"""Claims by which a story turns to people who come or people who go."""

_NUMBER = re.compile(r"\b(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|twenty|hundred|thousand|dozen)\b", re.IGNORECASE)
_LEFT = re.compile(r"\b(?:leav\w+|left|depart\w*(?: from)?|home to|out of|flew from) (?:the )?$")
_SENDS = re.compile(
    r"(?:['’]s?|-led)? (?:[\w-]+ ){0,3}?(?:police|troops|soldiers|officers?|marines|gendarmes|contingents?|battalion|peacekeepers|personnel"
    r"|sen[dt]s?|sending|pledg\w+|offer\w*|deploy\w*|contribut\w+|withdr\w+|volunteer\w*)\b"
)
_WORD = re.compile(r"[\w'’-]+|[$€£:]")


@dataclass(frozen=True)
class Extraction:
    """What one reading gave."""

    claims: tuple[AnyClaim, ...]
    completed: ExtractionCompleted
    dropped: tuple[Dropped, ...] = ()
    """Candidates that became no claim, with the reason: for analysis, not for the log."""

    reads: tuple[Read, ...] = ()
    """The sentences that were parsed; none where the gate kept the article out."""

    notes: tuple[str, ...] = ()
    """What whoever runs it should know, one line each: why the rules stood in for another coder, what it told that does not ground."""


@dataclass(frozen=True)
class Candidates:
    """An article after the merge."""

    standing: tuple[Candidate, ...]
    said: tuple[Candidate, ...]
    """Statements, which tell what is said rather than what is so."""

    dropped: tuple[Dropped, ...]
    reads: tuple[Read, ...]


class Reader:
    """Reads articles. Holds the parser, so it is made once for a process; not safe for threads.

    Args:
        parser: else one is loaded.
        precise: only what is all but certain becomes a claim.
    """

    def __init__(self, parser: Language | None = None, *, precise: bool = False) -> None:
        self._parser = parser or load_parser()
        self._precise = precise
        self._name = emit.PRECISE if precise else emit.EXTRACTOR

    def extract(self, article: ArticleContent) -> Extraction:
        """Every claim that the article makes about a mission, in the order of its text. The same article gives the same bytes."""
        if not is_relevant(article.title, article.text):
            return Extraction((), emit.completed(article, by=self._name))
        reading = self.candidates(article)
        least = weights().precise if self._precise else weights().least
        kept, fallen = reranked(reading.standing, weights(), least)
        standing = sorted([*kept, *reading.said], key=lambda c: c.span)
        made = (emit.claim(article, candidate, self._name) for candidate in standing)
        claims = tuple({claim.claim_id: claim for claim in made}.values())
        return Extraction(claims, emit.completed(article, claims, self._name), (*reading.dropped, *fallen), reading.reads)

    def candidates(self, article: ArticleContent) -> "Candidates":
        """What the rules make of an article that the gate let through, before it is asked how sure each is."""
        reads, story, speakers = self._read(article)
        candidates: list[Candidate] = []
        said: list[Candidate] = []
        for at, read in enumerate(reads):
            sayings = statements(read, speakers)
            candidates.extend(attributed(found, sayings) for found in _candidates(read, story))
            said.extend(replace(made(read, story, saying, reads[:at]), mission=read.mission) for saying in sayings)
        standing, dropped = merge(candidates)
        return Candidates(tuple(map(naming, dated(standing, story))), tuple(once(said)), tuple(dropped), tuple(reads))

    def close(self) -> None:
        """Holds memory alone; there are coders that hold more."""

    def _read(self, article: ArticleContent) -> tuple[list[Read], Story, Speakers]:
        """The sentences that can hold an event, parsed, and what is known of the article as a whole."""
        found = sentences(article.text)
        missions = bind(article.title, found, article.published_on)
        mentions = find_actors(article.text)
        named = {m for m in missions if m}
        hosts = frozenset(host for slug in named for host in hosts_of(slug))
        apart = frozenset(state for slug in named for state in apart_from(slug))
        worth = [i for i, sentence in enumerate(found) if missions[i] and sentence.kind != "heading" and _is_worth(sentence, mentions)]
        docs = parse(self._parser, [found[i].text for i in worth])
        reads = [
            Read(i, found[i], doc, missions[i], article.published_on, _within(mentions, found[i]))
            for i, doc in zip(worth, docs, strict=True)
        ]
        story = Story(
            issued=article.published_on,
            title=article.title,
            hosts=hosts,
            voice=voice_of(article.text),
            giver=_main_giver(article, mentions, apart),
            mentions=tuple(mentions),
            sentences=tuple(found),
            told=ToldDays(found, article.published_on),
        )
        return reads, story, Speakers(article.text, mentions)


def load_reader(*, precise: bool = False) -> Reader:
    """A reader with its parser loaded: about two seconds."""
    return Reader(precise=precise)


def _is_worth(sentence: Sentence, mentions: Sequence[ActorMention]) -> bool:
    """Whether a sentence can hold an event, and so is parsed: it has a trigger, or it lists states with numbers."""
    if can_hold_trigger([w.lower() for w in _WORD.findall(sentence.text)]):
        return True
    if opens_a_list(sentence.text):
        return True
    numbers = len(_NUMBER.findall(sentence.text))
    return numbers > 0 and len(_within(mentions, sentence)) >= (1 if sentence.kind == "bullet" else 2)


def _within(mentions: Sequence[ActorMention], sentence: Sentence) -> tuple[ActorMention, ...]:
    return tuple(m for m in mentions if sentence.start <= m.start and m.end <= sentence.end)


def _main_giver(article: ArticleContent, mentions: Sequence[ActorMention], apart: frozenset[str]) -> str | None:
    """The state that an article is about before any sentence has told: the one of its headline, else the one it names most."""
    for mention in find_actors(article.title):
        if mention.code and mention.code not in apart and len(mention.code) == 2 and mention.code not in {"UN", "EU"}:
            return mention.code
    acting = [m for m in mentions if _sends(article.text, m)]
    counts = Counter(
        m.code for m in acting if m.code and m.code not in apart and m.form in {"name", "demonym"} and m.code not in {"UN", "EU"}
    )
    best = max(counts, key=lambda code: (counts[code], code)) if counts else None
    return best if best and (counts[best] > 1 or len(counts) == 1) else None  # of several named once, none is the main one


def _sends(text: str, mention: ActorMention) -> bool:
    """Whether a text names a state as one that sends: its people, a verb of giving behind it, or one of leaving it."""
    return _SENDS.match(text, mention.end) is not None or _LEFT.search(text, max(0, mention.start - 24), mention.start) is not None


def _candidates(read: Read, story: Story) -> Iterator[Candidate]:
    """What all rules see in a sentence; afterwards the story knows whom it was about."""
    story.turn_to(read)
    found = [replace(candidate, mission=candidate.mission or read.mission) for frame in FRAMES for candidate in frame(read, story)]
    found.extend(replace(candidate, mission=read.mission) for candidate in so_did(read, story, found))
    yield from found
    story.last = tuple(found)
    told = next(
        (
            c.contributor
            for c in found
            if c.contributor
            and c.contributor not in story.apart
            and c.claim not in {"MissionAuthorized", "MandateExtended", "FundingProvided"}
        ),
        None,
    )
    if told:
        story.giver = told
    story.contributors.update(c.contributor for c in found if c.contributor and c.claim in MOVES)
    moved = [c.claim for c in found if c.claim in MOVES]
    if moved:
        story.leaving = moved[-1] in {"ContingentWithdrawn", "MissionEnded"}
    counted = next((c.unit for c in found if c.unit in {"police", "troops"}), None)
    if counted:
        story.unit = counted
