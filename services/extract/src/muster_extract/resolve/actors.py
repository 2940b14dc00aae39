"""States and bodies that a text names: by name, demonym, capital, seat of government, or leader."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import pycountry

from muster_extract import lexicons
from muster_extract.resolve.flat import flat
from muster_extract.resolve.line_heads import line_heads

Form = Literal["name", "demonym", "capital", "body", "leader", "host-city"]


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A place in a text where a state or body is named.

    `code` is as the labelling guide has it (ISO 3166-1 alpha-2, or UN, EU, AFU, …); None for bodies without a code.
    `form` tells how: `capital` is a capital used as its government, `leader` a person or office that speaks for it,
    `host-city` a place in a country that hosts missions, which acts for nobody.
    """

    start: int
    end: int
    code: str | None
    form: Form
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
    phrase: str
    code: str | None
    form: Form | None  # None: a decoy, which matches and is dropped


_WORD = re.compile(r"(?<![\w’'.])(?<!\w-)(?:the(?= [A-Z])|von(?= der)|ni(?=-V)|state(?= of G)|[A-ZÉ]\w*(?:\.[A-Z]\.?)*)")
_DATELINE = re.compile(r"^[ \t]*[A-ZÉÈÔ][A-ZÉÈÔ'’.\-/ ]{3,60}(?:,[^\n—–-]{0,40})?(?: ?\([^)\n]{2,30}\))? ?(?:--|[—–-]) ", re.M)
_CURRENCY_WORD = re.compile(
    r"[ -](?:dollars?|francs?|shillings?|pounds?|rupees?|pesos?|rand|naira|kwacha|reais|real|yen"
    r"|won|krone[rn]?|krona|dinars?|riyals?|dirhams?|lira|cents?)\b"
)
_SPEAKING = re.compile(r"-(?:speaking|language|born|born,)\b")
_LANGUAGE_BEFORE = re.compile(r"(?:\b[Ii]n|spoke|speaks?|speaking|into|from the|translated from|learn(?:ing|t|ed)?) $")
_NAME_BEFORE = re.compile(r"\b([A-Z][a-zé]+) $")
_NAME_AFTER = re.compile(r" ([A-Z][a-zé]+)")
_FREE_WORDS = frozenset(
    [
        "In",
        "From",
        "And",
        "The",
        "With",
        "But",
        "While",
        "Both",
        "For",
        "To",
        "Of",
        "By",
        "As",
        "At",
        "On",
        "Like",
        "Since",
        "After",
        "Before",
        "Although",
        "When",
        "Where",
        "If",
        "So",
        "Then",
        "Even",
        "Now",
        "Still",
        "Only",
        "Neither",
        "Either",
        "President",
        "King",
        "Queen",
        "Prime",
        "Minister",
        "Ambassador",
        "General",
        "Colonel",
        "Foreign",
        "Ministers",
        "Embassy",
        "East",
        "West",
        "North",
        "South",
        "Eastern",
        "Western",
        "Northern",
        "Southern",
        "Central",
        "Said",
        "Says",
        "Will",
        "Has",
        "Had",
        "Is",
        "Was",
        "Also",
        "Not",
        "Yet",
        "Alongside",
        "Besides",
        "Meanwhile",
        "Today",
        "Yesterday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Mr",
        "Mrs",
        "Ms",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Last",
        "Next",
        "This",
        "That",
        "These",
        "Those",
        "Between",
        "Against",
        "Without",
        "Over",
        "Via",
        "Through",
    ]
)
_PLURAL = re.compile(r"(?:ese|[sz]|ch|sh|Swiss|Thai|men)$")


@cache
def _index() -> dict[str, tuple[_Entry, ...]]:
    """First word -> entries that start with it, longest first."""
    entries: dict[str, _Entry] = {}

    def add(phrase: str, code: str | None, form: Form | None) -> None:
        entries.setdefault(phrase, _Entry(phrase, code, form))

    bodies = lexicons.read("bodies")
    for phrase in bodies["decoys"]["phrases"]:
        add(phrase, None, None)
    for code, names in bodies["bodies"].items():
        for name in names:
            add(name, None if code == "none" else code, "capital" if name == "Brussels" else "body")
    for table, form in (("seats", "leader"), ("forces", "name"), ("leaders", "leader"), ("towns", "host-city")):
        for code, names in bodies[table].items():
            for name in names:
                add(name, code, form)  # type: ignore[arg-type]
    for code, forms in lexicons.read("countries").items():
        for name in forms.get("names", ()):
            add(name, code, "name")
            if len(name) > 3 and "." not in name:
                add(name.upper(), code, "name")
        for adjective in forms.get("adjectives", ()):
            add(adjective, code, "demonym")
            add(f"Afro-{adjective}", None, None)
            if ("people" not in forms and not _PLURAL.search(adjective)) or ("people" not in forms and adjective.endswith("i")):
                add(f"{adjective}s", code, "demonym")
        for people in forms.get("people", ()):
            add(people, code, "demonym")
        for capital in forms.get("capitals", ()):
            add(capital, code, "capital")
    for country in pycountry.countries:
        for attribute in ("name", "official_name", "common_name"):
            name = getattr(country, attribute, None)
            if name and "," not in name and "(" not in name:
                add(name, country.alpha_2, "name")
    by_first: dict[str, list[_Entry]] = {}
    for entry in entries.values():
        first = re.match(r"[\w]+(?:\.[A-Z]\.?)*", entry.phrase)
        if first:
            by_first.setdefault(first.group().rstrip("."), []).append(entry)
    return {first: tuple(sorted(found, key=lambda e: -len(e.phrase))) for first, found in by_first.items()}


