"""What a token pattern sees better than a parse: set phrases of the trade, lists, and headlines without verbs."""

import re
from collections.abc import Iterator
from dataclasses import replace

from muster_contracts.values import Modality

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.presence import parts_of_a_whole
from muster_extract.candidates.shares import spread
from muster_extract.groups import STRONG, Group, is_strength
from muster_extract.modality import stance
from muster_extract.pointing import BODIES
from muster_extract.predicates import governing_verb
from muster_extract.reading import Actor, Amount, Read, codes
from muster_extract.resolve.catalogue import by_slug
from muster_extract.resolve.dates import Tense
from muster_extract.story import Story

BY = frozenset({"by", "before", "until", "within"})


def patterns(read: Read, story: Story) -> Iterator[Candidate]:
    """Every event that a sentence tells by a set phrase."""
    yield from _strong(read, story)
    yield from _yardsticks(read, story)
    yield from _supposed(read, story)
    yield from _share_lines(read, story)
    yield from _composed(read, story)
    yield from _by_then(read, story)
    yield from _expected(read, story)


def _strong(read: Read, story: Story) -> Iterator[Candidate]:
    """'The 2,500-strong mission', 'authorised at 2,500': its authorised strength."""
    for amount in read.amounts:
        if amount.kind == "people" and is_strength(read, amount) and STRONG & set(read.words[amount.first : amount.last + 5]):
            noun = next(i for i in range(amount.last, len(read.words)) if read.words[i] in {"mission", "force", "operation"})
            first, last = evidence(read, amount.first, amount.first - 4, noun + 1)
            owner = _owner(read, story, amount) if read.words[noun] == "force" else None
            if owner is not None:  # "Italy would like to halve its 2,200-man force": a state's part of it
                today = story.published.isoformat()
                yield Candidate("StrengthReported", "own-force", read, first, last, owner, date=today).counted(amount)
                continue
            if {"current", "currently", "estimated", "existing"} & set(read.words[max(0, amount.first - 3) : amount.first]):
                continue  # "its current 1,990-strong force": who is there
            own = read.doc[amount.first - 1] if amount.first else None
            state = story.meant(read, own) if own is not None and own.lower_ in {"its", "our"} and read.words[noun] == "force" else None
            if state is not None and state not in BODIES:
                there = replace(Candidate("StrengthReported", "own-n-strong", read, first, last, state), date=story.published.isoformat())
                verb = governing_verb(own) if own is not None else read.doc[amount.first]
                if verb.tag_[0] != "V" or not read.has(verb, "send", "arrive", "pledge"):
                    yield there.counted(amount, story.unit)
                continue  # "wants to halve its 2,200-man force": a state's own people
            other = next((a for a in read.actors if a.form == "body" and amount.last <= a.first < noun), None)
            mission = by_slug().get(read.mission or "")
            if other is not None and mission is not None and mission.by not in {None, other.code}:
                continue  # another body's force
            yield Candidate("MissionAuthorized", "n-strong", read, first, last).counted(amount)
        elif (
            amount.kind in {"people", "other"}
            and amount.amount > 20
            and read.words[max(0, amount.first - 2) : amount.first] in (["authorised", "at"], ["authorized", "at"])
        ):
            first, last = evidence(read, amount.first, amount.first - 4, amount.last)
            yield Candidate("MissionAuthorized", "authorized-at", read, first, last).counted(amount, "personnel")


def _owner(read: Read, story: Story, amount: Amount) -> str | None:
    """The state that owns a counted force, by 'its' or by its name before the number."""
    at = amount.first - 1
    while at > 0 and read.words[at] in {"current", "existing", "own", "now", "nearly", "about", "some"}:
        at -= 1
    if at < 0:
        return None
    named = next((a.code for a in read.actors if a.role == "possessive" and at - 1 <= a.last <= at + 1), None)
    code = named or (story.meant(read, read.doc[at]) if read.words[at] == "its" and at == amount.first - 1 else None)
    return code if code and code not in BODIES | story.apart else None


AUTHORISED = frozenset({"authorised", "authorized", "mandated", "approved"})
LEVELS = frozenset({"level", "strength", "size", "maximum"})
YARDSTICKS = frozenset({"agreed", "planned", "authorised", "authorized", "envisaged", "mandated", "envisioned"})


