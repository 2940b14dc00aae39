"""Where a labelled event was lost: at which stage its sentence or its candidate fell."""

from collections.abc import Iterator
from enum import StrEnum

from muster_extract.evaluation.labelled import article
from muster_extract.evaluation.scoring import Label, Outcome
from muster_extract.explain import Explanation, Fate, ReadSentence, explain
from muster_extract.pipeline import Reader


class Loss(StrEnum):
    """The stage, in the order of the pipeline."""

    GATE = "article kept out"
    BINDING = "sentence bound to no mission"
    HEADING = "sentence is a heading"
    NO_SIGN = "sentence not parsed"
    NOT_PROPOSED = "no rule proposes it"
    OTHERWISE = "another type proposed there"
    DROPPED = "candidate dropped"
    OTHER_CONTRIBUTOR = "another contributor claimed"
    NOT_FOUND = "evidence stands in no sentence"


LOST_BY_FATE = {Fate.GATED: Loss.GATE, Fate.NO_MISSION: Loss.BINDING, Fate.HEADING: Loss.HEADING, Fate.NO_SIGN: Loss.NO_SIGN}


def losses(reader: Reader, found: Outcome) -> Iterator[tuple[Label, Loss]]:
    """Each missed label of an article with where it was lost. Reads the article again where anything was missed."""
    if not found.missed:
        return
    explanation = explain(reader, article(found.row))
    for label in found.missed:
        yield label, _loss(explanation, label)


def _loss(explanation: Explanation, label: Label) -> Loss:
    shown = _sentence(explanation, str(label.get("evidence") or ""))
    if shown is None:
        return Loss.NOT_FOUND if explanation.relevant else Loss.GATE
    if shown.fate in LOST_BY_FATE:
        return LOST_BY_FATE[shown.fate]
    alike = [telling for telling in shown.tellings if telling.claim == label["type"]]
    mine = [telling for telling in alike if dict(telling.said).get("contributor") == (label.get("contributor") or None)]
    if any(telling.dropped for telling in mine):
        return Loss.DROPPED
    if alike:
        return Loss.OTHER_CONTRIBUTOR
    proposed = [telling for telling in shown.tellings if telling.claim not in {"StatementMade", "SituationReported"}]
    return Loss.OTHERWISE if proposed else Loss.NOT_PROPOSED


def _sentence(explanation: Explanation, evidence: str) -> ReadSentence | None:
    """The sentence in which evidence begins."""
    at = explanation.article.text.find(evidence) if evidence else -1
    if at < 0:
        return None
    return next((shown for shown in explanation.sentences if shown.sentence.start <= at < shown.sentence.end), None)
