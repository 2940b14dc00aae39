"""Explained articles as one HTML page that needs nothing beside it: no script, no font, no address is loaded."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from muster_extract.explain import Explanation, Fate, ReadSentence, Telling


@dataclass(frozen=True)
class Stretch:
    """Characters of a sentence that stand in the same evidence."""

    text: str
    kept: bool
    dropped: bool
    numbers: tuple[int, ...]
    """Tellings whose evidence ends here, by their number in the article."""


@dataclass(frozen=True)
class Marked:
    """A sentence as the page shows it: its stretches, and its tellings by their number in the article."""

    shown: ReadSentence
    stretches: tuple[Stretch, ...]
    tellings: tuple[tuple[int, Telling], ...]


def page(explanations: tuple[Explanation, ...]) -> str:
    """The page: for each article its claims, then its sentences with the evidence marked. Everything from outside is escaped."""
    return _template().render(
        articles=[(explanation, marked(explanation)) for explanation in explanations],
        fates=list(Fate),
        style=files(__name__).joinpath("style.css").read_text("utf-8"),
    )


def marked(explanation: Explanation) -> tuple[Marked, ...]:
    """The sentences of an article with their evidence marked; tellings are numbered from 1 through the article."""
    found, first = [], 1
    for shown in explanation.sentences:
        tellings = tuple(enumerate(shown.tellings, start=first))
        found.append(Marked(shown, _stretches(shown, tellings), tellings))
        first += len(tellings)
    return tuple(found)


def _stretches(shown: ReadSentence, tellings: tuple[tuple[int, Telling], ...]) -> tuple[Stretch, ...]:
    """A sentence cut wherever evidence begins or ends; quotes overlap, and marks can't."""
    sentence = shown.sentence
    spans = [(t.start - sentence.start, t.end - sentence.start, t.dropped is None, number) for number, t in tellings]
    size = len(sentence.text)
    cuts = sorted({0, size, *(min(max(edge, 0), size) for start, end, _, _ in spans for edge in (start, end))})
    return tuple(
        Stretch(
            sentence.text[left:right],
            kept=any(start < right and left < end and kept for start, end, kept, _ in spans),
            dropped=any(start < right and left < end and not kept for start, end, kept, _ in spans),
            numbers=tuple(number for _, end, _, number in spans if left < min(end, size) <= right),
        )
        for left, right in pairwise(cuts)
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader(__name__, ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.j2")
