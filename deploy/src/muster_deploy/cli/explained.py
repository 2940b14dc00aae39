"""An explained article on the terminal: its sentences, what was seen in them, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from muster_deploy.cli.words import counted

if TYPE_CHECKING:
    from muster_extract.explain import Explanation, Frame, ReadSentence, Telling
    from rich.console import RenderableType

INDENT = 4
"""Columns that sentence numbers take."""


def explained(explanation: Explanation) -> Iterator[RenderableType]:
    """The parts of an article, in its order. Nothing of the text is taken for markup."""
    article = explanation.article
    yield Text(article.title, style="bold")
    yield Text(f"{article.source}, {article.published_on}", style="dim")
    yield Text(summary(explanation), style="dim")
    for shown in explanation.sentences:
        yield Text()
        yield _sentence(shown)
        for line in (*map(_telling, shown.tellings), *map(_frame, shown.frames)):
            yield Padding(line, (0, 0, 0, INDENT), expand=False)


def summary(explanation: Explanation) -> str:
    """One line: what the gate said, and the counts."""
    from muster_extract.explain import Fate

    gate = "let through by the gate" if explanation.relevant else "kept out by the gate: it is on no mission"
    fates = ", ".join(f"{explanation.count(fate)} {fate.value}" for fate in Fate if explanation.count(fate))
    sentences = counted(len(explanation.sentences), "sentence")
    tellings = f"{counted(len(explanation.claims), 'claim')}, {len(explanation.dropped)} dropped"
    return f"{gate}; {sentences}{f' ({fates})' if fates else ''}; {tellings}"


def _sentence(shown: ReadSentence) -> Text:
    from muster_extract.explain import Fate

    words = Text(" ".join(shown.sentence.text.split("\n")), style="" if shown.fate is Fate.READ else "dim")
    for telling in sorted(shown.tellings, key=lambda t: t.dropped is None):
        begin, end = telling.start - shown.sentence.start, telling.end - shown.sentence.start
        words.stylize("black on green" if telling.dropped is None else "underline", max(begin, 0), end)
    about = " · ".join(
        part for part in (shown.mission, shown.fate.value, shown.sentence.kind if shown.sentence.kind != "prose" else None) if part
    )
    return Text.assemble((f"{shown.number:>{INDENT - 1}} ", "bold"), words, (f"  [{about}]", "dim"))


def _telling(telling: Telling) -> Text:
    said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in telling.said)
    outcome = ("claimed  ", "bold green") if telling.dropped is None else ("dropped  ", "bold red")
    return Text.assemble(
        outcome,
        (telling.claim, "bold"),
        f" {said}",
        (f"  “{' '.join(telling.quote.split())}”  by {', '.join(telling.rules)}, certainty {telling.certainty:.2f}", "dim"),
        (f"  because: {telling.dropped}" if telling.dropped else "", "red"),
    )


def _frame(frame: Frame) -> Text:
    parts = [
        f"who: {frame.subject}" if frame.subject else "",
        f"what: {'; '.join(frame.objects)}" if frame.objects else "",
        f"when: {frame.when}" if frame.when else "",
        frame.held or "",
    ]
    told = " · ".join(" ".join(part.split()) for part in parts if part)
    return Text.assemble("frame    ", frame.trigger, f" ({', '.join(frame.classes)})", f" · {told}" if told else "", style="dim")
