"""People on their way: sent, departed, arrived, to come, withdrawn."""

import re
from collections.abc import Iterator

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.homecoming import goes_home, is_rotation
from muster_extract.candidates.movers import is_whole_mission, told
from muster_extract.candidates.moves import (
    AIRBORNE,
    BE,
    BESIDE,
    CARRY,
    JOIN,
    LEAVE,
    Move,
    has_goal,
    is_chased,
    is_for_good,
    is_from_mission,
    is_inside,
    is_mere,
    is_tied,
    is_weak,
    leads_elsewhere,
    move_of,
    tail_of,
    vessel_in,
)
from muster_extract.candidates.named_moves import named_moves
from muster_extract.candidates.offering import governor
from muster_extract.kinds import is_a, is_people
from muster_extract.lexicon import forms_of, words_of
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import Phrase, Predicate, predicate, time_of
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

BEGIN = frozenset({"begin", "begins", "began", "begun", "beginning", "start", "starts", "started", "starting", "going"})

SO_FAR = frozenset({"far", "now", "already", "only", "currently", "total", "just", "had"})
"""Words by which people who 'have been deployed' are all that are there."""

PROMISES = frozenset(
    {"pledge", "pledges", "offer", "offers", "promise", "promises", "commitment", "commitments", "proposal", "request", "light"}
)
"""Nouns whose infinitive is an offer or a wish: 'pledges to send a force of 2,500'."""

NOT_THEIRS = re.compile(
    r"\b(?:not|no|never) (?:a )?part of (?:it|the (?:[\w-]+ ){0,3}(?:mission|force))\b"
    r"|\bnever belonged\b|\bformed no part\b|\bnot part of\b"
)
"""People of whom the sentence says that they aren't the mission's: rule 20 of the labelling guide."""


def people(read: Read, story: Story) -> Iterator[Candidate]:
    """Every movement of people that a sentence tells."""
    if NOT_THEIRS.search(read.sentence.text):
        return
    for token in read.verbs:
        kinds = tuple(c for c in ("arrive", "depart", "send", "withdraw") if read.trigger(token, c))
        if token.lower_ in forms_of("moves", "following") and not kinds and any(c.dep_ == "dobj" for c in token.children):
            continue  # "were told to follow his advice"
        if not kinds and token.tag_ == "VB" and token.dep_ == "advcl":
            continue  # "assembled on the airfield to take part"
        coming = read.trigger(token, "follow") or token.lower_ in words_of("triggers", "follow", "adjectives")
        if token.tag_ == "VBG" and token.dep_ in {"xcomp", "ccomp"} and read.has(token.head, "delay", "authorize"):
            continue  # "has delayed sending its soldiers", "has approved sending them": candidates/lateness.py, plain_offers.py
        if token.lower_ in {"left", "leaves", "leaving"} and {"dead", "wounded", "injured"} & set(read.words[token.i : token.i + 12]):
            continue  # "the attack left four peacekeepers dead"
        if not kinds and (not coming or any(child.dep_ == "xcomp" and child.tag_ == "VB" for child in token.children)):
            continue  # of "is expected to leave", the leaving tells
        said, held = predicate(read, token), stance(read, token)
        if (
            is_inside(read, story, said)
            or is_mere(token)
            or is_chased(token)
            or (token.tag_ == "VB" and _is_purpose(read, token))
            or ("withdraw" not in kinds and _is_offer(read, token, held))
        ):
            continue
        move = move_of(read, story, said, held, kinds)
        if move is not None and move.who.head.lower_ in {"offer", "pledge", "promise", "commitment", "plan", "proposal"}:
            continue  # "withdrew its offer of 50 soldiers": candidates/withdrawals.py
        if move is not None and _is_beside(read, token) and not (move.who.amounts or time_of(read, token)):
            continue
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
    yield from named_moves(read, story)