def _yardsticks(read: Read, story: Story) -> Iterator[Candidate]:
    """'Far short of the 2,500 planned', 'the authorised 2,500': the authorised strength (guide, rule 33)."""
    for amount in read.amounts:
        if amount.kind not in {"people", "other"} or amount.amount < 50 or is_strength(read, amount):
            continue
        before = set(read.words[max(0, amount.first - 2) : amount.first])
        behind = read.words[amount.last : amount.last + 4]
        behind = behind[: next((i for i, w in enumerate(behind) if w in {",", ".", ";", "by", "in", "to"}), len(behind))]
        if not {"the", "its", "their"} & set(read.words[max(0, amount.first - 3) : amount.first]) or not (
            YARDSTICKS & before or YARDSTICKS & set(behind)
        ):
            continue
        first, last = evidence(read, amount.first, amount.first - 4, amount.last + 3)
        yield Candidate("MissionAuthorized", "yardstick", read, first, last).counted(amount, "personnel")
    for amount in read.amounts:
        left = read.words[max(0, amount.first - 5) : amount.first]
        if (
            amount.kind in {"people", "other"}
            and amount.amount >= 50
            and left[-1:] == ["of"]
            and LEVELS & set(left)
            and AUTHORISED & set(left)
        ):
            first, last = evidence(read, amount.first, amount.first - 5, amount.last)
            by = next((a.code for a in read.actors if a.form == "body" and 0 <= amount.first - a.last <= 5), None)
            yield Candidate("MissionAuthorized", "authorised-level", read, first, last, by).counted(amount, "personnel")
        aim = left[-3:-1] in (["its", "target"], ["the", "target"], ["full", "strength"], ["planned", "strength"]) and left[-1:] == ["of"]
        if aim and amount.kind == "people" and amount.amount >= 100 and not any(0 <= w.first - amount.last <= 3 for w in read.times):
            first, last = evidence(read, amount.first, amount.first - 4, amount.last + 1)
            yield Candidate("MissionAuthorized", "target-of", read, first, last, certainty=0.6).counted(amount, "personnel")
        close = read.words[max(0, amount.first - 3) : amount.first] + read.words[amount.last : amount.last + 3]
        if amount.kind in {"people", "other"} and amount.amount >= 50 and {"ceiling", "cap"} & set(close):
            first, last = evidence(read, amount.first, amount.first - 3, amount.last + 8)
            council = "council" in read.words
            yield Candidate("MissionAuthorized", "ceiling", read, first, last, "UN" if council else None).counted(amount, "personnel")


SUPPOSED = re.compile(
    r"\b(?:(?:was|were|had been|is|are) (?:supposed|meant|intended|designed) to"
    r" (?:have|number|comprise|total|be|reach|consist of)"
    r"|(?:had )?aimed to (?:reach|have|field|deploy))(?: (?:a|an|up|to|some|about|force|of|total|strength|as|many))* $"
)


MEANT = frozenset(
    {"agreed", "authorised", "authorized", "proposed", "planned", "mandated", "expected", "intended", "required", "envisaged"}
)


def _supposed(read: Read, story: Story) -> Iterator[Candidate]:
    """'Was supposed to have 26,000 soldiers and police': what was authorised."""
    for amount in read.amounts:
        whole = any(amount.first == m.first and MEANT & set(read.words[p.last : m.first]) for p, m in parts_of_a_whole(read))
        if whole or (amount.kind == "people" and amount.amount >= 50 and SUPPOSED.search(read.sentence.text[: read.doc[amount.first].idx])):
            first, last = evidence(read, amount.first, amount.first - 5, amount.last + 2)
            yield Candidate("MissionAuthorized", "yardstick", read, first, last, certainty=0.6).counted(amount, "personnel")


