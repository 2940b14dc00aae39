"""More time, told by a noun: 'won a one-year extension', 'the renewal of the mandate was approved by the Council'."""

from collections.abc import Iterator

from spacy.tokens import Token

from muster_extract.candidate import Candidate, evidence
from muster_extract.candidates.decisions import bodies, who_decides
from muster_extract.candidates.terms import until
from muster_extract.kinds import is_a
from muster_extract.modality import stance
from muster_extract.predicates import Phrase, governing_verb, predicate
from muster_extract.reading import Read
from muster_extract.story import Story

EXTENSIONS = frozenset({"extension", "renewal", "prolongation", "rollover"})
GETTING = frozenset({"won", "wins", "got", "received", "obtained", "secured", "granted", "grants", "given", "gave", "gives", "gets"})
GRANTING = frozenset({"approved", "approves", "adopted", "agreed", "authorised", "authorized", "endorsed", "backed", "granted", "passed"})


def extensions(read: Read, story: Story) -> Iterator[Candidate]:
    """Every extension of a mission's term that a sentence tells by a noun."""
    for token in read.doc:
        if token.lower_ in EXTENSIONS and token.tag_[0] == "N" and token.dep_ in {"dobj", "nsubjpass", "pobj"}:
            yield from _extension(read, story, token)


def _extension(read: Read, story: Story, token: Token) -> Iterator[Candidate]:
    verb = governing_verb(token)
    if verb.tag_[0] != "V" or verb.lower_ not in GETTING | GRANTING:
        return
    held, said = stance(read, verb), predicate(read, verb)
    if not held.holds or held.planned or token not in {p.head for p in (said.patient, said.subject, *said.objects) if p is not None}:
        return
    whole = Phrase(read, token)
    around = [p for p in (said.subject, *said.objects) if p is not None]
    if not (whole.words & {"mandate"} or is_a(whole, "mission") or any(is_a(p, "mission") for p in around)):
        return
    who = bodies(story, said.agent) or who_decides(read, story, said) or bodies(story, *said.after("from", "by"))
    who = who or tuple(a.code for a in read.actors if a.role == "source" and a.form == "body" and a.first > token.i and a.code)[:1]
    first, last = evidence(read, token.i, min(verb.i, token.i), max(verb.i, token.i) + 6)
    yield Candidate(
        "MandateExtended", "extension-noun", read, first, last, who[0] if who else None, date=until(read, story, token), certainty=0.6
    )
