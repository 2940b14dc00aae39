"""The tense of a verb, by its auxiliaries."""

from spacy.tokens import Token

from muster_extract.lexicon import words_of
from muster_extract.resolve.dates import Tense


def tense_of(verb: Token) -> tuple[Tense, bool, bool]:
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
        return tense_of(verb.head)
    if verb.tag_ == "VB" and verb.head == verb and "to" in auxiliaries:
        return Tense.FUTURE, False, False  # "Spain to send 60 more soldiers": a headline's plan
    return Tense.PRESENT, False, False


def auxiliary(verb: Token, table: str) -> str | None:
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


def is_finite(verb: Token) -> bool:
    """Whether a verb has a tense of its own, of the past or the present."""
    if verb.tag_ == "VBP" and verb.head.lower_ in {"let", "lets", "letting", "help", "helps", "make", "makes", "see"}:
        return False  # "to let the officers go": an infinitive
    if verb.tag_ in {"VBD", "VBP", "VBZ"}:
        return True
    return verb.tag_ in {"VBG", "VBN"} and any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in {"VBD", "VBP", "VBZ"} for child in verb.children
    )
