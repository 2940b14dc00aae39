"""On which day it happened: the attack or accident in which people were hurt, wherever the text dates it."""

import re
from datetime import date

from muster_extract.lexicon import forms_of
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense, find_dates, resolve_date
from muster_extract.segment import Sentence
from muster_extract.story import Story

INCIDENT = re.compile(
    r"\b(?:attack(?:s|ed|ing)?|ambush(?:ed)?|strikes?|struck|bomb(?:s|ing|ings|ed)?|blasts?|explo(?:ded|sion|sions|sive)"
    r"|shell(?:s|ed|ing)|clash(?:es|ed)?|incidents?|crash(?:ed)?|raid(?:ed|s)?|assault(?:ed)?|fighting|shooting|shootout"
    r"|fir(?:e|ed|ing|efight)|gunfire|mines?|drones?|rockets?|missiles?|mortars?|accident|overturned|shot|hit)\b"
    r"|\b(?:was|were) (?:killed|wounded|injured)\b|\bdied\b",
    re.IGNORECASE,
)
HAPPENED = re.compile(
    r"\b(?:attack|strike|incident|ambush|explosion|blast|crash|accident|clash(?:es)?|shooting|bombing|raid|fighting)\b"
    r"[^.;]{0,60}\b(?:occurred|happened|took place|came|was carried out|broke out)\b"
    r"|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day[’']s (?:[\w-]+ ){0,2}"
    r"(?:attack|strike|ambush|explosion|blast|crash|raid|fighting|clash)",
    re.IGNORECASE,
)
BACK = 2
"""Sentences before that may hold the day."""

_NO_DAY = re.compile(r"(?:since|until|by|after|before|from)\b", re.IGNORECASE)
_LAST = re.compile(
    r"\b(last (?:week|month|year|weekend))[’']s (?:[\w-]+ ){0,2}(?:attack|ambush|strike|bombing|blast|clash|fighting|raid|crash)",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"([\w’']+)\W*$")
SAYING = forms_of("modality", "say") | {"condemned", "statement", "spokesman", "spokesperson"}


def incident_day(read: Read, story: Story) -> str | None:
    """The day of the incident that a sentence's harm belongs to; None where no sentence near dates one."""
    own = _told(read.sentence, story.published)
    if own:
        return own
    at = read.index
    for sentence in reversed(story.sentences[max(0, at - BACK) : at]):
        found = _told(sentence, story.published) if INCIDENT.search(sentence.text) else None
        if found:
            return found
    for sentence in story.sentences[at + 1 : at + 3]:
        found = _told(sentence, story.published) if HAPPENED.search(sentence.text) else None
        if found:
            return found
    return None


def _told(sentence: Sentence, published: date) -> str | None:
    """The past day that a sentence tells of, apart from the day on which somebody said so."""
    owned = _LAST.search(sentence.text)
    if owned:
        return resolve_date(owned[1], published, Tense.PAST)
    for mention in find_dates(sentence.text):
        before = _LAST_WORD.search(sentence.text[: mention.start])
        if (before and before[1].lower() in SAYING) or _NO_DAY.match(mention.phrase) or sentence.text[mention.end :].startswith(":"):
            continue  # of the saying, of no day, or a dateline's
        day = resolve_date(mention.phrase, published, Tense.PAST)
        if day is not None and len(day) >= 7 and day <= published.isoformat():
            return day
    return None
