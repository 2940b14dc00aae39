"""What is late, and what has been cleared away."""

from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.shares import spread
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Read, codes
from muster_extract.reasons import reasons_near, reasons_of
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

PLAIN = frozenset(
    {
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
    }
    | {"reschedule", "be on hold", "hold off", "hold up", "stall", "get no further", "set back", "keep … waiting", "bog down"}
)
"""Phrases of delay that mean nothing else."""

PEOPLE = frozenset(
    {"troops", "soldiers", "officers", "police", "contingent", "battalion", "reinforcements", "unit", "units", "peacekeepers"}
)

MOVES = frozenset({"DeploymentScheduled", "DeploymentDelayed", "ContingentArrived", "ContingentDeparted"})
"""What the sentence before must have told for 'they were delayed' to mean its people."""

DOUBTFUL = frozenset({"suspend", "pause", "halt", "shelve", "miss", "hold back"})
"""Verbs that delay a deployment where a deployment is their object."""


def delays(read: Read, story: Story) -> Iterator[Candidate]:
    """Every delay, and every obstacle cleared, that a sentence tells by a verb."""
    for token in read.verbs:
        yield from _delayed(read, story, token)
        yield from _cleared(read, story, token)
        yield from _behind_schedule(read, story, token)
        yield from _not_by(read, story, token)


def _delayed(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "delay")
    if trigger is None or trigger.phrase not in PLAIN | DOUBTFUL:
        return
    held, said = stance(read, token), predicate(read, token)
    what = said.patient or said.subject
    if what is None or (is_a(said.doer, "court") and trigger.phrase in DOUBTFUL):
        return
    groups = [g for g in story.groups(read) if g.amount.kind != "money"]
    deployment = heads(what, "deployment")
    pointed = what.head.lower_ in {"that", "it", "this", "which", "everything"} and trigger.phrase in PLAIN
    moved = any(c.claim in MOVES for c in story.last)
    pointed = pointed or (what.head.lower_ in {"they", "them"} and trigger.phrase in PLAIN and moved)
    if story.leaving and not deployment_ahead(read):
        return  # "arrived back home after being delayed by a strike"
    if not (deployment or pointed or is_people(what, groups)):
        return
    if trigger.phrase in DOUBTFUL and not what.core & {
        "deployment",
        "dispatch",
        "sending",
        "departure",
        "arrival",
        "rotation",
        "rotations",
        "plan",
        "plans",
        "troops",
        "officers",
    }:
        return
    giver = story.givers(what, point_back=False) or story.givers(said.doer, point_back=False)
    giver = tuple(code for code in giver if code != "UN") or story.institution(read, said.doer)
    if (
        not giver
        and story.giver
        and not what.core & {"mission", "force", "rotations"}
        and len(story.giver) == 2
        and story.giver not in BODIES
    ):
        giver = (story.giver,)
    first, last = evidence(read, token.i, (said.subject or what).first, token.i + 8)
    reasons = tuple(dict.fromkeys((*reasons_of(said), *reasons_near(read, token.i, after=story.reason_after(read)))))
    base = Candidate(
        "DeploymentDelayed", "delay-verb", read, first, last, date=_new_day(read, story, token), reasons=reasons, modality=held.modality
    )
    yield from spread(base, story.counted(read, what, bare=True), giver, story)


def deployment_ahead(read: Read) -> bool:
    """Whether a sentence of people who go home speaks of a coming all the same."""
    return bool({"deployment", "deploy", "dispatch", "arrival", "deployments"} & set(read.words))


