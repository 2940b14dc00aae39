"""Hypothesis strategies for every event on the wire, made from the models themselves: a new field or type needs nothing here."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin
from uuid import UUID

from annotated_types import Ge, Gt, Le, Len, Lt, MaxLen, MinLen
from hypothesis import strategies as st
from muster_contracts.envelope import Envelope
from muster_contracts.partial_dates import PartialDate
from muster_contracts.topics import Topic
from muster_contracts.values import Evidence
from pydantic import AwareDatetime, BaseModel
from pydantic.fields import FieldInfo

LONGEST_NUMBER: Final = 2**63 - 1

# What JSON can carry: halves of surrogate pairs have no UTF-8.
_TEXT: Final = st.characters(exclude_categories=["Cs"])
_DAYS: Final = st.dates(min_value=date(1, 1, 1))
_TIMES: Final = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_PARTIAL: Final = st.tuples(_DAYS, st.sampled_from([4, 7, 10])).map(lambda drawn: drawn[0].isoformat()[: drawn[1]])


def events(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Any event of a type."""
    return _model(model)


def envelopes(topic: Topic, event: Any) -> st.SearchStrategy[Envelope]:
    """Any envelope that an event of a topic can stand in: its id and subject are the event's, where the topic says so."""
    reader = topic.readers[event.type]
    words = st.text(_TEXT, min_size=1, max_size=30)
    return st.builds(
        Envelope,
        id=words if reader.id_of is None else st.just(str(reader.id_of(event))),
        source=words,
        type=st.just(event.type),
        # Our times have milliseconds.
        time=_TIMES.map(lambda time: time.replace(microsecond=time.microsecond // 1000 * 1000)),
        subject=st.none() | words if reader.subject is None else st.just(str(reader.subject(event))),
        causation_id=st.none() | words,
    )


@cache
def _model(model: type[BaseModel]) -> st.SearchStrategy[Any]:
    if model is Evidence:
        return st.builds(
            lambda quote, start: Evidence(quote=quote, start=start, end=start + len(quote)),
            st.text(_TEXT, min_size=1, max_size=60),
            st.integers(0, 1_000_000),
        )
    required = {name: _field(field) for name, field in model.model_fields.items() if field.is_required()}
    optional = {name: _field(field) for name, field in model.model_fields.items() if not field.is_required()}
    return st.fixed_dictionaries(required, optional=optional).map(lambda fields: model(**fields))


def _field(field: FieldInfo) -> st.SearchStrategy[Any]:
    return _of(field.annotation, tuple(field.metadata))


def _of(kind: Any, said: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        inner, *more = get_args(kind)
        metadata = [each for part in more for each in (part.metadata if isinstance(part, FieldInfo) else [part])]
        return _of(inner, (*said, *metadata)) if kind != PartialDate else _PARTIAL
    if origin in (Union, UnionType):
        return st.one_of([_of(each, said) for each in get_args(kind)])
    if origin is Literal:
        return st.sampled_from(get_args(kind))
    if origin is tuple:
        least, most = _length(said)
        return st.lists(_of(get_args(kind)[0], ()), min_size=least, max_size=min(most or 4, max(4, least))).map(tuple)
    if kind is str and any(each in get_args(PartialDate) for each in said):
        return _PARTIAL
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _model(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    return _PLAIN[kind](said)


def _text(said: tuple[Any, ...]) -> st.SearchStrategy[str]:
    least, most = _length(said)
    pattern = next((each.pattern for each in said if getattr(each, "pattern", None)), None)
    if pattern is not None:
        return st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True).filter(lambda text: len(text) <= (most or len(text)))
    return st.text(_TEXT, min_size=least, max_size=min(most or 40, 40))


def _number(said: tuple[Any, ...]) -> st.SearchStrategy[int]:
    least, most = _range(said)
    return st.integers(-LONGEST_NUMBER if least is None else int(least), LONGEST_NUMBER if most is None else int(most))


def _fraction(said: tuple[Any, ...]) -> st.SearchStrategy[float]:
    least, most = _range(said)
    return st.floats(least, most, allow_nan=False, allow_infinity=False)


_PLAIN: Final[dict[Any, Callable[[tuple[Any, ...]], st.SearchStrategy[Any]]]] = {
    str: _text,
    int: _number,
    float: _fraction,
    bool: lambda said: st.booleans(),
    type(None): lambda said: st.none(),
    UUID: lambda said: st.uuids(),
    date: lambda said: _DAYS,
    datetime: lambda said: _TIMES,
    AwareDatetime: lambda said: _TIMES,
}


def _length(said: tuple[Any, ...]) -> tuple[int, int | None]:
    least, most = 0, None
    for each in said:
        if isinstance(each, (MinLen, Len)):
            least = each.min_length
        if isinstance(each, (MaxLen, Len)):
            most = each.max_length
    return least, most


def _range(said: tuple[Any, ...]) -> tuple[Any, Any]:
    least: Any = None
    most: Any = None
    for each in said:
        match each:
            case Ge():
                least = each.ge
            case Gt():
                least = int(str(each.gt)) + 1
            case Le():
                most = each.le
            case Lt():
                most = int(str(each.lt)) - 1
            case _:
                pass
    return least, most
