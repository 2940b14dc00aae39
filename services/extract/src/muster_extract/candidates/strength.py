"""Who is there, and who was hurt."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.groups import Group
from muster_extract.kinds import is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

THERE = frozenset({"ground", "present", "currently", "now", "there", "already", "stationed", "serving", "deployed"})


def strength(read: Read, story: Story) -> Iterator[Candidate]:
    """Every count of people in the mission area, and of those killed or wounded, that a sentence tells by a verb."""
    for token in read.doc:
        if token.tag_[0] == "V":
            yield from _present(read, story, token)
            yield from _hurt(read, story, token)


def _present(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "strength")
    if trigger is None:
        return
    held = stance(read, token)
    if held.planned or (held.tense == "past" and not held.perfect and trigger.phrase not in {"bring"}):
        return
    said = predicate(read, token)
    groups = story.groups(read)
    phrase = trigger.phrase
    here = _in_area(read, story, said)
    subject_groups = [g for g in groups if said.subject and g.first in said.subject.tokens]
    object_groups = [g for o in said.objects for g in story.counted(read, o)]
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 8)
    base = Candidate(
        "StrengthReported",
        "strength-verb",
        read,
        first,
        last,
        date=story.day(read, token, held, now=True) or (story.published.isoformat()),
        modality=held.modality,
    )
    if phrase in {"be", "serve", "remain", "stay", "station", "base", "work", "patrol", "operate", "deploy", "participate"} and here:
        there = subject_groups
        if not there and any(c.dep_ == "expl" for c in token.children):
            there = object_groups or [g for g in groups if 0 < g.first - token.i <= 4]
        if phrase == "deploy" and not said.passive and held.perfect:
            yield from _each(base, object_groups, story.givers(said.subject), story)
            return
        yield from _each(base, there, story.givers(said.subject, point_back=False), story)
    elif phrase == "deploy" and held.perfect and not said.passive and object_groups:
        yield from _each(base, object_groups, story.givers(said.subject), story)
    elif phrase in {"have", "number", "total", "stand", "comprise", "count", "maintain", "muster", "keep", "contribute", "consist"}:
        owned = object_groups or [g for g in groups if 0 < g.first - token.i <= 5]
        mission = is_a(said.subject, "mission") and not story.givers(said.subject, point_back=False)
        if mission and owned:
            yield base.by(owned[0].states[0] if owned[0].states else None).counted(owned[0], story.unit)
        elif owned and (here or phrase == "maintain"):
            yield from _each(base, owned, story.givers(said.subject), story)


def _each(base: Candidate, there: list[Group], default: tuple[str, ...], story: Story) -> Iterator[Candidate]:
    """Rule 30: a shared count is one event without a contributor."""
    for group in there:
        code = group.states[0] if len(group.states) == 1 else None if group.states else (default[0] if len(default) == 1 else None)
        yield base.counted(group, story.unit).by(code)


def _in_area(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a clause places its people in the mission area: on the ground, in the host country, in the mission."""
    words = {read.words[i] for i in range(len(read.words)) if abs(i - said.verb.i) <= 12}
    if (
        "ground" in words
        or "there" in read.words[said.verb.i + 1 : said.verb.i + 8]
        or "here" in read.words[said.verb.i + 1 : said.verb.i + 6]
    ):
        return True
    if any(a.role == "place" and (a.code in story.hosts or a.form == "host-city") and a.first > said.verb.i for a in read.actors):
        return True
    return any(is_a(p, "mission") for p in said.after("in", "with", "under", "to", "of", "among", "from"))


def _hurt(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    killed, wounded = read.trigger(token, "killed"), read.trigger(token, "wounded")
    if not (killed or wounded):
        return
    held = stance(read, token)
    if held.planned:
        return
    said = predicate(read, token)
    intransitive = killed is not None and killed.phrase in {"die", "perish", "succumb", "fall", "lose … life", "lose … lives"}
    victim = said.subject if intransitive else said.patient
    if victim is None:
        return
    everything = story.groups(read)
    counted = story.counted(read, victim)
    casualty = (
        bool(victim.core & words_of("sorts", "casualty"))
        or bool(counted)
        or any(a.form == "demonym" and a.first <= victim.head.i < a.last for a in victim.actors)
    )
    if not casualty or victim.core & words_of("sorts", "civilian") - {"people"}:
        return
    if (
        not (counted and any(g.states for g in counted))
        and not story.givers(victim)
        and not victim.words & {"peacekeeper", "peacekeepers", "mission", "force", "helmets", "un", "officer", "officers", "soldiers"}
    ):
        return
    first, last = evidence(read, token.i, victim.first, token.i + 6)
    day = story.day(read, token, held, now=True)
    base = Candidate(
        "CasualtyReported",
        "casualty-verb",
        read,
        first,
        last,
        date=day,
        modality=held.modality,
        extras=(("harm", "killed" if killed else "wounded"),),
    )
    default = story.givers(victim)
    if not counted and victim.head.tag_ in {"NN", "NNP"}:
        from dataclasses import replace

        for code in default or (None,):
            yield replace(base.by(code), amount=1, unit=story.unit or "personnel")
        return
    for group in counted:
        code = group.states[0] if len(group.states) == 1 else (default[0] if len(default) == 1 and not group.states else None)
        yield base.counted(group, story.unit).by(code)
    if not counted:
        for code in default or (None,):
            yield base.by(code)
