"""Moves: who moves, whether the goal is the mission's, and whether it is for good."""

import re
from dataclasses import dataclass

from spacy.tokens import Token

from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a, is_people
from muster_extract.lexicon import forms_of, words_of
from muster_extract.modality import Stance
from muster_extract.pointing import BODIES, COLLECTIVES
from muster_extract.predicates import SAYING, Phrase, Predicate
from muster_extract.reading import Read
from muster_extract.story import Story

BE = frozenset({"be", "is", "are", "was", "were", "been"})

CARRY = frozenset({"brought", "bring", "brings", "carried", "ferried", "airlifted"})


AIRBORNE = frozenset({"flew", "fly", "flies", "flown", "flying"})

NEVER_OF = frozenset({"of", "without", "against", "about", "towards", "toward", "before", "from", "to"})
"""Prepositions below which an -ing form only names an act: 'the legality of deploying police', 'before flying to Haiti'."""

BESIDE = frozenset({"after", "since", "for", "while", "by", "upon", "following"})
"""Prepositions below which an -ing form tells of a move only with a number or a time: 'landed after flying from Dublin'."""

LEAVE = frozenset({"left", "leave", "leaves", "leaving", "go", "goes", "going", "gone", "departed", "depart", "withdrawn"})

WITHDRAWING = re.compile(
    r"\b(?:withdr(?:aw|awal|ew|awn|awing)|pull-?out|pull(?:s|ed|ing)? out|draw-?down|closure|wind(?:s|ing)? (?:up|down))\b", re.IGNORECASE
)

NOT_REPLACED = re.compile(r"\b(?:not|never|n't) be(?:en|ing)? (?:replaced|followed)\b|\bwithout (?:a )?replacement")

JOIN = frozenset(
    {"join", "joins", "joined", "joining", "reinforce", "reinforces", "reinforced", "reinforcing", "bolster", "bolsters", "bolstered"}
    | {"replace", "replaces", "replaced", "replacing", "relieve", "relieves", "relieved", "relieving"}
)
"""Verbs whose object is those who are there already: who does it comes."""


CARRIERS = frozenset(
    {"plane", "planes", "aircraft", "flight", "flights", "jet", "jets", "ship", "ships", "convoy", "helicopter", "helicopters"}
    | {"airliner", "airplane", "airplanes", "transport", "hercules", "ferry", "boeing", "antonov", "bus", "buses", "train", "vessel"}
)

LADEN = frozenset({"carrying", "bringing", "transporting", "ferrying", "loaded"})


@dataclass(frozen=True)
class Move:
    """A verb of motion with who moves."""

    said: Predicate
    held: Stance
    kinds: tuple[str, ...]
    who: Phrase
    sender: Phrase | None = None


