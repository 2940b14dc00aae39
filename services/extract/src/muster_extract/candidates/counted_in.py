"""Givers whom a sentence lists behind what they do: 'among those offering men are …', 'countries that have pledged troops include …'."""

from collections.abc import Iterator

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.shares import spread
from muster_extract.lexicon import forms_of, words_of
from muster_extract.modality import stance
from muster_extract.reading import Read, codes
from muster_extract.story import Story

REACH = 6
"""Tokens between the verb and its list: 'now include, besides,'."""


def counted_in(read: Read, story: Story) -> Iterator[Candidate]:
    """A pledge for each state of the list, with its own number where it has one."""
    for chain in read.chains:
        giver = tuple(code for code in codes(chain) if code not in story.apart and code != "UN")
        start, behind = chain[0].first, chain[-1].last
        if not giver or chain[0].role in {"place", "possessive"}:
            continue
        verb = next((t for t in reversed(read.doc[max(0, start - REACH) : start]) if t.lower_ in forms_of("offers", "count_in")), None)
        if verb is not None and stance(read, verb).holds and _stand_for_givers(read, 0, verb.i):
            yield from _each(read, story, giver, start, verb.i)
        elif _and_others(read, behind) and _stand_for_givers(read, behind, behind + 12):
            yield from _each(read, story, giver, start, start)


def _each(read: Read, story: Story, giver: tuple[str, ...], at: int, opener: int) -> Iterator[Candidate]:
    first, last = evidence(read, at, opener, at + 8)
    base = Candidate("PledgeAnnounced", "counted-in", read, first, last, certainty=0.6)
    own = [g for g in story.groups(read) if len(g.states) == 1 and g.states[0] in giver and g.amount.kind != "money"]
    yield from spread(base, own, (), story) if own else ()
    counted = {g.states[0] for g in own}
    yield from (base.by(code) for code in giver if code not in counted)


def _and_others(read: Read, at: int) -> bool:
    """Whether a list goes on with those like its members: '… or any of the other countries that volunteered'."""
    return read.words[at : at + 1] in (["and"], ["or"], [","]) and "other" in read.words[at : at + 5]


def _stand_for_givers(read: Read, start: int, end: int) -> bool:
    """Whether those who offer stand in a stretch of tokens: countries, with the offer behind them."""
    end = min(end, len(read.words))
    who = next((i for i in range(start, end) if read.words[i] in words_of("sorts", "donors") | {"those", "list", "ones"}), None)
    if who is None or {"not", "n't", "no", "never"} & set(read.words[who:end]):
        return False
    for token in read.doc[who + 1 : end]:
        offers = token.tag_[0] == "V" and read.has(token, "pledge") and stance(read, token).holds
        takes_part = token.tag_[0] == "V" and read.has(token, "commit") and bool(TAKING_PART & set(read.words[token.i : token.i + 4]))
        ready = token.lower_ in READY and read.words[token.i + 1 : token.i + 2] == ["to"]
        named = token.lower_ in words_of("offers", "offer") and read.words[who - 1 : who] in (["of"], ["from"], ["by"])
        if offers or takes_part or ready or named:
            return True
    return False


READY = frozenset({"ready", "willing", "prepared", "agreed", "decided", "planning", "intending"})
TAKING_PART = frozenset({"participation", "contribution", "contributions", "readiness", "willingness"})
