"""Courts and parliaments that stand in the way: orders, injunctions and rulings against a deployment, and consent that is still awaited."""

import re
from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.lexicon import inflections, words_of
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

BLOCKING = frozenset(
    form
    for verb in (
        "block", "bar", "stop", "suspend", "halt", "prohibit", "forbid", "restrain", "freeze", "ban", "outlaw", "prevent", "nullify",
        "quash", "invalidate", "pause", "stay", "overturn", "void", "enjoin", "annul", "thwart", "frustrate", "scuttle",
    )
    for form in inflections(verb)
) | {"struck"}  # fmt: skip
JUDGING = frozenset(
    form
    for verb in ("declare", "rule", "deem", "find", "judge", "term", "hold", "say", "consider", "brand", "call")
    for form in inflections(verb)
)
UNLAWFUL = frozenset({"unconstitutional", "unlawful", "illegal", "invalid", "illegally", "unconstitutionally", "void", "contrary"})
ORDERS = frozenset({"order", "orders", "injunction", "injunctions", "ruling", "ban", "stay", "judgment", "verdict", "moratorium"})
ISSUING = frozenset(
    form
    for verb in ("issue", "grant", "extend", "give", "impose", "make", "deliver", "uphold", "obtain", "secure", "win", "place", "renew")
    for form in inflections(verb)
)
OBJECTS = re.compile(
    r"\b(?:deploy\w*|dispatch\w*|despatch\w*|send\w*|mission|police|officers|troops|soldiers|personnel|forces?|contingent"
    r"|the (?:move|plan|action))\b"
)
UNDOING = frozenset(
    form
    for verb in (
        "lift", "overturn", "dismiss", "reject", "quash", "set", "vacate", "throw", "reverse", "appeal", "challenge", "refuse", "decline",
        "ask", "petition", "seek", "sue", "defy", "ignore", "overrule", "discharge",
    )
    for form in inflections(verb)
)  # fmt: skip
"""What is done to an order, or asked of a court: no order of a court itself."""

COURT = re.compile(r"\b(?:[Cc]ourts?|[Jj]udges?|[Jj]ustices?|[Jj]udiciary|[Tt]ribunal|[Mm]agistrate)\b")


def courts(read: Read, story: Story) -> Iterator[Candidate]:
    """Every block of a court, and every consent of a parliament that is awaited, that a sentence tells."""
    text = read.sentence.text
    if (COURT.search(text) or (ORDERS & set(read.words) and _spoken_of(read, story))) and OBJECTS.search(text.lower()):
        found = next(iter(_blocks(read, story)), None)
        if found is not None:
            yield found
    yield from _awaited(read, story)


def _spoken_of(read: Read, story: Story) -> bool:
    """Whether one of the two sentences before speaks of a court."""
    return any(COURT.search(s.text) for s in story.sentences[max(0, read.index - 2) : read.index])


def _blocks(read: Read, story: Story) -> Iterator[Candidate]:
    for token in read.verbs:
        word = token.lower_
        if word in BLOCKING:
            focus = _blocked(read, token)
        elif word in JUDGING and UNLAWFUL & set(read.words[token.i : token.i + 24]):
            focus = token if _is_courts(read, token) else None
        elif word in ISSUING and any(o.head.lower_ in ORDERS for o in _patients(read, token)):
            focus = token if _against(read, token) else None
        elif word in {"violates", "violate", "violated", "contravenes", "contravene", "contravened"} and _is_courts(read, token):
            focus = token
        else:
            continue
        held = _held(read, token) if focus is not None else None
        if focus is None or held is None:
            continue
        first, last = evidence(read, focus.i, focus.i - 4, focus.i + 8)
        day = story.day(read, focus, held) or story.said_day(read, focus) or story.day(read, focus, held, now=True)
        yield Candidate("ObstacleRaised", "court-blocks", read, first, last, court_state(read, story), date=day, reasons=("court",))


def _held(read: Read, token: Token) -> Stance | None:
    """How the block is held, by its own verb or that of the order it hangs on; None where it is undone, asked for or to come."""
    held = stance(read, token)
    finite = token.tag_ in {"VBD", "VBZ", "VBP"}
    order = token.head if token.dep_ in {"acl", "relcl"} and token.head.lower_ in ORDERS else None
    if order is not None and finite:
        return Stance(Modality.ASSERTED, held.tense) if not held.why.startswith("negated") else None  # "the ruling that barred them"
    upper = next((a for a in (order or token).ancestors if a.tag_[0] == "V"), None)
    if upper is not None and (order is not None or token.dep_ in {"xcomp", "acl", "advcl", "ccomp"}):
        above = stance(read, upper)
        if upper.lower_ in UNDOING or not above.holds:
            return None
        if order is not None:
            return above if not above.planned else None
    if not held.holds or (held.planned and order is None):
        return None
    return held


