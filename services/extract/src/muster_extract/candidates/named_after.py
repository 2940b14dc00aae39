"""Givers that one sentence counts and the next one names: 'Seven countries are willing to send men. These countries are …'."""

import re
from collections.abc import Iterator

from muster_extract.candidate import Candidate, evidence
from muster_extract.pointing import BODIES
from muster_extract.reading import Read
from muster_extract.story import Story

OPENS = re.compile(
    r"(?:^|.{0,50}, )(?:(?:[Tt]hese|[Tt]hose|[Tt]hey|[Aa]mong (?:these|those|them))\b"
    r"|[Tt]he (?:(?:remaining|other)(?: \w+)?|countries|nations|governments|states|contributors|volunteers|donors|pledges|list)\b)"
    r"[^.;]{0,30}?\b(?:are|include|were|came|come)\b"
)
GAVE = re.compile(
    r"\b(?:countries|nations|governments|states|contributors|donors)\b.*\b(?:pledg\w+|offer\w*|promis\w+|volunteer\w*|willing\w*"
    r"|read(?:y|iness)|agreed to|commit\w+|inten[td]\w*)\b"
    r"|\b(?:pledges|offers|promises|commitments|notifications?)\b.*\b(?:countries|nations|governments|states|contributors|donors)\b"
)
DOUBTS = re.compile(r"\b(?:not|no|never|if|whether|withdr\w+|refus\w+|declin\w+|few)\b")


def opens_a_list(text: str) -> bool:
    """Whether a sentence can name those whom the one before counted: then it is parsed though it holds no trigger."""
    return OPENS.match(text) is not None


def named_after(read: Read, story: Story) -> Iterator[Candidate]:
    """A pledge without a number for each state of the list."""
    if not opens_a_list(read.sentence.text) or read.index == 0:
        return
    before = story.sentences[read.index - 1].text
    if not GAVE.search(before) or DOUBTS.search(before):
        return
    states = [a for a in read.actors if a.code and a.code not in BODIES and a.code not in story.apart and a.form in {"name", "capital"}]
    states = [a for a in states if a.role in {"plain", "source"}]
    if len({a.code for a in states}) < 2:
        return
    for code in dict.fromkeys(a.code for a in states):
        own = next(a for a in states if a.code == code)
        first, last = evidence(read, own.first, own.first - 2, own.first + 6)
        yield Candidate("PledgeAnnounced", "named-after", read, first, last, code, certainty=0.6)