def _claim(read: Read, story: Story, move: Move) -> tuple[str, str] | None:
    """The type of event that a move is, by its verb, its tense and where it leads."""
    said, held, kinds = move.said, move.held, move.kinds
    verb = said.verb.lower_
    if goes_home(read, story, move):
        return None if is_rotation(story) else ("ContingentWithdrawn", "home-landing")
    if "withdraw" in kinds and is_for_good(read, story, said):
        if not verb.startswith(("withdr", "pull", "end")) and is_rotation(story):
            return None
        return "ContingentWithdrawn", "withdraw-verb"
    if kinds == ("withdraw",) or ("depart" in kinds and is_from_mission(read, story, said)):
        return None
    warlike = verb in forms_of("moves", "warlike") or ("send" in kinds and bool(said.after("into")))
    if leads_elsewhere(read, story, said) or (warlike and not is_tied(read, story, move)):
        return None
    if (
        kinds
        and is_weak(said)
        and not has_goal(read, story, said)
        and not (held.planned and (time_of(read, said.verb) or move.who.amounts))
        and not ("depart" in kinds and verb in LEAVE and not story.leaving and move.who.amounts and time_of(read, said.verb))
    ):
        return None
    if verb in {"reinforce", "bolster"}:
        return None  # what others are for
    if (
        held.planned
        and "send" in kinds
        and time_of(read, said.verb) is None
        and ((move.sender is None or is_whole_mission(story, move.sender)) and set(read.words) & {"council", "resolution", "mandate"})
    ):
        return None  # "the force will deploy up to 5,500": its strength, candidates/mandate.py
    if held.planned or (not kinds and verb in words_of("triggers", "follow", "adjectives")):
        if not kinds and {"home", "back"} & set(tail_of(said, 4)):
            return None
        if not kinds and held.tense is Tense.PAST and verb in words_of("triggers", "follow", "adjectives"):
            return None  # "was expected in May": what became of it is told elsewhere
        if not kinds and not _fresh(move.who) and not time_of(read, said.verb):
            return None
        if (
            not kinds
            and verb in BE
            and not (set(tail_of(said, 6)) & words_of("moves", "goal") or set(tail_of(said, 6)) & {"first", "follow"})
        ):
            return None
        if _has_failed(read, said.verb):
            return None
        return "DeploymentScheduled", "planned-move"
    if verb in {"deployed", "deploys", "deploy"}:
        when = time_of(read, said.verb)
        if when is not None and when.phrase.lower().startswith("since"):
            return ("StrengthReported", "deployed-since") if move.who.amounts else None
        alone = (
            said.verb.head.dep_ == "ROOT" and time_of(read, said.verb) is not None
        )  # "The force deployed in May": the parser sees no verb
        being = held.progressive or any(c.lower_ == "being" for c in said.verb.children)
        if being and held.tense is Tense.PRESENT and (move.who.amounts or move.sender is not None):
            return "ContingentArrived", "being-deployed"
        first = "first" in read.words[max(0, said.verb.i - 2) : said.verb.i] and when is not None
        if said.verb.dep_ == "acl" and not (alone or first) and not any(c.dep_ == "aux" for c in said.verb.children):
            return None  # "a Kenyan officer deployed in Haiti": that is where, not what happened
        if held.perfect and said.passive and when is None and move.who.amounts and not SO_FAR & set(read.words):
            return "ContingentArrived", "have-been-deployed"
        if held.perfect and not said.passive and move.sender is not None:
            return "StrengthReported", "so-far-deployed"
        plain = said.verb.tag_ == "VBD" and not said.passive and not held.perfect and bool(set(story.givers(move.sender)) - BODIES)
        if plain and when is None and move.who.amounts:
            return "ContingentArrived", "deployed-plainly"
        if (held.tense is Tense.PRESENT and said.passive) or time_of(read, said.verb) is None:
            theirs = bool(move.who.core & (words_of("sorts", "civilian") - {"people", "civilians"}))  # rebels
            return ("StrengthReported", "are-deployed") if move.who.amounts and held.tense is Tense.PRESENT and not theirs else None
        return "ContingentArrived", "deploy-verb"
    into = any(a.code in story.hosts or a.form == "host-city" for p in said.after("into") for a in p.actors)
    if move.sender is not None and (verb in CARRY or (verb in AIRBORNE and into)):
        return "ContingentArrived", "brought"
    if "arrive" in kinds and _comes_from_mission(story, said):
        return ("ContingentWithdrawn", "came-home") if story.leaving and not is_rotation(story) else None
    if "arrive" in kinds and verb not in JOIN:
        return "ContingentArrived", "arrive-verb"
    if (
        "arrive" in kinds
        and said.verb.tag_ != "VB"
        and (any(is_a(o, "mission") or is_people(o, []) for o in said.objects) or said.passive)
        and (move.who.amounts or vessel_in(move.who))
    ):
        return "ContingentArrived", "join-verb"
    if "send" in kinds and said.verb.dep_ == "acl" and said.verb.tag_ == "VBN" and time_of(read, said.verb) is None:
        return None  # "the officers sent to Mozambique": which ones, not what happened
    if "send" in kinds and is_whole_mission(story, move.sender):
        return None  # a mission that dispatches patrols brings nobody into it
    if verb in forms_of("moves", "carry") and not said.passive and time_of(read, said.verb) is None:
        return None  # "one of its planes transported them": how they came, not that they left
    if "send" in kinds and held.perfect and any(w.phrase.lower().startswith("since") for w in read.times):
        return None  # "has sent 1,771 officers on eight missions since 2000"
    if ("send" in kinds and move.sender is not None) or (said.passive and "send" in kinds):
        return "ContingentDeparted", "send-verb"
    if "depart" in kinds:
        return "ContingentDeparted", "depart-verb"
    return None


