"""What stands in models, as words of a page."""

from urllib.parse import urlsplit

from muster_contracts.values import PEOPLE_UNITS, Qualifier, Quantity, Speaker

QUALIFIED = {Qualifier.EXACT: "", Qualifier.ABOUT: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.AT_MOST: "up to "}
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def quantity_words(quantity: Quantity | None) -> str:
    """`about 600 police`, `USD 300,000,000`, `at least 20 × armoured vehicle`; empty without a number."""
    if quantity is None:
        return ""
    number = f"{quantity.amount:,}"
    match quantity.unit:
        case unit if unit in PEOPLE_UNITS:
            said = f"{number} {unit}"
        case unit if quantity.kind == "money":
            said = f"{unit} {number}"
        case unit:
            said = f"{number} × {unit}"
    return QUALIFIED[quantity.qualifier] + said


def day_words(partial: object) -> str:
    """`25 June 2024`, `July 2023` or `2024` for a partial date or a date; empty without one."""
    if partial is None:
        return ""
    year, *rest = str(partial).split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    return f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}"


def plain_words(name: object) -> str:
    """A name of the wire as words: `legal_agreement` is 'legal agreement'."""
    return str(name).replace("_", " ").replace("-", " ")


def speaker_words(speaker: Speaker | None) -> str:
    """`Matthew Miller, spokesperson, U.S. State Department`, `4 unnamed officers`; empty where nobody is said to speak."""
    if speaker is None:
        return ""
    who = speaker.name or (f"{speaker.count} unnamed" if speaker.count else "unnamed")
    return ", ".join(part for part in (who, speaker.office, speaker.body) if part)


def safe_link(url: str | None) -> str | None:
    """An address that may be linked: http or https with a host. Feeds are not trusted; `javascript:` is an address too."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
