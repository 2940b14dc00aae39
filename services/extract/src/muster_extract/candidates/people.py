"""People on their way: sent, departed, arrived, to come, withdrawn."""

from collections.abc import Iterator

from muster_contracts.partial_dates import first_day
from muster_contracts.values import Modality
from muster_extract.candidate import Candidate, evidence
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

BESIDE = frozenset({"another", "further", "more", "additional", "next", "second", "third", "fourth", "fifth", "extra", "other"})
"""Words that tell people apart from those told of before."""

FRESH = BESIDE | {"first", "remaining", "rest", "remainder", "reinforcements", "main"}


def people(read: Read, story: Story) -> Iterator[Candidate]:
    """Every movement of people that a sentence tells."""
    for token in read.doc:
        if token.tag_[0] != "V":
            continue
        moves = [c for c in ("arrive", "depart", "send", "withdraw") if read.trigger(token, c)]
        coming = bool(read.trigger(token, "follow"))
        if not moves and not coming:
            continue
        said = predicate(read, token)
        held = stance(read, token)
        yield from _moved(read, story, said, held, moves)


def _moved(read: Read, story: Story, said: Predicate, held: Stance, moves: list[str]) -> Iterator[Candidate]:
    who, sender = _movers(read, story, said, moves)
    if who is None:
        return
    claim = _claim(read, story, said, held, moves, who)
    if claim is None:
        return
    name, rule = claim
    yield from told(read, story, said, held, name, rule, who, sender)


def _movers(read: Read, story: Story, said: Predicate, moves: list[str]) -> tuple[Phrase | None, Phrase | None]:
    """Who moves, and who sends them."""
    groups = story.groups(read)
    if "send" in moves or "withdraw" in moves:
        patient = said.patient
        if is_people(patient, groups):
            return patient, said.doer
        if said.passive and is_people(said.subject, groups):
            return said.subject, said.agent
    if is_people(said.subject, groups):
        return said.subject, None
    subject = said.subject
    if subject is not None and "withdraw" in moves and story.givers(subject):
        return subject, None
    if subject is not None and subject.head.lower_ in {"they", "we"} and moves:
        return subject, None
    return None, None


def _claim(read: Read, story: Story, said: Predicate, held: Stance, moves: list[str], who: Phrase) -> tuple[str, str] | None:
    """The type of event that a move is, by its verb, its tense and where it leads."""
    after = said.verb.i
    tail = read.words[after : after + 9]
    goal = {w for phrase in said.after("for", "to", "into", "towards") for w in phrase.core}
    source = {w for phrase in (*said.objects, *said.after("from")) for w in phrase.core}
    home = "home" in tail[:4] and "left home" not in " ".join(tail[:3])
    from_host = any(a.code in story.hosts for phrase in (*said.objects, *said.after("from")) for a in phrase.actors)
    from_mission = bool(source & words_of("sorts", "mission")) and "leave" not in moves
    for_good = home or from_host or from_mission or "gone" in tail[:2] or bool({"quit", "withdraw", "withdrew", "withdrawn", "withdrawing", "repatriated", "repatriate"} & set(tail[:1])) or " ".join(tail[:2]) in {"pulled out", "pull out", "pulling out", "pulls out"}
    if "withdraw" in moves and for_good:
        return "ContingentWithdrawn", "withdraw-verb"
    if held.planned:
        return ("DeploymentScheduled", "planned-move") if moves or _fresh(who) else None
    if "arrive" in moves and not ("join" == said.verb.lemma_):
        return "ContingentArrived", "arrive-verb"
    if "send" in moves and (said.passive or said.objects):
        return "ContingentDeparted", "send-verb"
    if "depart" in moves and (goal or said.objects or tail[1:2] in (["off"], ["out"])):
        return "ContingentDeparted", "depart-verb"
    return None


def _fresh(who: Phrase) -> bool:
    return bool(who.words & FRESH) or bool(who.amounts)


def told(read: Read, story: Story, said: Predicate, held: Stance, name: str, rule: str, who: Phrase, sender: Phrase | None) -> Iterator[Candidate]:
    """One candidate for each contributor and number that a people phrase names."""
    counted = [g for g in story.counted(read, who) if g.amount.kind in {"people", "other"}]
    start = min(who.first, said.verb.i)
    first, last = evidence(read, said.verb.i, start, said.verb.i + 8)
    day = story.day(read, said.verb, held, now=True)
    if name in {"ContingentDeparted", "ContingentArrived"} and day and first_day(day) > story.published:
        name, rule = "DeploymentScheduled", "dated-ahead"  # "are leaving on Tuesday", said on Monday
    base = Candidate(name, rule, read, first, last, date=day, modality=Modality.PLANNED if held.planned or name == "DeploymentScheduled" else held.modality, fresh=bool(who.words & BESIDE) and name == "DeploymentScheduled")
    default = story.acting(read, said, who, sender) or story.givers(who) or ((story.giver,) if story.giver else ())
    yield from spread(base, counted, default, story)


def spread(base: Candidate, counted: list[Group], default: tuple[str, ...], story: Story) -> Iterator[Candidate]:
    """The candidate for each share: rule 10 of the labelling guide."""
    if not counted:
        for code in default or (None,):
            yield base.by(code)
        return
    for group in counted:
        if len(group.states) > 1:
            yield base.counted(group, story.unit).by(None)
            for code in group.states:
                yield base.by(code)
        elif group.states:
            yield base.counted(group, story.unit).by(group.states[0])
        elif len(default) > 1:
            yield base.counted(group, story.unit).by(None)
            for code in default:
                yield base.by(code)
        else:
            yield base.counted(group, story.unit).by(default[0] if default else None)
