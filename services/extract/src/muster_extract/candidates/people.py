"""People on their way: sent, departed, arrived, to come, withdrawn."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from muster_contracts.partial_dates import first_day
from muster_contracts.values import Modality

from muster_extract.candidate import Candidate, evidence
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.lexicon import forms_of, words_of
from muster_extract.modality import Stance, stance
from muster_extract.predicates import Phrase, Predicate, predicate, time_of
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import BODIES, Story

NOT_THEIRS = re.compile(
    r"\b(?:not|no|never) (?:a )?part of (?:it|the (?:mission|force))\b|\bnever belonged\b|\bformed no part\b|\bnot part of\b"
)
"""People of whom the sentence says that they aren't the mission's: rule 20 of the labelling guide."""


@dataclass(frozen=True)
class Move:
    """A verb of motion with who moves."""

    said: Predicate
    held: Stance
    kinds: tuple[str, ...]
    who: Phrase
    sender: Phrase | None = None


def people(read: Read, story: Story) -> Iterator[Candidate]:
    """Every movement of people that a sentence tells."""
    if NOT_THEIRS.search(read.sentence.text):
        return
    for token in read.doc:
        if token.tag_[0] != "V" or token.dep_ in {"aux", "auxpass", "amod", "compound"}:
            continue
        kinds = tuple(c for c in ("arrive", "depart", "send", "withdraw") if read.trigger(token, c))
        coming = read.trigger(token, "follow") or token.lower_ in words_of("triggers", "follow", "adjectives")
        if not kinds and not coming:
            continue
        said, held = predicate(read, token), stance(read, token)
        move = _move(read, story, said, held, kinds)
        if move is None:
            yield from _by_state(read, story, said, held, kinds)
            continue
        if (
            held.modality is Modality.CONDITIONAL
            and held.why.startswith("modal")
            and not (held.why == "modal: should" and time_of(read, token))
        ):
            continue  # "they may stay", "others could follow"
        claim = _claim(read, story, move)
        if claim is not None:
            yield from told(read, story, move, *claim)


def _move(read: Read, story: Story, said: Predicate, held: Stance, kinds: tuple[str, ...]) -> Move | None:
    """Who moves, and who sends them; None where nobody that a mission has does."""
    if (
        said.verb.lower_ in {"deploying", "deploy", "deployed", "deploys"}
        and said.passive is False
        and not said.objects
        and said.subject is not None
        and is_a(said.subject, "mission")
    ):
        return Move(said, held, ("arrive",), said.subject)
    if "send" in kinds or "withdraw" in kinds:
        patient = said.patient
        if patient is not None and _are_people(read, story, patient):
            return Move(said, held, kinds, patient, said.doer)
    subject = said.subject
    if any(child.dep_ == "expl" for child in said.verb.children):
        subject = next((o for o in said.objects if _are_people(read, story, o)), subject)
    if subject is None or (said.verb.dep_ == "acl" and said.verb.tag_ == "VBG" and subject.head.tag_ == "NN"):
        return None
    if kinds and said.objects and not said.passive and set(kinds) <= {"send"}:
        return None
    if subject.head.lower_ in {"they", "we"}:
        return Move(said, held, kinds, subject) if kinds and (not _weak(said) or _goal(read, story, said)) else None
    if _are_people(read, story, subject):
        return Move(said, held, kinds, subject)
    return None


def _are_people(read: Read, story: Story, phrase: Phrase) -> bool:
    if phrase.head.lower_ in {"it", "he", "she", "i", "you", "which", "that", "this"}:
        return False
    if _vessel(phrase):
        return True
    if heads(phrase, "equipment"):
        return False
    return is_people(phrase, [g for g in story.groups(read) if g.amount.kind != "money"])


def _elsewhere(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a clause leads to a country that hosts none of the article's missions."""
    goals = [
        a
        for p in said.after("to", "into")
        for a in p.actors
        if a.form in {"name", "capital"} and a.role == "place" and a.code not in BODIES
    ]
    here = any(is_a(p, "mission") for p in said.after("to", "into", "for", "in"))
    return bool(goals) and bool(story.hosts) and not here and not any(a.code in story.hosts for a in goals)


