"""Records that no writer of ours would make: good ones with bytes, headers and JSON changed at random, the same ones for the same seed."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from uuid import uuid5

from muster_contracts.cloudevents import CONTENT_TYPE, STRUCTURED, binary_headers, structured_body
from muster_contracts.codec import check_key, decode, validate
from muster_contracts.envelope import Envelope
from muster_contracts.errors import RecordError
from muster_contracts.ids import MUSTER
from muster_contracts.publish.schemas import versions
from muster_contracts.topics import ARTICLE_SUBMISSIONS, EVENT_TOPICS, Topic
from muster_contracts.upcasting import upcast
from muster_ingest.sources.submissions import read_submission

EXAMPLES: Final = Path(__file__).parents[4] / "contracts" / "examples"
NOON: Final = datetime(2024, 6, 24, 12, tzinfo=UTC)

Headers = list[tuple[str, bytes]]

_PIECES: Final = (
    *(b"null", b"true", b"[]", b"{}", b'""', b"-1", b"1e999", b"NaN", b"Infinity", b"9" * 400, b"0.1", b'"\\ud800"', b'"\\u0000"'),
    *(b"[" * 300, b'{"type":' * 120, b"\xff\xfe", b"\0", b"\1", b"\xef\xbb\xbf", b'"2024-02-30"', b'"9999-12-31T23:59:59-23:59"'),
    b'"type":"pledge-announced.v1",',
)
_VALUES: Final = (
    *(b"", b"\xff", b"1.0", b"0.3", b"pledge-announced.v1", b"pledge-announced.v2", b"article-submitted.v1", b"nothing.v1", b"text/plain"),
    *(b"2024-06-24T12:00:00", b"2024-06-24T12:00:00Z", b"0001-01-01T00:00:00+23:59", b"application/cloudevents+json", b"application/json"),
    *(b"\0\0\0\0\7", b"\1" + bytes(16), b"a" * 3000),
)
_NAMES: Final = (
    "ce_id", "ce_source", "ce_type", "ce_time", "ce_specversion", "ce_subject", "ce_causationid", "content-type", "Content-Type",
    "__value_schema_id", "publisher", "muster-signature", "trace",
)  # fmt: skip


@dataclass
class Survived:
    """What became of mutated records."""

    events: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    longest_s: float = 0.0
    """The slowest record's time in the decoder."""


def good_records() -> list[tuple[Topic, Headers, bytes]]:
    """A record of every stored example of every version, in both modes, and in Confluent's framing."""
    found: list[tuple[Topic, Headers, bytes]] = []
    for version in versions():
        for path in sorted((EXAMPLES / version.family / version.number).glob("*.json")):
            topic, body = version.topic, path.read_bytes()
            event = upcast(topic, version.name, body) if version.becomes else validate(topic, body)
            reader = topic.readers[event.type]
            event_id = reader.id_of(event) if reader.id_of else uuid5(MUSTER, path.name)
            subject = str(reader.subject(event)) if reader.subject else None
            envelope = Envelope(str(event_id), "/muster/tests", version.name, NOON, subject, "cause-1")
            binary = list(binary_headers(envelope))
            found += [
                (topic, binary, body),
                (topic, [(CONTENT_TYPE, STRUCTURED.encode())], structured_body(envelope, body)),
                (topic, binary, b"\0\0\0\0\7" + body),
            ]
    return found


def mutated(count: int, seed: int) -> Iterator[tuple[Topic, Headers, bytes | None]]:
    """So many records, each a good one with one to four things changed."""
    chance = random.Random(seed)
    good = good_records()
    for _ in range(count):
        topic, headers, value = chance.choice(good)
        changed: tuple[Headers, bytes | None] = (list(headers), value)
        for _ in range(chance.choice((1, 1, 2, 4))):
            changed = chance.choice(_CHANGES)(*changed, chance)
        if chance.random() < 0.05:
            topic = chance.choice(EVENT_TOPICS)
        yield topic, *changed


def survive(records: Iterator[tuple[Topic, Headers, bytes | None]]) -> Survived:
    """Decode records, each as its topic's consumers do. Anything but an event or a RecordError comes out as it is."""
    survived = Survived()
    for topic, headers, value in records:
        began = perf_counter()
        try:
            event, envelope = decode(topic, headers, value)
            check_key(topic, event, (envelope.subject or "").encode())
            survived.events += 1
        except RecordError as error:
            survived.errors[error.reason] += 1
            str(error).encode()
        if topic is ARTICLE_SUBMISSIONS:
            try:
                read_submission(headers, value)
            except RecordError as error:
                str(error).encode()
        survived.longest_s = max(survived.longest_s, perf_counter() - began)
    return survived


def _flip(headers: Headers, value: bytes | None, chance: random.Random) -> tuple[Headers, bytes | None]:
    if not value:
        return headers, value
    body = bytearray(value)
    for _ in range(chance.randint(1, 4)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return headers, bytes(body)


def _cut(headers: Headers, value: bytes | None, chance: random.Random) -> tuple[Headers, bytes | None]:
    if not value:
        return headers, value
    start = chance.randrange(len(value))
    return headers, value[:start] + value[start + chance.randrange(len(value)) :]


def _insert(headers: Headers, value: bytes | None, chance: random.Random) -> tuple[Headers, bytes | None]:
    at = chance.randint(0, len(value or b""))
    piece = chance.choice(_PIECES) if chance.random() < 0.8 else chance.randbytes(chance.randint(1, 12))
    return headers, (value or b"")[:at] + piece + (value or b"")[at:]


def _repeat(headers: Headers, value: bytes | None, chance: random.Random) -> tuple[Headers, bytes | None]:
    if not value:
        return headers, value
    start = chance.randrange(len(value))
    return headers, value[:start] + value[start : start + chance.randint(1, 200)] * chance.randint(2, 20) + value[start:]


def _other_value(headers: Headers, value: bytes | None, chance: random.Random) -> tuple[Headers, bytes | None]:
    """A JSON value anywhere in the body becomes another."""
    try:
        document = json.loads(value or b"")
    except (ValueError, RecursionError):
        return headers, value
    within: Any = document
    while isinstance(within, (dict, list)) and within:
        key = chance.choice(list(within) if isinstance(within, dict) else range(len(within)))
        if not isinstance(within[key], (dict, list)) or chance.random() < 0.3:
            within[key] = chance.choice((None, True, -1, 2**70, 1e300, "", "x" * 3000, "\ud800", "\0", [], {}, [[]], "2024-13", "0000"))
            break
        within = within[key]
    return headers, json.dumps(document).encode()


def _no_body(headers: Headers, value: bytes | None, chance: random.Random) -> tuple[Headers, bytes | None]:
    return headers, chance.choice((None, b"", b" ", b"{}"))


def _header(headers: Headers, value: bytes | None, chance: random.Random) -> tuple[Headers, bytes | None]:
    """A header goes, comes, has another value or none at all."""
    kept = list(headers)
    if kept and chance.random() < 0.5:
        kept.pop(chance.randrange(len(kept)))
    if chance.random() < 0.6:
        said: Any = chance.choice((*_VALUES, None)) if chance.random() < 0.8 else chance.randbytes(chance.randint(0, 40))
        kept.insert(chance.randint(0, len(kept)), (chance.choice(_NAMES), said))
    return kept, value


_CHANGES: Final[tuple[Callable[[Headers, bytes | None, random.Random], tuple[Headers, bytes | None]], ...]] = (
    _flip, _flip, _cut, _insert, _insert, _repeat, _other_value, _other_value, _other_value, _header, _header, _header, _no_body,
)  # fmt: skip
