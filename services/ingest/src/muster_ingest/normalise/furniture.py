"""Takes off what stands around the news: repeated headline and summary, credit lines, captions, share lines, disclaimers.

Everything goes by the rules of the lexicon and by place; what no rule names stays, however odd it looks: tickers, scripts, bullets
and numbered captions hold facts.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from muster_contracts.articles import Removed

from muster_ingest.normalise.credits import Stamp, agency_at_end, agency_of, read_stamp, segments
from muster_ingest.normalise.lexicon import Kind, Rule, lexicon
from muster_ingest.normalise.moments import read_moment

HEAD = 8  # lines; title, summary, credit line, title, caption, byline, share line and dateline line at the worst seen
TAIL = 8
MET = 100  # lines looked at from one end, those that go included; more furniture than this has no page
LONGEST = 500  # characters; furniture is short, and the bound keeps every pattern cheap on hostile lines
_SUMMARY_OVERLAP = 0.6  # of a summary's words stand in the text below it; 0.8 in the story the project began with
_SHORT = 60  # a credit line's other parts: names, places, sections
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Stripped:
    """A text without its furniture, and what the furniture said."""

    lines: list[str]
    removed: list[Removed] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    agency: str | None = None


def strip_furniture(text: str, title: str) -> Stripped:
    """Separates news from furniture in a cleaned text. Blank lines stay in `lines`: they tell paragraphs apart."""
    lines = text.split("\n")
    told = [at for at, line in enumerate(lines) if line]
    found = Stripped(lines)
    kinds: dict[int, Kind] = {
        at: rule.kind for at in told for rule in _anywhere() if len(lines[at]) <= LONGEST and rule.pattern.fullmatch(lines[at])
    }
    while True:
        # What goes lets the next lines into the head and the tail, until nothing more goes: stripping twice is stripping once.
        gone = len(kinds)
        head = _end(lines, told, kinds, title, found, tail=False)
        _end(lines, told[::-1], kinds, title, found, tail=True)
        kinds.update(_summaries(lines, told, head, kinds))
        if len(kinds) == gone:
            break
    found.removed = [Removed(kind=kinds[at], text=lines[at]) for at in sorted(kinds)]
    found.lines = ["" if at in kinds else line for at, line in enumerate(lines)]
    last = next((lines[at] for at in reversed(told) if at not in kinds), "")
    found.agency = found.agency or agency_at_end(last)
    return found


def _end(lines: list[str], order: list[int], kinds: dict[int, Kind], title: str, found: Stripped, *, tail: bool) -> set[int]:
    """Walks in from one end of the text until HEAD or TAIL lines were met that stay. Returns the lines met, those that go included."""
    met: set[int] = set()
    stay = 0
    for at in order:
        if stay == (TAIL if tail else HEAD) or len(met) == MET:
            break
        met.add(at)
        kind = kinds.get(at) or _kind(lines[at], not tail, tail, title, found)
        if kind:
            kinds[at] = kind
        else:
            stay += 1
    return met


def _kind(line: str, in_head: bool, in_tail: bool, title: str, found: Stripped) -> Kind | None:
    if len(line) > LONGEST:
        return None
    if in_head and title and _words(line) == _words(title):
        return "repeated-headline"
    if in_head or in_tail:
        credit = _credit_line(line, in_head, in_tail, found)
        if credit:
            return credit
    return _by_rules(line, in_head, in_tail, found)


def _credit_line(line: str, in_head: bool, in_tail: bool, found: Stripped) -> Kind | None:
    parts = segments(line)
    stamps = [stamp for part in parts if (stamp := read_stamp(part))]
    if not stamps and in_head and len(line) <= _SHORT and read_moment(line, "") is not None:
        stamps = [Stamp("created", line)]
    if stamps and all(read_stamp(part) or _goes_along(part, in_head, in_tail) for part in parts):
        found.stamps += stamps
    elif len(line) > _SHORT or line.endswith((".", "!", "?")) or agency_of(line) is None:
        return None
    found.agency = found.agency or next((agency for part in parts if (agency := agency_of(part))), None)
    return "credit-line"


def _goes_along(part: str, in_head: bool, in_tail: bool) -> bool:
    """Whether a part of a line with a stamp is furniture: a rule names it, or it is a name, a place or a section."""
    return _rule_for(part, in_head, in_tail, whole=False) is not None or (
        len(part) <= _SHORT and not part.endswith((".", "!", "?", "”", '"'))
    )


def _by_rules(line: str, in_head: bool, in_tail: bool, found: Stripped) -> Kind | None:
    kind = _rule_for(line, in_head, in_tail, whole=True)
    if kind is None:
        of_parts = [_rule_for(part, in_head, in_tail, whole=False) for part in segments(line)]
        kind = of_parts[0] if of_parts and None not in of_parts else None
    if kind == "credit-line":
        found.agency = found.agency or agency_of(line)
    return kind


@cache
def _anywhere() -> tuple[Rule, ...]:
    return tuple(rule for rule in lexicon().rules if rule.where == "any")


def _rule_for(part: str, in_head: bool, in_tail: bool, *, whole: bool) -> Kind | None:
    for rule in lexicon().rules:
        here = rule.where == "any" or (in_head and rule.where in ("head", "ends")) or (in_tail and rule.where in ("tail", "ends"))
        if here and (whole or not rule.whole) and rule.pattern.fullmatch(part):
            return rule.kind
    return None


def _summaries(lines: list[str], told: list[int], head: set[int], kinds: dict[int, Kind]) -> dict[int, Kind]:
    """Lines above a credit line or a repeated headline that only say what the text below says again.

    A figure that the text below does not have keeps a summary in: then it is news.
    """
    marks = [at for at in head if kinds.get(at) in ("credit-line", "repeated-headline")]
    if not marks:
        return {}
    below = [at for at in told if at > max(marks) and at not in kinds]
    said = set(_words("\n".join(lines[at] for at in below)))
    repeated: dict[int, Kind] = {}
    for at in sorted(head):
        words = {word for word in _words(lines[at]) if len(word) > 3 or word.isdigit()}
        if at >= max(marks) or at in kinds or not words or not below:
            continue
        if len(words & said) / len(words) >= _SUMMARY_OVERLAP and all(word in said for word in words if word.isdigit()):
            repeated[at] = "summary"
    return repeated


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
