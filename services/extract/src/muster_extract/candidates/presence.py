"""Who is there, told beside the number: 'the current 9,400 troops', '3,500 soldiers deployed in the area', 'with 1,400 on the ground'."""

import re
from collections.abc import Iterator
from itertools import pairwise

from muster_extract.candidate import Candidate, evidence
from muster_extract.groups import Group
from muster_extract.kinds import heads
from muster_extract.lexicon import inflections, words_of
from muster_extract.modality import stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, governing_verb, predicate
from muster_extract.reading import Amount, Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

NOW = frozenset({"current", "currently", "now", "presently", "existing", "already"})
THERE = re.compile(
    r"^(?:[\w'’/-]+ ){0,4}?(?:(?:on|from) the ground|in the (?:field|country|area|theat(?:re|er)|region|mission|force)"
    r"|in (?:place|theat(?:re|er))"
    r"|(?:already|currently|now|still) (?:in|there|here|at)\b"
    r"|(?:currently |already |now |also |still )?(?:deployed|stationed|based|serving|present|operating|operative)\b"
    r"(?! (?:to|from|by|next|later|soon|under a separate)\b))"
)
"""What stands behind people who are there."""

AT_LEVEL = re.compile(
    r"\b(?:(?:with|has|have|at|of|its|the|current|total) (?:an? |its |the )?(?:total |current |overall |present )?"
    r"(?:strength|complement|size|level) of"
    r"|(?:stall(?:s|ed)|stands?|stood|standing|remains?|hover(?:s|ed)|stuck) at|total+ing|numbering|totals|numbers"
    r"|current deployment of|presence of)"
    r"(?: to)? (?:[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
"""What stands before the number of those who are there."""

CONTINGENT = re.compile(r"\b(?:largest|biggest|contingent|contributors?|contributes|followed by|behind|after|largest number)\b")
MOVING = ("arrive", "depart", "send", "withdraw", "killed", "wounded", "pledge", "unpledge", "delay", "authorize", "extend", "end")
ACTING = frozenset(
    form
    for verb in (
        "operate", "serve", "work", "patrol", "monitor", "guard", "police", "protect", "enforce", "oversee", "supervise", "man", "remain",
        "stay", "secure",
    )
    for form in inflections(verb)
)  # fmt: skip
"""What people do where they are."""

GIVING = frozenset({"contributed", "contributes", "contribute", "contributing", "provides", "supplies", "fields"})
NOT_SO = frozenset(
    {
        "authorised", "authorized", "ceiling", "pledge", "pledges", "offer", "volunteers", "newcomers", "killed", "wounded", "dead",
        "injured", "pledged", "promised", "additional", "another", "further", "extra", "withdraw", "withdrawn", "withdrawal",
        "withdrawing", "replace", "replacing", "will", "would", "should", "planned", "maximum", "proposed", "next", "new", "reinforce",
        "join", "reinforcements", "deployment", "drawdown", "reduction", "civilians", "refugees", "displaced", "rebels", "fighters",
        "gang", "militia", "casualties", "lost", "died", "missing", "captured", "detained", "expected", "scheduled", "due", "first",
        "initial", "could", "may", "might", "rotate", "rotating", "trained", "leave", "leaving", "left",
    }
)  # fmt: skip
"""Words near a number by which it is not of those who are there now."""

CIVIL = frozenset({"volunteers", "civilian", "civilians", "staff", "families", "refugees"})
"""Whom a mission has beside its soldiers and police."""

MISSIONS = frozenset(
    {"peacekeeper", "peacekeepers", "helmets", "observers", "monitors", "peacekeeping", "mission", "force", "contingent", "contingents"}
)


def presence(read: Read, story: Story, told: list[Candidate]) -> Iterator[Candidate]:
    """The counts of people in the mission area that no other rule has told in this sentence.

    Args:
        read: the sentence.
        story: what the article has told.
        told: what the rules for verbs and sizes saw in this sentence.
    """
    known = {c.amount for c in told}
    told = list(told)
    for part, _ in parts_of_a_whole(read):
        if part.amount in known or not SO_FAR.search(read.sentence.text):
            continue
        first, last = evidence(read, part.first, part.first - 1, part.last + 7)
        known.add(part.amount)
        day = story.published.isoformat()
        yield Candidate("StrengthReported", "n-of-m", read, first, last, date=day, certainty=0.7).counted(part, story.unit or "personnel")
    for group in (*story.groups(read), *_sizes(read, story)):
        amount = group.amount
        if (
            CIVIL & set(read.words[amount.last : group.last + 2])
            or amount.kind == "money"
            or amount.amount < 5
            or amount.amount in known
            or amount.amount > 200_000
        ):
            continue
        rule = _is_there(read, story, group) or _is_beside(read, story, group, told)
        if rule is None or (rule != "force-of" and not _may_be(read, group)):
            continue
        owner = _owner(read, story, group)
        if rule == "beside":
            owner = next((c.contributor for c in reversed(told) if c.amount is not None), None)
        if owner == "nobody" or (rule == "has-there" and owner is None):
            continue
        first, last = evidence(read, group.first, group.first - 2, group.last + 4)
        day = _as_of(read, story) or story.published.isoformat()
        known.add(amount.amount)
        made = Candidate("StrengthReported", rule, read, first, last, date=day, certainty=0.6).by(owner).counted(group, story.unit)
        told.append(made)
        yield made


WHOLE = frozenset(
    {
        "of", "out", "the", "its", "an", "a", "agreed", "authorised", "authorized", "proposed", "planned", "mandated", "expected",
        "intended",
        "required", "eventual", "total", "promised", "full", "envisaged", "some", "about", "their",
    }
)  # fmt: skip
"""What stands between a part and its whole."""

SO_FAR = re.compile(
    r"\b(?:have|has|had|are|were|is)\b.{0,30}"
    r"\b(?:arrived|deployed|in place|there|sent|on the ground|fielded|in the field|operational)\b"
)


def parts_of_a_whole(read: Read) -> list[tuple[Amount, Amount]]:
    """'Only 10,000 of the agreed 26,000 troops': how many, of how many."""
    amounts = [a for a in read.amounts if a.kind in {"people", "other"}]
    found = []
    for part, whole in pairwise(amounts):
        between = read.words[part.last : whole.first]
        if whole.kind == "people" and "of" in between[:2] and set(between) <= WHOLE and 50 <= part.amount < whole.amount:
            found.append((part, whole))
    return found


HARM = frozenset({"died", "killed", "wounded", "injured", "dead"})
BELEAGUERED = frozenset(
    {"beleaguered", "overstretched", "struggling", "existing", "present", "current", "outgunned", "embattled", "stretched"}
)
"""What a force is called that is there."""


def _is_beside(read: Read, story: Story, group: Group, told: list[Candidate]) -> str | None:
    """'9,000 troops and 700 police officers': those beside others who are there, and of another sort."""
    before = [g for g in story.groups(read) if g.last <= group.first and group.first - g.last <= 5]
    if not before or not any(c.amount == before[-1].amount.amount for c in told):
        return None
    between = read.words[before[-1].last : group.first]
    apart = group.unit in {"police", "troops"} and group.unit != before[-1].unit
    joined = bool({"and", ","} & set(between)) and not any(read.doc[i].tag_[0] == "V" for i in range(before[-1].last, group.first))
    return "beside" if apart and joined and not group.states else None


def _sizes(read: Read, story: Story) -> list[Group]:
    """The sizes that a text calls current: 'its current 1,990-strong force', 'the current level of around 9,000'."""
    inside = {g.first for g in story.groups(read)}
    return [
        Group(a.first, a.last, a, (), a.unit)
        for a in read.amounts
        if a.kind in {"people", "other"}
        and a.first not in inside
        and a.amount >= 50
        and "current" in read.words[max(0, a.first - 5) : a.first]
    ]


def _is_there(read: Read, story: Story, group: Group) -> str | None:
    """The rule by which people are there now, None where nothing says so."""
    words = read.words
    text = read.sentence.text
    before = words[max(0, group.first - 4) : group.first]
    end = read.doc[group.amount.last - 1]
    behind = text[end.idx + len(end) :].lstrip()
    left = text[: read.doc[group.first].idx]
    verb = governing_verb(end)
    if group.bare:
        if AT_LEVEL.search(left) and verb.tag_[0] == "V" and heads(predicate(read, verb).subject, "mission"):
            return "at-level"
        goes_on = any(c.claim == "StrengthReported" for c in story.last)
        return "goes-on" if goes_on and group.states and verb.lower_ in {"has", "have"} else None
    if NOW & set(before) or "current" in words[max(0, group.first - 5) : group.first]:
        return "now-beside"
    if THERE.match(behind) or (NOW & set(words[group.last : group.last + 2])):
        return "there-behind"
    if AT_LEVEL.search(left):
        return "at-level"
    if HARM & set(words[group.last : group.last + 16]):
        return None  # "two soldiers serving in the force died"
    if (
        before[-1:] == ["of"]
        and before[-2:-1] in (["force"], ["mission"], ["contingent"])
        and not {"had", "were", "was"} & set(words[group.last : group.last + 6])
        and BELEAGUERED & set(words[max(0, group.first - 7) : group.first])
    ):
        return "force-of"
    if any(first - group.last in {1, 2} and words[group.last : group.last + 1] == ["in"] for first, _, _ in read.named):
        return "in-mission"
    if "with" in before[-3:] and CONTINGENT.search(text):
        return "with-contingent"
    if verb.lower_ in {"has", "have"} and (read.named or MISSIONS & set(words)) and 0 < group.first - verb.i <= 4:
        return "has-there"
    if verb.lower_ in GIVING and 0 < group.first - verb.i <= 4 and (read.named or MISSIONS & set(words[group.last : group.last + 10])):
        return "contributes"
    if verb.lower_ in ACTING and group.first < verb.i and verb.i - group.last <= 3:
        return "acts-there"
    return None


def _may_be(read: Read, group: Group) -> bool:
    """Whether the clause lets people be there: nothing moves, nothing is planned, denied or of another time."""
    start = max(0, group.first - 7)
    near = read.words[start : group.first] + read.words[group.amount.last : group.last + 3]
    behind = set(read.words[group.amount.last : group.amount.last + 5])
    if {"already", "currently"} & behind and not {"killed", "pledge", "pledged"} & set(near):
        return True  # "to augment its 9,000 troops already on the ground": they are there, whatever is planned
    if NOT_SO & set(near) or "from" in read.words[max(0, group.first - 1) : group.first]:
        return False
    verb = governing_verb(read.doc[group.amount.last - 1])
    if verb.tag_[0] != "V":
        return True
    held = stance(read, verb)
    moving = verb.lower_ not in BEING and verb.lower_ not in ACTING | GIVING and read.has(verb, *MOVING)
    if not held.holds or held.planned or moving:
        return read.words[group.first - 1 : group.first] == ["current"] or NOW & set(read.words[group.first - 2 : group.first]) == {
            "current"
        }
    return held.tense is not Tense.PAST or held.perfect or bool(NOW & set(near)) or verb.lower_ == "stalled" or _dated(read)


BEING = frozenset(
    {"is", "are", "has", "have", "had", "was", "were", "be", "been", "'s", "'re", "stationed", "based", "comprised", "comprises", "stalled"}
)


def _dated(read: Read) -> bool:
    return bool(re.search(r"\b[Aa]s of\b", read.sentence.text))


def _as_of(read: Read, story: Story) -> str | None:
    """The day of 'as of the end of July'."""
    for when in read.times:
        before = read.words[max(0, when.first - 2) : when.first + 2]
        if ("as" in before and "of" in before) or when.phrase.lower().startswith("as of"):
            return story.resolved(when, Tense.PAST)
    return None


def _owner(read: Read, story: Story, group: Group) -> str | None:
    """Whose they are: a state's, the mission's (None), or 'nobody' of the mission's."""
    states = [s for s in group.states if s not in BODIES]
    if set(states) & story.apart:
        return "nobody"
    if states:
        return states[0] if len(states) == 1 else None
    noun = set(read.words[group.amount.last : group.last])
    if noun == {"people"}:
        return "nobody"
    ours = bool(noun & MISSIONS) or bool(group.states) or bool(read.named) or bool(MISSIONS & set(read.words))
    ours = ours or any(a.role == "place" and a.code in story.hosts and 0 <= a.first - group.last <= 4 for a in read.actors)
    verb = governing_verb(read.doc[group.amount.last - 1])
    subject = predicate(read, verb).subject if verb.tag_[0] == "V" else None
    before = [a for a in read.actors if a.last <= group.first and group.first - a.last <= 4 and a.role in {"plain", "possessive"}]
    acting = [a for a in before if a.code and a.code not in BODIES and a.code not in story.apart]
    linked = {"with", "has", "have", "contributed", "contributes", "which", "who"}
    if acting and linked & set(read.words[acting[-1].last : group.first]):
        return acting[-1].code
    if subject is not None:
        givers = [c for c in story.givers(subject, point_back=False) if c not in BODIES and c not in story.apart]
        led = any("led" in read.words[a.last : a.last + 2] for a in subject.actors)
        if len(givers) == 1 and not led:
            return givers[0]
        if any(a.code in story.hosts and a.role != "place" for a in subject.actors) and not subject.core & words_of("sorts", "mission"):
            return "nobody"
    itself = subject is not None and (subject.head.lower_ == "it" or (verb.lower_ in BEING and heads(subject, "mission")))
    if not ours:
        return "nobody"
    return None if itself else whose_people(read, story, group, noun)


GENERIC = frozenset({"troops", "soldiers", "officers", "police", "men", "personnel", "servicemen"})


def whose_people(read: Read, story: Story, group: Group, noun: set[str]) -> str | None:
    """The state whose people an article goes on about: 'there are currently fewer than 300 troops in the area', told of Ireland's."""
    shared = {"countries", "nations", "states"} & set(read.words[group.amount.last : group.last + 5])
    beside = any(first - 7 <= group.first <= last + 4 for first, last, _ in read.named)
    whole = noun & (MISSIONS | {"international", "foreign"}) or group.states or shared or beside
    if whole or not noun & GENERIC:
        return None
    head = next((read.doc[i] for i in range(group.amount.last, group.last) if read.words[i] in GENERIC), None)
    found = story.default(Phrase(read, head)) if head is not None else ()
    own = len(found) == 1 and (found[0] in story.contributors or story.has_people(found[0]))
    return found[0] if own else None