def _tied(read: Read, story: Story, move: Move) -> bool:
    """Whether the sentence or the story ties those who move to the mission."""
    if bool(read.named) or {"mission", "peacekeepers", "peacekeeping", "force", "contingent", "coalition"} & set(read.words):
        return True
    return bool(set(story.givers(move.who)) & story.contributors)


def _vessel(phrase: Phrase) -> str | None:
    """The noun of a named ship that moves like people do (guide, rule 26): 'the Belgian frigate Louise-Marie'."""
    singular = phrase.head.tag_ in {"NN", "NNP"}
    words = [phrase.head.lower_, *(c.lower_ for c in phrase.head.children if c.dep_ in {"compound", "amod", "nmod"})]
    return next((w for w in words if w in words_of("sorts", "vessel")), None) if singular else None


def _weak(said: Predicate) -> bool:
    return said.verb.lower_ in forms_of("moves", "weak")


def _tail(said: Predicate, size: int = 9) -> list[str]:
    return said.read.words[said.verb.i : said.verb.i + size]


BE = frozenset({"be", "is", "are", "was", "were", "been"})
CARRY = frozenset({"brought", "bring", "brings", "carried", "ferried", "airlifted"})
LEAVE = frozenset({"left", "leave", "leaves", "leaving", "go", "goes", "going", "gone", "departed", "depart", "withdrawn"})
JOIN = frozenset({"join", "joins", "joined", "joining"})


