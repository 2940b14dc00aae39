"""What a board says of the mission as a whole: its mandate, ceiling, command, and what was said."""

from collections.abc import Sequence
from datetime import date

from muster_contracts.values import Kind

from muster_projection.board import Ceiling, Commander, Fact, Leader, Mandate, Note, Statement
from muster_projection.folds.facts import figure

LATEST = 12
"""Statements and notes on the board; the facts hold all."""


def mandate(facts: Sequence[Fact], valid_at: date) -> Mandate:
    """When it was authorised, how long it runs, and its end."""
    authorized = min(
        (each for each in facts if each.type == "mission-authorized"),
        key=lambda each: (each.date is None, each.day, each.fact_id),
        default=None,
    )
    extended = max(
        (each for each in facts if each.type == "mandate-extended"),
        key=lambda each: (each.date is not None, each.date or "", each.fact_id),
        default=None,
    )
    ended = min(
        _ends(facts, authorized, valid_at), key=lambda each: (each.date is None, -each.origins, each.day, each.fact_id), default=None
    )
    return Mandate(
        authorized=figure(authorized) if authorized else None,
        authority=authorized.contributor if authorized else None,
        runs_until=extended.date if extended else None,
        extended=figure(extended) if extended else None,
        ended_on=ended.date if ended else None,
        ended=figure(ended) if ended else None,
    )


def _ends(facts: Sequence[Fact], authorized: Fact | None, valid_at: date) -> list[Fact]:
    # An end before the beginning is that of an earlier mission, told as background.
    begun = authorized.day if authorized and authorized.date else date.min
    return [each for each in facts if each.type == "mission-ended" and begun <= each.day <= valid_at]


def ceilings(facts: Sequence[Fact]) -> tuple[Ceiling, ...]:
    """Authorised strengths, oldest first."""
    set_ = [each for each in facts if each.type == "mission-authorized" and each.quantity and each.quantity.kind is Kind.PEOPLE]
    set_.sort(key=lambda each: (each.day, each.quantity.amount if each.quantity else 0, each.fact_id))
    return tuple(
        Ceiling(quantity=each.quantity, authority=each.contributor, since=each.date, figure=figure(each)) for each in set_ if each.quantity
    )


def leaders(facts: Sequence[Fact]) -> tuple[Leader, ...]:
    """Who offered or was named to lead, oldest first."""
    offered = sorted(
        (each for each in facts if each.type == "leadership-offered" and each.contributor), key=lambda each: (each.day, each.fact_id)
    )
    return tuple(Leader(contributor=each.contributor, since=each.date, figure=figure(each)) for each in offered if each.contributor)


def commanders(facts: Sequence[Fact]) -> tuple[Commander, ...]:
    """Who was named to command or deputise, oldest first."""
    named = sorted((each for each in facts if each.type == "commander-appointed"), key=lambda each: (each.day, each.fact_id))
    return tuple(
        Commander(person=each.person, post=each.post, contributor=each.contributor, since=each.date, figure=figure(each)) for each in named
    )


def statements(facts: Sequence[Fact]) -> tuple[Statement, ...]:
    """The latest, newest first; those of one article in the order of its text."""
    return tuple(
        Statement(speaker=each.claims[0].speaker, no_comment=each.no_comment, figure=figure(each))
        for each in _latest(facts, "statement-made")
    )


def notes(facts: Sequence[Fact], type_: str) -> tuple[Note, ...]:
    """The latest of a type, newest first."""
    return tuple(Note(about=each.detail or "", contributor=each.contributor, figure=figure(each)) for each in _latest(facts, type_))


def _latest(facts: Sequence[Fact], type_: str) -> list[Fact]:
    of_type = [each for each in facts if each.type == type_]
    of_type.sort(key=lambda each: (-each.first_told.toordinal(), each.claims[0].article_id, each.claims[0].start, each.fact_id))
    return of_type[:LATEST]
