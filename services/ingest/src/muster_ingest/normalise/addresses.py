"""Canonical addresses: one for an article, whatever a feed hung on to it."""

import re
from urllib.parse import urlsplit, urlunsplit

from muster_ingest.errors import UnusableArticle

_TRACKING = re.compile(
    r"(?:utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid|cmpid|ocid|ito|s_cid|ns_[a-z_]+|at_(?:medium|campaign|"
    r"custom\d|link_\w+|format|ptr_name|bbc_team)|_hs(?:enc|mi)|__twitter_impression|guccounter|spm|xtor)",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """The address without fragment, tracking parameters and default port, its host in lower case.

    Parameters keep their order: some sites read them by position.

    Raises:
        UnusableArticle: `bad-url`, where it is no absolute http or https address.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UnusableArticle("bad-url", str(error), field="url", got=url) from None
    if parts.scheme not in _DEFAULT_PORTS or not host or any(character.isspace() for character in url.strip()):
        raise UnusableArticle("bad-url", "no http or https address", field="url", got=url)
    name = f"[{host}]" if ":" in host else host
    place = name if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{name}:{port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.split("=")[0]))
    return urlunsplit((parts.scheme, place, parts.path or "/", query, ""))


def host_name(url: str) -> str | None:
    """The host of an address without `www.`, for submissions that name no outlet; None where there is none."""
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
