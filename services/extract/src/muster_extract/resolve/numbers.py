"""Numbers of a text with what they count: people, money, equipment, or something else."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from muster_extract.resolve.counted import noun_after, noun_before
from muster_extract.resolve.dates import find_dates
from muster_extract.resolve.flat import flat
from muster_extract.resolve.money import currency_after, currency_before
from muster_extract.resolve.numerals import Numeral, find_numerals

Kind = Literal["people", "money", "equipment", "percent", "ordinal", "year", "other"]


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number in a text.

    `start` and `end` span the numeral with its currency sign or word and both ends of a range, not its qualifier or noun. `amount`
    is a whole number: people, pieces, whole currency units (300000000 for `$300 million`), for a range its lower end. `qualifier`
    is `exact`, `about`, `at_least` or `at_most`. `unit` is `police`, `troops`, `personnel`, an ISO 4217 code, or an equipment noun
    in the singular; None for the other kinds. `noun` is what the text counts in its own words; None for a bare number, which then
    is of kind `other`. `ordinal` also holds days of dates and numbers of resolutions.
    """

    start: int
    end: int
    amount: int
    qualifier: str
    unit: str | None
    kind: Kind
    noun: str | None = None


_BETWEEN = (
    r"(?:\s+(?:another|an? further|an? additional|an? extra|additional|further|extra|the|its|his"
    r"|their|some|an?|a total of|of|all|about|around|only|just|roughly|at least|approximately"
    r"|well)){0,3}\s*$"
)
_BEFORE = re.compile(
    (
        r"(?:(?P<at_least>\b(?:(?:no|not) (?:fewer|less) than|more than|at least|upwards? of|in excess"
        r" of|(?<!handed )(?<!turned )(?<!taken )(?<!took )(?<!take )(?<!hand )(?<!turn )(?<!left )(?<!handing"
        r" )(?<!taking )(?<!fly )(?<!flew )over|(?:well|just) over|above|exceed(?:ing|s|ed)|a minimum"
        r" of|minimum of|greater than|topp(?:ed|ing)|north of|beyond))"
        r"|(?P<at_most>\b(?:(?:no|not) more than|not exceeding|not to exceed|up to|at (?:the )?most"
        r"|fewer than|less than|under|below|(?:a |the )?maximum(?: strength)? of|as many as|a (?:ceiling"
        r"|limit|cap) of|ceiling of|capped at|limited to|short of))"
        r"|(?P<about>\b(?:about|around|round|some|roughly|approximately|approx\.|nearly|almost|close"
        r" to|close on|an estimated|estimated(?: at)?|in the region of|(?:in|on|of) the order of|more"
        r" or less|circa|c\.|just under|just short of|nigh on|getting on for|perhaps|maybe)|[~≈]))"
    )
    + _BETWEEN,
    re.I,
)
_AFTER = re.compile(
    r"(?P<about>[ ,]*(?:or so\b|or thereabouts|-odd\b|give or take|more or less))|(?P<at_least>\s?\+"
    r"|-plus\b|[ ,]*(?:or more\b|and more\b|plus\b|and counting|at least\b|at the (?:very )?least))"
    r"|(?P<at_most>[ ,]*(?:at (?:the )?most\b|or (?:fewer|less)\b|at the outside|maximum\b))",
    re.I,
)
_RANGE = re.compile(r"(?: ?[–—-] ?| to | or (?:even |perhaps |so )?)(?:as many as |perhaps |even )?(?:US\$|[A-Z]{0,2}[$€£])?$")
_AND = re.compile(r" (?:and|to) (?:[A-Z]{0,2}[$€£])?$")
_BETWEEN_BEFORE = re.compile(r"\bbetween (?:about |around |some )?(?:[A-Z]{0,2}[$€£])?$", re.I)
_FROM_BEFORE = re.compile(r"\bfrom (?:about |around |some |the |its )?(?:[A-Z]{0,2}[$€£])?$", re.I)
_PERCENT = re.compile(r"\s?(?:%|per cent\b|percent\b|percentage points?\b)| ?(?:st|nd|rd|th)\b", re.I)
_YEAR_BEFORE = re.compile(
    (
        r"\b(?:in|since|by|of|until|till|early|late|mid|during|from|to|before|after|year|and|or|through"
        r"|january|february|march|april|may|june|july|august|september|october|november|december|\d{1,2},)[ -]$"
        r"|\($"
    ),
    re.I,
)
_COUNTED_BEFORE = re.compile(r"(?<!end )(?<!beginning )(?<!start )(?<!summer )(?<!spring )\b(?:of|and|or|from|to|by)\s$", re.I)
_LABEL_BEFORE = re.compile(
    (
        r"\b(?:resolutions?|chapter|articles?|nos?\.?|number|paragraphs?|paras?\.?|annex|section|pages?"
        r"|flight|route|highway|rule|item|picture|phase|step|day|operation|sector|zone|channel|grade"
        r"|level|boeing|airbus|room|type|mark|version|protocol|aged|age)\s$"
    ),
    re.I,
)
_AGE = re.compile(r"[A-Z][\w’'-]+, $")
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\b", re.I)
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"]


