"""Who is there: counts of people in the mission area."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.moves import composition
from muster_extract.candidates.presence import CIVIL, presence, whose_people
from muster_extract.candidates.tallies import tallies
from muster_extract.groups import Group
from muster_extract.kinds import heads, is_a
from muster_extract.lexicon import words_of
from muster_extract.modality import Stance, stance
from muster_extract.pointing import BODIES, COLLECTIVES
from muster_extract.predicates import Phrase, Predicate, lifted, predicate, time_of
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

BEING = frozenset({"be", "serve", "remain", "stay", "station", "base", "work", "patrol", "operate", "deploy", "participate"})
"""Verbs of which the people are the subject."""

HAVING = frozenset(
    {"have", "number", "total", "stand", "comprise", "count", "maintain", "muster", "keep", "contribute", "consist", "include", "make up"}
)
"""Verbs of which the people are the object."""

RAISING = frozenset({"bringing", "brings", "brought", "raising", "raises", "raised", "taking", "takes", "took", "boosting", "boosts"})

SIZES = frozenset({"deployment", "number", "total", "strength", "contingent", "size", "force", "presence", "tally", "numbers"})

NOT_THERE = frozenset(
    {
        "authorised",
        "authorized",
        "ceiling",
        "killed",
        "dead",
        "deaths",
        "wounded",
        "injured",
        "toll",
        "pledges",
        "countries",
        "casualties",
        "detained",
        "abducted",
        "kidnapped",
        "arrested",
        "missing",
        "hostages",
    }
)

GROUND = ("in the force", "in the mission", "on the ground", "stationed", "deployed in", "already in", "now in", "currently in")

STATIONED = frozenset({"station", "base", "deploy"})
"""Participles that say where people are: 'the 200 Italians already stationed in Kosovo'."""

NOW = frozenset({"now", "currently", "already", "present", "so", "far", "today", "still"})


def strength(read: Read, story: Story) -> Iterator[Candidate]:
    """Every count of people in the mission area that a sentence tells: by a verb, by a size, by words beside the number."""
    told: list[Candidate] = []
    for token in read.verbs:
        told.extend(_present(read, story, token))
        told.extend(_brought_to(read, story, token))
        told.extend(_size_is(read, story, token))
    told.extend(_with(read, story))
    told.extend(tallies(read, story))
    yield from told
    yield from presence(read, story, told)


def _size_is(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'The current size of the force is some 2,500 troops', 'the number of its soldiers there stands at 400'."""
    if token.lower_ not in {"is", "are", "stands", "stand", "totals", "remains"}:
        return
    held, said = stance(read, token), predicate(read, token)
    size = said.subject
    if size is None or size.head.lower_ not in SIZES - {"contingent", "force", "presence"} or held.planned or not held.holds:
        return
    new = next((a for a in read.amounts if 0 < a.first - token.i <= 6 and a.kind in {"people", "other"} and a.amount > 1), None)
    if new is None or NOT_THERE & set(read.words[size.first : new.first]) or not _is_of_people(read, size):
        return
    owners = [code for code in story.givers(size) if code not in BODIES]
    first, last = evidence(read, token.i, size.first, new.last)
    base = Candidate("StrengthReported", "size-is", read, first, last, date=story.published.isoformat())
    yield base.by(owners[0] if len(owners) == 1 else None).counted(new, story.unit)


def _is_of_people(read: Read, size: Phrase) -> bool:
    """Whether a size is that of a mission or of its people, and of now: 'the authorised strength' is another."""
    if size.words & {"authorised", "authorized", "planned", "maximum", "full", "target", "initial", "mandated", "original"}:
        return False
    if size.head.lower_ == "strength" and size.words & {"our", "its", "their", "current", "present", "total"}:
        return True
    people = bool(size.words & (words_of("sorts", "casualty") | words_of("sorts", "mission")))
    return people or any(first in size.tokens for first, _, _ in read.named)


