"""A record of the log on one line, and as a JSON object."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from muster_contracts.acts import LetterAct
from muster_contracts.articles import ArticleRetracted, ArticleSubmitted
from muster_contracts.changes import Change, FactEstablished, FactRevised, FactWithdrawn, StatusChanged, StatusValue, ToldFact
from muster_contracts.claims import Claim, ExtractionCompleted
from muster_contracts.codec import decode
from muster_contracts.errors import RecordError
from muster_contracts.topics import ARTICLE_SUBMISSIONS, Topic
from muster_contracts.transport.dead_letters import read_letter
from muster_projection.contributors import contributor_name
from rich.text import Text

from muster_deploy.bodies import parsed
from muster_deploy.cli.plain import plain
from muster_deploy.cli.words import amount, counted
from muster_deploy.letters.letter import BOXES

QUOTE_SHOWN: Final = 160  # characters


class Seen(NamedTuple):
    """A record, and what is read in it."""

    record: Any
    type: str
    """The event's name on the wire; of a dead letter its reason; empty where the record says none."""

    event: Any
    """None where it can't be read, or is a dead letter."""

    error: RecordError | None


def seen(topic: Topic, record: Any) -> Seen:
    """Read a record as far as it can be read. Never fails."""
    named = next((value.decode("utf-8", "replace") for name, value in record.headers if name == "ce_type" and value is not None), "")
    if topic.holds is None:
        return Seen(record, read_letter(record, "").reason, None, None)
    try:
        if topic.name == ARTICLE_SUBMISSIONS.name:
            from muster_ingest.sources.submissions import read_submission

            event = read_submission(record.headers, record.value).article
        else:
            event, _ = decode(topic, record.headers, record.value)
    except RecordError as error:
        return Seen(record, named, None, error)
    return Seen(record, named or event.type, event, None)


def line(topic: Topic, one: Seen) -> Text:
    """A record for a reader: time, type, what it tells, and where it stands."""
    place = f"{one.record.topic}/{one.record.partition}@{one.record.offset}"
    if one.error is not None:
        told = [f"can't be read: {one.error.reason}: {one.error}"]
    elif topic.holds is None:
        told = _letter(one.record, topic)
    else:
        told = list(_told(one.event))
    parts: list[Any] = [
        (_time(one.record), "dim"),
        "  ",
        (plain(one.type.partition(".v")[0] or "–", longest=60), "bold red" if one.error else "bold"),
    ]
    for part in told:
        parts += ["  ", plain(part, longest=4 * QUOTE_SHOWN)]
    return Text.assemble(*parts, "  ", (place, "dim"))


def as_object(one: Seen) -> dict[str, Any]:
    """A record as JSON shows it: headers as text, the body as JSON where it is JSON, else as text; and what is wrong with it."""
    record = one.record
    told = {
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "time": _time(record),
        "timestamp": record.timestamp,
        "type": one.type or None,
        "key": _text(record.key),
        "headers": {name: _text(value) for name, value in record.headers},
        "value": _body(record.value),
    }
    if one.error is not None:
        told["error"] = {"reason": one.error.reason, "field": one.error.field, "message": str(one.error)}
    return told


def _told(event: Any) -> Iterable[str]:
    match event:
        case Claim():
            yield event.mission
            yield contributor_name(event.contributor)
            yield ", ".join(filter(None, (amount(event.quantity), event.date))) or "–"
            yield _quoted(event.evidence.quote)
            yield event.article.source
        case ExtractionCompleted():
            yield f"{counted(len(event.claim_ids), 'claim')} by {event.extractor}"
            yield f"{event.article.source}: {event.article.title}"
        case Change():
            yield event.mission
            yield from _change(event)
            yield f"({event.because.replace('-', ' ')}, {counted(event.claims, 'claim')})"
        case LetterAct():
            sent_to, why = getattr(event, "sent_to", None), getattr(event, "why", None)
            yield str(event.letter) + (f" to {sent_to}" if sent_to else "")
            yield f"{event.reason}, by {event.by}" + (f": {why}" if why else "")
        case ArticleSubmitted():
            yield event.source
            yield event.title or _quoted(event.text or "")
            yield event.url or event.id or "–"
        case ArticleRetracted():
            yield f"{event.source}: {event.title}"
            yield event.why or "no reason given"
        case _:
            yield ": ".join(filter(None, (getattr(event, "source", None), getattr(event, "title", None)))) or "–"


def _change(change: Change) -> Iterable[str]:
    match change:
        case FactEstablished() | FactWithdrawn():
            yield contributor_name(change.fact.contributor)
            yield f"{change.fact.type}: {_fact(change.fact)}"
        case FactRevised():
            yield contributor_name(change.after.contributor)
            yield f"{change.after.type}: {_fact(change.before)} → {_fact(change.after)} ({', '.join(change.changed)})"
        case StatusChanged():
            yield contributor_name(change.contributor) if change.contributor else "the mission"
            yield f"{change.figure}: {_value(change.before)} → {_value(change.after)}"


def _fact(fact: ToldFact) -> str:
    return ", ".join(filter(None, (amount(fact.quantity), fact.date, fact.person, fact.detail))) or "told"


def _value(value: StatusValue | None) -> str:
    if value is None:
        return "none"
    parts = (amount(value.quantity), value.date, value.state, value.person, value.code and contributor_name(value.code), value.successor)
    return ", ".join(filter(None, parts)) or "told"


def _letter(record: Any, topic: Topic) -> list[str]:
    consumer = next((box.consumer for box in BOXES if box.letters.name == topic.name), "")
    letter = read_letter(record, consumer)
    return [f"{consumer} could not use {letter.origin or 'a record'}", letter.error]


def _quoted(text: str) -> str:
    return f"“{plain(text, longest=QUOTE_SHOWN)}”"


def _time(record: Any) -> str:
    try:
        return datetime.fromtimestamp(record.timestamp / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return str(record.timestamp)


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode("utf-8", "replace")


def _body(value: bytes | None) -> Any:
    try:
        return None if value is None else parsed(value)
    except ValueError:
        return _text(value)
