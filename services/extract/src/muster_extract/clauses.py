"""What a clause says of itself: denied, conditional, asked, given up, still ahead."""

from spacy.tokens import Token

from muster_extract.lexicon import forms_of, inflections, words_of
from muster_extract.reading import Read


def negated(verb: Token) -> str | None:
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


def condition(read: Read, verb: Token) -> str | None:
    """The opener of a condition that the clause stands in or under, or None."""
    for child in verb.children:
        if child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether", "lest"}:
            return child.lower_
        if (
            child.lower_ == "once"
            and child.i < verb.i
            and verb.tag_ == "VBN"
            and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
        ):
            return "once"  # "the force, once authorised by the Council"
        if child.dep_ == "mark" and child.lower_ == "until" and verb.dep_ == "advcl":
            return "until"
        if child.dep_ in {"mark", "advmod"} and child.lower_ == "once" and child.i == verb.i - 1 and verb.tag_ == "VBN":
            return "once"  # "once authorised by the Council"
        if (child.dep_ == "advcl" and child.i < verb.i) or child.dep_ == "advcl":
            opener = next((g.lower_ for g in child.children if g.dep_ in {"mark", "advmod"} and g.lower_ in {"if", "unless"}), None)
            if opener and any(g.dep_ == "aux" and g.lower_ in {"would", "could", "might", "will", "'ll"} for g in verb.children):
                return opener
            if inverted(child):
                return "inverted"
    if verb.dep_ not in {"ROOT", "ccomp"} and inverted(verb):
        return "inverted"
    return None


def inverted(verb: Token) -> bool:
    """Whether the clause opens as a condition without 'if': 'Were the troops to stay', 'Should both come', 'Had things gone'."""
    first = min((token for token in verb.subtree), key=lambda token: token.i)
    subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    return (
        first.lower_ in {"were", "should", "had"}
        and subject is not None
        and first.i < subject.i < verb.i + 1
        and (first.head == verb or first == verb)
    )


def is_asked(verb: Token) -> bool:
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


def is_given_up(verb: Token) -> bool:
    """'Has cancelled its plan to send 50 soldiers': what hangs below the plan is off."""
    plan = verb.head
    return (
        verb.dep_ == "acl"
        and plan.lower_ in {"plan", "plans", "offer", "pledge", "promise", "decision", "commitment"}
        and plan.dep_ in {"dobj", "nsubjpass", "pobj"}
        and plan.head.lower_ in GIVEN_UP
    )


def was_first_meant(verb: Token) -> bool:
    """Whether a plan is told as one of the past that came otherwise: 'had initially planned', 'originally proposed'."""
    return verb.lower_ in ONCE_MEANT and any(c.lower_ in {"initially", "originally"} for c in verb.children)


def is_awaited(noun: Token) -> bool:
    """Whether a decision is still waited for: 'expects a decision to launch', 'awaits the approval of'."""
    return (
        noun.dep_ == "dobj"
        and noun.lower_ in {"decision", "vote", "resolution", "approval", "authorisation", "authorization", "mandate", "permission"}
        and noun.head.lower_ in forms_of("modality", "await")
    )


def is_instead(preposition: Token) -> bool:
    """Whether what hangs below is not done, or only in return: 'instead of sending', 'in exchange for withdrawing', 'against going'."""
    if preposition.dep_ != "prep" or not any(c.dep_ == "pcomp" for c in preposition.children):
        return False
    if preposition.lower_ == "for":
        return preposition.head.lower_ in {"return", "exchange"}
    return preposition.lower_ in {"without", "against", "than"} or (
        preposition.lower_ == "of" and preposition.head.lower_ in {"instead", "short", "possibility", "prospect", "threat", "risk"}
    )


def is_subjunctive(verb: Token) -> bool:
    """'Demands that Ethiopia withdraw its soldiers': a bare verb behind 'that' is wished for."""
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ccomp"
        and verb.head.lower_ not in forms_of("modality", "plan")
        and any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)
        and any(c.dep_ in {"nsubj", "nsubjpass"} for c in verb.children)
        and not any(c.dep_ == "aux" for c in verb.children)
    )


RUMOURS = frozenset({"reports", "rumours", "rumors", "talk", "claims", "possibility", "idea", "prospect", "speculation", "allegations"})
"""'Reports of the state pulling out its money': what is heard of and not told."""

ONCE_MEANT = frozenset({"planned", "intended", "proposed", "hoped", "meant", "expected", "scheduled", "wanted"})


def is_infinitive(verb: Token) -> bool:
    """'To send', 'to be led', 'to have arrived by noon': an infinitive of the perfect is as much ahead as one of the present."""
    return verb.tag_ == "VB" or (verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children))


def is_ahead(head: Token, verb: Token) -> bool:
    """Whether an infinitive below `head` is still to come: 'plans to', 'is to', 'is due to', 'voted to', 'in order to'."""
    below = head.lower_
    if below in forms_of("modality", "plan") or below in words_of("modality", "plan", "adjectives"):
        return True
    if below in {"is", "are", "was", "were", "'s", "'re", "be"}:
        return True
    return verb.dep_ in {"advcl", "acl"} or (verb.dep_ == "relcl" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children))


def is_yet(verb: Token) -> bool:
    """'Are yet to arrive', 'have yet to leave', 'have still to land': what is below has not happened."""
    head = verb.head
    return (
        verb.dep_ == "xcomp"
        and verb.tag_ == "VB"
        and head.lower_ in {"is", "are", "was", "were", "be", "has", "have", "had", "remain", "remains"}
        and any(child.lower_ in {"yet", "still"} for child in head.children)
    )


def rules_out(verb: Token) -> bool:
    """'Has ruled out sending troops'."""
    return verb.lower_ in {"rule", "rules", "ruled", "ruling"} and any(child.lower_ == "out" for child in verb.children)