def _blocked(read: Read, token: Token) -> Token | None:
    """A verb of blocking whose doer is a court, an order, or nobody where a court is named beside it."""
    if any(o.head.lower_ in ORDERS for o in _patients(read, token)):
        return None  # "overturned the ban"
    if token.dep_ == "acl" and token.tag_ == "VBG":
        return token if token.head.lower_ in ORDERS | words_of("sorts", "court") else None
    return token if _is_courts(read, token) else None


def _is_courts(read: Read, token: Token) -> bool:
    said = predicate(read, token)
    doer = said.doer
    if doer is not None:
        named = doer.core & (words_of("sorts", "court") | ORDERS)
        return bool(named) or doer.head.lower_ in {"it", "he", "she", "which", "who", "mwita"}
    return said.passive or said.subject is None or bool(said.subject.core & (words_of("sorts", "court") | ORDERS))


def _patients(read: Read, token: Token) -> list[Phrase]:
    said = predicate(read, token)
    return [*said.objects, *([said.subject] if said.passive and said.subject is not None else [])]


def _against(read: Read, token: Token) -> bool:
    """Whether an order is one against somebody's going: the words behind it bar or stop, or it is an injunction."""
    words = set(read.words)
    order = next(o.head.lower_ for o in _patients(read, token) if o.head.lower_ in ORDERS)
    return (
        order.startswith(("injunction", "ban", "stay"))
        or bool(BLOCKING & words)
        or bool({"against", "conservatory", "temporary", "interim"} & words)
    )


def court_state(read: Read, story: Story) -> str | None:
    """The state whose court it is: of the word beside 'court', else of the courts that the article names, else of the contributor."""
    for sentence in (read.sentence, *story.sentences):
        for found in COURT.finditer(sentence.text):
            start, end = sentence.start + found.start(), sentence.start + found.end()
            for m in story.mentions:
                if not m.code or m.code in BODIES or m.code in story.hosts:
                    continue
                between = sentence.text[m.end - sentence.start : found.start()] if sentence.start <= m.start and m.end <= start else None
                if between is not None and len(between) <= 28 and not re.search(r"[,;.]|\b(?:to|in|for|from)\b", between):
                    return m.code
                behind = sentence.text[found.end() : m.start - sentence.start] if end <= m.start else None
                if behind is not None and re.fullmatch(r" (?:\w+ )?(?:in|of) (?:the )?", behind):
                    return m.code
    return story.giver


CONSENTING = re.compile(
    r"\b(?:approv\w+|ratif\w+|consent|endors\w+|authori[sz]\w+|green[- ]?light|go-ahead|nod|permission|backing|vote on|pass)\b",
    re.IGNORECASE,
)
AWAITING = re.compile(
    r"\b(?:yet to|still (?:has|have|needs?|must|to)|has not(?: yet)?|have not(?: yet)?|hasn['’]t|awaits?|awaiting|pending|needs? the"
    r"|subject to|must first|remains to be)\b",
    re.IGNORECASE,
)
SEATS = re.compile(
    r"\b(?:[Pp]arliament|[Ss]enate|[Nn]ational [Aa]ssembly|[Cc]ongress|[Bb]undestag|lawmakers|legislature|[Mm]Ps|[Hh]ouse of [A-Z]\w+)\b"
)


def _awaited(read: Read, story: Story) -> Iterator[Candidate]:
    """'Parliament has yet to approve the deployment', 'the plan still needs the approval of the Senate'."""
    text = read.sentence.text
    seat, wait = SEATS.search(text), AWAITING.search(text)
    if seat is None or wait is None or not OBJECTS.search(text.lower()):
        return
    consent = CONSENTING.search(text, wait.start())
    if consent is None or consent.start() - wait.end() > 45 or abs(seat.start() - wait.start()) > 80:
        return
    if re.search(r"\b(?:if|unless|whether|asked|urged)\b", text[: wait.start()]):
        return
    at, _ = read.tokens(consent.start(), consent.end())
    near = [m for m in read.mentions if m.code and m.code not in BODIES and m.code not in story.hosts]
    owner = next((m.code for m in near if 0 <= seat.start() - (m.end - read.sentence.start) <= 6), None) or story.giver
    first, last = evidence(read, at, read.tokens(wait.start(), wait.end())[0], at + 3)
    yield Candidate("ObstacleRaised", "consent-awaited", read, first, last, owner, reasons=("parliament",))
