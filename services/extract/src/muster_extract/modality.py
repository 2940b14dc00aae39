"""How the text holds a clause: asserted, planned, conditional, denied or asked. One layer for all candidates."""

from dataclasses import dataclass

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.lexicon import forms_of, inflections, words_of
from muster_extract.predicates import subject_of
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense

DEEPEST = 8
"""Clauses that are climbed from a verb. Real sentences of the development sets nest five deep."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How a clause is held, when it plays, and what decided it."""

    modality: Modality
    tense: Tense
    why: str = ""
    progressive: bool = False
    perfect: bool = False

    @property
    def holds(self) -> bool:
        """Whether anything may be claimed from it."""
        return self.modality in {Modality.ASSERTED, Modality.PLANNED, Modality.CONDITIONAL}

    @property
    def planned(self) -> bool:
        """Whether it is still to come."""
        return self.modality is Modality.PLANNED or self.tense is Tense.FUTURE


def stance(read: Read, verb: Token) -> Stance:
    """How the clause of `verb` is held, worked out once."""
    key = ("stance", verb.i)
    if key not in read.memo:
        read.memo[key] = _stance(read, verb)
    known: Stance = read.memo[key]
    return known


def _stance(read: Read, verb: Token) -> Stance:
    tense, progressive, perfect = _tense(verb)
    planned = tense is Tense.FUTURE
    if read.sentence.text.rstrip(" \"'”’)").endswith("?") and not {":", ";", "—", "--"} & set(read.words[verb.i :]):
        return Stance(Modality.ASKED, tense, "question", progressive, perfect)
    if read.words[0] in {"should", "were", "had"} and read.doc[0].dep_ in {"aux", "auxpass"}:
        return Stance(Modality.ASKED, tense, "condition: inverted", progressive, perfect)
    modal = _auxiliary(verb, "may")
    at, depth, finite = verb, 0, False
    while depth < DEEPEST:
        depth += 1
        refused = _negated(at)
        if refused and not (at != verb and at.dep_ == "ROOT" and _is_say(at)):
            return Stance(Modality.DENIED, tense, f"negated: {refused}", progressive, perfect)
        if _is_asked(at):
            return Stance(Modality.ASKED, tense, "asked: where to", progressive, perfect)
        if _is_yet(at):
            return Stance(Modality.DENIED, tense, "yet to", progressive, perfect)
        opener = _condition(read, at)
        if opener:
            return Stance(
                Modality.CONDITIONAL if opener == "provided" else Modality.ASKED, tense, f"condition: {opener}", progressive, perfect
            )
        if _is_given_up(at):
            return Stance(Modality.DENIED, tense, f"given up: {at.head.head.lower_}", progressive, perfect)
        if _was_first_meant(at):
            return Stance(Modality.DENIED, tense, "once meant", progressive, perfect)
        head = at.head
        if ";" in read.words[min(at.i, head.i) : max(at.i, head.i)]:
            break  # another sentence, whatever the parser makes of it
        if head == at or (at.dep_ == "acl" and at.tag_ == "VBN" and not any(c.dep_ == "aux" for c in at.children)):
            break  # "plans to join the force approved in May": the approval is no plan
        if at.dep_ in {
            "xcomp",
            "ccomp",
            "acl",
            "pcomp",
            "prep",
            "advcl",
            "conj",
            "acomp",
            "oprd",
            "relcl",
            "aux",
            "auxpass",
            "pobj",
            "dobj",
            "attr",
        }:
            below = head.lower_
            if at.tag_ == "VBG" and _rules_out(head):
                return Stance(Modality.DENIED, tense, "below: ruled out", progressive, perfect)
            if at.dep_ in {"xcomp", "ccomp", "pcomp", "acl", "relcl", "dobj", "prep"} or (at.dep_ == "advcl" and at.tag_ == "VB"):
                if head.tag_[0] == "V" and (below in forms_of("modality", "deny") or _rules_out(head)):
                    return Stance(Modality.DENIED, tense, f"below: {below}", progressive, perfect)
                if below in forms_of("modality", "imagine") and head.tag_[0] == "V" and at.dep_ != "dobj" and at.dep_ != "prep":
                    return Stance(Modality.ASKED, tense, f"below: {below}", progressive, perfect)
                if head.tag_[0] == "N" and below in words_of("modality", "imagine", "nouns") and at.dep_ == "acl":
                    return Stance(Modality.ASKED, tense, f"below: {below}", progressive, perfect)
                if (at.dep_ == "pcomp" and head.head.lower_ in RUMOURS) or (at.dep_ == "acl" and at.tag_ == "VBG" and below in RUMOURS):
                    return Stance(Modality.ASKED, tense, f"below: {head.head.lower_}", progressive, perfect)
                if below in words_of("modality", "imagine", "adjectives"):
                    return Stance(Modality.ASKED, tense, f"below: {below}", progressive, perfect)
                if at.tag_ == "VBG" and at.dep_ in {"xcomp", "pcomp"} and below in forms_of("modality", "plan"):
                    planned = True  # "approved sending 700 soldiers"
                if at.tag_ == "VBG" and at.dep_ == "pcomp" and head.head.lower_ in forms_of("modality", "plan"):
                    planned = True  # "has committed to sending 150"
                if at.tag_ == "VB" and at.dep_ in {"xcomp", "ccomp", "advcl", "acl", "relcl"} and not finite:
                    planned = planned or _is_ahead(head, at)  # "was there to greet them as they landed": the landing is no plan
        if at.dep_ in {"relcl", "appos", "nsubj", "nsubjpass"} or (
            at.dep_ == "conj" and at.tag_[0] == "V" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in at.children) and head.dep_ == "ROOT"
        ):
            break
        finite = finite or _is_finite(at)
        at = head
    if modal in {"might", "may", "could", "can", "ca"}:
        return Stance(Modality.CONDITIONAL, Tense.FUTURE, f"modal: {modal}", progressive, perfect)
    if (
        tense is Tense.FUTURE
        and perfect
        and any(c.lower_ in {"would", "'d"} for c in verb.children)
        and not any(_is_say(a) for a in verb.ancestors)
    ):
        return Stance(Modality.ASKED, tense, "counterfactual: would have", progressive, perfect)
    if modal == "should":
        return Stance(Modality.CONDITIONAL, Tense.FUTURE, "modal: should", progressive, perfect)
    if modal:
        return Stance(Modality.ASKED, Tense.FUTURE, f"modal: {modal}", progressive, perfect)
    if planned:
        return Stance(Modality.PLANNED, Tense.FUTURE, "planned", progressive, perfect)
    return Stance(Modality.ASSERTED, tense, "", progressive, perfect)


