"""Who decides, and when: the bodies of a sentence, their decisions, and the numbers that a decision is not of."""

import re

from spacy.tokens import Token

from muster_extract.kinds import is_a
from muster_extract.lexicon import forms_of, inflections
from muster_extract.modality import stance
from muster_extract.pointing import BACKWARD, BODIES
from muster_extract.predicates import Phrase, Predicate, governing_verb, predicate
from muster_extract.reading import Amount, Read
from muster_extract.resolve.catalogue import by_slug
from muster_extract.story import Story

NOT_COUNCIL = frozenset(
    {"transitional", "presidential", "electoral", "provisional", "national", "transition", "rights", "municipal", "city", "county"}
)
"""Words that make a council another one than the Security Council."""


DECISION = frozenset(
    form
    for verb in ("adopt", "approve", "vote", "agree", "decide", "authorise", "authorize", "extend", "renew", "pass", "resolve", "opt",
                 "set", "endorse", "mandate", "clear", "pave", "increase", "reduce", "cut", "raise", "lower", "trim", "back", "sanction",
                 "keep", "maintain", "cap",
                 "limit", "provide")
    for form in inflections(verb)
)  # fmt: skip
"""Verbs of a body's decision."""


DECIDING = frozenset(
    {"decides", "decided", "votes", "voted", "resolution", "agreed", "agrees", "moved", "resolved", "vote", "decision", "adopted", "adopts",
     "passed", "passes", "opted", "voting", "unanimously", "chose", "approved"}
)  # fmt: skip
"""Words of a body's decision, below which an infinitive is done and not only planned."""


ACTS = frozenset({"resolution", "text", "measure", "move", "decision", "vote", "renewal", "extension"})
"""What a body decides by: the subject of the sentences behind the one that names it."""


WITHIN = frozenset({"including", "includes", "include", "which", "among", "incl.", "excluding", "exceed"})
"""Words behind which a number is a part of the one before."""

HERE = frozenset(
    {
        "currently",
        "current",
        "now",
        "ground",
        "already",
        "killed",
        "wounded",
        "died",
        "present",
        "stationed",
        "remaining",
        "there",
    }
)


def bodies(story: Story, *phrases: Phrase | None) -> tuple[str, ...]:
    """The bodies (not states) that the phrases name; 'the Council' alone is the Security Council where nothing else is meant."""
    for phrase in phrases:
        if phrase is None:
            continue
        led = {a.first for a in phrase.actors if "led" in phrase.read.words[a.last : a.last + 2]}  # "a new African Union-led mission"
        found = tuple(dict.fromkeys(a.code for a in phrase.actors if a.code in BODIES and a.role != "place" and a.first not in led))
        if "council" in phrase.core:
            if phrase.core & NOT_COUNCIL:
                continue
            own = by_slug().get(phrase.read.mission or "")
            if not found and "security" not in phrase.core and own is not None and own.by == "EU":
                return ("EU",)
            if not found and not phrase.core & {"security", "nations", "un", "u.n."}:
                return (_council(story),)
            return ("UN",) if not found or ("security" in phrase.core and "peace" not in phrase.core) else found[:1]
        if found:
            return found[:1]
    return ()


AFRICAN = re.compile(r"Peace and Security Council")
EUROPEAN = re.compile(r"\b(?:EU|European) (?:Council|foreign ministers)|Council of (?:the )?(?:European Union|Ministers)")
WORLD = re.compile(r"(?:UN|U\.N\.|United Nations)(?:['’]s?)? Security Council|(?<!and )Security Council")


def _council(story: Story) -> str:
    """Which body 'the Council' is: the one that the article names in full, else the Security Council."""
    if "council" not in story.memo:
        text = " ".join(s.text for s in story.sentences)
        other = "AFU" if AFRICAN.search(text) else "EU" if EUROPEAN.search(text) else "UN"
        story.memo["council"] = "UN" if WORLD.search(AFRICAN.sub("", text)) else other
    return str(story.memo["council"])


def who_decides(read: Read, story: Story, said: Predicate) -> tuple[str, ...]:
    """The body that decides: the doer, the doer of the verb above ('voted to', 'a resolution to'), or the text's own voice."""
    found = bodies(story, said.doer)
    if found or said.agent is not None:
        return found
    at = said.verb
    for _ in range(5):
        if at.head == at:
            break
        at = at.head
        if at.tag_[0] == "V":
            upper = predicate(read, at)
            found = bodies(story, upper.doer) or bodies(story, *upper.after("in", "by", "at"))
            if found or (upper.doer is not None and upper.doer.head.lower_ not in BACKWARD and not is_a(upper.doer, "mission")):
                return found
    if said.subject is None and "council" in read.words[:4] and not NOT_COUNCIL & set(read.words[:4]):
        return ("UN",)
    if said.passive and {"resolution"} & set(read.words[said.verb.i : said.verb.i + 16]) and "council" in read.words:
        return ("UN",)  # "established … following a resolution of the Security Council"
    if story.voice and (said.subject is None or said.passive):
        return (story.voice,)
    return ()