def _goal(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a clause leads to the mission's country, the mission, or home."""
    phrases = [*said.objects, *said.after("for", "to", "into", "towards", "in", "from", "at", "on", "out")]
    if set(_tail(said, 4)) & {"home", "ashore"}:
        return True
    if said.verb.lower_ in JOIN and any(is_a(o, "mission") for o in said.objects):
        return True
    if said.verb.lower_ in JOIN and any(is_people(o, []) for o in said.objects):
        return True
    if said.verb.lower_ in {"leave", "leaves", "leaving", "left"} and any(
        a.code not in story.hosts for o in said.objects for a in o.actors
    ):
        return True  # out of the contributor's own country
    if any(w in phrase.core for phrase in phrases for w in words_of("moves", "goal")):
        return True
    if any(a.code in story.hosts or a.form == "host-city" for phrase in phrases for a in phrase.actors):
        return True
    near = range(said.verb.i, said.verb.i + 9)
    return any((a.code in story.hosts or a.form == "host-city") and a.first in near for a in read.actors)


def _for_good(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a leaving is one from the mission."""
    tail, opening = _tail(said), " ".join(_tail(said, 3))
    if set(tail) & words_of("moves", "rotation") or "left home" in opening or "leave home" in opening:
        return False
    if "out" in tail[:5] and any((a.code in story.hosts or a.form == "host-city") and 0 < a.first - said.verb.i <= 8 for a in read.actors):
        return "take" in tail[0] or "tak" in tail[0] or "took" in tail[0] or tail[0] not in words_of("moves", "goal")
    if tail[0] == "gone" and any(child.lower_ in BE for child in said.verb.children):
        return True
    if story.leaving and tail[0] in LEAVE and not said.after("for", "to", "into") and not said.objects:
        return True
    sources = [
        *(said.objects if "leav" in tail[0] or tail[0] in {"left", "quit", "quits", "quitting", "exit", "exited"} else ()),
        *said.after("from", "out"),
    ]
    if any(a.code in story.hosts or a.form == "host-city" for p in sources for a in p.actors):
        return True
    if any(is_a(p, "mission") or p.core & {"country", "island", "territory"} for p in sources):
        return True
    if "home" in tail[:5] or (tail[0] in BE and "gone" in tail[:3]) or "repatriat" in tail[0]:
        return True
    pulls = (
        tail[0] in {"withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"}
        or (tail[1:2] == ["out"] and tail[0].startswith("pull"))
        or tail[0] in {"quit", "exit", "exits"}
    )
    return pulls and not sources


def _claim(read: Read, story: Story, move: Move) -> tuple[str, str] | None:
    """The type of event that a move is, by its verb, its tense and where it leads."""
    said, held, kinds = move.said, move.held, move.kinds
    verb = said.verb.lower_
    if "withdraw" in kinds and _for_good(read, story, said):
        return "ContingentWithdrawn", "withdraw-verb"
    if _elsewhere(read, story, said) or (verb in forms_of("moves", "warlike") and not _tied(read, story, move)):
        return None
    if kinds and _weak(said) and not _goal(read, story, said) and not (held.planned and time_of(read, said.verb)):
        return None
    if held.planned or (not kinds and verb in words_of("triggers", "follow", "adjectives")):
        if not kinds and held.tense is Tense.PAST and verb in words_of("triggers", "follow", "adjectives"):
            return None  # "was expected in May": what became of it is told elsewhere
        if not kinds and not _fresh(move.who) and not time_of(read, said.verb):
            return None
        if not kinds and verb in BE and not (set(_tail(said, 6)) & words_of("moves", "goal") or set(_tail(said, 6)) & {"first", "follow"}):
            return None
        return "DeploymentScheduled", "planned-move"
    if verb in {"deployed", "deploys", "deploy"}:
        if said.verb.dep_ == "acl":
            return None  # "a Kenyan officer deployed in Haiti": that is where, not what happened
        if held.perfect and not said.passive and move.sender is not None:
            return "StrengthReported", "so-far-deployed"
        if (held.tense is Tense.PRESENT and said.passive) or time_of(read, said.verb) is None:
            return ("StrengthReported", "are-deployed") if move.who.amounts and held.tense is Tense.PRESENT else None
        return "ContingentArrived", "deploy-verb"
    if verb in CARRY and move.sender is not None:
        return "ContingentArrived", "brought"
    if "arrive" in kinds and verb not in JOIN:
        return "ContingentArrived", "arrive-verb"
    if "arrive" in kinds and any(is_a(o, "mission") for o in said.objects) and (move.who.amounts or _vessel(move.who)):
        return "ContingentArrived", "join-verb"
    if ("send" in kinds and move.sender is not None) or (said.passive and "send" in kinds):
        return "ContingentDeparted", "send-verb"
    if "depart" in kinds:
        return "ContingentDeparted", "depart-verb"
    return None


def _fresh(who: Phrase) -> bool:
    return bool(who.words & (words_of("moves", "beside") | words_of("moves", "rest"))) or bool(who.amounts)


def told(read: Read, story: Story, move: Move, name: str, rule: str) -> Iterator[Candidate]:
    """One candidate for each contributor and number that a people phrase names."""
    said, held, who = move.said, move.held, move.who
    counted = story.counted(read, who, bare=True)
    default = story.givers(who) or story.givers(move.sender) or story.default(who)
    if heads(who, "mission") and not story.givers(who, point_back=False):
        default = ()
    if not story.givers(who) and is_a(move.sender, "mission") and not story.givers(move.sender, point_back=False):
        default = ()
    if name == "ContingentArrived" and rule == "brought" and any(g.states for g in counted):
        default = ()
    if held.planned and said.passive and "send" in move.kinds and name == "DeploymentScheduled" and not time_of(read, said.verb):
        name, rule = "PledgeAnnounced", "will-be-sent"  # guide, rule 21: a sending without a day is a promise
    first, last = evidence(read, said.verb.i, min(who.first, said.verb.i), said.verb.i + 8)
    day = story.day(read, said.verb, held, now=True)
    if name in {"ContingentDeparted", "ContingentArrived"} and _dated_ahead(read, story, said, held, day):
        name, rule = "DeploymentScheduled", "dated-ahead"  # "are leaving on Tuesday", said on Monday
    planned = held.planned or name == "DeploymentScheduled"
    if name == "StrengthReported":
        day = story.published.isoformat()
    modality = held.modality if not held.holds or not planned else Modality.PLANNED
    apart = bool(who.words & words_of("moves", "beside")) and name == "DeploymentScheduled"
    base = Candidate(name, rule, read, first, last, date=day, modality=modality, fresh=apart)
    vessel = _vessel(who)
    if vessel and not counted:
        base = replace(base, amount=1, unit=vessel)
    yield from dated(spread(base, counted, default, story), read, story, Tense.FUTURE if planned else held.tense)


def _dated_ahead(read: Read, story: Story, said: Predicate, held: Stance, day: str | None) -> bool:
    when = time_of(read, said.verb)
    if when is None or held.tense is not Tense.PRESENT or held.perfect:
        return False
    return bool(set(when.phrase.lower().split()) & words_of("moves", "ahead")) or (day is not None and first_day(day) > story.published)


def _by_state(read: Read, story: Story, said: Predicate, held: Stance, kinds: tuple[str, ...]) -> Iterator[Candidate]:
    """A state that pulls out: 'Burundi has pulled out', 'Japan is leaving the mission'."""
    subject = said.subject
    if "withdraw" not in kinds or subject is None or not story.givers(subject, point_back=False):
        return
    if any(is_a(p, "pledged") or is_a(p, "money") for p in (*said.objects, *said.after("of", "from", "out"))) or not _for_good(
        read, story, said
    ):
        return
    tail = _tail(said)
    ends = (
        tail[0] in {"withdraw", "withdrew", "withdrawn", "withdraws", "withdrawing", "quit", "quits", "exit"}
        or (tail[1:2] == ["out"] and tail[0].startswith("pull"))
        or any(is_a(o, "mission") for o in said.objects)
    )
    if not ends:
        return
    first, last = evidence(read, said.verb.i, subject.first, said.verb.i + 8)
    base = Candidate(
        "ContingentWithdrawn",
        "state-leaves",
        read,
        first,
        last,
        date=story.day(read, said.verb, held, now=True),
        modality=Modality.PLANNED if held.planned and held.holds else held.modality,
    )
    for code in story.givers(subject):
        if code not in BODIES:
            yield base.by(code)


def spread(base: Candidate, counted: Sequence[Group], default: tuple[str, ...], story: Story) -> Iterator[Candidate]:
    """The candidate for each share: rule 10 of the labelling guide."""
    if not counted:
        for code in default or (None,):
            yield base.by(code)
        return
    named = default
    for group in counted:
        made = replace(base.counted(group, story.unit), at=group.first)
        if len(group.states) > 1:
            yield made.by(None)
            for code in group.states:
                yield base.by(code)
        elif group.states:
            yield made.by(group.states[0])
            named = group.states
        elif len(default) > 1:
            yield made.by(None)
            for code in default:
                yield base.by(code)
        else:
            yield made.by(named[0] if named else None)


def dated(candidates: Iterator[Candidate], read: Read, story: Story, tense: Tense) -> Iterator[Candidate]:
    """Each of several shares with the time that stands behind its own number: '300 in October and another 300 in November'."""
    found = list(candidates)
    starts = sorted({c.at for c in found if c.at is not None})
    if len(starts) < 2 or len(read.times) < 2:
        yield from found
        return
    for candidate in found:
        if candidate.at is None:
            yield candidate
            continue
        after = next((s for s in starts if s > candidate.at), len(read.doc))
        own = next((w for w in read.times if candidate.at < w.first < after), None)
        yield replace(candidate, date=story.resolved(own, tense)) if own else candidate
