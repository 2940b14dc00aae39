"""Which candidates may become claims: what the text holds, of contributors who can do it, and told for its own sake."""

from dataclasses import replace

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.candidate import Candidate
from muster_extract.kinds import sort_of
from muster_extract.modality import stance
from muster_extract.pointing import BACKWARD, BODIES
from muster_extract.predicates import predicate, subject_of
from muster_extract.resolve.missions import apart_from

HELD = frozenset({Modality.ASSERTED, Modality.PLANNED, Modality.CONDITIONAL})
"""What may become a claim. The labelling guide, rule 1: not what the text denies, asks or imagines."""

SENT = frozenset(
    {
        "ContingentDeparted",
        "ContingentArrived",
        "ContingentWithdrawn",
        "DeploymentScheduled",
        "DeploymentDelayed",
        "StrengthReported",
        "CasualtyReported",
        "CommanderAppointed",
    }
)
"""What people do, or what is done to them."""

MOVED = frozenset({"ContingentDeparted", "ContingentArrived", "ContingentWithdrawn"})
"""Moves of people."""

OWNERS = frozenset({"EU", "NATO", "AFU", "OAS", "CSTO"})
"""Bodies that move no people but those of their members: of 16 labels of such moves 13 name no contributor, the others SADC or ECOWAS."""

GIVEN = SENT - {"CasualtyReported", "CommanderAppointed"} | {
    "PledgeAnnounced",
    "PledgeWithdrawn",
    "LeadershipOffered",
    "EquipmentDelivered",
}
"""What contributors do and hosts don't."""

MOST_PEOPLE = 199_999
"""Above this a number counts no people of a mission (the largest since 1945, in Afghanistan, had some 140,000): it is money that lost its
sign, or the people of a country."""

KEEPING = ("peacekeep", "peace-keep", "force", "mission", "operation", "observer", "monitor", "mediation")
"""Beginnings of the words that make a body's people the mission itself: 'the CSTO peacekeeping forces'."""

SETTING = frozenset({"since", "while", "as", "once", "when", "until", "whenever"})
"""Openers of clauses that only place something else in time."""


def screened(candidate: Candidate) -> Candidate | str:
    """The candidate, put right where its contributor is the mission's own body; or why it becomes no claim."""
    if candidate.modality not in HELD:
        return candidate.modality.value
    if candidate.amount is not None and candidate.amount > MOST_PEOPLE and sort_of(candidate.unit) == "people":
        return "more people than any mission has"
    if candidate.claim in GIVEN and sort_of(candidate.unit) != "money" and candidate.contributor in apart_from(candidate.mission):
        return "the mission's host, or an army that is there on its own account"
    if candidate.claim == "PledgeAnnounced" and candidate.contributor == "UN" and sort_of(candidate.unit) in {None, "people"}:
        return "the United Nations have no people of their own to offer"
    if candidate.claim in SENT - {"CasualtyReported", "StrengthReported"} | {"PledgeAnnounced"} and _is_of_another_army(candidate):
        return "done by the host, or by an army that is there on its own account"
    if _only_sets_the_time(candidate):
        return "only places something else in time"
    if candidate.claim == "PledgeAnnounced" and candidate.amount is None and _is_composition(candidate):
        return "who is in it, and no offer"
    if candidate.claim == "StrengthReported" and candidate.amount == 1 and sort_of(candidate.unit) == "people":
        return "one of something else than people"
    if candidate.claim == "MandateExtended" and "every" in candidate.read.words[candidate.first : candidate.last + 3]:
        return "what happens again and again has no day"
    if candidate.claim == "CasualtyReported" and (candidate.contributor, candidate.amount) == (None, None):
        return "neither whose people nor how many"
    if candidate.claim == "EquipmentDelivered" and candidate.contributor == "UN" and MOVING & _words(candidate):
        return "a mission that moves its own kit"
    between = {"treaty", "accord", "accords"} & _words(candidate) and "between" in _words(candidate)
    if candidate.claim == "ObstacleCleared" and (PEACE & _words(candidate) or between) and candidate.reasons[:1] == ("legal_agreement",):
        return "a peace between others"
    if candidate.claim == "MissionEnded" and (part := _own_part(candidate)):
        candidate = replace(candidate, claim="ContingentWithdrawn", contributor=part)
    if candidate.claim in SENT and (_is_mission_itself(candidate) or _is_of_a_codeless_body(candidate)):
        candidate = replace(candidate, contributor=None)
    if candidate.claim in MOVED and _tells_nobody(candidate):
        return "neither who, nor how many, nor when"
    return candidate


def _is_composition(candidate: Candidate) -> bool:
    """Whether a text only says whose people are there: 'Fiji and Colombia contribute troops' (the labelling guide, rule 9)."""
    read = candidate.read
    return any(
        read.words[i] in {"contribute", "contributes"} and read.doc[i].tag_ in {"VBP", "VBZ"} and stance(read, read.doc[i]).holds
        for i in range(candidate.first, min(candidate.last + 8, len(read.doc)))
        if not stance(read, read.doc[i]).planned
    )


