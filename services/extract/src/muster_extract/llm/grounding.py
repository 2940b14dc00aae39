"""What of a told event stands in the text. Everything else is dropped, with the reason."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache

import pycountry
from muster_contracts.partial_dates import PartialDate, first_day
from muster_contracts.values import BODIES, PEOPLE_UNITS, Kind, Modality
from pydantic import TypeAdapter, ValidationError

from muster_extract.llm.quoted import Quoted, quoted
from muster_extract.llm.quotes import cut, places
from muster_extract.llm.survey import Survey
from muster_extract.llm.told import ToldEvent

CERTAINTY = 0.7
"""Of what the model alone says: below the 0.8 of a rule. Not calibrated."""

REASONED = frozenset({"DeploymentDelayed", "ObstacleRaised", "ObstacleCleared"})
PAST = frozenset(
    {"ContingentArrived", "ContingentDeparted", "StrengthReported", "FundingProvided", "EquipmentDelivered", "CasualtyReported"}
)
"""Types of what has happened: a day after the article's own is no telling of it (the labelling guide, rule 4)."""

_WOUNDED = re.compile(r"\b(?:wound\w*|injur\w*|hurt)\b", re.IGNORECASE)
_KILLED = re.compile(r"\b(?:kill\w*|die[ds]?|dead|deaths?|slain|lives?)\b", re.IGNORECASE)
_MONEY = re.compile(r"[$€£]|\b(?:money|fund(?:s|ing)?|financ\w+)\b", re.IGNORECASE)
_UNIT = re.compile(r"(?![A-Z]{3}$)[A-Za-z][\w-]*(?: [A-Za-z][\w-]*){0,4}")  # three capitals would be money
_PARTIAL_DATE: TypeAdapter[str] = TypeAdapter(PartialDate)


class Ungrounded(ValueError):
    """Why a told event is dropped."""


def ground(survey: Survey, told: Iterable[ToldEvent], rule: str) -> tuple[list[Quoted], list[str]]:
    """The told events that ground in the article, as candidates, and one line for each of the others."""
    kept: list[Quoted] = []
    dropped: list[str] = []
    for event in told:
        try:
            kept.append(_candidate(survey, event, rule))
        except Ungrounded as why:
            who = " ".join(str(part) for part in (event.type, event.contributor, event.quantity) if part is not None)
            dropped.append(f"dropped {who}, “{event.evidence[:120]}”: {why}")
    return kept, dropped


def _candidate(survey: Survey, event: ToldEvent, rule: str) -> Quoted:
    start, end = _place(survey, event)
    if event.mission not in survey.missions:
        raise Ungrounded(f"the article speaks of no mission {event.mission[:80]!r}")
    amount, unit, qualifier = _quantity(survey, event)
    contributor = _contributor(survey, event.contributor)
    if event.type == "PledgeAnnounced" and contributor is None and amount is None:
        raise Ungrounded("a pledge with neither a contributor nor a number is none")
    if event.type == "StrengthReported" and amount is None:
        raise Ungrounded("a strength without a number is none")
    day = _date(survey, event)
    return quoted(
        survey,
        start,
        end,
        claim=event.type,
        rule=rule,
        contributor=contributor,
        amount=amount,
        unit=unit,
        qualifier=qualifier,
        date=day,
        reasons=(event.reason.value,) if event.reason and event.type in REASONED else (),
        modality=_modality(event.type, day, survey.article.published_on),
        certainty=CERTAINTY,
        mission=event.mission,
        extras=_extras(event, survey.article.text[start:end]),
    )


def _place(survey: Survey, event: ToldEvent) -> tuple[int, int]:
    """The quote's offsets; of several places the first one beside which the event's number stands."""
    text = survey.article.text
    found = list(places(event.evidence, text))
    if not found:
        raise Ungrounded("the quote does not stand in the text")
    counted = [m.start for m in survey.numbers if m.amount == event.quantity]
    near = [
        place for place in found for s in survey.sentences if s.start <= place[0] < s.end and any(s.start <= n < s.end for n in counted)
    ]
    short = cut(*(near or found)[0], text)
    if short is None:
        raise Ungrounded("the quote has fewer than three words")
    return short


def _quantity(survey: Survey, event: ToldEvent) -> tuple[int | None, str | None, str]:
    if event.quantity is None:
        return None, None, "exact"
    if event.quantity <= 0 or event.quantity not in survey.amounts:
        raise Ungrounded("its number does not stand in the article")
    unit = event.unit or "personnel"
    if unit in PEOPLE_UNITS or unit in _currencies():
        return event.quantity, unit, event.qualifier.value
    if not _UNIT.fullmatch(unit) or not all(survey.holds_word(word) for word in unit.split()):
        raise Ungrounded(f"its unit {unit[:60]!r} is no unit of ours and no word of the article")
    return event.quantity, unit, event.qualifier.value


def _contributor(survey: Survey, code: str | None) -> str | None:
    if code is None or code in survey.codes:
        return code
    if code not in _codes():
        raise Ungrounded(f"{code[:20]!r} is no code of a state or body")
    if code not in survey.bodies:
        raise Ungrounded(f"the article does not name {code}")
    return code


def _date(survey: Survey, event: ToldEvent) -> str | None:
    if event.date is None:
        return None
    try:
        day = _PARTIAL_DATE.validate_python(event.date)
    except ValidationError:
        raise Ungrounded(f"{event.date[:40]!r} is no date") from None
    if first_day(day).year not in survey.years:
        raise Ungrounded(f"nothing in the article gives the year {day[:4]}")
    if event.type in PAST and first_day(day) > survey.article.published_on:
        raise Ungrounded(f"what is to happen on {day} has not happened")
    return day


def _modality(claim: str, day: str | None, published: date) -> Modality:
    """As the rules hold them: what is to come is planned, whatever its type."""
    to_come = day is not None and first_day(day) > published
    if claim == "DeploymentScheduled" or (claim in {"ContingentWithdrawn", "MissionEnded"} and to_come):
        return Modality.PLANNED
    return Modality.ASSERTED


def _extras(event: ToldEvent, quote: str) -> tuple[tuple[str, object], ...]:
    if event.type == "CasualtyReported":
        return (("harm", "wounded" if _WOUNDED.search(quote) and not _KILLED.search(quote) else "killed"),)
    if event.type in {"PledgeAnnounced", "PledgeWithdrawn"} and event.quantity is None and _MONEY.search(quote):
        return (("kind", Kind.MONEY),)
    return ()


@cache
def _currencies() -> frozenset[str]:
    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


@cache
def _codes() -> frozenset[str]:
    return frozenset({*(country.alpha_2 for country in pycountry.countries), *BODIES, "UN", "EU", "XK"})
