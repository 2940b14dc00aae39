"""Who was hurt: mission personnel killed or wounded."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.incidents import INCIDENT, incident_day
from muster_extract.candidates.losses import losses
from muster_extract.candidates.tolls import tolls
from muster_extract.groups import Group
from muster_extract.kinds import is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BACKWARD, BODIES
from muster_extract.predicates import Phrase, Predicate, predicate
from muster_extract.reading import Amount, Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

DYING = frozenset({"die", "perish", "succumb", "fall", "lose … life", "lose … lives"})
GENERIC = frozenset(
    {"people", "men", "others", "staff", "members", "member", "forces", "personnel", "driver", "pilot", "contractor", "major"}
)
"""Words that name the mission's people only beside a state or the mission."""


PEACEKEEPERS = frozenset({"peacekeeper", "peacekeepers", "helmets", "helmet", "contingent", "un", "u.n."})

TOTAL = frozenset({"since", "total", "altogether", "overall", "toll", "far", "date", "years"})
"""Words by which a perfect counts all of them, not those of one attack."""

FIGURES = frozenset({"number", "numbers", "strength", "level", "levels", "total", "size", "morale", "support", "share"})
"""What falls and dies without anybody being hurt."""

STRANGERS = frozenset({"people", "civilians", "civilian", "rebels", "fighters", "militants", "children", "residents", "attackers"})

SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def casualties(read: Read, story: Story) -> Iterator[Candidate]:
    """Every count of people killed or wounded that a sentence tells: by a verb, by a noun, by words beside a number."""
    before: list[Candidate] = []
    for token in read.verbs:
        before.extend(_hurt(read, story, token, before))
    before.extend(losses(read, story))
    yield from before
    yield from tolls(read, story, before)


def _hurt(read: Read, story: Story, token: Token, before: list[Candidate]) -> Iterator[Candidate]:
    killed, wounded = read.trigger(token, "killed"), read.trigger(token, "wounded")
    if not (killed or wounded) or read.words[token.i : token.i + 2] in (["wound", "up"], ["wound", "down"]):
        return
    held, said = stance(read, token), predicate(read, token)
    have_died = {"to", "have"} <= {c.lower_ for c in token.children if c.dep_ == "aux"} or _is_nth(read, token)
    if held.planned and not have_died:
        return
    if have_died and held.planned and not held.holds:
        return
    victim = _victim(said, killed.phrase if killed else "")
    if victim is None or victim.core & words_of("sorts", "civilian") - {"people"} or victim.head.lower_ in FIGURES:
        return
    hit = wounded is not None and wounded.phrase == "hit"
    if hit and not (victim.head.lower_ in words_of("sorts", "casualty") or victim.head.like_num or _is_demonym(victim)):
        return  # "hitting the force's ability"
    before = before or [c for c in story.last if c.claim == "CasualtyReported"]
    losing = killed is not None and killed.phrase in {"lose", "honour", "honor"}
    counted = [g for g in story.counted(read, victim, bare=True) if not set(g.states) & story.apart]
    if any(g.bare and not g.part for g in counted) and not before and not losing and not any(g.part for g in story.groups(read)):
        return
    if counted and counted[0].part and not counted[0].states:
        default: tuple[str, ...] = story.default(victim) or ((story.giver,) if story.giver else ())
    else:
        owned = any(victim.read.doc[i].tag_ == "PRP$" for i in victim.tokens)
        default = story.givers(victim, point_back=owned) or (
            tuple({c.contributor: None for c in before if c.contributor}) if _again(victim, counted) else ()
        )
    if losing and not default and said.subject is not None and not said.passive:
        default = tuple(code for code in story.givers(said.subject) if code not in BODIES)  # "South Africa lost 14 soldiers"
    again = bool(before) and _again(victim, counted) and victim.head.lower_ not in STRANGERS
    if not (again or _is_ours(read, story, victim, counted, default, losing)):
        return
    if counted and not default and not again and _is_unowned(read, story, victim):
        return
    if _is_elsewhere(story, said):
        return
    first, last = evidence(read, token.i, victim.first, token.i + 6)
    day = None if have_died else _day(read, story, token, held)
    if day is None and not held.perfect and not have_died and victim.words & {"other", "others"} and story.anchor:
        day = story.anchor.isoformat()
    harm = "killed" if killed else "wounded"
    base = Candidate("CasualtyReported", "casualty-verb", read, first, last, date=day, modality=held.modality, extras=(("harm", harm),))
    if have_died:
        base = replace(base, modality=base.modality if held.holds else held.modality, rule="nth-to-die")
    yield from _counted(read, story, base, victim, counted, default, said, held, have_died)


