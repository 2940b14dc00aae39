"""From what stands to what goes on the log: claims with their ids, and the event that closes the extraction."""

from collections.abc import Sequence
from typing import Any

from muster_contracts import claims as contract
from muster_contracts.articles import ArticleContent, ArticleRetracted
from muster_contracts.claims import AnyClaim, ArticleRef, ExtractionCompleted, Extractor
from muster_contracts.ids import claim_id, completion_id
from muster_contracts.values import Evidence, Quantity

from muster_extract.candidate import Candidate

EXTRACTOR = Extractor(name="rules", version="0.3.0")
"""Who reads. The version goes up with every change of what is read: it enters the ids."""

PRECISE = Extractor(name="rules-precise", version=EXTRACTOR.version)
"""The rules where only what is all but certain becomes a claim: another reading, and so another reader."""

TYPES: dict[str, type[contract.Claim]] = {
    model.__name__: model for model in contract.Claim.__subclasses__() if model.__module__ == contract.__name__
}


def reference(article: ArticleContent | ArticleRetracted) -> ArticleRef:
    """Where a claim was read."""
    return ArticleRef(
        article_id=article.article_id,
        revision_id=article.retraction_id if isinstance(article, ArticleRetracted) else article.revision_id,
        revision=article.revision,
        url=article.url,
        source=article.source,
        origin=article.origin,
        origin_id=article.origin_id,
        title=article.title,
        published_on=article.published_on,
        known_on=article.known_on,
    )


def claim(article: ArticleContent, candidate: Candidate, by: Extractor = EXTRACTOR) -> AnyClaim:
    """The claim that a candidate becomes.

    Its id is made of what it says, so that the same reading of the same wording gives the same event.
    """
    model = TYPES[candidate.claim]
    start, end = candidate.span
    said: dict[str, Any] = {
        "mission": candidate.mission,
        "contributor": candidate.contributor,
        "quantity": Quantity(amount=candidate.amount, unit=candidate.unit or "personnel", qualifier=candidate.qualifier)
        if candidate.amount is not None
        else None,
        "date": candidate.date,
        "modality": candidate.modality,
        "attributed_to": candidate.speaker,
        "evidence": Evidence(quote=article.text[start:end], start=start, end=end),
        "certainty": candidate.certainty,
        "rules": (candidate.rule,),
        **dict(candidate.extras),
    }
    if "reasons" in model.model_fields:
        said["reasons"] = candidate.reasons
    if "kind" in model.model_fields and said["quantity"] is not None:
        said["kind"] = said["quantity"].kind
    said = {name: value for name, value in said.items() if name in model.model_fields}
    nameless = model.model_construct(article=reference(article), extractor=by, **said)
    content = nameless.model_dump(mode="json", exclude={"claim_id", "article", "extractor"}, warnings=False)
    identity = claim_id(article.revision_id, str(by), content)
    return model(claim_id=identity, article=reference(article), extractor=by, **said)  # type: ignore[return-value]  # TYPES holds AnyClaim's members


def completed(
    article: ArticleContent | ArticleRetracted, claims: Sequence[AnyClaim] = (), by: Extractor = EXTRACTOR
) -> ExtractionCompleted:
    """The event that closes the reading of a revision: the claims before it stand from here on, and no others of the article."""
    read = reference(article)
    return ExtractionCompleted(
        completion_id=completion_id(read.revision_id, str(by)),
        article=read,
        extractor=by,
        retracted=isinstance(article, ArticleRetracted),
        claim_ids=tuple(c.claim_id for c in claims),
    )