@cache
def _names_too() -> frozenset[str]:
    return frozenset(lexicons.read("bodies")["decoys"]["names_too"])


def find_actors(text: str) -> list[ActorMention]:
    """States and bodies named in `text`, in order and without overlap; the longest match wins, case counts.

    Call it on a whole article: the two Congos, and Dominica beside the Dominican Republic, are told apart by what else the
    article says. A place in a dateline (`NAIROBI, Feb 7 —`) is no mention. Never raises.
    """
    index = _index()
    heads = line_heads(text)
    datelines = [found.span() for found in _DATELINE.finditer(text) if not any(found.start() <= a < found.end() for a, _ in heads)]
    text = flat(text)
    mentions: list[ActorMention] = []
    behind = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start < behind:
            continue
        first = word.group().rstrip(".").rstrip()
        found = _longest(text, start, index.get(first, ()))
        if found is None:
            continue
        behind = start + len(found.phrase)
        if found.form is None or any(a <= start < b for a, b in datelines):
            continue
        if _means_else(text, start, behind, found):
            continue
        mentions.append(ActorMention(start, behind, _told_apart(found, text, start), found.form, found.phrase))
    named = {mention.code for mention in mentions if mention.text != "Brussels"}
    if "BE" in named and not named & {"EU", "NATO"}:  # seat of three governments
        mentions = [replace(mention, code="BE") if mention.text == "Brussels" else mention for mention in mentions]
    return mentions


def _longest(text: str, start: int, entries: tuple[_Entry, ...]) -> _Entry | None:
    for entry in entries:
        if text.startswith(entry.phrase, start):
            end = start + len(entry.phrase)
            if entry.phrase.endswith(".") or end == len(text) or not (text[end].isalnum() or text[end] == "_"):
                return entry
    return None


def _means_else(text: str, start: int, end: int, entry: _Entry) -> bool:
    """Whether the word stands for a currency, a language, or a person of that name."""
    after = text[end : end + 24]
    if entry.phrase in ("US", "U.S.") and after[:1] == "$":
        return True
    if entry.form == "demonym" and (_CURRENCY_WORD.match(after) or _SPEAKING.match(after)):
        return True
    before = text[max(0, start - 24) : start]
    if entry.form == "demonym" and _LANGUAGE_BEFORE.search(before) and not re.match(r" [a-zA-Z]", after):
        return True
    if entry.phrase in _names_too():
        named = _NAME_BEFORE.search(before)
        if named and named.group(1) not in _FREE_WORDS and entry.form != "leader" and not _longest_ends(named.group(1)):
            return True
        follows = _NAME_AFTER.match(after)
        if follows and entry.form in ("name", "capital") and follows.group(1) not in _FREE_WORDS and _looks_like_surname(text, end):
            return True
    return False


def _longest_ends(word: str) -> bool:
    """Whether the word before is itself of the gazetteer, as in a list without commas."""
    return word in _index()


def _looks_like_surname(text: str, end: int) -> bool:
    """A capitalised word behind a given name, followed by a verb or a comma: `Jordan Smith said`, `Chad Baker, 40`."""
    return re.match(r" [A-Z][a-zé]+(?:,? (?:said|says|told|was|is|has|had|who|scored|\d)|, \d|’s|'s)", text[end : end + 40]) is not None


_OTHER_CONGO = re.compile(r"Brazzaville|(?<!Democratic )Republic of (?:the )?Congo|Congo Republic")
_THIS_CONGO = re.compile(r"Democratic Republic|DR Congo|D\.R\. Congo|\bDRC\b|Kinshasa|Goma|Kivu|M23|MONUSCO|MONUC|Katanga|Ituri")


def _told_apart(entry: _Entry, text: str, start: int) -> str | None:
    if entry.phrase in ("Congolese", "Congo", "CONGO"):
        return "CG" if _OTHER_CONGO.search(text) and not _THIS_CONGO.search(text) else "CD"
    if entry.phrase in ("Dominican", "Dominicans"):
        return "DM" if re.search(r"\bDominica\b(?! Republic)", text) and "Dominican Republic" not in text else "DO"
    return entry.code
