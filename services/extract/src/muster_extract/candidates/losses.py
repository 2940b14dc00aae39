"""The hurt, told by a noun or an adjective: 'sustained injuries', 'left four peacekeepers dead', 'the death of two soldiers'."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.incidents import incident_day
from muster_extract.kinds import is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, predicate
from muster_extract.reading import Read
from muster_extract.resolve.singles import find_singles
from muster_extract.story import Story

INJURIES = frozenset({"injuries", "injury", "wounds", "wound", "burns", "fractures"})
SUSTAINING = frozenset({"sustained", "suffered", "received", "sustain", "suffer", "sustaining", "suffering"})
LEAVING = frozenset({"left", "leaves", "leaving"})
DEAD = frozenset({"dead"})
HURT = frozenset({"wounded", "injured", "hurt"})
DEATHS = frozenset({"death", "deaths", "killing", "killings", "loss"})
OURS = frozenset({"peacekeeper", "peacekeepers", "helmets", "peace-keepers"})


def losses(read: Read, story: Story) -> Iterator[Candidate]:
    """Every count of hurt mission personnel that a sentence tells without a verb of harm."""
    for token in read.verbs:
        held = stance(read, token)
        if held.planned or not held.holds:
            continue
        said = predicate(read, token)
        if token.lower_ in SUSTAINING and any(o.head.lower_ in INJURIES for o in said.objects):
            yield from _hurt(read, story, said.subject, token, held, "wounded", "sustained-injuries")
        among = next((p for p in said.after("among") if p.head.lower_ in DEAD | HURT | {"killed", "casualties", "fatalities"}), None)
        if among is not None and token.lower_ in {"was", "were", "is", "are"}:
            among_them = "wounded" if among.head.lower_ in HURT else "killed"
            yield from _hurt(read, story, said.subject, token, held, among_them, "among-the-hurt")
        if token.lower_ in LEAVING:
            behind = read.words[token.i : token.i + 12]
            harm = "killed" if DEAD & set(behind) else "wounded" if HURT & set(behind) else None
            victim = _between(read, token, DEAD | HURT) if harm else None
            if harm and victim is not None:
                yield from _hurt(read, story, victim, token, held, harm, "left-dead")
    if not DEATHS & set(read.words):
        return
    for token in read.doc:
        if token.lower_ in DEATHS and token.tag_[0] == "N":
            yield from _death(read, story, token)


def _between(read: Read, verb: Token, ends: frozenset[str]) -> Phrase | None:
    """Who stands between 'left' and 'dead'."""
    for i in range(verb.i + 1, min(verb.i + 12, len(read.doc))):
        if read.words[i] in ends:
            return None
        if read.words[i] in words_of("sorts", "casualty") and read.doc[i].tag_[0] == "N" and read.doc[i].dep_ != "compound":
            return Phrase(read, read.doc[i])
    return None


def _death(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The death of two South African soldiers was confirmed': there were two."""
    victim = next((Phrase(read, g) for c in token.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"), None)
    verb = next((a for a in token.ancestors if a.tag_[0] == "V"), None)
    if victim is None or verb is None or any(read.trigger(t, "killed") for t in read.verbs):
        return  # "the first death of a peacekeeper: a soldier from Nepal was killed" tells one dead
    held = stance(read, verb)
    if not held.holds or held.planned:
        return
    yield from _hurt(read, story, victim, token, held, "killed", "death-of")


def _hurt(read: Read, story: Story, victim: Phrase | None, at: Token, held: Stance, harm: str, rule: str) -> Iterator[Candidate]:
    if victim is None or not is_a(victim, "casualty") or victim.core & words_of("sorts", "civilian") - {"people"}:
        return
    counted = story.counted(read, victim)
    states = counted[0].states if counted else story.givers(victim, point_back=False)
    ours = bool(victim.core & OURS) or is_a(victim, "mission")
    tied = bool(set(states) & story.contributors) or bool(read.named) or bool(OURS | {"mission", "contingent"} & set(read.words))
    if not (ours or (states and tied)) or set(states) & story.apart:
        return
    day = (story.day(read, at, held) if at.tag_[0] == "V" else None) or (incident_day(read, story) if at.tag_[0] == "V" else None)
    first, last = evidence(read, at.i, min(at.i, victim.first), max(at.i + 1, victim.last))
    base = Candidate("CasualtyReported", rule, read, first, last, date=day, extras=(("harm", harm),), certainty=0.6)
    states = tuple(code for code in states if code != "UN")
    if counted:
        yield base.by(states[0] if len(states) == 1 else None).counted(counted[0], story.unit)
    elif _single(read, victim):
        yield replace(base.by(states[0] if states else None), amount=1, unit=story.unit or "personnel")


def _single(read: Read, victim: Phrase) -> bool:
    """Whether one is meant: 'the death of a Kenyan officer'."""
    start = victim.read.doc[victim.first].idx
    end = victim.read.doc[victim.last - 1].idx + len(victim.read.doc[victim.last - 1])
    return bool(find_singles(read.sentence.text[start:end]))
