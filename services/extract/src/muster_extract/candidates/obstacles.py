"""What is late, what stands in the way, and what has been cleared away."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.people import spread
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.reasons import reasons_near
from muster_extract.story import Story


def obstacles(read: Read, story: Story) -> Iterator[Candidate]:
    """Every delay and obstacle that a sentence tells by a verb."""
    for token in read.doc:
        if token.tag_[0] == "V":
            yield from _delayed(read, story, token)
            yield from _blocked(read, story, token)
            yield from _lacking(read, story, token)
            yield from _cleared(read, story, token)


def _delayed(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "delay")
    if trigger is None:
        return
    held = stance(read, token)
    said = predicate(read, token)
    what = said.patient or said.subject
    groups = story.groups(read)
    phrase = trigger.phrase
    plain = phrase in {
        "delay",
        "postpone",
        "put off",
        "put … off",
        "put on hold",
        "put … on hold",
        "defer",
        "push back",
        "push … back",
        "put back",
        "put … back",
        "reschedule",
        "be on hold",
        "hold off",
        "hold up",
        "stall",
        "get no further",
        "set back",
    }
    if what is None or not (heads(what, "deployment") or is_people(what, groups) or what.head.lower_ in {"that", "it", "this", "which"}):
        return
    if not plain and not (is_people(what, groups) or heads(what, "deployment")):
        return
    if phrase in {"miss", "stay", "wait", "stop", "freeze", "move", "slip", "push", "hold back", "halt", "suspend", "pause"} and (
        is_a(said.doer, "court") or phrase in {"stay", "wait", "move", "freeze", "stop", "push"}
    ):
        return
    giver = story.givers(what, point_back=False) or story.givers(said.doer, point_back=False)
    if not giver and story.giver:
        giver = (story.giver,)
    first, last = evidence(read, token.i, (said.subject or what).first, token.i + 8)
    base = Candidate(
        "DeploymentDelayed",
        "delay-verb",
        read,
        first,
        last,
        date=_new_day(read, story, token),
        reasons=reasons_near(read, token.i),
        modality=held.modality,
    )
    counted = story.counted(read, what)
    yield from spread(base, counted, giver, story)


def _new_day(read: Read, story: Story, token: Token) -> str | None:
    from muster_extract.resolve.dates import Tense, resolve_date

    for when in read.times:
        if when.first > token.i and (
            read.words[when.first - 1] in {"to", "until", "till"} or when.phrase.lower().startswith(("to ", "until ", "till "))
        ):
            return resolve_date(when.phrase, story.published, Tense.FUTURE)
    return None


def _blocked(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "block")
    if trigger is None:
        return
    held = stance(read, token)
    said = predicate(read, token)
    what = said.patient
    words = set(read.words)
    court = is_a(said.doer, "court") or (said.passive and bool(words & words_of("sorts", "court")))
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 8)
    day = story.day(read, token, held)
    base = Candidate("ObstacleRaised", "block-verb", read, first, last, date=day, modality=held.modality)
    if court and trigger.phrase not in {"deny", "refuse", "reject", "decline", "accept", "say no"}:
        about = (
            is_a(what, "deployment")
            or is_people(what, story.groups(read))
            or bool(words & {"deployment", "unconstitutional", "unlawful", "illegal", "mission", "sending"})
        )
        if about and not held.planned:
            giver = story.givers(said.doer, point_back=False) or ((story.giver,) if story.giver else ())
            from dataclasses import replace

            for code in giver or (None,):
                yield replace(base.by(code), reasons=("court",))


def _lacking(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "lack")
    if trigger is None:
        return
    held = stance(read, token)
    said = predicate(read, token)
    mission = is_a(said.subject, "mission") or is_a(said.patient, "mission")
    phrase = trigger.phrase
    if not mission or held.planned:
        return
    short = any(
        w in read.words
        for w in (
            "lack",
            "shortage",
            "shortages",
            "shortfall",
            "shortfalls",
            "short",
            "without",
            "underfunded",
            "resources",
            "funding",
            "money",
            "equipment",
            "logistics",
        )
    )
    if not short or phrase in {"want", "need"}:
        return
    reasons = reasons_near(read, token.i, only=("funding", "equipment", "logistics"))
    if not reasons:
        return
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 8)
    yield Candidate(
        "ObstacleRaised", "lack-verb", read, first, last, None, reasons=reasons, modality=held.modality, date=story.day(read, token, held)
    )


def _cleared(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "clear")
    if trigger is None:
        return
    held = stance(read, token)
    if held.planned and token.tag_ != "VB":
        return
    said = predicate(read, token)
    phrase = trigger.phrase
    what = said.patient
    groups = story.groups(read)
    parliament, court = is_a(said.doer, "parliament"), is_a(said.doer, "court")
    signing = phrase in {"sign", "conclude", "reach"} and is_a(what, "agreement")
    lifting = phrase in {"lift", "overturn", "dismiss", "resolve", "override", "remove", "settle", "throw out", "reverse"} and is_a(
        what, "obstacle"
    )
    about = is_a(what, "deployment") or is_a(what, "mission") or is_people(what, groups) or bool(groups)
    permitting = (parliament or court) and (
        about or phrase in {"clear the way", "pave the way", "say yes", "give … consent", "give … go-ahead", "give … green light"}
    )
    if not (signing or lifting or permitting):
        return
    reason = "court" if court else "parliament" if parliament else None
    reasons = (reason,) if reason else ("legal_agreement",) if signing else reasons_near(read, token.i)
    giver = story.givers(said.doer, point_back=False) or story.givers(what, point_back=False) or ((story.giver,) if story.giver else ())
    first, last = evidence(read, token.i, (said.subject or what or Phrase(read, token)).first, token.i + 8)
    base = Candidate(
        "ObstacleCleared", "clear-verb", read, first, last, date=story.day(read, token, held), reasons=reasons[:1], modality=held.modality
    )
    counted = [g for g in groups if g.first > token.i] if parliament else []
    if counted:
        yield base.by(counted[0].states[0] if counted[0].states else giver[0] if giver else None).counted(counted[0], story.unit)
        return
    for code in giver[:1] or (None,):
        yield base.by(code)
