"""Officers whom a sentence names: with their rank, and with the state that stands at their name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from muster_extract.lexicon import words_of
from muster_extract.reading import Actor, Read
from muster_extract.story import Story

_RANK = (
    r"(?:Lieutenant|Lieut\.?|Lt\.?|Major|Maj\.?|Brigadier|Brig\.?|General|Gen\.?|Colonel|Col\.?|Captain|Capt\.?|Admiral|Adm\.?|Rear|Vice"
    r"|Commodore|Cdre\.?|Commander|Cmdr\.?|Air|Marshal|Commissioner|Comm\.?|Superintendent|Supt\.?|Inspector|Insp\.?|Chief|Deputy|Assistant"
    r"|Senior|Police|CP|DIG|AIG|Sir)"
)
RANKED = re.compile(rf"\b{_RANK}(?:[ -]{_RANK})*(?=[ .])", re.IGNORECASE)
RANK_WORD = re.compile(rf"{_RANK}(?:-{_RANK})*\.?", re.IGNORECASE)
TRUE_RANK = re.compile(
    r"\b(?:general|gen|brigadier|brig|colonel|col|major|maj|lieutenant|lt|admiral|commodore|captain|capt|superintendent|supt|commissioner|inspector)\b",
    re.IGNORECASE,
)
_PARTICLE = r"(?:bin|ben|ould|de|da|del|di|dos|van|von|der|al|el|la|le)"
_PART = r"(?:[A-ZÀ-Ý][\w'’-]+|[A-Z]\.)"
NAME = re.compile(rf"{_PART}(?: (?:{_PARTICLE} )*{_PART})*")
_RETIRED = re.compile(r"^[ .]*(?:\((?:[Rr]et(?:ired|d)?\.?|Ret’d)\)[ ,]*)?")
CIVIL = frozenset(
    {
        "president", "minister", "secretary-general", "secretary", "chairperson", "chairman", "chairwoman", "ambassador", "representative",
        "spokesman", "spokesperson", "spokeswoman", "envoy", "mr", "mr.", "ms", "ms.", "mrs", "mrs.", "dr", "dr.", "prof", "prof.", "pm",
        "king", "queen", "prince", "senator", "speaker", "judge", "justice", "professor", "under-secretary-general", "adviser", "advisor",
    }
)  # fmt: skip
"""Titles of those who appoint and announce: none of them commands."""

NO_NAMES = frozenset(
    {
        "council", "mission", "force", "forces", "police", "ministry", "security", "army", "nations", "officer", "union", "operation",
        "commander", "commission", "headquarters", "department", "support", "peace", "defence", "defense", "command", "sector",
        "national", "state", "house", "university", "academy", "office", "group", "team", "day", "general", "multinational",
        "assembly", "district", "province", "secretary", "minister", "republic", "committee", "agency", "service", "services", "corps",
        "battalion", "deputy", "the", "a", "his", "her", "he", "she", "it", "in", "on", "at", "new", "former", "military", "staff",
        "chief", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april",
        "may", "june", "july", "august", "september", "october", "november", "december", "un", "u.n.", "au", "eu", "nato", "meanwhile",
        "also", "africa", "african", "west", "east", "north", "south", "western", "eastern", "northern", "southern", "central",
        "earlier", "since",
    }
)  # fmt: skip
"""Words of which no part of a person's name is one."""


@dataclass(frozen=True)
class Person:
    """Somebody named in a sentence."""

    first: int
    last: int
    """Tokens of the name, without rank."""

    name: str
    ranked: bool
    state: str | None
    """Of what stands at the name: 'Romania's General …', 'Lt. Gen. … of Zambia'; None where nothing does."""

    @property
    def surname(self) -> str:
        """By which the same person is known again."""
        return self.name.split()[-1]


def persons(read: Read, story: Story) -> list[Person]:
    """The officers and other people named in a sentence, in its order; nobody with a civil title, no country and no body."""
    key = ("persons", 0)
    if key not in read.memo:
        read.memo[key] = list(_persons(read, story))
    known: list[Person] = read.memo[key]
    return known


def _persons(read: Read, story: Story) -> Iterator[Person]:
    text = read.sentence.text
    taken = -1
    told: list[Person] = []
    for ranked in RANKED.finditer(text):
        if not TRUE_RANK.search(ranked[0]) or ranked.start() < taken:
            continue
        behind = _RETIRED.match(text[ranked.end() :])
        start = ranked.end() + (behind.end() if behind else 0)
        named = NAME.match(text, start)
        if named is None:
            continue
        person = _person(read, story, named.start(), named.end(), ranked.start())
        if person is not None:
            taken = named.end()
            told.append(person)
            yield person
    ranks = [(m.start(), m.end()) for m in RANKED.finditer(text)]
    for named in NAME.finditer(text):
        if named.start() < taken and any(start <= named.start() <= end + 2 for start, end in ranks):
            continue
        person = _person(read, story, named.start(), named.end(), None)
        if person is None or any(p.first < person.last and person.first < p.last for p in told):
            continue
        if len(person.name.split()) > 1 or person.name in officers(story):
            yield person


