"""Why something is late, or what stands in the way."""

import re
from functools import cache

from muster_extract import lexicons
from muster_extract.predicates import Predicate
from muster_extract.reading import Read

CAUSES = frozenset(
    {
        "because",
        "due",
        "by",
        "over",
        "after",
        "amid",
        "owing",
        "of",
        "citing",
        "until",
        "for",
        "since",
        "from",
        "as",
        "when",
        "without",
        "following",
        "to",
    }
)
"""Words that open a cause."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for reason, table in lexicons.read("reasons").items():
        words = "|".join(re.escape(w.rstrip("*")) + (r"\w*" if w.endswith("*") else "") for w in table["words"])
        found.append((reason, re.compile(rf"(?<!\w)(?:{words})(?!\w)")))
    return tuple(found)


def reasons_in(text: str) -> tuple[str, ...]:
    """The reasons that a text names, in the order in which it names them, each once."""
    lowered = text.lower()
    hits = []
    for rank, (reason, pattern) in enumerate(_patterns()):
        found = pattern.search(lowered)
        if found:
            hits.append((found.start(), rank, reason))
    return tuple(reason for _, _, reason in sorted(hits))


def reasons_near(read: Read, verb: int, only: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The reasons of a sentence for what its verb says: those behind a word that opens a cause, else any.

    Args:
        read: the sentence.
        verb: index of the verb's token.
        only: reasons that come into question; all where empty.
        after: sentences that follow and give the reason, where this one doesn't.
    """
    behind = next((i for i in range(verb + 1, len(read.words)) if read.words[i] in CAUSES), None)
    stretches = []
    if behind is not None:
        end = next((i for i in range(behind, len(read.words)) if read.words[i] == "which"), len(read.words))
        stretches.append(" ".join(read.words[behind:end]))
    stretches.append(" ".join(read.words))
    stretches.extend(after)
    for stretch in stretches:
        found = tuple(r for r in reasons_in(stretch) if not only or r in only)
        if found:
            return found
    return ()


def reasons_of(said: Predicate) -> tuple[str, ...]:
    """The reasons that the doer of a delay is: 'suits in the courts have delayed the deployment'."""
    doer = said.doer
    return reasons_in(" ".join(said.read.words[doer.first : doer.last])) if doer is not None and doer.head.tag_[0] == "N" else ()
