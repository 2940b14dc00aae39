"""The scores as people read them: lines on a terminal, and the table in the package's README."""

from collections.abc import Iterator

from muster_extract.evaluation.intervals import Interval
from muster_extract.evaluation.scores import Level, Line, Scores, SetScores

BEGIN = "<!-- scores: written by `make eval` -->"
END = "<!-- scores: end -->"


def lines(name: str, scores: SetScores) -> Iterator[str]:
    """The scores of a set for a terminal."""
    yield (
        f"{name}: {scores.articles} articles, {scores.labels} events, {scores.read} read; "
        f"{scores.quiet_kept} of {scores.quiet} quiet kept, {scores.false_on_quiet} false events in them"
    )
    for level_name, level in scores.levels.items():
        yield (
            f"{level_name:8} P {_with(level.precision, level.precision_interval)}  R {_with(level.recall, level.recall_interval)}"
            f"  F1 {_with(level.f1, level.f1_interval, 3)}"
        )
    for title, parts in (("type", scores.types), ("mission", scores.grounds), ("class of article", scores.article_classes)):
        yield f"  {title:30} articles labels  read  detect strict  full"
        yield from (
            f"  {part:30} {line.articles:8} {line.labels:6} {line.read:5}  " + " ".join(f"{f1:6.2f}" for f1 in line.f1)
            for part, line in parts.items()
        )
    yield f"  {'class of event (found)':30}          labels        detect strict  full"
    for part, found in scores.event_classes.items():
        shares = " ".join(f"{hit / found.labels:6.2f}" for hit in found.found)
        yield f"  {part:30}          {found.labels:6}        {shares}"


def block(scores: Scores, baseline: Scores | None) -> str:
    """The README's part, markers included."""
    parts = [BEGIN, _heading(scores), _overall(scores, baseline), *_tables(scores), _events(scores), END]
    return "\n".join(part for part in parts if part)


def placed(readme: str, written: str) -> str:
    """A README with its block replaced, or added at the end."""
    begin, end = readme.find(BEGIN), readme.find(END)
    if begin < 0 or end < begin:
        return f"{readme.rstrip()}\n\n## Scores\n{written}\n"
    return readme[:begin] + written + readme[end + len(END) :]


def _heading(scores: Scores) -> str:
    sources = sorted({found.sources for found in scores.sets.values()})
    return (
        f"Extractor `{scores.extractor}`, sources and lexicons `{', '.join(sources)}`. F1 with its 95 % interval over articles (1,000 "
        "resamples). `dev*` and `corpus` were developed on, so they forecast nothing for unseen text; `real-*` is our own wording of what "
        "other outlets reported.\n"
    )


def _overall(scores: Scores, baseline: Scores | None) -> str:
    rows = [
        "| set | articles | events | read | detect | strict | full | precision (detect) | quiet kept | false events there |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, found in scores.sets.items():
        before = baseline.sets.get(name) if baseline else None
        comparable = before is not None and before.digest == found.digest
        levels = [_cell(level, before.levels[key] if before and comparable else None) for key, level in found.levels.items()]
        detect = found.levels["detect"]
        rows.append(
            f"| {name} | {found.articles} | {found.labels} | {found.read} | {' | '.join(levels)} | "
            f"{_with(detect.precision, detect.precision_interval)} | {found.quiet_kept} of {found.quiet} | {found.false_on_quiet} |"
        )
    note = f"In brackets after F1: against the last release, `{baseline.extractor}`.\n" if baseline else ""
    return "\n".join(rows) + "\n" + (f"\n{note}" if note else "")


def _cell(level: Level, before: Level | None) -> str:
    return _with(level.f1, level.f1_interval) + (f" ({_signed(level.f1 - before.f1)})" if before else "")


def _tables(scores: Scores) -> Iterator[str]:
    yield _table("type", {name: found.types for name, found in scores.sets.items()})
    yield _table("mission", {name: found.grounds for name, found in scores.sets.items()})
    yield _table("class of article", {name: found.article_classes for name, found in scores.sets.items()})


def _table(title: str, sets: dict[str, dict[str, Line]]) -> str:
    """Strict F1 (and labels) of each part in each set."""
    parts = sorted({part for lines in sets.values() for part in lines})
    head = f"| {title}: strict F1 (labels / read) | {' | '.join(sets)} |\n|---|{'---|' * len(sets)}"
    rows = [f"| {part} | {' | '.join(_part(lines.get(part)) for lines in sets.values())} |" for part in parts]
    return "\n".join([head, *rows]) + "\n"


def _part(line: Line | None) -> str:
    if line is None:
        return ""
    return f"{_short(line.f1[1])} ({line.labels} / {line.read})" if line.labels else f"– (0 / {line.read})"


def _events(scores: Scores) -> str:
    parts = sorted({part for found in scores.sets.values() for part in found.event_classes})
    rows = [f"| class of event: strictly found (labels) | {' | '.join(scores.sets)} |", f"|---|{'---|' * len(scores.sets)}"]
    for part in parts:
        cells = [found.event_classes.get(part) for found in scores.sets.values()]
        rows.append(f"| {part} | {' | '.join(f'{_short(c.found[1] / c.labels)} ({c.labels})' if c else '' for c in cells)} |")
    return "\n".join(rows) + "\n"


def _with(ratio: float, interval: Interval, digits: int = 2) -> str:
    return f"{_short(ratio, digits)} [{_short(interval[0])}, {_short(interval[1])}]"


def _short(ratio: float, digits: int = 2) -> str:
    return f"{ratio:.{digits}f}".removeprefix("0") if ratio < 1 else f"{ratio:.{digits}f}"


def _signed(change: float) -> str:
    return "same" if abs(change) < 0.005 else f"{'+' if change > 0 else '−'}{_short(abs(change))}"
