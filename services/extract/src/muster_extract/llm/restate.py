"""Claims and completions under the name of the coder that made them."""

from collections.abc import Iterable, Sequence

from muster_contracts.articles import ArticleContent
from muster_contracts.claims import AnyClaim, ExtractionCompleted, Extractor
from muster_contracts.ids import claim_id, completion_id, text_hash

from muster_extract import emit
from muster_extract.candidate import Candidate

LLM = Extractor(name="llm", version="1.0.0")
"""Who reads. The version tells prompt, schema and grounding apart and goes up with each of them; the model stands in a claim's rules."""

BOTH = Extractor(name="both", version="1.0.0")
"""The model and the rules together."""

# Both outrank the rules' 0.x, so that a reading made after an outage takes the place of the rules' that stood in for it.


def claim(article: ArticleContent, candidate: Candidate, extractor: Extractor, rules: Sequence[str]) -> AnyClaim:
    """The claim that a candidate becomes, made by `extractor` out of `rules`."""
    return restated(emit.claim(article, candidate), extractor, rules)


def restated(made: AnyClaim, extractor: Extractor, rules: Sequence[str]) -> AnyClaim:
    """The same claim by another extractor, with the id that its content then has."""
    renamed = made.model_copy(update={"extractor": extractor, "rules": tuple(rules)})
    content = renamed.model_dump(mode="json", exclude={"claim_id", "article", "extractor"})
    return renamed.model_copy(update={"claim_id": claim_id(made.article.revision_id, str(extractor), content)})


def in_order(claims: Iterable[AnyClaim]) -> tuple[AnyClaim, ...]:
    """Claims in the order of the text, each once; those on the same words in the order in which they came."""
    ordered = sorted(claims, key=lambda c: (c.evidence.start, c.evidence.end))
    return tuple({made.claim_id: made for made in ordered}.values())


def completed(article: ArticleContent, claims: Sequence[AnyClaim], extractor: Extractor) -> ExtractionCompleted:
    """The event that closes a reading.

    A model can answer otherwise the next time, and one id must never stand for two different events: the id holds the claims too.
    """
    reading = text_hash(*(str(made.claim_id) for made in claims))
    return emit.completed(article, claims).model_copy(
        update={"extractor": extractor, "completion_id": completion_id(article.revision_id, f"{extractor}:{reading}")}
    )