def find_numbers(text: str) -> list[NumberMention]:
    """Numbers of `text`, in order and without overlap. Never raises.

    Words count like digits ("fifteen hundred", "half a million"); a range is one mention with its lower end and `at_least`.
    """
    text = flat(text)
    dates = [(mention.start, mention.end) for mention in find_dates(text)]
    mentions: list[NumberMention] = []
    numerals = find_numerals(text)
    place = 0
    while place < len(numerals):
        low = _whole(text, numerals[place])
        high = numerals[place + 1] if place + 1 < len(numerals) else None
        if _in_date(dates, low):
            mentions.append(NumberMention(low.start, low.end, int(low.value), "exact", None, "year" if _looks_year(low) else "ordinal"))
            place += 1
        elif high is not None and not _in_date(dates, high) and _is_range(text, low, high):
            mentions.append(_mention(text, low, high))
            place += 2
        else:
            mentions.append(_mention(text, low, None))
            place += 1
    mentions = _sharing_nouns(text, mentions)
    taken = [(mention.start, mention.end) for mention in mentions]
    for found in _ORDINAL.finditer(text):
        if not any(start < found.end() and found.start() < end for start, end in (*taken, *dates)):
            mentions.append(NumberMention(found.start(), found.end(), _ORDINALS.index(found[1].lower()) + 1, "exact", None, "ordinal"))
    return sorted(mentions, key=lambda mention: mention.start)


def _whole(text: str, numeral: Numeral) -> Numeral:
    """The numeral with a dot between its thousands read as such where it counts people: nobody sends 17.5 soldiers."""
    dotted = numeral.scale == 1 and not numeral.letter and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", numeral.written)
    noun = noun_after(text, numeral.end) if dotted else None
    return replace(numeral, value=numeral.value * 1000) if noun is not None and noun.kind == "people" else numeral


_SHARES = re.compile(
    r"\s+(?:from|of (?:them|whom|these|those)|others?|more|further|altogether|in all|in total|each"
    r"|at (?:the )?most|or so|left|will|had|have|were|are|is|already|came|arrived|landed)\b|[,;.)]"
    r"|\s+(?:and|by|for|to|in|on|with)\b|$"
)
_APART = re.compile(r"[.!?][\"”’)]*\s|\n")


def _sharing_nouns(text: str, mentions: list[NumberMention]) -> list[NumberMention]:
    """Gives a bare number the unit of the people counted before it in its sentence: `4,500 troops from Uganda, 2,500 from Ethiopia`.

    Across a full stop it does so only where the number opens by itself a clause of the same kind (`A further 300 are to follow`).
    """
    shared: list[NumberMention] = []
    last: NumberMention | None = None
    for mention in mentions:
        if mention.kind == "people":
            last = mention
        elif mention.kind in ("money", "equipment", "percent"):
            last = last if mention.kind == "percent" else None
        elif mention.kind == "other" and mention.noun is None and last is not None and _SHARES.match(text, mention.end):
            stops = len(_APART.findall(text, last.end, mention.start))
            if mention.start - last.end < 260 and (stops == 0 or (stops == 1 and _opens_alike(text, mention))):
                mention = replace(mention, kind="people", unit=last.unit)
                last = mention
        shared.append(mention)
    return shared


def _opens_alike(text: str, mention: NumberMention) -> bool:
    return (
        re.search(
            r"\b(?:another|a further|an additional|other|first|some|about|around|the last|of them|including)\s+(?:\w+ )?$",
            text[max(0, mention.start - 24) : mention.start],
            re.I,
        )
        is not None
    )


def _in_date(dates: list[tuple[int, int]], numeral: Numeral) -> bool:
    return any(start <= numeral.start and numeral.end <= end for start, end in dates)


def _looks_year(numeral: Numeral) -> bool:
    return len(numeral.written) == 4 and numeral.written.isdigit() and 1900 <= numeral.value <= 2100 and numeral.scale == 1