def _tense(verb: Token) -> tuple[Tense, bool, bool]:
    """Tense, progressive, perfect: by the auxiliaries, through verbs that share theirs."""
    auxiliaries = [child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    at = verb
    while not auxiliaries and at.dep_ == "conj" and at.head.tag_[0] == "V" and verb.tag_ in {"VBN", "VBG", "VB"}:
        at = at.head
        auxiliaries = [child.lower_ for child in at.children if child.dep_ in {"aux", "auxpass"}]
    if any(word in words_of("modality", "future") for word in auxiliaries):
        return Tense.FUTURE, False, "have" in auxiliaries
    if any(word in words_of("modality", "may") for word in auxiliaries):
        return Tense.FUTURE, False, "have" in auxiliaries
    perfect = any(word in {"has", "have", "had", "'ve", "having"} for word in auxiliaries)
    progressive = verb.tag_ == "VBG" and any(word in {"is", "are", "was", "were", "'s", "'re", "been", "be"} for word in auxiliaries)
    if perfect:
        return Tense.PAST, progressive, True
    if any(word in {"was", "were", "did"} for word in auxiliaries):
        return Tense.PAST, progressive, False
    if any(word in {"is", "are", "'s", "'re", "am", "do", "does"} for word in auxiliaries):
        return Tense.PRESENT, progressive, False
    if verb.tag_ in {"VBD"}:
        return Tense.PAST, False, False
    if verb.tag_ == "VBN":
        return Tense.PAST, False, False
    if verb.tag_ in {"VBP", "VBZ"}:
        return Tense.PRESENT, False, False
    if verb.tag_ in {"VB", "VBG"} and verb.head != verb and verb.head.tag_[0] == "V":
        return _tense(verb.head)
    if verb.tag_ == "VB" and verb.head == verb and "to" in auxiliaries:
        return Tense.FUTURE, False, False  # "Spain to send 60 more soldiers": a headline's plan
    return Tense.PRESENT, False, False


def _auxiliary(verb: Token, table: str) -> str | None:
    at = verb
    while True:
        found = next((child.lower_ for child in at.children if child.dep_ == "aux" and child.lower_ in words_of("modality", table)), None)
        if (
            found
            or at.dep_ not in {"conj", "xcomp"}
            or at.head.tag_[0] != "V"
            or any(c.dep_ in {"nsubj", "nsubjpass"} for c in at.children)
        ):
            return found
        if at.dep_ == "xcomp" and at.tag_ != "VB":
            return None
        at = at.head


def _negated(verb: Token) -> str | None:
    for child in verb.children:
        if child.dep_ == "neg":
            # "not only … but", "did no more than renew"
            if (
                child.lower_ == "not"
                and child.i + 1 < len(child.doc)
                and child.nbor(1).lower_ in {"only", "just", "merely", "until", "before"}
            ):
                continue
            return child.lower_
        if child.dep_ in {"nsubj", "nsubjpass", "dobj"} and child.i < verb.i + 6:
            if child.lower_ in {"nobody", "none", "nothing"}:
                return child.lower_
            if any(g.dep_ in {"det", "neg"} and g.lower_ in {"no", "neither"} for g in child.children):
                return "no"
        if child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            return "no longer"
        if child.dep_ in {"aux", "auxpass"} and any(g.dep_ == "neg" for g in child.children):
            return "not"
        if child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            return "no longer"
    return None


def _condition(read: Read, verb: Token) -> str | None:
    """The opener of a condition that the clause stands in or under, or None."""
    for child in verb.children:
        if child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether", "lest"}:
            return child.lower_
        if child.dep_ == "mark" and child.lower_ == "until" and verb.dep_ == "advcl":
            return "until"
        if (child.dep_ == "advcl" and child.i < verb.i) or child.dep_ == "advcl":
            opener = next((g.lower_ for g in child.children if g.dep_ in {"mark", "advmod"} and g.lower_ in {"if", "unless"}), None)
            if opener and any(g.dep_ == "aux" and g.lower_ in {"would", "could", "might", "will", "'ll"} for g in verb.children):
                return opener
            if _inverted(child):
                return "inverted"
    if verb.dep_ not in {"ROOT", "ccomp"} and _inverted(verb):
        return "inverted"
    return None


def _inverted(verb: Token) -> bool:
    """Whether the clause opens as a condition without 'if': 'Were the troops to stay', 'Should both come', 'Had things gone'."""
    first = min((token for token in verb.subtree), key=lambda token: token.i)
    subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    return (
        first.lower_ in {"were", "should", "had"}
        and subject is not None
        and first.i < subject.i < verb.i + 1
        and (first.head == verb or first == verb)
    )


def _is_asked(verb: Token) -> bool:
    """Whether the clause is an open question: 'decides where to send troops', 'discussed how to pay'."""
    return (
        verb.tag_ == "VB"
        and any(c.dep_ == "advmod" and c.lower_ in {"where", "how", "when", "whether"} and c.i < verb.i for c in verb.children)
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    )


GIVEN_UP = frozenset(
    form
    for verb in ("cancel", "drop", "scrap", "abandon", "shelve", "withdraw", "suspend", "freeze", "reverse", "revoke", "rescind", "halt")
    for form in inflections(verb)
)


def _is_given_up(verb: Token) -> bool:
    """'Has cancelled its plan to send 50 soldiers': what hangs below the plan is off."""
    plan = verb.head
    return (
        verb.dep_ == "acl"
        and plan.lower_ in {"plan", "plans", "offer", "pledge", "promise", "decision", "commitment"}
        and plan.dep_ in {"dobj", "nsubjpass", "pobj"}
        and plan.head.lower_ in GIVEN_UP
    )


def _was_first_meant(verb: Token) -> bool:
    """Whether a plan is told as one of the past that came otherwise: 'had initially planned', 'originally proposed'."""
    return verb.lower_ in ONCE_MEANT and any(c.lower_ in {"initially", "originally"} for c in verb.children)


RUMOURS = frozenset({"reports", "rumours", "rumors", "talk", "claims", "possibility", "idea", "prospect", "speculation", "allegations"})
"""'Reports of the state pulling out its money': what is heard of and not told."""

ONCE_MEANT = frozenset({"planned", "intended", "proposed", "hoped", "meant", "expected", "scheduled", "wanted"})


def _is_ahead(head: Token, verb: Token) -> bool:
    """Whether an infinitive below `head` is still to come: 'plans to', 'is to', 'is due to', 'voted to', 'in order to'."""
    below = head.lower_
    if below in forms_of("modality", "plan") or below in words_of("modality", "plan", "adjectives"):
        return True
    if below in {"is", "are", "was", "were", "'s", "'re", "be"}:
        return True
    return verb.dep_ in {"advcl", "acl"} or (verb.dep_ == "relcl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children))


def _is_yet(verb: Token) -> bool:
    """'Are yet to arrive', 'have yet to leave', 'have still to land': what is below has not happened."""
    head = verb.head
    return (
        verb.dep_ == "xcomp"
        and verb.tag_ == "VB"
        and head.lower_ in {"is", "are", "was", "were", "be", "has", "have", "had", "remain", "remains"}
        and any(child.lower_ in {"yet", "still"} for child in head.children)
    )


def _is_finite(verb: Token) -> bool:
    """Whether a verb has a tense of its own, of the past or the present."""
    if verb.tag_ == "VBP" and verb.head.lower_ in {"let", "lets", "letting", "help", "helps", "make", "makes", "see"}:
        return False  # "to let the officers go": an infinitive
    if verb.tag_ in {"VBD", "VBP", "VBZ"}:
        return True
    return verb.tag_ in {"VBG", "VBN"} and any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in {"VBD", "VBP", "VBZ"} for child in verb.children
    )


def _rules_out(verb: Token) -> bool:
    """'Has ruled out sending troops'."""
    return verb.lower_ in {"rule", "rules", "ruled", "ruling"} and any(child.lower_ == "out" for child in verb.children)


def _is_say(verb: Token) -> bool:
    return verb.lower_ in forms_of("modality", "say")


def said_by(read: Read, verb: Token) -> tuple[Token, Token | None] | None:
    """The verb of saying above a clause, with its subject: who tells it. None where the article tells it itself."""
    at = verb
    for _ in range(DEEPEST):
        head = at.head
        if head == at:
            return None
        if head.tag_[0] == "V" and _is_say(head) and at.dep_ in {"ccomp", "advcl", "xcomp", "parataxis"}:
            return head, subject_of(head)
        at = head
    return None
