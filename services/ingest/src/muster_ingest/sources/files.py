"""Articles from files and from standard input: plain text, JSON Lines, JSON. One error for each that can't be used; the next goes on."""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from muster_contracts.articles import TEXT_LIMIT, ArticleSubmitted
from muster_contracts.errors import RecordError
from muster_contracts.topics import ARTICLE_SUBMISSIONS

from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise import normalise, withdrawal
from muster_ingest.sources.documents import as_object, decoded, parsed, submission
from muster_ingest.sources.plain_text import Given, from_plain_text

STDIN = "-"
LONGEST_LINE = ARTICLE_SUBMISSIONS.max_message_bytes
"""Bytes of one article in JSON: what the topic takes."""

LONGEST_TEXT = 4 * TEXT_LIMIT
"""Bytes of one article in plain text: UTF-8 has at most four a character."""

_JSON_LINES = (".jsonl", ".ndjson")
_READ = (".txt", ".json", *_JSON_LINES)


@dataclass(frozen=True, slots=True)
class FromFile:
    """An article, or what is wrong with it, and where it stands: `news.jsonl:12`, `story.txt`, `news.json#3`."""

    origin: str
    article: ArticleSubmitted | RecordError


def read(paths: Iterable[str], *, received: date, given: Given | None = None) -> Iterator[FromFile]:
    """The articles of files, in order; `-` is standard input, a folder gives its .txt, .json and .jsonl files by name.

    Each article is normalised once to see whether it can be used, so that what is wrong with it is said here and not only later in a
    dead letter.

    Args:
        paths: files, folders, or `-`.
        received: today; dates are not to lie ahead of it by more than a day.
        given: source, address and day for plain texts that do not say them.
    """
    for name in paths:
        try:
            if name == STDIN:
                yield from _checked(_articles(sys.stdin.buffer, "-", "", given or Given()), received)
                continue
            for path in _files(Path(name)):
                with path.open("rb") as stream:
                    yield from _checked(_articles(stream, str(path), path.suffix.lower(), given or Given()), received)
        except OSError as error:
            yield FromFile(name, UnusableArticle("unreadable", error.strerror or str(error), field="file", got=name))


def _files(path: Path) -> list[Path]:
    return sorted(file for file in path.iterdir() if file.suffix.lower() in _READ) if path.is_dir() else [path]


def _checked(articles: Iterator[FromFile], received: date) -> Iterator[FromFile]:
    for found in articles:
        if isinstance(found.article, RecordError):
            yield found
            continue
        try:
            look = normalise if found.article.pubstatus == "usable" else withdrawal
            look(found.article, received=received)
        except RecordError as error:
            yield FromFile(found.origin, error)
        else:
            yield found


def _articles(stream: BinaryIO, name: str, suffix: str, given: Given) -> Iterator[FromFile]:
    if suffix in _JSON_LINES:
        yield from _lines(stream, name, stream.readline(LONGEST_LINE + 1))
        return
    first = stream.readline(LONGEST_LINE + 1)
    while first.isspace() and len(first) <= 2:  # blank lines before the first word say nothing of the form
        first = stream.readline(LONGEST_LINE + 1)
    opening = first.lstrip(b"\xef\xbb\xbf \t")[:1]
    if suffix != ".txt" and opening == b"{" and _is_json(first):
        yield from _lines(stream, name, first)
    elif suffix == ".json" or (suffix != ".txt" and opening in (b"{", b"[")):
        yield from _document(first + stream.read(16 * LONGEST_LINE), name)
    else:
        yield FromFile(name, _attempt_text(first + stream.read(LONGEST_TEXT + 1), given))


def _lines(stream: BinaryIO, name: str, line: bytes) -> Iterator[FromFile]:
    number = 0
    while line:
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
            message = f"a line of more than {LONGEST_LINE:,} bytes"
            yield FromFile(f"{name}:{number}", UnusableArticle("too-long", message, field="text"))
        elif line.strip():
            yield FromFile(f"{name}:{number}", _attempt_line(line.rstrip(b"\r\n")))
        line = stream.readline(LONGEST_LINE + 1)
    if number == 0:
        yield FromFile(name, UnusableArticle("empty-text", "the file is empty", field="file"))


def _document(value: bytes, name: str) -> Iterator[FromFile]:
    """A whole JSON file: one article, or a list of them."""
    if len(value) > 16 * LONGEST_LINE:
        message = f"more than {16 * LONGEST_LINE:,} bytes of JSON; JSON Lines have no such limit"
        yield FromFile(name, UnusableArticle("too-long", message, field="file"))
        return
    if value.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"[":
        yield FromFile(name, _attempt_line(value))
        return
    try:
        documents = json.loads(decoded(value, field="file"))
    except RecordError as error:
        yield FromFile(name, error)
    except (ValueError, RecursionError) as error:
        yield FromFile(name, UnusableArticle("not-an-article", f"no JSON: {error}", field="file"))
    else:
        for number, document in enumerate(documents, 1):
            yield FromFile(f"{name}#{number}", _attempt(document))


def _is_json(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _attempt_line(line: bytes) -> ArticleSubmitted | RecordError:
    try:
        return submission(parsed(line))
    except RecordError as error:
        return error


def _attempt(document: object) -> ArticleSubmitted | RecordError:
    try:
        return submission(as_object(document))
    except RecordError as error:
        return error


def _attempt_text(value: bytes, given: Given) -> ArticleSubmitted | RecordError:
    try:
        if len(value) > LONGEST_TEXT:
            raise UnusableArticle("too-long", f"more than {LONGEST_TEXT:,} bytes", field="text")
        return from_plain_text(decoded(value, field="text"), given)
    except RecordError as error:
        return error
