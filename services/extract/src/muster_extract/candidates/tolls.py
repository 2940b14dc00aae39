"""Killed and wounded, counted one beside the other: 'left four dead, eight injured and one missing', 'killing two and wounding five'.

A parser attaches such lists at random; the words stand beside their numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.incidents import incident_day
from muster_extract.groups import Group
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import governing_verb
from muster_extract.reading import Amount, Read
from muster_extract.story import Story

KILLED = frozenset({"killed", "dead", "died", "slain", "perished", "murdered", "martyred", "fatally"})
WOUNDED = frozenset({"wounded", "injured", "hurt", "injuries", "wounds"})
KILLING = frozenset({"killed", "killing", "kills", "claiming", "claimed", "kill"})
WOUNDING = frozenset({"wounded", "wounding", "wounds", "injured", "injuring", "injures", "hurting", "wound", "injure"})
BRIDGES = frozenset(
    {
        "were", "was", "been", "have", "has", "had", "are", "is", "be", "being", "also", "reported", "reportedly", "confirmed", "found",
        "left", "shot", "others", "other", "more", "seriously", "critically", "slightly", "badly", "severely", "lightly", "gravely",
        "later", "both", "themselves", "all", "of", "them", "whom", "from", "the", "declared", "pronounced", "feared", "believed",
        "presumed", "to", "so", "far", "already", "since", "'s", "’s", "lay", "lie", "sustained", "suffered", "received", "minor",
        "serious", "light", "slight", "severe", "life-threatening",
    }
)  # fmt: skip
"""What may stand between a number and the harm that it counts, beside nouns and adjectives."""

STEPS = frozenset(
    {"at", "least", "up", "to", "some", "about", "another", "a", "the", "as", "many", "more", "than", "nearly", "around", "also"}
)
OURS = frozenset({"peacekeeper", "peacekeepers", "helmets", "helmet", "peace-keepers"})
BARE = frozenset({"others", "other", "more", "another", "one", "them", "whom", "colleagues", "comrades"})
MISSIONS = frozenset({"mission", "force", "contingent"})
REACH = 9
RUNNING = frozenset({"toll", "fatalities", "deaths", "dead", "killed", "died", "fallen", "casualties"})
RISING = re.compile(
    r"\b(?:to|at|reached|reaches|totals?|totall?ed|is|exceeds|passed|stands at|now|hit)\s+"
    r"(?:(?:more than|over|at least|nearly|about|around|some)\s+)?$"
)
BRINGING = re.compile(
    r"\b(?:puts?|bring|brings|bringing|brought|takes?|taking|took|rais(?:e|es|ing|ed)|rose|risen|rises|stands|reached|climb(?:ed|s))\b"
)


@dataclass(frozen=True)
class _Count:
    """A number with the harm beside it."""

    amount: Amount
    group: Group | None
    harm: str
    at: int
    """Token of the harm."""


def tolls(read: Read, story: Story, told: list[Candidate]) -> Iterator[Candidate]:
    """The counts of hurt mission personnel that no other rule has told in this sentence.

    Args:
        read: the sentence.
        story: what the article has told.
        told: what the rules for verbs and nouns saw in this sentence.
    """
    if not (KILLED | WOUNDED | KILLING | WOUNDING | RUNNING) & set(read.words):
        return
    known = {(dict(c.extras).get("harm"), c.amount) for c in told}
    before: Candidate | None = told[0] if told else None
    carried = next((c for c in story.last if c.claim == "CasualtyReported"), None)
    yield from _running(read, story, told)
    strange = False
    for count in _counts(read, story):
        whose = _whose(read, story, count)
        if whose == "strangers":
            strange = True
            continue
        if whose == "bare" and (strange or (before is None and (carried is None or not _goes_on(read, count)))):
            continue
        strange = False
        if (count.harm, count.amount.amount) in known:
            continue
        made = _made(read, story, count, before or carried if whose == "bare" else None)
        if made is not None:
            before = before or made
            known.add((count.harm, count.amount.amount))
            yield made


def _running(read: Read, story: Story, told: list[Candidate]) -> Iterator[Candidate]:
    """A new toll: 'bringing the death toll to four', 'fatalities among the peacekeepers have risen to 310' (guide, rule 18)."""
    words = read.words
    at = next((i for i, w in enumerate(words) if w in {"toll", "fatalities", "deaths"}), None)
    if at is None:
        at = next((i for i, w in enumerate(words) if w in {"number", "total"} and RUNNING & set(words[i : i + 10])), None)
    text = read.sentence.text
    if at is None or not BRINGING.search(text):
        return
    ours = bool(told) or bool(OURS & set(words)) or (bool(read.named) or bool(MISSIONS & set(words)))
    if not ours or set(words[max(0, at - 4) : at + 8]) & words_of("sorts", "civilian") or ("people" in words and not told):
        return
    for amount in read.amounts:
        start = read.doc[amount.first].idx
        if amount.kind not in {"people", "other"} or amount.amount > 5000 or abs(amount.first - at) > 16 or not RISING.search(text[:start]):
            continue
        if any(c.amount == amount.amount for c in told):
            continue
        verb = governing_verb(read.doc[at])
        held = stance(read, verb) if verb.tag_[0] == "V" else None
        if held is not None and (not held.holds or held.planned):
            continue
        first, last = evidence(read, at, min(at, amount.first) - 2, max(at, amount.last) + 1)
        owners = [
            a.code for a in read.actors if at < a.first <= at + 8 and a.role in {"plain", "of"} and a.code not in BODIES | story.apart
        ]
        made = Candidate(
            "CasualtyReported", "running-toll", read, first, last, owners[0] if len(owners) == 1 else None,
            extras=(("harm", "killed"), ("running_total", True)), certainty=0.6,
        )  # fmt: skip
        yield replace(made, amount=amount.amount, qualifier=amount.qualifier, unit=amount.unit or story.unit or "personnel")
        return


def _counts(read: Read, story: Story) -> Iterator[_Count]:
    groups = {g.first: g for g in story.groups(read)}
    for amount in read.amounts:
        if amount.kind not in {"people", "other"} or amount.amount > 2000 or amount.amount < 1:
            continue
        group = groups.get(amount.first)
        at = _behind(read, amount)
        if at is not None:
            yield _Count(amount, group, "killed" if read.words[at] in KILLED else "wounded", at)
            continue
        verb = _ahead(read, amount)
        if verb is not None:
            yield _Count(amount, group, "killed" if read.words[verb] in KILLING else "wounded", verb)


def _behind(read: Read, amount: Amount) -> int | None:
    """The harm that stands behind a number and its noun."""
    for i in range(amount.last, min(len(read.words), amount.last + REACH)):
        word, tag = read.words[i], read.doc[i].tag_
        if word in KILLED | WOUNDED:
            return i
        if (
            any(a.first == i for a in read.amounts)
            or (tag[0] == "V" and word not in BRIDGES)
            or tag == "MD"
            or word in {"not", "n't", "no"}
        ):
            return None
        if word not in BRIDGES and tag[0] not in "NJRV" and tag not in {"POS", "HYPH", "DT"} and word not in {"-", "'s", "’s"}:
            return None
    return None


def _ahead(read: Read, amount: Amount) -> int | None:
    """The verb of harm that stands right before a number: 'killing at least two', 'and wounded five others'."""
    for i in range(amount.first - 1, max(-1, amount.first - 5), -1):
        if read.words[i] in KILLING | WOUNDING:
            verb = read.doc[i]
            return i if not any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children) else None
        if read.words[i] not in STEPS:
            return None
    return None


def _noun(read: Read, amount: Amount) -> list[str]:
    """The words of the counted noun."""
    found = []
    for i in range(amount.last, min(len(read.words), amount.last + 6)):
        if read.words[i] in KILLED | WOUNDED | {",", ";", "and", "in", "were", "was", "."}:
            break
        found.append(read.words[i])
    return found


def _whose(read: Read, story: Story, count: _Count) -> str:
    """Whether those counted are 'ours', 'strangers', or 'bare' and so those of the count before."""
    noun = set(_noun(read, count.amount))
    states = [s for s in (count.group.states if count.group else ()) if s not in BODIES]
    if noun & (words_of("sorts", "civilian") - {"people"}) or set(states) & story.apart:
        return "strangers"
    if noun & OURS or (states and noun & words_of("sorts", "casualty")):
        return "ours"
    if states and _tied(read, story, states):
        return "ours"
    counted = range(count.amount.last, count.amount.last + len(_noun(read, count.amount)))
    if "people" in noun:
        return "strangers"
    if not noun or noun & BARE or noun & words_of("sorts", "casualty") or not any(read.doc[i].tag_[0] == "N" for i in counted):
        return "bare"
    return "strangers"


def _tied(read: Read, story: Story, states: list[str]) -> bool:
    return bool(set(states) & story.contributors) or bool(read.named) or bool(OURS & set(read.words))


def _goes_on(read: Read, count: _Count) -> bool:
    """Whether a sentence goes on with those of the sentence before: 'Three others sustained …', 'eight were also wounded'."""
    return bool({"others", "other", "also", "another", "more"} & set(read.words[count.amount.first : count.at + 1]))


def _made(read: Read, story: Story, count: _Count, before: Candidate | None) -> Candidate | None:
    verb = governing_verb(read.doc[count.at])
    held = stance(read, verb) if verb.tag_[0] == "V" else None
    if held is not None and (not held.holds or held.planned):
        return None
    states = [s for s in (count.group.states if count.group else ()) if s not in BODIES | story.apart]
    if len(states) == 1:
        contributor: str | None = states[0]
    else:
        contributor = before.contributor if before is not None and not states else None
    day = story.day(read, verb, held) if held is not None else None
    day = day or (before.date if before is not None else None) or incident_day(read, story)
    first, last = evidence(read, count.at, min(count.at, count.amount.first - 2), max(count.at + 1, count.amount.last + 2))
    made = Candidate(
        "CasualtyReported", "toll-words", read, first, last, contributor, date=day, extras=(("harm", count.harm),), certainty=0.6
    )
    unit = count.amount.unit or (before.unit if before is not None else story.unit)
    return replace(made, amount=count.amount.amount, qualifier=count.amount.qualifier, unit=unit or "personnel")