def _share_lines(read: Read, story: Story) -> Iterator[Candidate]:
    """'CANADA: up to 600 soldiers' in a list, 'Kenya's share is 1,000 police officers', 'Nepal and Rwanda are each down for 750'."""
    groups = [g for g in story.groups(read) if g.amount.kind != "money"]
    for chain in read.chains:
        after = read.words[chain[-1].last : chain[-1].last + 1]
        if chain[0].first <= 1 and after == [":"] and chain[0].form != "capital" and not _tells_of_harm(read):
            yield from _line(read, story, chain, groups)
    for group in groups:
        words = read.words[max(0, group.first - 5) : group.first]
        if {"share", "quota"} & set(words):
            owner = [a for a in read.actors if a.role == "possessive" and a.last <= group.first and group.first - a.last <= 5]
            if owner:
                first, last = evidence(read, group.first, owner[-1].first, group.last)
                for one in [g for g in groups if g.first >= group.first and g.first - group.first <= 8]:
                    yield Candidate("PledgeAnnounced", "share-of", read, first, last, owner[-1].code).counted(one, story.unit)
        if words[-2:] == ["down", "for"]:
            chain = next((c for c in reversed(read.chains) if c[-1].last <= group.first and group.first - c[-1].last <= 6), ())
            first, last = evidence(read, group.first, chain[0].first if chain else group.first, group.last)
            for code in codes(chain):
                yield Candidate("PledgeAnnounced", "down-for", read, first, last, code).counted(group, story.unit)
            for other in (g for g in groups if g.first > group.first and g.states):
                first, last = evidence(read, other.first, other.first - 3, other.last)
                yield Candidate("PledgeAnnounced", "down-for", read, first, last, other.states[0]).counted(other, story.unit)


def _tells_of_harm(read: Read) -> bool:
    return any(token.tag_[0] == "V" and read.has(token, "killed", "wounded") for token in read.doc)


def _line(read: Read, story: Story, chain: tuple[Actor, ...], groups: list[Group]) -> Iterator[Candidate]:
    start = chain[-1].last
    first, last = evidence(read, chain[0].first, chain[0].first, start + 8)
    if set(read.words[start : start + 4]) & {"nothing", "no", "none"}:
        return
    base = Candidate("PledgeAnnounced", "share-line", read, first, last)
    stop = next((i for i in range(start, len(read.words)) if read.words[i] in {";", "."}), len(read.words))
    here: list[Group | Amount] = list(next(([g] for g in groups if start < g.first < stop), []))
    here += [a for a in read.amounts if a.kind == "equipment" and start < a.first < stop]
    money: list[Group | Amount] = list(next(([g] for g in story.groups(read) if g.amount.kind == "money" and start < g.first < stop), []))
    if (
        not here
        and not money
        and not set(read.words[start : start + 6]) & {"soldiers", "police", "troops", "personnel", "number", "open", "units"}
    ):
        return
    for actor in chain:
        if len(chain) > 1 or not (here or money):
            yield base.by(actor.code)
            continue
        for amount in here or money:
            yield base.by(actor.code).counted(amount)


def _composed(read: Read, story: Story) -> Iterator[Candidate]:
    """A list of states with their numbers that no verb governs: who is there, or who has promised what."""
    groups = [g for g in story.groups(read) if g.amount.kind != "money" and len(g.states) == 1 and not set(g.states) & story.apart]
    if len(groups) < 2 or len({g.states for g in groups}) < 2:
        return
    used = any(
        read.has(token, "arrive", "depart", "send", "killed", "wounded", "withdraw", "pledge", "provide")
        for token in read.doc
        if token.tag_[0] == "V"
    )
    if used:
        return
    verbs = [token for token in read.doc if token.tag_ in {"VBD", "VBZ", "VBP", "MD"}]
    sourced = any("from" in read.words[g.amount.last : g.last] for g in groups)
    settled = any(
        token.lower_ in {"settled", "shared", "split", "agreed", "finalised", "finalized", "divided", "gives", "give"} for token in verbs
    )
    stays = any(token.lower_ in {"is", "are", "remain", "stay"} for token in verbs) and {"here", "there", "still"} & set(read.words)
    if verbs and not (settled or stays):
        return
    name = "PledgeAnnounced" if settled or (sourced and not verbs) else "StrengthReported"
    first, last = evidence(read, groups[0].first, groups[0].first, groups[0].first + 10)
    day = story.published.isoformat() if name == "StrengthReported" else None
    if settled and read.times:
        day = story.resolved(read.times[0], Tense.PAST)
    base = Candidate(name, "composed-of", read, first, last, date=day, certainty=0.6)
    yield from spread(base, groups, (), story)


