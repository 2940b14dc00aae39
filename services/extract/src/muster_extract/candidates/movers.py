"""Who moves, as candidates: one for each contributor and number that a phrase of people names."""

from collections.abc import Iterator
from dataclasses import replace

from muster_contracts.partial_dates import first_day
from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.moves import Move, composition, home_of, vessel_in
from muster_extract.candidates.shares import dated, spread
from muster_extract.kinds import heads, is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance
from muster_extract.pointing import BODIES, COLLECTIVES
from muster_extract.predicates import SAYING, Phrase, Predicate, time_of
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

FURTHER = frozenset({"another", "further", "more", "additional", "remaining", "rest", "other", "others"})
"""Words of a further tranche of what is under way: guide, rule 21."""


def told(read: Read, story: Story, move: Move, name: str, rule: str) -> Iterator[Candidate]:
    """One candidate for each contributor and number that a people phrase names."""
    said, held, who = move.said, move.held, move.who
    counted = [] if who.head.lower_ in {"rest", "remainder"} else story.counted(read, who, bare=True) or composition(read, story, who)
    if name == "ContingentWithdrawn":  # "withdrew 300 soldiers from Mozambique": where they leave is not whose they are
        counted = [replace(g, states=() if set(g.states) <= story.apart else g.states) for g in counted]
    default = story.givers(who) or story.givers(move.sender) or home_of(story, said) or story.default(who)
    named = any(first in who.tokens for first, _, _ in read.named)  # "Ecomig troops"
    if (heads(who, "mission") or named) and who.head.lower_ not in COLLECTIVES:
        own = any(read.doc[i].tag_ == "PRP$" for i in who.tokens)  # "its Eufor troops"
        default = tuple(code for code in story.givers(who, point_back=own) if code not in BODIES)
    default = tuple(code for code in default if code not in BODIES) or default  # "Uruguayan UN troops"
    if _are_unnamed(read, story, move):
        default = ()
    if not story.givers(who, point_back=False) and is_whole_mission(story, move.sender):
        default = ()
    if name == "ContingentArrived" and rule == "brought" and any(g.states for g in counted):
        default = ()
    if held.planned and said.passive and "send" in move.kinds and name == "DeploymentScheduled" and not time_of(read, said.verb):
        name, rule = "PledgeAnnounced", "will-be-sent"  # guide, rule 21: a sending without a day is a promise
    if name == "DeploymentScheduled" and _is_promise(read, story, move):
        name, rule = "PledgeAnnounced", "will-send"
    if name == "ContingentDeparted" and "send" in move.kinds and _is_under_way(read, said, held):
        name, rule = "PledgeAnnounced", "is-sending"
    first, last = evidence(read, said.verb.i, min(who.first, said.verb.i), said.verb.i + 8)
    day = story.day(read, said.verb, held, now=not _is_set_beside(said.verb))
    if name in {"ContingentDeparted", "ContingentArrived"} and _dated_ahead(read, story, said, held, day):
        name, rule = "DeploymentScheduled", "dated-ahead"  # "are leaving on Tuesday", said on Monday
    planned = held.planned or name == "DeploymentScheduled"
    if name == "StrengthReported":
        day = story.published.isoformat()
        if not counted:
            if rule != "so-far-deployed":
                return
            name, day = "ContingentArrived", None  # "have deployed troops": so they came, nobody says when
    modality = held.modality if not held.holds or not planned else Modality.PLANNED
    apart = bool(who.words & words_of("moves", "beside")) and name == "DeploymentScheduled"
    base = Candidate(name, rule, read, first, last, date=day, modality=modality, fresh=apart)
    vessel = vessel_in(who)
    if vessel and not counted:
        base = replace(base, amount=1, unit=vessel)
    yield from (base.by(code) for code in _companions(story, said, default) if name.startswith("Contingent"))
    shares = dated(spread(base, counted, default, story), read, story, Tense.FUTURE if planned else held.tense)
    yield from (share for share in shares if _tells(share, who))


def _companions(story: Story, said: Predicate, own: tuple[str, ...]) -> tuple[str, ...]:
    """Who moves with them: 'arrived alongside detachments from South Africa and Lesotho'."""
    beside = [p for p in said.after("alongside") if is_a(p, "people")]
    return tuple(code for p in beside for code in story.givers(p, point_back=False) if code not in BODIES and code not in own)


def _is_under_way(read: Read, said: Predicate, held: Stance) -> bool:
    """'Is sending 900 soldiers', with no day: a promise, of which nobody says that they have left."""
    told = said.verb.dep_ == "ccomp" and said.verb.head.lower_ in SAYING  # "said it was sending two officers"
    return held.progressive and (held.tense is Tense.PRESENT or told) and time_of(read, said.verb) is None


def _is_set_beside(verb: Token) -> bool:
    """Whether a clause only says beside what something is: 'even after the members depart', whose present is no now."""
    return verb.dep_ == "advcl" and any(
        c.dep_ in {"mark", "advmod"} and c.lower_ in {"after", "when", "before", "once"} for c in verb.children
    )


def _tells(share: Candidate, who: Phrase) -> bool:
    """Whether a share is an event: a plan has a count or a time, and somebody or some number moves, or the whole mission on a day."""
    if share.claim == "DeploymentScheduled":
        return share.amount is not None or share.date is not None
    if share.contributor is None and share.amount is None:
        return share.date is not None and (share.claim == "ContingentWithdrawn" or _is_missions(who))
    return True


def _is_promise(read: Read, story: Story, move: Move) -> bool:
    """'Egypt will send 850 troops early in the new year': a promise, unless of a further tranche or for a day that is set."""
    if not (move.held.planned and not move.said.passive and "send" in move.kinds) or move.who.words & FURTHER:
        return False
    a_day = len(story.day(read, move.said.verb, move.held) or "") == len("2024-06-25")
    return not a_day and any(code not in BODIES for code in story.givers(move.sender))


def _are_unnamed(read: Read, story: Story, move: Move) -> bool:
    """Whether people are an organisation's that is no contributor ('OSCE monitors'), or are sent by states that nobody names."""
    if story.givers(move.who, point_back=False):
        return False
    others = any(child.lower_ in words_of("moves", "organisations") for child in move.who.head.children)
    senders = move.sender is not None and bool(
        move.sender.core & words_of("sorts", "donors") - {"they", "who", "country", "some", "others"}
    )
    return others or (senders and not story.givers(move.sender, point_back=False))


def _is_missions(who: Phrase) -> bool:
    """Whether people are a mission's: 'the force', 'Unmiss troops', 'UN observers'."""
    named = any(first in who.tokens for first, _, _ in who.read.named)
    return named or is_a(who, "mission") or any(a.code in BODIES for a in who.actors)


def _dated_ahead(read: Read, story: Story, said: Predicate, held: Stance, day: str | None) -> bool:
    when = time_of(read, said.verb)
    if when is None or held.tense is not Tense.PRESENT or held.perfect:
        return False
    return bool(set(when.phrase.lower().split()) & words_of("moves", "ahead")) or (day is not None and first_day(day) > story.published)


def is_whole_mission(story: Story, phrase: Phrase | None) -> bool:
    """Whether a phrase is a mission, and no state's people: 'the UN force', 'EU NAVFOR'."""
    return is_a(phrase, "mission") and set(story.givers(phrase, point_back=False)) <= BODIES