def _behind_schedule(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The deployment is far behind schedule.'"""
    behind = read.words[token.i + 1 : token.i + 6]
    if "behind" not in behind or "schedule" not in behind:
        return
    held, said = stance(read, token), predicate(read, token)
    if said.subject is None or not is_a(said.subject, "deployment") or not held.holds or held.planned:
        return
    first, last = evidence(read, token.i, said.subject.first, token.i + 6)
    named = story.givers(said.subject, point_back=False) or (story.default(said.subject) if said.subject.head.lower_ in PEOPLE else ())
    giver = tuple(code for code in named if code not in BODIES)
    yield Candidate("DeploymentDelayed", "behind-schedule", read, first, last, giver[0] if giver else None)


COMING = frozenset({"come", "arrive", "deploy", "leave", "depart", "land", "travel", "begin", "start", "reach"})


def _not_by(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The Nepalese battalion will not come before the end of the year': late, by its own words."""
    if token.lower_ not in COMING or stance(read, token).modality is not Modality.DENIED:
        return
    if not any(c.lower_ in {"will", "wo", "would"} for c in token.children if c.dep_ == "aux"):
        return
    when = next((w for w in read.times if 0 < w.first - token.i <= 4), None)
    opener = read.words[when.first - 1 : when.first + 1] if when else []
    said = predicate(read, token)
    if when is None or not {"by", "before", "until"} & set(opener) or said.subject is None:
        return
    people = is_people(said.subject, [g for g in story.groups(read) if g.amount.kind != "money"])
    if not (people or heads(said.subject, "deployment")):
        return
    first, last = evidence(read, token.i, said.subject.first, when.last)
    day = None if "by" in opener else story.resolved(when, Tense.FUTURE)
    giver = tuple(code for code in story.givers(said.subject, point_back=False) if code not in BODIES)
    for code in giver or (None,):
        yield Candidate("DeploymentDelayed", "not-by", read, first, last, code, date=day, reasons=reasons_near(read, token.i))


def _new_day(read: Read, story: Story, token: Token) -> str | None:
    for when in read.times:
        opener = read.words[when.first - 1] if when.first else ""
        if when.first > token.i and (opener in {"to", "until", "till"} or when.phrase.lower().startswith(("to ", "until ", "till "))):
            return story.resolved(when, Tense.FUTURE)
    return None


LIFTING = frozenset(
    {"lift", "overturn", "dismiss", "resolve", "override", "remove", "settle", "throw out", "reverse", "meet", "satisfy"}
    | {"drop", "withdraw", "waive", "unfreeze"}
)
PERMITTING = frozenset({"clear the way", "pave the way", "say yes", "give … consent", "give … go-ahead", "give … green light"})
SIGNING = frozenset({"sign", "conclude"})


ACCEPTING = frozenset({"agree", "accept", "consent", "approve", "allow", "permit", "let"})
FORCES = frozenset({"force", "mission", "peacekeepers", "troops", "deployment", "operation", "contingent"})


def _cleared(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "clear")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    if (held.planned and not held.holds) or held.planned:
        return
    phrase, what = trigger.phrase, said.patient
    groups = [g for g in story.groups(read) if g.amount.kind != "money"]
    if phrase == "agree" and what is not None and what.head.lower_ in {"terms", "modalities", "rules"} and about_mission(read):
        who = story.givers(said.doer, hosts=True)
        yield base_of(read, story, said, held, ("legal_agreement",)).by(who[0] if who else None)
        return
    parliament, court = is_a(said.doer, "parliament"), is_a(said.doer, "court")
    signing = (
        phrase in SIGNING and is_a(what, "agreement") and not (what is not None and what.core & {"peace", "ceasefire", "power-sharing"})
    )
    lifting = phrase in LIFTING and is_a(what, "obstacle")
    if lifting and what is not None and not _is_of_mission(read, what, said):
        return
    about = (
        is_a(what, "deployment")
        or is_a(what, "mission")
        or (is_a(what, "agreement") and phrase in {"ratify", "approve", "pass"})
        or is_people(what, groups)
        or bool(groups)
        or bool({"sending", "send", "deployment", "participation", "troops", "soldiers", "peacekeepers"} & set(read.words))
    )
    permitting = (parliament or court) and (about or phrase in PERMITTING)
    consenting = phrase == "give … consent" and bool(said.doer)
    below = [*([what] if what is not None else []), *said.after("to")]
    hosts = [c for c in story.givers(said.doer, hosts=True, point_back=False) if c in story.apart] if phrase in ACCEPTING else []
    accepting = bool(hosts) and not parliament and any(is_a(p, "mission") and p.core & FORCES for p in below)
    if not (signing or lifting or permitting or consenting or accepting):
        return
    if accepting:
        yield base_of(read, story, said, held, ("political",)).by(hosts[0])
        return
    if court and phrase in {"back", "decide", "vote", "pass", "agree", "reach", "meet", "sign"}:
        return
    reason = "court" if court else "parliament" if parliament else None
    reasons = (reason,) if reason else ("legal_agreement",) if signing else reasons_near(read, token.i)[:1]
    giver = (story.seat(said.doer) if parliament or court else story.givers(said.doer, hosts=True)) or story.givers(what, point_back=False)
    if lifting and what is not None:
        apart = next((codes(chain) for chain in read.chains if chain[0].role == "with" and chain[0].first > token.i), ())
        yield from (base_of(read, story, said, held, reasons).by(code) for code in apart)
        if apart:
            return
    giver = giver or ((story.giver,) if story.giver else ())
    base = base_of(read, story, said, held, reasons)
    counted = (
        [g for g in groups if not g.bare and g.first > token.i and not any(read.doc[i].tag_ == "VBZ" for i in range(token.i + 1, g.first))]
        if parliament
        else []
    )
    if parliament and not counted:
        counted = _in_what_is_decided(read, token, groups)
    code = giver[0] if giver else None
    yield base.by(counted[0].states[0] if counted and counted[0].states else code).counted(counted[0] if counted else None, story.unit)


DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "day", "grounds", "appeal", "condition"})


def _is_of_mission(read: Read, what: Phrase, said: Predicate) -> bool:
    """Whether an order or ban that is lifted is on the mission's people: not 'the order on a dam'."""
    below = [Phrase(read, g) for c in what.head.children if c.lower_ in {"on", "against"} for g in c.children if g.dep_ == "pobj"]
    below = [p for p in (*below, *said.after("on", "against")) if p.head.lower_ not in DAYS]
    if any(a.kind == "money" for p in below for a in p.amounts):
        return True
    return not below or any(is_a(p, sort) for p in below for sort in ("deployment", "mission", "people"))


def _in_what_is_decided(read: Read, token: Token, groups: list[Group]) -> list[Group]:
    """The people of a clause that stands before its verb of deciding: '44 officers will be sent, parliament decided'."""
    below = next((c for c in token.children if c.dep_ == "ccomp" and c.i < token.i), None)
    if below is None or ";" in read.words[below.i : token.i]:
        return []
    inside = {t.i for t in below.subtree}
    return [g for g in groups if not g.bare and g.first in inside][:1]


def about_mission(read: Read) -> bool:
    """Whether a sentence speaks of a mission's people or of their coming."""
    return bool(read.named) or bool({"mission", "force", "deployment", "deploy", "peacekeepers", "troops"} & set(read.words))


def base_of(read: Read, story: Story, said: Predicate, held: Stance, reasons: tuple[str, ...]) -> Candidate:
    """The clearing of an obstacle, before it is known whose."""
    token = said.verb
    first, last = evidence(read, token.i, (said.subject or said.patient or Phrase(read, token)).first, token.i + 8)
    modality = Modality.ASSERTED if held.holds else held.modality
    day = story.day(read, token, held, now=held.tense is Tense.PRESENT and not held.perfect)
    return Candidate("ObstacleCleared", "clear-verb", read, first, last, date=day, reasons=reasons, modality=modality)
