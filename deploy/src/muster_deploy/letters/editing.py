"""A letter's body and headers, changed by hand, and held against the contract before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from muster_contracts.codec import check_key, decode
from muster_contracts.errors import RecordError
from muster_contracts.topics import ARTICLE_SUBMISSIONS, Topic
from muster_contracts.transport.dead_letters import DeadLetter

from muster_deploy.bodies import parsed, written
from muster_deploy.errors import BadInput

Headers = tuple[tuple[str, bytes], ...]


def check(topic: Topic, letter: DeadLetter, *, today: date) -> None:
    """Whether the topic's consumer will be able to use a letter's record: read as it reads it.

    Args:
        letter: as it would be sent.
        today: the day on which it would enter the log.

    Raises:
        RecordError: it won't; says why.
    """
    if topic.name != ARTICLE_SUBMISSIONS.name:
        event, _ = decode(topic, letter.headers, letter.body)
        check_key(topic, event, letter.key)
        return
    from muster_ingest.normalise import normalise, withdrawal
    from muster_ingest.sources.submissions import read_submission

    article = read_submission(letter.headers, letter.body).article
    if article.pubstatus == "usable":
        normalise(article, received=today)
    else:
        withdrawal(article, received=today)


def fault(topic: Topic, letter: DeadLetter, *, today: date) -> RecordError | None:
    """What `check` raises, or None."""
    try:
        check(topic, letter, today=today)
    except RecordError as error:
        return error
    return None


def with_fields(body: bytes | None, assignments: Sequence[str]) -> bytes:
    """A JSON body with some fields set.

    Args:
        assignments: `field=value`. A field is a path, e.g. `quantity.amount` or `reasons.0`; a value is JSON where it is JSON, else text.

    Raises:
        BadInput: the body is no JSON object, or an assignment doesn't fit it.
    """
    try:
        changed = parsed(body)
    except ValueError:
        changed = None
    if not isinstance(changed, dict):
        raise BadInput("The body is no JSON object, so no field of it can be set.", remedy="Give a whole body with --body FILE.")
    for assignment in assignments:
        path, equals, value = assignment.partition("=")
        if not equals or not path:
            raise BadInput(f"--set {assignment}: that is no field=value.", remedy="For example --set published=2024-06-24.")
        _set(changed, path, _value(value))
    return written(changed).encode()


def with_headers(headers: Headers, assignments: Sequence[str]) -> Headers:
    """Headers with some set: `name=value`. A header that is there is replaced where it stands; an empty value takes it away.

    Raises:
        BadInput: an assignment is none.
    """
    changed = list(headers)
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name:
            raise BadInput(f"--header {assignment}: that is no name=value.", remedy="For example --header ce_type=article-submitted.v1.")
        at = next((place for place, (one, _) in enumerate(changed) if one == name), len(changed))
        changed = [(one, old) for one, old in changed if one != name]
        if value:
            changed.insert(min(at, len(changed)), (name, value.encode(errors="surrogateescape")))
    return tuple(changed)


def with_key(letter: DeadLetter, key: str) -> DeadLetter:
    """A letter whose record has another key, and so a partition of that key's."""
    new = key.encode(errors="surrogateescape")  # an argument that is no UTF-8 is taken byte for byte
    return letter if (letter.key or b"") == new else replace(letter, key=new or None, origin=None)


def differences(letter: DeadLetter, edited: DeadLetter) -> tuple[str, ...]:
    """What an edit changed: paths of JSON fields, `header NAME`, `key`, or `body` where either is no JSON. Empty where nothing did."""
    old, new = dict(letter.headers), dict(edited.headers)
    named = [f"header {name}" for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    named += ["key"] if letter.key != edited.key else []
    if (letter.body or b"") == (edited.body or b""):
        return tuple(named)
    try:
        fields = list(_differing(parsed(letter.body), parsed(edited.body)))
    except ValueError:
        fields = ["body"]
    return (*fields, *named)


def pretty(body: bytes | None) -> str:
    """A body as an editor shows it: JSON with its fields on lines of their own, anything else as it is."""
    try:
        return written(parsed(body), indent=2) + "\n"
    except ValueError:
        return (body or b"").decode("utf-8", "replace")


def _value(text: str) -> Any:
    try:
        return parsed(text.encode())
    except ValueError:
        return text


def _set(document: Any, path: str, value: Any) -> None:
    *steps, last = path.split(".")
    place = document
    try:
        for step in steps:
            if isinstance(place, list):
                place = place[int(step)]
            else:
                if place.get(step) is None:
                    place[step] = {}
                place = place[step]
        if isinstance(place, list):
            place[int(last)] = value
        elif isinstance(place, dict):
            place[last] = value
        else:
            raise TypeError(path)
    except (IndexError, ValueError, AttributeError, TypeError):
        raise BadInput(f"--set {path}: the body has no place for that field.") from None


def _differing(old: Any, new: Any, path: str = "") -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in [*old, *(name for name in new if name not in old)]:
            inside = f"{path}.{name}" if path else name
            if name not in old or name not in new:
                yield inside
            else:
                yield from _differing(old[name], new[name], inside)
    elif old != new or type(old) is not type(new):
        yield path or "body"