def _by_then(read: Read, story: Story) -> Iterator[Candidate]:
    """'The full 2,500 by January', '3,320 people in Darfur by the end of November': a strength still to come."""
    for when in read.times:
        opener = read.words[when.first] if when.first < len(read.words) else ""
        before = read.words[when.first - 1] if when.first else ""
        if opener not in BY and before not in BY:
            continue
        near = [a for a in read.amounts if a.kind in {"people", "other"} and 0 < when.first - a.last <= 9 and a.amount >= 100]
        if not near:
            continue
        amount = near[-1]
        left = set(read.words[max(0, amount.first - 5) : amount.first])
        full = (
            bool(left & {"full", "strength", "goal", "target", "plan", "total", "all"})
            or "goal" in read.words
            or "plan" in read.words[: amount.first]
        )
        states = [a for a in read.actors if a.role != "place" and amount.first - 3 <= a.first <= when.first]
        owned = any(w in {"its", "his", "their", "of"} for w in read.words[amount.last : amount.last + 2])
        verb = governing_verb(read.doc[amount.last - 1])
        held = stance(read, verb) if verb.tag_[0] == "V" else None
        done = held is not None and (not held.holds or (held.tense is Tense.PAST and not held.planned))
        if not full or states or owned or done:
            continue
        first, last = evidence(read, amount.first, amount.first - 3, when.last)
        yield Candidate(
            "DeploymentScheduled",
            "full-by",
            read,
            first,
            last,
            date=story.resolved(when, Tense.FUTURE),
            modality=Modality.PLANNED,
            extras=(("step", "full-strength"),),
        ).counted(amount, "personnel")


EXPECTING = frozenset({"expected", "due", "scheduled", "slated", "awaited", "anticipated"})
PEOPLE = frozenset(
    {
        "reinforcements",
        "contingents",
        "contingent",
        "troops",
        "officers",
        "police",
        "soldiers",
        "personnel",
        "peacekeepers",
        "units",
        "battalion",
        "remainder",
        "rest",
        "group",
    }
)


def _expected(read: Read, story: Story) -> Iterator[Candidate]:
    """'Reinforcements from Jamaica and the Bahamas are expected by September', 'police officers are due in October'."""
    for token in read.doc:
        if token.lower_ not in EXPECTING or any(child.dep_ == "xcomp" for child in token.children):
            continue
        if {"home", "back"} & set(read.words[token.i : token.i + 4]):
            continue
        verb = token if any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children) else token.head
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None or not (subject.lower_ in PEOPLE or subject.lower_ in {"they", "others"}):
            continue
        when = next((w for w in read.times if 0 <= w.first - token.i <= 6), None)
        if when is None:
            continue
        held = stance(read, verb)
        if not held.holds or held.tense is Tense.PAST:
            continue
        phrase = _phrase(read, subject.i, story)
        first, last = evidence(read, token.i, subject.i - 3, when.last)
        base = Candidate(
            "DeploymentScheduled", "expected", read, first, last, date=story.resolved(when, Tense.FUTURE), modality=Modality.PLANNED
        )
        yield from spread(base, phrase[0], phrase[1], story)


def _phrase(read: Read, head: int, story: Story) -> tuple[list[Group], tuple[str, ...]]:
    from muster_extract.predicates import Phrase

    phrase = Phrase(read, read.doc[head])
    counted = [] if phrase.head.lower_ in {"rest", "remainder"} else story.counted(read, phrase)
    return counted, story.givers(phrase) or (story.default(phrase) if not phrase.words & {"first"} else ())


DID = frozenset({"did", "does", "do", "has", "have", "will", "was", "were", "is", "are"})


def so_did(read: Read, story: Story, found: list[Candidate]) -> Iterator[Candidate]:
    """'Chad is ready to send troops; so is Benin': what the clause before told, of another one."""
    for i in range(len(read.words) - 2):
        if read.words[i] != "so" or read.words[i + 1] not in DID:
            continue
        actor = next((a for a in read.actors if i + 2 <= a.first <= i + 3), None)
        before = [c for c in found if c.first < i] or (list(story.last) if i <= 1 else [])
        said = next((c for c in reversed(before) if c.contributor), None)
        if actor is None or said is None or said.claim in {"SituationReported", "DeploymentPrepared"}:
            continue
        first, last = evidence(read, i, i, actor.last)
        one = said.amount is not None and read.words[actor.first - 1] in {"a", "an", "one"}
        yield replace(
            said,
            read=read,
            first=first,
            last=last,
            contributor=actor.code,
            rule="so-did",
            amount=1 if one else None,
            unit=said.unit if one else None,
            qualifier="exact",
        )