def move_of(read: Read, story: Story, said: Predicate, held: Stance, kinds: tuple[str, ...]) -> Move | None:
    """Who moves, and who sends them; None where nobody that a mission has does."""
    if (
        said.verb.lower_ in {"deploying", "deploy", "deployed", "deploys"}
        and not said.objects
        and said.subject is not None
        and is_a(said.subject, "mission")
    ):
        return Move(said, held, ("arrive",), said.subject)
    if said.passive and kinds == ("send",) and said.subject is not None and heads(said.subject, "mission"):
        return Move(said, held, kinds, said.subject, said.doer)  # "the mission was sent to the region in May"
    if ("send" in kinds or "withdraw" in kinds) and (said.passive or said.verb.lower_ not in LEAVE - {"withdrawn"}):
        patient = said.patient
        if patient is not None and (_are_people(read, story, patient) or (patient.head.lower_ == "them" and "withdraw" in kinds)):
            return Move(said, held, kinds, patient, said.doer)
    if said.passive and said.verb.lower_ in JOIN:  # "will be joined by the 150-strong force on Tuesday"
        by = said.agent
        told = by is not None and (by.amounts or set(story.givers(by, point_back=False)) - BODIES) and _are_people(read, story, by)
        return Move(said, held, ("arrive",), by) if by is not None and told else None
    subject = said.subject
    if any(child.dep_ == "expl" for child in said.verb.children):
        subject = next((o for o in said.objects if _are_people(read, story, o)), subject)
    if said.verb.lower_ in {"go", "goes", "went", "gone", "going"} and set(tail_of(said, 2)) & {
        "missing",
        "ahead",
        "wrong",
        "through",
        "on",
        "unpaid",
    }:
        return None
    if said.objects and kinds and not said.passive and said.verb.lower_ in forms_of("moves", "begin"):
        return None  # "have started their pullout", "moved the base"
    if said.verb.lower_ in forms_of("moves", "begin") and any(c.dep_ == "xcomp" for c in said.verb.children):
        return None  # "started withdrawing": the withdrawing tells
    if said.verb.lower_ in LEAVE and any(_are_people(read, story, o) for o in said.objects):
        return None  # "leaves the battalion below its strength"
    if subject is None or (said.verb.dep_ == "acl" and said.verb.tag_ == "VBG" and subject.head.tag_ == "NN"):
        return None
    if kinds and said.objects and not said.passive and set(kinds) <= {"send"}:
        return None
    acts = words_of("moves", "comings") | words_of("moves", "goings") | words_of("moves", "exits")
    if subject.head.lower_ in acts and said.verb.lower_ in {"come", "comes", "came", "coming", "follow", "follows", "followed"}:
        return None  # "the deployment comes after an attack"
    definite = any(c.lower_ in {"the", "its", "their"} for c in subject.head.children)
    if subject.head.lower_ in {"strength", "number", "total", "size", "level", "headcount"} and definite:
        return None  # candidates/growth.py
    if subject.head.lower_ in CARRIERS:
        aboard = _aboard(read, story, subject, said.verb)
        return Move(said, held, kinds, aboard) if aboard is not None and kinds else None
    everybody = subject.head.lower_ in {"all", "most", "others", "both"} and ("withdraw" in kinds and story.leaving)
    if subject.head.lower_ in {"they", "we"} or everybody:
        return Move(said, held, kinds, subject) if kinds and (not is_weak(said) or has_goal(read, story, said)) else None
    if _are_people(read, story, subject):
        return Move(said, held, kinds, subject)
    return None


def _aboard(read: Read, story: Story, carrier: Phrase, verb: Token) -> Phrase | None:
    """The people in 'a plane carrying 200 police officers', 'a flight with the first contingent', 'a ship landed, bringing 50 soldiers'."""
    clauses = [*carrier.head.children, *verb.children]
    inside = [c for c in clauses if (c.dep_ in {"acl", "relcl", "advcl"} and c.lower_ in LADEN) or c.lower_ in {"with", "of"}]
    for child in inside:
        for thing in child.children:
            phrase = Phrase(read, thing)
            if thing.dep_ in {"dobj", "pobj"} and _are_people(read, story, phrase):
                return phrase
    return None


def is_mere(verb: Token) -> bool:
    """Whether a verb only names an act that nobody says was done: 'the process of deploying police', 'deploying police would …'."""
    if verb.tag_ != "VBG":
        return False
    if verb.dep_ == "conj" and verb.head.tag_ == "VBG":
        return is_mere(verb.head)
    return verb.dep_ in {"csubj", "csubjpass"} or (verb.dep_ == "pcomp" and verb.head.lower_ in NEVER_OF)


def is_chased(verb: Token) -> bool:
    """'Sent its soldiers running for cover': nobody sent them anywhere."""
    thing = next((c for c in verb.children if c.dep_ in {"dobj", "nsubj"} and c.i > verb.i), None)
    after = {c.i for c in verb.children if c.tag_ == "VBG"} | ({c.i for c in thing.children if c.tag_ == "VBG"} if thing else set())
    fleeing = any(verb.doc[i].lower_ in {"running", "fleeing", "scrambling", "diving", "scurrying"} for i in after)
    return verb.lower_ in {"sent", "send", "sends"} and fleeing


def composition(read: Read, story: Story, phrase: Phrase) -> list[Group]:
    """The number that a collective is made of: 'an advance party consisting of 100 troops', 'a contingent numbering 150'."""
    made = [c for c in phrase.head.children if c.dep_ in {"acl", "relcl"} and c.lower_ in words_of("moves", "made")]
    found: list[Group] = []
    for child in made:
        inside = {t.i for t in child.subtree}
        for group in story.groups(read):
            near = child.i < group.first <= child.i + 5 or (bool(found) and group.first - found[-1].last <= 3)
            if group.amount.kind != "money" and group.amount.first in inside and near:
                found.append(group)
    return found