def _brought_to(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    """'Bringing the number of its officers there to more than 600', 'took the force's strength to 4,000'."""
    if token.lower_ not in RAISING:
        return
    held, said = stance(read, token), predicate(read, token)
    whole = next((o for o in said.objects if o.core & SIZES), None)
    if whole is None or held.planned or not held.holds or any(stance(read, a).planned for a in token.ancestors if a.tag_[0] == "V"):
        return
    new = next((a for a in read.amounts if a.first > whole.head.i and "to" in read.words[max(0, a.first - 4) : a.first]), None)
    if new is None or new.kind not in {"people", "other"} or NOT_THERE & set(read.words[whole.first : new.first]):
        return
    owners = [code for code in story.givers(whole) if code not in BODIES]
    first, last = evidence(read, token.i, token.i, new.last)
    base = Candidate("StrengthReported", "brought-to", read, first, last, date=story.published.isoformat())
    yield base.by(owners[0] if len(owners) == 1 else None).counted(new, story.unit)


def _with(read: Read, story: Story) -> Iterator[Candidate]:
    """'Italy, with about 1,000 soldiers on the ground, …': a count that no verb holds."""
    for group in story.groups(read):
        if group.amount.kind == "money" or group.bare:
            continue
        before = read.words[max(0, group.first - 5) : group.first]
        behind = " ".join(read.words[group.amount.last : group.last + 6])
        deployed = "deployment of" in " ".join(before) and any(
            a.role == "place" and a.code in story.hosts and 0 <= a.first - group.last <= 4 for a in read.actors
        )
        if "with" not in before or not (deployed or any(place in behind for place in GROUND)):
            continue
        at = group.first - 1 - before[::-1].index("with")
        owner = next((a for a in reversed(read.actors) if a.last <= at and a.role in {"plain", "possessive"} and at - a.last <= 3), None)
        states = group.states or ((owner.code,) if owner is not None and owner.code and owner.code not in story.apart else ())
        if len(states) != 1 or states[0] in BODIES:
            continue
        first, last = evidence(read, group.first, group.first - 1, group.last + 3)
        base = Candidate("StrengthReported", "with-on-the-ground", read, first, last, date=story.published.isoformat())
        yield base.by(states[0]).counted(group, story.unit)


def _present(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    trigger = read.trigger(token, "strength")
    if trigger is None:
        return
    held, said = stance(read, token), predicate(read, token)
    stationed = token.dep_ == "acl" and token.tag_ == "VBN" and trigger.phrase in STATIONED and time_of(read, token) is None
    before_then = any(c.lower_ in {"had", "'d"} and c.dep_ == "aux" for c in token.children)
    dated = read.sentence.text.lower().startswith("as of ") or ", as of " in read.sentence.text
    past = held.tense is Tense.PAST and (not held.perfect or before_then) and not stationed and not dated
    if held.planned or (past and not (trigger.phrase in BEING and time_of(read, token) and trigger.phrase != "be")):
        return
    first, last = evidence(read, token.i, (said.subject or Phrase(read, token)).first, token.i + 8)
    day = (story.day(read, token, held) if past or time_of(read, token) else None) or story.published.isoformat()
    base = Candidate("StrengthReported", "strength-verb", read, first, last, date=day, modality=held.modality)
    yield from _joining(read, story, said, base)
    if trigger.phrase in BEING:
        yield from _being(read, story, said, held, base, trigger.phrase)
    elif trigger.phrase in HAVING and not past:
        yield from _having(read, story, said, base, trigger.phrase)


def _being(read: Read, story: Story, said: Predicate, held: Stance, base: Candidate, phrase: str) -> Iterator[Candidate]:
    groups = [g for g in story.groups(read) if g.amount.kind != "money"]
    strong = next(
        (a for a in read.amounts if a.first > said.verb.i and a.first - said.verb.i <= 4 and read.words[a.last : a.last + 1] == ["strong"]),
        None,
    )
    if phrase == "be" and strong is not None:
        if is_a(said.subject, "mission"):
            yield base.by(None).counted(strong, "personnel")
        return
    if phrase == "deploy" and (not said.passive or any(c.lower_ == "being" for c in said.verb.children)):
        return
    strangers = said.subject is not None and said.subject.core & words_of("sorts", "civilian") - {"people", "civilians"}
    if strangers or not _in_area(read, story, said):
        return
    there = story.counted(read, said.subject, bare=True) or (composition(read, story, said.subject) if said.subject is not None else [])
    if not there and any(child.dep_ == "expl" for child in said.verb.children):
        there = [g for o in said.objects for g in story.counted(read, o, bare=True)] or [
            g for g in groups if 0 < g.first - said.verb.i <= 4
        ]
    if phrase == "be" and said.objects and not any(child.dep_ == "expl" for child in said.verb.children):
        return  # "they are the largest contingent in the force"
    beside = (
        [read.words[i] for i in range(max(0, there[0].first - 2), there[0].last + 1) if read.words[i : i + 2] != ["more", "than"]]
        if there
        else []
    )
    if {"more", "another"} & set(beside) and phrase == "be":
        base = replace(base, claim="ContingentArrived", rule="more-on-the-ground")
    owners = story.givers(said.subject, point_back=False)
    body = _body_of(said.subject)
    if not owners and body is not None and not _is_whole(read, body):
        owners = story.givers(body, point_back=False) or story.default(body)
    if not owners and there and not there[0].states and not heads(said.subject, "mission"):
        meant = whose_people(read, story, there[0], set(read.words[there[0].amount.last : there[0].last]))
        owners = (meant,) if meant else ()
    yield from _each(base, there, owners, story)


def _body_of(subject: Phrase | None) -> Phrase | None:
    """The collective that people are counted in: 'a deployment of about 800 officers that has been there since May'."""
    if subject is None or subject.head.lower_ in COLLECTIVES:
        return subject
    above = subject.head.head.head if subject.head.dep_ == "pobj" and subject.head.head.lower_ == "of" else None
    return Phrase(subject.read, above) if above is not None and above.lower_ in COLLECTIVES else None


def _is_whole(read: Read, phrase: Phrase) -> bool:
    """Whether a collective is the mission's own: 'the mission's team', 'a group of the force'."""
    words = phrase.core - {phrase.head.lower_}
    return bool(words & words_of("sorts", "mission")) or any(first in phrase.tokens for first, _, _ in read.named)


def _having(read: Read, story: Story, said: Predicate, base: Candidate, phrase: str) -> Iterator[Candidate]:
    groups = [g for g in story.groups(read) if g.amount.kind != "money"]
    owned = [g for o in said.objects for g in story.counted(read, o, bare=True)]
    owned = owned or [
        g
        for g in groups
        if 0 < g.first - said.verb.i <= 5 and not any(read.words[i] in {"to", "that", "who"} for i in range(said.verb.i, g.first))
    ]
    owned = [g for g in owned if not CIVIL & set(read.words[g.amount.last : g.last])]
    if not owned:
        return
    subject = lifted(said.subject)
    behind = set(read.words[owned[0].amount.last : owned[0].last + 6])
    if "ready" in behind and phrase == "have":
        for code in story.givers(subject):
            yield replace(base, claim="PledgeAnnounced", rule="has-ready", date=None).by(code).counted(owned[0], story.unit)
        return
    named = set(story.givers(subject, point_back=False))
    mission = (heads(subject, "mission") and named <= BODIES) or (bool(named) and named <= BODIES)
    now = bool(NOW & set(read.words[max(0, said.verb.i - 2) : said.verb.i + 3]))
    if phrase == "number" and not mission and now and story.givers(subject):
        yield from _each(base, owned[:1], story.givers(subject), story)
        return
    if phrase in {"make up", "consist", "comprise"} and any(g.states for g in owned) and (phrase != "make up" or said.passive):
        yield from _each(base, [g for g in owned if g.states], (), story)
        return
    if mission and (phrase != "include" or now):
        yield from _each(base, owned[:1], (), story)
        rest = [g for g in groups if g.first > owned[0].first and (g.part or g.states) and not g.bare]
        yield from _each(base, [g for g in rest if g not in owned[:1]], (), story)
    elif (
        phrase in {"have", "maintain", "keep", "station"}
        and (_in_area(read, story, said) or {"among", "ground"} & behind)
        and "ready" not in behind
    ):
        yield from _each(base, owned, story.givers(subject), story)


def _joining(read: Read, story: Story, said: Predicate, base: Candidate) -> Iterator[Candidate]:
    """'They join more than 700 of their countrymen': so many are there."""
    if said.verb.lower_ not in {"join", "joins", "joining", "joined"} or said.passive:
        return
    for group in (g for o in said.objects for g in story.counted(read, o, bare=True)):
        if set(read.words[group.last - 1 : group.last + 6]) & {
            "already",
            "countrymen",
            "colleagues",
            "compatriots",
            "comrades",
            "there",
            "stationed",
        }:
            yield base.by(group.states[0] if group.states else story.giver).counted(group, story.unit)


def _each(base: Candidate, there: Sequence[Group], default: tuple[str, ...], story: Story) -> Iterator[Candidate]:
    """Rule 30: a shared count is one event without a contributor."""
    for group in there:
        if group.part and not group.states and group is not there[0]:
            continue
        code = group.states[0] if len(group.states) == 1 else None if group.states else (default[0] if len(default) == 1 else None)
        yield base.counted(group, story.unit).by(code if code not in BODIES else None)


def _in_area(read: Read, story: Story, said: Predicate) -> bool:
    """Whether a clause places its people in the mission area: on the ground, in the host country, in the mission."""
    after = read.words[said.verb.i + 1 : said.verb.i + 9]
    if {"ground", "there", "here"} & set(after[:7]):
        return True
    if any(a.role == "place" and (a.code in story.hosts or a.form == "host-city") and a.first > said.verb.i for a in read.actors):
        return True
    if any(
        said.verb.i < first <= said.verb.i + 10 and set(read.words[max(0, first - 2) : first]) & {"in", "with", "under", "of"}
        for first, _, _ in read.named
    ):
        return True
    people = said.subject is not None and (said.subject.head.like_num or said.subject.head.lower_ in words_of("sorts", "people"))
    if people and said.subject is not None and any(first in said.subject.tokens for first, _, _ in read.named):
        return True  # "1,800 of the mission's soldiers remain"
    phrases = said.after("in", "with", "under", "of", "among", "inside", "within")
    if any(p.head.lower_ == "it" for p in said.after("in", "with", "under")):
        return True
    return any(is_a(p, "mission") or p.core & words_of("sorts", "scope") for p in phrases)