def _is_demonym(victim: Phrase) -> bool:
    """'Another Kenyan'."""
    return any(a.form == "demonym" and a.first <= victim.head.i < a.last for a in victim.actors)


def _toll(read: Read, victim: Phrase, verb: Token) -> Amount | None:
    """The new total of 'bringing the number of peacekeepers killed to 17'."""
    above = victim.head
    for _ in range(3):
        if above.dep_ == "pobj" and above.lower_ not in {"number", "total", "toll", "tally"}:
            above = above.head.head
    if above.lower_ not in {"number", "total", "toll", "tally"}:
        return None
    return next((a for a in read.amounts if a.first > verb.i and read.words[a.first - 1] == "to"), None)


def _before(said: Predicate) -> Phrase | None:
    """The person before a passive that the parser left without a subject: 'in Timor, a soldier from … was killed'."""
    doc = said.verb.doc
    for i in range(said.verb.i - 1, -1, -1):
        token = doc[i]
        if (token.tag_[0] == "V" and token.dep_ not in {"aux", "auxpass"}) or token.lower_ in {",", ";"}:
            return None
        if token.lower_ in words_of("sorts", "casualty") and any(c.dep_ == "det" or c.dep_ == "nummod" for c in token.children):
            return Phrase(said.read, token)
    return None


def _is_nth(read: Read, verb: Token) -> bool:
    """'The second Kenyan to die', 'the third officer to be killed': an infinitive that tells what has happened."""
    return (
        verb.tag_ == "VB"
        and verb.dep_ in {"acl", "relcl"}
        and any(a.kind == "ordinal" and 0 < verb.i - a.first <= 6 for a in read.amounts)
        and any(c.lower_ == "to" for c in verb.children)
    )


def _is_unowned(read: Read, story: Story, victim: Phrase) -> bool:
    """Whether 'two police officers' may be anybody's: no state, no mission, no word that points back."""
    if victim.core & PEACEKEEPERS or is_a(victim, "mission") or any(a.role != "place" for a in victim.actors):
        return False
    pointing = {t.lower_ for t in victim.head.children} & {"the", "its", "their", "our", "these", "those", "his", "her"}
    named = bool(read.named) or bool({"mission", "peacekeepers", "peacekeeping", "contingent"} & set(read.words))
    return not (pointing or named)


def _is_elsewhere(story: Story, said: Predicate) -> bool:
    """Whether it happened in a country that hosts none of the article's missions: 'the worst since 1993, when 23 died in Mogadishu'."""
    places = [
        a for p in said.after("in", "at", "near", "outside") for a in p.actors if a.role == "place" and a.form in {"name", "host-city"}
    ]
    return bool(story.hosts) and bool(places) and not any(a.code in story.hosts for a in places)


def _day(read: Read, story: Story, verb: Token, held: Stance) -> str | None:
    """The day of the harm: of its verb, of one told in the same breath, else of the attack that the sentences around tell of."""
    own = story.day(read, verb, held, now=False)
    if own or (held.perfect and (TOTAL & set(read.words) or not INCIDENT.search(read.sentence.text))):
        return own
    for token in read.verbs:
        if token != verb and (read.trigger(token, "killed") or read.trigger(token, "wounded")) and governs_together(token, verb):
            shared = story.day(read, token, held)
            if shared:
                return shared
    if held.perfect:
        return incident_day(read, story) or story.published.isoformat()[:7]
    return incident_day(read, story) or (story.published.isoformat() if held.tense is Tense.PRESENT else None)


def governs_together(one: Token, other: Token) -> bool:
    """Whether two verbs stand in one coordination: 'was killed and three others injured'."""
    return one.head == other or other.head == one or (one.head == other.head and one.dep_ == "conj")


def _victim(said: Predicate, phrase: str) -> Phrase | None:
    subject = said.subject
    if said.verb.dep_ == "ccomp" and not any(c.dep_ in SUBJECTS for c in said.verb.children):
        # "that three of its soldiers serving with the mission had been killed": the parser gives them to "serving"
        side = [c for c in said.verb.head.children if c.tag_ == "VBG" and c.i < said.verb.i and c.dep_ == "ccomp"]
        own = next((c for s in side for c in s.children if c.dep_ in SUBJECTS), None)
        if own is not None:
            return Phrase(said.read, own)
    if subject is None and said.passive:
        subject = _before(said)
    if phrase in DYING:
        return subject
    if said.passive:
        return subject
    if said.objects:
        return said.patient
    # "are confirmed killed"; "one was killed and three others wounded"
    return subject if said.verb.tag_ == "VBN" or (said.verb.dep_ == "conj" and said.verb.tag_ == "VBD") else None