def _scaled(low: Numeral, high: Numeral) -> float:
    """The lower end; a scale said once ("three to four thousand", "$200-300 million") holds for both."""
    if low.scale == 1 and high.scale > 1 and low.value < high.value * 1.0001:
        return low.value * high.scale
    if low.scale == 1 and high.scale == 1 and low.value < 100 and high.value >= 1000:
        head = re.match(r"(\w+)[ -](hundred|thousand|million|billion)", high.written, re.I)
        if head and not low.written[:1].isdigit():
            scale = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}[head[2].lower()]
            return low.value * scale
    return low.value * low.scale


def _is_range(text: str, low: Numeral, high: Numeral) -> bool:
    gap = text[low.end : high.start]
    if len(gap) > 20:
        return False
    before = text[max(0, low.start - 24) : low.start]
    joined = _RANGE.search(gap) if _RANGE.fullmatch(gap) else _AND.fullmatch(gap) if _BETWEEN_BEFORE.search(before) else None
    if joined is None:
        return False
    if " to " in gap and _FROM_BEFORE.search(before):
        return False
    if _looks_year(low) and _looks_year(high):
        return False
    lower, upper = _scaled(low, high), high.value * high.scale
    return lower < upper and (upper <= 20 * lower)


def _mention(text: str, low: Numeral, high: Numeral | None) -> NumberMention:
    start, end = low.start, (high or low).end
    value = _scaled(low, high) if high else low.value * low.scale
    sign = currency_before(text, start)
    if sign is None and high is not None and (later := currency_before(text, high.start)):
        sign = (later[0], start)
    word = currency_after(text, end)
    currency = sign[0] if sign else word[0] if word else None
    if sign:
        start = sign[1]
    if word:
        end = word[1]
        currency = word[0] if sign is None or currency == "USD" else currency
    if currency is None and low.letter and low.scale != 1_000 and not (high and high.letter):
        return NumberMention(low.start, low.end, int(low.value), "exact", None, "other", "m")  # 10m is ten metres; 300k is a count
    qualifier = _qualifier_before(text, start)
    if currency is not None:
        qualifier = qualifier or _qualifier_after(text, end) or ("at_least" if high else "exact")
        return NumberMention(start, end, round(value), _ranged(qualifier, high), currency, "money")
    if percent := _PERCENT.match(text, end):
        kind: Kind = "percent" if percent.group().strip().lower() not in ("st", "nd", "rd", "th") else "ordinal"
        return NumberMention(start, percent.end(), round(value), qualifier or "exact", None, kind)
    before = text[max(0, start - 24) : start]
    if _LABEL_BEFORE.search(before):
        return NumberMention(start, end, round(value), "exact", None, "ordinal")
    noun = noun_after(text, _behind_qualifier(text, end))
    counted = noun is not None and noun.start - end <= 1 and _COUNTED_BEFORE.search(before)  # "a first phase of 2000 troops"
    if high is None and not counted and _looks_year(low) and (_YEAR_BEFORE.search(before) or noun is None or noun.start - end > 12):
        return NumberMention(start, end, round(value), "exact", None, "year")
    if noun is None and _AGE.search(before) and re.match(r"[,.]", text[end : end + 1]) and 15 < value < 100:
        return NumberMention(start, end, round(value), "exact", None, "other", "age")
    noun = noun or noun_before(text, start)
    qualifier = qualifier or _qualifier_after(text, end)
    if noun is not None:
        qualifier = qualifier or (_qualifier_after(text, noun.end) if noun.start >= end else None)
    final = _ranged(qualifier or ("at_least" if high else "exact"), high)
    if low.written.lower().endswith("couple of") and final == "exact":
        final = "about"
    if noun is None:
        return NumberMention(start, end, round(value), final, None, "other")
    return NumberMention(start, end, round(value), final, noun.unit, noun.kind, noun.words)


def _ranged(qualifier: str, high: Numeral | None) -> str:
    """The lower end of a range is a lower bound, whatever else stands before it."""
    return "at_least" if high else qualifier


def _qualifier_before(text: str, start: int) -> str | None:
    found = _BEFORE.search(text, max(0, start - 48), start)
    return found.lastgroup if found else None


def _qualifier_after(text: str, end: int) -> str | None:
    found = _AFTER.match(text, end)
    return found.lastgroup if found else None


def _behind_qualifier(text: str, end: int) -> int:
    found = re.match(r" or (?:so|more|fewer|less)\b|-odd\b|-plus\b|\+", text[end : end + 10])
    return end + found.end() if found else end