def officers(story: Story) -> frozenset[str]:
    """The surnames of those whom the article names with a rank: 'Dumisani' alone is one of them afterwards."""
    if "officers" not in story.memo:
        found: set[str] = set()
        for sentence in story.sentences:
            for ranked in RANKED.finditer(sentence.text):
                behind = _RETIRED.match(sentence.text[ranked.end() :])
                named = NAME.match(sentence.text, ranked.end() + (behind.end() if behind else 0)) if TRUE_RANK.search(ranked[0]) else None
                if named is not None and len(named[0].split()[-1]) > 3:
                    found.add(named[0].split()[-1].removesuffix("’s").removesuffix("'s"))
        story.memo["officers"] = frozenset(found)
    known: frozenset[str] = story.memo["officers"]
    return known


def _person(read: Read, story: Story, start: int, end: int, rank: int | None) -> Person | None:
    """The person of a span of capitalised words, without what stands before and behind the name itself."""
    first, last = read.tokens(start, end)
    while first < last and (RANK_WORD.fullmatch(read.doc[first].text) or read.words[first].rstrip(".") in NO_NAMES | CIVIL):
        if read.words[first] in CIVIL:
            return None
        first += 1
    owner = next((a for a in read.actors if a.first <= first < a.last), None)
    if owner is not None:
        first = owner.last + (read.words[owner.last : owner.last + 1] in (["'s"], ["’s"]))
        while first < last and RANK_WORD.fullmatch(read.doc[first].text):
            rank, first = (rank if rank is not None else start), first + 1
    while last > first and read.words[last - 1] in {"'s", "’s", "'", "’"}:
        last -= 1
    if first >= last or any(w.rstrip(".") in NO_NAMES or w in words_of("sorts", "people") for w in read.words[first:last]):
        return None
    if any(a.first < last and a.last > first for a in read.actors) or any(a < last and b > first for a, b, _ in read.named):
        return None
    if first and read.words[first - 1] in CIVIL and rank is None:
        return None
    begin = first if rank is None else read.tokens(rank, rank + 1)[0]
    return Person(first, last, read.text(first, last), rank is not None, _state_at(read, story, begin, last))


def _state_at(read: Read, story: Story, begin: int, last: int) -> str | None:
    """The state that stands at a name with its rank."""
    for actor in read.actors:
        if not _acts(actor, story):
            continue
        between = read.words[actor.last : begin]
        joined = all(w in {"'s", "’s", "army", "police", "military", "navy", "officer", ","} or RANK_WORD.fullmatch(w) for w in between)
        if 0 <= begin - actor.last <= 4 and joined and (actor.form == "demonym" or actor.role == "possessive"):
            return actor.code
        if 0 < actor.first - last <= 3 and set(read.words[last : actor.first]) <= {"of", "from", ",", "(", "the", "a", "an"}:
            if actor.form == "demonym" and not {"a", "an"} & set(read.words[last : actor.first]):
                continue
            return actor.code
    return None


def _acts(actor: Actor, story: Story) -> bool:
    return bool(actor.code) and len(actor.code or "") == 2 and actor.code not in {"UN", "EU"} and actor.code not in story.hosts


def full_name(story: Story, person: Person) -> str:
    """The longest form in which the article names a person: 'Nyamvumba' is the Patrick Nyamvumba of two sentences before."""
    longest = person.name
    pattern = re.compile(rf"{_PART}(?: (?:{_PARTICLE} )*{_PART})* {re.escape(person.surname)}\b")
    for sentence in story.sentences:
        for found in pattern.finditer(sentence.text):
            words: list[str] = []
            for word in reversed(found[0].split()):
                if RANK_WORD.fullmatch(word) or word.lower().rstrip(".") in NO_NAMES | CIVIL or len(words) == 5:
                    break
                words.insert(0, word)
            candidate = " ".join(words)
            if len(candidate) > len(longest):
                longest = candidate
    return longest


def state_told(story: Story, person: Person) -> str | None:
    """The state that stands at a person's name somewhere in the article: 'the Rwandan Lt. Gen. …', '… of South Africa'."""
    for sentence in story.sentences:
        for found in re.finditer(rf"\b{re.escape(person.surname)}\b", sentence.text):
            at, end = sentence.start + found.start(), sentence.start + found.end()
            for mention in story.mentions:
                if not mention.code or len(mention.code) != 2 or mention.code in {"UN", "EU"} or mention.code in story.hosts:
                    continue
                behind = sentence.text[found.end() : mention.start - sentence.start] if 0 <= mention.start - end <= 10 else None
                if behind is not None and re.fullmatch(r"(?:,? (?:of|from) (?:the )?|,? ?\(?)", behind) and mention.form == "name":
                    return mention.code
                titled = (
                    sentence.start <= mention.start
                    and 0 < at - mention.end <= 60
                    and _is_title(sentence.text[mention.end - sentence.start : found.start()])
                )
                if titled and mention.form in {"demonym", "name"}:
                    return mention.code
    return None


def _is_title(between: str) -> bool:
    """Whether between a state and a surname nothing stands but rank and given names."""
    words = between.replace("’s", " ").replace("'s", " ").split()
    return all(RANK_WORD.fullmatch(w) or (w[:1].isupper() and w.lower().rstrip(".,") not in NO_NAMES) for w in words) and len(words) <= 8