def _comes_from_mission(story: Story, said: Predicate) -> bool:
    """'The last batch arrived from the mission in Darfur': home, whatever the verb."""
    to_host = any(a.code in story.hosts or a.form == "host-city" for p in said.after("in", "to", "at", "into") for a in p.actors)
    sources = said.after("from")
    return not to_host and any(is_a(p, "mission") or any(a.code in story.hosts for a in p.actors) for p in sources)


def _has_failed(read: Read, verb: Token) -> bool:
    """'Was set to deploy in February, but …': a plan of the past that came otherwise."""
    plan = verb.head
    late = verb.dep_ == "xcomp" and plan.lower_ in words_of("modality", "plan", "adjectives") | {"planned", "expected", "scheduled"}
    past = any(c.lower_ in {"was", "were"} for c in plan.children) or plan.head.lower_ in {"was", "were"}
    return late and past and bool({"but", "however", "instead"} & set(read.words[verb.i :]))


def _is_beside(read: Read, verb: Token) -> bool:
    """'Landed after flying from Dublin', 'thanked Kenya for sending its police', 'in the months since they arrived'."""
    if verb.tag_ == "VBG" and verb.dep_ == "pcomp":
        return verb.head.lower_ in BESIDE
    return verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in BESIDE | {"when", "before", "once"} for c in verb.children)


def _is_purpose(read: Read, verb: Token) -> bool:
    """'Arrived on Tuesday to join the mission': what a move is for is no move of its own, unless it has its own time."""
    head = verb.head
    return (
        verb.dep_ in {"advcl", "xcomp"}
        and head.tag_[0] == "V"
        and head.lower_ not in BE | BEGIN
        and any(read.trigger(head, c) for c in ("arrive", "depart", "send", "withdraw"))
        and not any(w.first > verb.i for w in read.times)
    )


def _is_offer(read: Read, verb: Token, held: Stance) -> bool:
    """'Have offered to deploy soldiers' without a day: offers are told by their own rules (guide, rule 21)."""
    if verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head.lower_ in PROMISES and not time_of(read, verb):
        return True
    if not held.planned or governor(read, verb, "pledge") is None:
        return False
    when = time_of(read, verb)
    return when is None or when.first < verb.i  # "By May, 26 states had pledged to deploy": the time is the offer's


def _fresh(who: Phrase) -> bool:
    return bool(who.words & (words_of("moves", "beside") | words_of("moves", "rest"))) or bool(who.amounts)


def _by_state(read: Read, story: Story, said: Predicate, held: Stance, kinds: tuple[str, ...]) -> Iterator[Candidate]:
    """A state that pulls out: 'Burundi has pulled out', 'Japan is leaving the mission'."""
    subject = said.subject
    named = story.givers(subject, point_back=subject is not None and subject.head.lower_ == "it")
    if "withdraw" not in kinds or subject is None or not set(named) - BODIES:
        return
    if any(is_a(p, "pledged") or is_a(p, "money") for p in (*said.objects, *said.after("of", "from", "out"))) or not is_for_good(
        read, story, said
    ):
        return
    tail = tail_of(said)
    ends = (
        tail[0] in {"withdraw", "withdrew", "withdrawn", "withdraws", "withdrawing", "quit", "quits", "exit"}
        or (tail[1:2] == ["out"] and tail[0].startswith("pull"))
        or any(is_a(o, "mission") or any(a.code in story.hosts for a in o.actors) for o in said.objects)
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