def home_of(story: Story, said: Predicate) -> tuple[str, ...]:
    """The state that people leave for a mission: 'will leave Kenya this weekend', 'flew out of Kigali'."""
    if said.verb.lower_ not in forms_of("moves", "leaving"):
        return ()
    left = [a for p in (*said.objects, *said.after("from")) for a in p.actors if a.form in {"name", "capital"} and a.code]
    return tuple(dict.fromkeys(a.code for a in left if a.code and a.code not in story.apart and a.code not in BODIES))[:1]


def is_from_mission(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a leaving starts from the mission's country: whatever it is, it brings nobody there."""
    if said.verb.lower_ not in forms_of("moves", "leaving"):
        return False
    sources = [*said.objects, *said.after("from")]
    if any(a.code in story.hosts or a.form == "host-city" for p in sources for a in p.actors):
        return True
    abroad = any(a.code and a.code not in story.hosts for p in sources for a in p.actors)
    return not abroad and any(p.core & {"nation", "island", "territory"} for p in sources)


def _are_people(read: Read, story: Story, phrase: Phrase) -> bool:
    if phrase.head.lower_ in {"it", "he", "she", "i", "you", "which", "that", "this"}:
        return False
    if any(a.first <= phrase.head.i < a.last and a.code in story.hosts for a in phrase.actors):
        return False  # "Liberians will be going to the polls"
    if phrase.head.lower_ in words_of("moves", "partitive") and is_a(phrase, "people"):
        return True
    if vessel_in(phrase) or (phrase.head.lower_ == "body" and "main" in phrase.words):
        return True
    if heads(phrase, "equipment"):
        return False
    if any(a.form == "body" and a.first <= phrase.head.i < a.last for a in phrase.actors) and is_a(phrase, "people"):
        return True  # "SADC ground and naval forces": the parser takes the body for the head
    return is_people(phrase, [g for g in story.groups(read) if g.amount.kind != "money"])


def has_goal(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a clause leads to the mission's country, the mission, or home."""
    phrases = [*said.objects, *said.after("for", "to", "into", "towards", "in", "from", "at", "on", "out")]
    if set(tail_of(said, 4)) & {"home", "ashore"}:
        return True
    if said.verb.lower_ in JOIN and (said.passive or any(is_a(o, "mission") for o in said.objects)):
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
    return any((a.code in story.hosts or a.form == "host-city") and a.form != "demonym" and a.first in near for a in read.actors)


def is_for_good(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a leaving is one from the mission."""
    tail, opening = tail_of(said), " ".join(tail_of(said, 3))
    if (
        (set(tail) & words_of("moves", "rotation") and not NOT_REPLACED.search(read.sentence.text))
        or {"shortly", "briefly"} & set(tail[:4])
        or "left home" in opening
        or "leave home" in opening
    ):
        return False
    if "out" in tail[:5] and any((a.code in story.hosts or a.form == "host-city") and 0 < a.first - said.verb.i <= 8 for a in read.actors):
        return "take" in tail[0] or "tak" in tail[0] or "took" in tail[0] or tail[0] not in words_of("moves", "goal")
    if tail[0] == "gone" and any(child.lower_ in BE for child in said.verb.children):
        return True
    last = said.subject is not None and bool(said.subject.words & {"last", "final"})
    leaving = _is_of_leaving(read, story) or last
    if leaving and tail[0] in LEAVE and not said.after("for", "to", "into") and not said.objects:
        return True
    sources = [
        *(said.objects if "leav" in tail[0] or tail[0] in {"left", "quit", "quits", "quitting", "exit", "exited"} else ()),
        *said.after("from", "out"),
        *_nested_out(said),
    ]
    if any(a.code in story.hosts or a.form == "host-city" for p in sources for a in p.actors):
        return True
    if any(is_a(p, "mission") and p.head.lower_ not in COLLECTIVES for p in sources):
        return True
    if any(p.core & {"country", "nation", "island", "territory", "region", "area", "peninsula", "province"} for p in sources):
        return leaving or tail[0] not in LEAVE  # "left the country" may be home
    if "home" in tail[:5] or (tail[0] in BE and "gone" in tail[:3]) or "repatriat" in tail[0]:
        return True
    pulls = (
        tail[0] in {"withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"}
        or (tail[1:2] == ["out"] and tail[0].startswith("pull"))
        or tail[0] in {"quit", "exit", "exits"}
        or (tail[0].startswith(("evacuat", "recall", "demobili")) and bool(set(tail) & {"last", "all", "remaining", "its", "their"}))
    )
    return pulls and not sources


def _is_of_leaving(read: Read, story: Story) -> bool:
    """Whether those told of are going home: by what was claimed last, or by the words of this sentence and the one before."""
    if story.leaving:
        return True
    near = story.sentences[max(0, read.index - 3) : read.index + 1]
    return any(WITHDRAWING.search(sentence.text) for sentence in near) or bool(WITHDRAWING.search(story.title))


def _nested_out(said: Predicate) -> list[Phrase]:
    """What stands behind 'out of', however far from its verb: 'will pull all of its troops out of the mission'."""
    outs = [c for c in said.verb.children if c.lower_ == "out"]
    inner = [o for c in outs for p in c.children if p.lower_ == "of" for o in p.children if o.dep_ == "pobj"]
    inner += [o for c in said.verb.children if c.lower_ == "of" and outs for o in c.children if o.dep_ == "pobj"]
    return [Phrase(said.read, o) for o in inner]


def leads_elsewhere(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a clause leads to a country that hosts none of the article's missions."""
    if any(p.core & {"border", "frontier"} for p in said.after("to", "at", "on", "along")):
        return True
    goals = [
        a
        for p in said.after("to", "into")
        for a in p.actors
        if a.form in {"name", "capital"} and a.role == "place" and a.code not in BODIES
    ]
    here = any(is_a(p, "mission") for p in said.after("to", "into", "for", "in"))
    return bool(goals) and bool(story.hosts) and not here and not any(a.code in story.hosts for a in goals)


MOVED_ABOUT = frozenset({"relocate", "relocated", "relocating", "regroup", "regrouped", "reposition", "repositioned"})


def is_inside(read: Read, story: Story, said: Predicate) -> bool:
    """Whether people only move about in the mission's country (guide, rule 14): 'from Rumbek to Maper', 'left their 14 bases'."""
    tail = tail_of(said, 25)
    if set(tail) & MOVED_ABOUT:
        return True
    if any(p.core & words_of("moves", "posts") for p in said.objects) and said.verb.lower_ in forms_of("moves", "leaving"):
        return not any(a.code in story.hosts for p in said.objects for a in p.actors)
    sources, goals = said.after("from"), said.after("to", "into")
    if any(p.core & words_of("moves", "posts") for p in sources) and any(a.form == "host-city" for p in goals for a in p.actors):
        return True  # "travelled from the base in Goz Beida to N'Djamena"
    known = {t for p in (*sources, *goals) for a in p.actors for t in range(a.first, a.last)}
    strange = [p for p in (*sources, *goals) if p.head.tag_ == "NNP" and p.head.i not in known and not is_a(p, "mission")]
    if sources and goals and len(strange) == len(sources) + len(goals):
        return True
    capital = any(p.core & {"capital"} and any(a.code in story.hosts for a in p.actors) for p in goals)
    return capital and said.verb.lower_.startswith("withdr")


TIES = frozenset({"mission", "peacekeepers", "peacekeeping", "force", "contingent", "coalition"})


def is_tied(read: Read, story: Story, move: Move) -> bool:
    """Whether the sentence or the story ties those who move to the mission."""
    ties = {t.i for t in read.doc if t.lower_ in TIES} | {i for first, last, _ in read.named for i in range(first, last)}
    speakers = {i for t in read.verbs if t.lower_ in SAYING for c in t.children if c.dep_ == "nsubj" for i in Phrase(read, c).tokens}
    if ties - speakers:
        return True
    return bool(set(story.givers(move.who)) & (story.contributors | BODIES))


def vessel_in(phrase: Phrase) -> str | None:
    """The noun of a named ship that moves like people do (guide, rule 26): 'the Belgian frigate Louise-Marie'."""
    singular = phrase.head.tag_ in {"NN", "NNP"}
    words = [phrase.head.lower_, *(c.lower_ for c in phrase.head.children if c.dep_ in {"compound", "amod", "nmod"})]
    return next((w for w in words if w in words_of("sorts", "vessel")), None) if singular else None


def is_weak(said: Predicate) -> bool:
    return said.verb.lower_ in forms_of("moves", "weak")


def tail_of(said: Predicate, size: int = 9) -> list[str]:
    return said.read.words[said.verb.i : said.verb.i + size]
