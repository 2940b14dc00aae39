"""One form for the characters of a text: Unicode NFC, no invisible ones, plain line ends."""

import html
import re
import unicodedata

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AMPERSANDS = re.compile(r"&(?:amp;)+")
_ENTITY_PASSES = 4  # feeds escape twice, seldom three times; the bound keeps a hostile text from costing more

_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]")
_LINE_ENDS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CONTROL = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\ud800-\udfff]")  # half of a surrogate pair is no character either

# Code points 128 to 159 are control characters that nobody uses: where they stand, Windows-1252 was read as Latin-1.
_WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0) if code != 0x85}


def control_at(text: str) -> int | None:
    """Offset of the first control character that no text has; None where there is none."""
    found = _CONTROL.search(text)
    return found.start() if found else None


def clean(text: str) -> str:
    """The text in one form: entities resolved, NFC, soft hyphens and zero-width marks gone, `\\n` line ends, single spaces.

    Blank lines stay, since they tell paragraphs apart. Cleaning clean text changes nothing.
    """
    text = _LINE_ENDS.sub("\n", _unescape(text)).translate(_WINDOWS)
    # Invisible marks go before NFC: one between a letter and its accent would keep the two from being composed.
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))


def one_line(text: str) -> str:
    """As `clean`, for titles and names, which have one line."""
    return " ".join(clean(text).split())


def _unescape(text: str) -> str:
    for _ in range(_ENTITY_PASSES):
        if "&" not in text:
            break
        resolved = _ENTITY.sub(lambda found: html.unescape(found[0]), _AMPERSANDS.sub("&", text))
        if resolved == text:
            break
        text = resolved
    return text