def deciders(read: Read, story: Story) -> str | None:
    """The body whose decision a sentence tells: as a subject or an agent, as a resolution's, or by the text's own voice."""
    key = ("deciders", 0)
    if key not in read.memo:
        read.memo[key] = _deciders(read, story)
    known: str | None = read.memo[key]
    return known


def _deciders(read: Read, story: Story) -> str | None:
    words = set(read.words)
    if (not DECISION & words and not {"resolution"} & words) or "draft" in words:
        return None
    for token in read.verbs:
        if token.lower_ in DECISION:
            said = predicate(read, token)
            held = stance(read, token)
            if not held.holds or (held.planned and not is_decided(read, token)):
                continue
            found = bodies(story, said.doer)
            if not found and said.doer is not None and said.doer.head.lower_ in ACTS | {"it"}:
                known = _told_decider(read, story, said.doer.head.lower_)
                found = (known,) if known else ()
            if found:
                story.memo["decider"] = (found[0], read.index)
                return found[0]
    if UNDER.search(read.sentence.text):
        return _told_decider(read, story, "resolution")
    return story.voice


UNDER = re.compile(r"\b(?:[Aa]ccording to|[Uu]nder|[Bb]y) (?:the|this|that) (?:\w+ )?(?:resolution|text|measure|decision)\b")


def _told_decider(read: Read, story: Story, act: str) -> str | None:
    """The body whose act a sentence goes on about; 'it' only right behind the sentence that names the body."""
    body, at = story.memo.get("decider", (None, 0))
    if body is not None and (act != "it" or read.index - at <= 2):
        return str(body)
    return "UN" if act == "resolution" else None


def decided_on(read: Read, story: Story) -> str | None:
    """The day of the decision that a sentence tells, or that the article told of before it."""
    for token in read.verbs if DECISION & set(read.words) else ():
        if token.lower_ in DECISION and bodies(story, predicate(read, token).doer):
            day = story.day(read, token, stance(read, token))
            if day is not None and day <= story.published.isoformat():
                story.memo["decided"] = day
                return day
    if story.voice:
        return story.published.isoformat()
    told: str | None = story.memo.get("decided")
    return told


def is_decided(read: Read, token: Token) -> bool:
    """Whether an infinitive hangs on a decision that was taken: 'voted to extend', 'hands went up to', not 'is expected to vote to'."""
    above = token.head
    done = above.tag_ == "VBD" and above.lower_ not in forms_of("modality", "plan")
    if token.tag_ != "VB" or not (done or above.lower_ in DECIDING):
        return False
    upper = governing_verb(token.head)
    return upper.tag_[0] != "V" or not stance(read, upper).planned


KEPT = re.compile(r"\bat (?:its|their|the) (?:current|present) (?:levels?|strength|size) of (?:[\w-]+ ){0,2}$")


def is_aside(read: Read, amount: Amount) -> bool:
    """Whether a number is the old level, the step of a change, a part of another, or of people of one state."""
    words = read.words
    before = words[max(0, amount.first - 4) : amount.first]
    if words[amount.last : amount.last + 1] == ["members"] and amount.amount < 60:
        return True  # those who voted
    if {"civilian", "civilians", "staff", "volunteers"} & set(words[amount.last : amount.last + 3]) and amount.unit != "police":
        return True
    if WITHIN & set(before) or (before and before[-1] == "("):
        return True
    if (before and before[-1] == "from") or before[-2:] in (["from", "nearly"], ["from", "about"], ["from", "the"]):
        return True
    behind = words[amount.last : amount.last + 4]
    if before and before[-1] == "by" and "to" in behind and any(0 < a.first - amount.last <= 4 for a in read.amounts):
        return True
    if KEPT.search(read.sentence.text[: read.doc[amount.first].idx]):
        return False  # "maintained at their current levels of around 4,000"
    left = read.doc[amount.first - 1] if amount.first else None
    if (
        amount.kind == "other"
        and left is not None
        and (left.like_num or left.text == ")" or (left.tag_ == "NNP" and left.text[:1].isupper()))
    ):
        return True  # a footnote's, or part of a name
    if before[-2:] in (["about", "of"], ["one", "of"]) or behind[:1] in (["of"], ["%"], ["percent"], ["-"]):
        return behind[:1] != ["of"] or behind[:3] == ["of", "the", "current"] or words[amount.last : amount.last + 2] == ["of", "them"]
    owned = any(
        a.first >= amount.first - 2 and a.last <= amount.last + 4 and a.code not in BODIES and a.form == "demonym" for a in read.actors
    )
    return owned or bool(HERE & set(words[max(0, amount.first - 3) : amount.first] + words[amount.last : amount.last + 3]))
