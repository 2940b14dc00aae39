"""Who may submit: everybody, or the named sources of a list; and who has to sign what it sends. Pure."""

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from muster_contracts.cloudevents import Found

from muster_ingest.errors import UnusableArticle

PUBLISHER_HEADER: Final = "publisher"
"""Names the source of a submission that has no envelope to name it in."""

SIGNATURE_HEADER: Final = "muster-signature"
"""`sha256=` and the HMAC-SHA256 of the body as it stands on the wire, in hex, with the source's key."""

_SIGNATURE = re.compile(rb"sha256=([0-9a-fA-F]{64})")


@dataclass(frozen=True, slots=True)
class Publishers:
    """Whose submissions are taken.

    A source is what a publisher says of itself. The broker's access rules say who may write at all; a key says that it is who it says.
    """

    allowed: frozenset[str] | None = None
    """Sources that are taken; None takes all, those that name none among them."""

    keys: Mapping[str, bytes] = field(default_factory=dict)
    """Keys of the sources that have to sign."""

    def check(self, source: str | None, headers: Found, body: bytes) -> None:
        """See to it that a submission may be taken.

        Args:
            source: who sends it, None where it does not say.
            headers: the record's.
            body: as it stands on the wire.

        Raises:
            UnusableArticle: `unknown-source`, or `bad-signature` where one is asked for and is missing or wrong.
        """
        if self.allowed is not None and source not in self.allowed:
            raise UnusableArticle("unknown-source", "not among the sources that are taken", field="source", got=source)
        key = self.keys.get(source) if source is not None else None
        if key is None:
            return
        sent = headers.get(SIGNATURE_HEADER)
        found = _SIGNATURE.fullmatch(sent) if sent is not None else None
        if found is None:
            raise UnusableArticle(
                "bad-signature", "sha256=<hex> is missing", field=SIGNATURE_HEADER, got=None if sent is None else repr(sent)
            )
        if not hmac.compare_digest(signature(key, body), b"sha256=" + found[1].lower()):
            raise UnusableArticle("bad-signature", f"not what the key of {source} makes of the body", field=SIGNATURE_HEADER)


EVERYBODY: Final = Publishers()


def signature(key: bytes, body: bytes) -> bytes:
    """The value of the signature's header for a body."""
    return b"sha256=" + hmac.digest(key, body, "sha256").hex().encode()