def _again(victim: Phrase, counted: list[Group]) -> bool:
    return bool(victim.words & {"others", "other", "more", "another"}) or victim.head.like_num or any(g.bare or g.part for g in counted)


def _is_ours(read: Read, story: Story, victim: Phrase, counted: list[Group], default: tuple[str, ...], losing: bool) -> bool:
    """Whether those hurt are the mission's."""
    named = victim.core & words_of("sorts", "casualty") - GENERIC
    stated = any(g.states for g in counted) or (bool(default) and not (victim.head.lower_ in STRANGERS and victim.words & {"other"}))
    demonym = any(a.form == "demonym" and a.first <= victim.head.i < a.last and a.code not in story.apart for a in victim.actors)
    mission = is_a(victim, "mission") or any(first in victim.tokens for first, _, _ in read.named)
    if losing:
        return bool(counted) and (stated or bool(victim.words & {"number", "officers", "soldiers", "men", "police"}))
    if victim.core & {"suspects", "gangsters", "protesters"}:
        return False
    hosts_own = any(a.code in story.apart and a.role != "place" for a in victim.actors) and not stated
    if hosts_own and not mission:
        return False
    return (
        bool(named)
        or mission
        or demonym
        or (stated and (bool(victim.core & GENERIC) or any(g.states or g.part or g.bare for g in counted)))
    )


def _counted(
    read: Read,
    story: Story,
    base: Candidate,
    victim: Phrase,
    counted: list[Group],
    default: tuple[str, ...],
    said: Predicate,
    held: Stance,
    nth: bool,
) -> Iterator[Candidate]:
    if default and set(default) <= BODIES:
        default = tuple(dict.fromkeys(a.code for a in victim.actors if a.code and a.role != "place" and a.code not in BODIES | story.apart))
    if (
        not default
        and not is_a(victim, "mission")
        and not victim.words & {"peacekeeper", "peacekeepers", "un", "u.n.", "members", "helmets"}
    ):
        owner = story.givers(said.subject) if said.subject is not None and base.rule != "nth" and not said.passive else ()
        owner = tuple(code for code in owner if code not in BODIES)
        whole = is_a(said.subject, "mission") and not said.passive  # "the mission has lost twelve": of whatever states
        meant = bool(victim.core & words_of("sorts", "casualty")) or victim.head.lower_ in BACKWARD
        known = story.giver in story.contributors or story.giver in (a.code for a in read.actors) or story.has_people(story.giver)
        default = owner or ((story.giver,) if story.giver and known and meant and not whole else ())
    ordinal = next((a for a in read.amounts if a.kind == "ordinal" and a.first in victim.tokens), None)
    if nth and ordinal is not None:
        yield replace(
            base.by(default[0] if default else None),
            amount=ordinal.amount,
            unit=story.unit or "personnel",
            extras=(*base.extras, ("running_total", True)),
        )
        return
    toll = _toll(read, victim, said.verb)
    if toll is not None:
        made = base.by(default[0] if len(default) == 1 else None)
        yield replace(
            made,
            amount=toll.amount,
            qualifier=toll.qualifier,
            unit=story.unit or "personnel",
            extras=(*base.extras, ("running_total", True)),
        )
        return
    if not counted:
        single = victim.head.lower_ in {"another", "one"} or (
            victim.head.tag_ in {"NN", "NNP"} and victim.head.lower_ not in {"personnel", "staff", "police"}
        )
        for code in default or (None,):
            yield replace(base.by(code), amount=1, unit=story.unit or "personnel") if single else base.by(code)
        return
    if victim.words & {"other"} and victim.head.lower_ not in BACKWARD | {"others"} and not any(g.states for g in counted):
        default = ()  # "and three other soldiers": a noun of their own, so nobody says whose
    total = held.perfect and base.date is None
    for group in counted:
        code = group.states[0] if len(group.states) == 1 else (default[0] if len(default) == 1 and not group.states else None)
        made = base.counted(group, story.unit).by(code if code != "UN" else None)
        yield replace(made, extras=(*base.extras, ("running_total", True))) if total else made