MOVING = frozenset({"sent", "sends", "send", "dispatched", "dispatches", "deployed", "deploys", "flew", "scrambled"})
"""Verbs by which a mission moves what it has."""

PEACE = frozenset({"peace", "ceasefire", "cease-fire", "truce", "armistice", "power-sharing"})
"""Words of an agreement between the parties to a conflict, not between a mission and its host."""


def _words(candidate: Candidate) -> frozenset[str]:
    return frozenset(candidate.read.words[candidate.first : candidate.last])


def _own_part(candidate: Candidate) -> str | None:
    """The state whose part in a mission a text calls that state's mission: 'the Italian mission in Afghanistan ended'."""
    read = candidate.read
    for actor in read.actors:
        noun = read.words[actor.last + 1 if actor.role == "possessive" else actor.last :][:1]
        if (
            actor.form == "demonym"
            and actor.code
            and actor.code not in BODIES | apart_from(candidate.mission)
            and candidate.first <= actor.first < candidate.last
            and noun in (["mission"], ["deployment"], ["operation"], ["participation"])
        ):
            return actor.code
    return None


def _tells_nobody(candidate: Candidate) -> bool:
    """Whether a move has nobody, no number and no day; a mission's own leaving says enough."""
    return (candidate.contributor, candidate.amount, candidate.date) == (None, None, None) and candidate.claim != "ContingentWithdrawn"


def _is_of_another_army(candidate: Candidate) -> bool:
    """Whether the clause says that a state apart from the mission does it, and does not name the contributor that was thought of."""
    read, apart = candidate.read, apart_from(candidate.mission)
    for i in range(candidate.first, candidate.last):
        verb = read.doc[i]
        if verb.tag_[:1] != "V" or not read.has(verb, "pledge", "commit", "provide", "send", "depart", "arrive", "withdraw"):
            continue  # hosts welcome, receive and await
        said = predicate(read, verb)
        if said.subject is None or said.passive:
            continue
        doing = {a.code for a in said.subject.actors if a.role != "place" and a.first <= said.subject.head.i}
        clause = {a.code for a in read.actors if a.role != "place" and a.first in said.tokens}
        if doing and doing <= apart and candidate.contributor not in clause:
            return True
    return False


def _is_mission_itself(candidate: Candidate) -> bool:
    """Whether the contributor is a body whose people are the mission, and so of no state that is told.

    Those of the United Nations always are (the development set's rulings: its personnel of unnamed nationality have null); those of other
    bodies where they are named as the force that they are ('the CSTO peacekeepers', 'the NATO-led force', not 'ECOWAS troops').
    """
    if candidate.contributor not in BODIES or candidate.claim == "DeploymentDelayed":
        return False  # a body that can't agree delays its own force
    if candidate.contributor == "UN" or (candidate.claim in MOVED and candidate.contributor in OWNERS):
        return True
    words = candidate.read.words
    for actor in candidate.read.actors:
        if actor.code == candidate.contributor and candidate.first - 12 <= actor.first < candidate.last + 4:
            if actor.role == "source" and words[actor.last : actor.last + 1] in (["countries"], ["states"], ["nations"], ["members"]):
                return True  # "soldiers from NATO countries"
            for at in range(actor.last, min(actor.last + 5, len(words))):
                if words[at].startswith(KEEPING) and words[at] != "forces":
                    return True
                if candidate.read.doc[at].tag_[:1] == "V" and words[at] not in {"led", "backed"}:
                    break
    return False


def _is_of_a_codeless_body(candidate: Candidate) -> bool:
    """Whether the sentence tells of the people of a body without a code, and the contributor was only carried into it: 'OSCE monitors'."""
    actors = candidate.read.actors
    return any(a.code is None and a.form == "body" and a.role != "place" for a in actors) and not any(
        a.code == candidate.contributor for a in actors
    )


def _only_sets_the_time(candidate: Candidate) -> bool:
    """Whether a move is told without number, day or name, in a clause that says when something else was: 'since they arrived'."""
    if candidate.claim not in {"ContingentArrived", "ContingentDeparted", "ContingentWithdrawn"} or candidate.amount is not None:
        return False
    if candidate.date is not None and candidate.date != candidate.read.published.isoformat():
        return False
    verb = next((candidate.read.doc[i] for i in range(candidate.first, candidate.last) if _opens_setting(candidate.read.doc[i])), None)
    if verb is None:
        return False
    subject = subject_of(verb)
    return candidate.contributor is None or (subject is not None and subject.lower_ in BACKWARD)


def _opens_setting(verb: Token) -> bool:
    return verb.dep_ == "advcl" and any(c.dep_ in {"mark", "advmod"} and c.lower_ in SETTING and c.i < verb.i for c in verb.children)
