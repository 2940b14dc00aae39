"""How far labels and readings agree. Counts exactly as the scorer beside the labelling guide does; a test compares the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Label = dict[str, Any]
"""One event in the form of the labelling guide."""

LEVELS = ("detect", "strict", "full")
"""Type and contributor agree; and the quantity, for delays and obstacles the reason; and the date, where the label has one."""

REASONED = frozenset({"DeploymentDelayed", "ObstacleRaised"})

Pair = tuple[int, int, int]
"""Level (1 to 3), index of the label, index of the guess."""


@dataclass(frozen=True)
class Outcome:
    """One article: what was wanted, what was read, and which goes with which."""

    row: dict[str, Any]
    guesses: tuple[Label, ...]
    pairs: tuple[Pair, ...]

    @property
    def labels(self) -> Sequence[Label]:
        """What was wanted."""
        return self.row.get("events") or ()

    @property
    def hits(self) -> tuple[int, ...]:
        """Pairs that agree at each level or better."""
        return tuple(sum(level > k for level, _, _ in self.pairs) for k in range(len(LEVELS)))

    @property
    def missed(self) -> list[Label]:
        """Labels without a guess."""
        return [label for i, label in enumerate(self.labels) if all(i != x for _, x, _ in self.pairs)]

    @property
    def made_up(self) -> list[Label]:
        """Guesses without a label."""
        return [guess for j, guess in enumerate(self.guesses) if all(j != y for _, _, y in self.pairs)]


def outcome(row: dict[str, Any], guesses: Sequence[Label]) -> Outcome:
    """An article's labels against what was read in it."""
    return Outcome(row, tuple(guesses), tuple(matched(row.get("events") or (), guesses)))


def agreement(label: Label, guess: Label) -> int:
    """How far a pair agrees: 0 not at all, 1 detect, 2 strict, 3 full."""
    if label["type"] != guess.get("type") or (label.get("contributor") or None) != (guess.get("contributor") or None):
        return 0
    if (label.get("quantity") or None) != (guess.get("quantity") or None):
        return 1
    if label["type"] in REASONED and (label.get("reason") or None) != (guess.get("reason") or None):
        return 1
    return 3 if same_date(label.get("date"), guess.get("date")) else 2


def same_date(label: str | None, guess: str | None) -> bool:
    """Whether the label gives no date, or both agree to the coarser of their precisions."""
    if not label:
        return True
    if not guess:
        return False
    size = min(len(label), len(guess))
    return label[:size] == guess[:size]


def matched(labels: Sequence[Label], guesses: Sequence[Label]) -> list[Pair]:
    """Pairs of label and guess, the best agreement first, each used once."""
    pairs = sorted(
        ((agreement(a, b), i, j) for i, a in enumerate(labels) for j, b in enumerate(guesses)), key=lambda p: (-p[0], p[1], p[2])
    )
    out: list[Pair] = []
    for level, i, j in pairs:
        if level and all(i != x and j != y for _, x, y in out):
            out.append((level, i, j))
    return out


def brief(event: Label) -> str:
    """One event on one line."""
    parts = [str(event["type"]), event.get("contributor") or "-", *(str(event[k]) for k in ("quantity", "reason", "date") if event.get(k))]
    return f"{' '.join(parts)} [{' '.join(str(event.get('evidence', '')).split())}]"


def errors(found: Outcome) -> list[str]:
    """What is wrong in an article, a line each: agreements that are not full, then misses, then what was made up."""
    name, labels = found.row["id"], found.labels
    return [
        *(
            f"{name}: {LEVELS[level - 1]} only: {brief(labels[i])} <- {brief(found.guesses[j])}"
            for level, i, j in found.pairs
            if level < len(LEVELS)
        ),
        *(f"{name}: missed: {brief(label)}" for label in found.missed),
        *(f"{name}: made up: {brief(guess)}" for guess in found.made_up),
    ]
