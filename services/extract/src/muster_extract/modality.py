"""How the text holds a clause: asserted, planned, conditional, denied or asked. One layer for all candidates."""

from dataclasses import dataclass

from muster_contracts.values import Modality
from spacy.tokens import Token

from muster_extract.clauses import (
    RUMOURS,
    condition,
    is_ahead,
    is_asked,
    is_awaited,
    is_given_up,
    is_infinitive,
    is_instead,
    is_subjunctive,
    is_yet,
    negated,
    rules_out,
    was_first_meant,
)
from muster_extract.lexicon import forms_of, words_of
from muster_extract.predicates import joined_to, subject_of
from muster_extract.reading import Read
from muster_extract.resolve.dates import Tense
from muster_extract.tenses import auxiliary, is_finite, tense_of

GUESSED = frozenset({"likely", "probably", "possibly", "perhaps", "maybe", "presumably"})
"""Adverbs by which a text guesses at what is to come: 'the troops will likely come from Ghana'."""

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
    tense, progressive, perfect = tense_of(verb)
    planned = tense is Tense.FUTURE
    if read.sentence.text.rstrip(" \"'”’)").endswith("?") and not {":", ";", "—", "--"} & set(read.words[verb.i :]):
        return Stance(Modality.ASKED, tense, "question", progressive, perfect)
    if read.words[0] in {"should", "were", "had"} and read.doc[0].dep_ in {"aux", "auxpass"}:
        return Stance(Modality.ASKED, tense, "condition: inverted", progressive, perfect)
    modal = auxiliary(verb, "may")
    at, depth, finite = verb, 0, False
    while depth < DEEPEST:
        depth += 1
        refused = negated(at)
        if refused and not (at != verb and at.dep_ == "ROOT" and _is_say(at)):
            return Stance(Modality.DENIED, tense, f"negated: {refused}", progressive, perfect)
        if is_asked(at):
            return Stance(Modality.ASKED, tense, "asked: where to", progressive, perfect)
        if is_yet(at):
            return Stance(Modality.DENIED, tense, "yet to", progressive, perfect)
        opener = condition(read, at)
        if opener:
            return Stance(
                Modality.CONDITIONAL if opener == "provided" else Modality.ASKED, tense, f"condition: {opener}", progressive, perfect
            )
        if is_given_up(at):
            return Stance(Modality.DENIED, tense, f"given up: {at.head.head.lower_}", progressive, perfect)
        if was_first_meant(at):
            return Stance(Modality.DENIED, tense, "once meant", progressive, perfect)
        head = joined_to(at) if at.dep_ == "conj" else at.head
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
            if at.tag_ == "VBG" and rules_out(head):
                return Stance(Modality.DENIED, tense, "below: ruled out", progressive, perfect)
            if at.dep_ in {"xcomp", "ccomp", "pcomp", "acl", "relcl", "dobj", "prep"} or (at.dep_ == "advcl" and at.tag_ == "VB"):
                if head.tag_[0] == "V" and (below in forms_of("modality", "deny") or rules_out(head)):
                    return Stance(Modality.DENIED, tense, f"below: {below}", progressive, perfect)
                if below in forms_of("modality", "imagine") and head.tag_[0] == "V" and at.dep_ != "dobj" and at.dep_ != "prep":
                    return Stance(Modality.ASKED, tense, f"below: {below}", progressive, perfect)
                if head.tag_[0] == "N" and below in words_of("modality", "imagine", "nouns") and at.dep_ == "acl":
                    return Stance(Modality.ASKED, tense, f"below: {below}", progressive, perfect)
                if (at.dep_ == "pcomp" and head.head.lower_ in RUMOURS) or (at.dep_ == "acl" and at.tag_ == "VBG" and below in RUMOURS):
                    return Stance(Modality.ASKED, tense, f"below: {head.head.lower_}", progressive, perfect)
                if is_awaited(at) or is_instead(at) or is_subjunctive(at):
                    return Stance(Modality.ASKED, tense, f"below: {below}", progressive, perfect)
                if below in words_of("modality", "imagine", "adjectives"):
                    return Stance(Modality.ASKED, tense, f"below: {below}", progressive, perfect)
                if at.tag_ == "VBG" and at.dep_ in {"xcomp", "pcomp"} and below in forms_of("modality", "plan"):
                    planned = True  # "approved sending 700 soldiers"
                if at.tag_ == "VBG" and at.dep_ == "pcomp" and head.head.lower_ in forms_of("modality", "plan"):
                    planned = True  # "has committed to sending 150"
                if is_infinitive(at) and at.dep_ in {"xcomp", "ccomp", "advcl", "acl", "relcl"} and not finite:
                    planned = planned or is_ahead(head, at)  # "was there to greet them as they landed": the landing is no plan
        if at.dep_ in {"relcl", "appos", "nsubj", "nsubjpass"} or (
            at.dep_ == "conj" and at.tag_[0] == "V" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in at.children) and head.dep_ == "ROOT"
        ):
            break
        finite = finite or is_finite(at)
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
    if planned and any(c.dep_ == "advmod" and c.lower_ in GUESSED for c in verb.children):
        return Stance(Modality.ASKED, Tense.FUTURE, "guessed", progressive, perfect)
    if planned:
        return Stance(Modality.PLANNED, Tense.FUTURE, "planned", progressive, perfect)
    return Stance(Modality.ASSERTED, tense, "", progressive, perfect)


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
