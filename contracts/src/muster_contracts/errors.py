"""What can be wrong with a record. Facts are fields; the message is built from them.

Each way of being wrong has one class and one reason; the table in contracts/README.md says what becomes of each, and a test holds
the table to these classes.
"""


class RecordError(Exception):
    """A record that can't be taken as it is. It goes to the dead letters under its `reason`; trying again won't help."""

    reason = "unusable"

    def __init__(self, message: str, *, field: str | None = None, got: str | None = None) -> None:
        # Both may be strangers' text of any length: `field` too, where it is the name of a header.
        self.field = None if field is None else _fit_for_a_header(_short(field))
        self.got = None if got is None else _fit_for_a_header(_short(got))
        said = f"{self.field}: {message}" if self.field else message
        super().__init__(_fit_for_a_header(f"{said} (got {self.got})" if self.got is not None else said))


class NotAnEvent(RecordError):
    """The attributes make no CloudEvents 1.0 envelope."""

    reason = "not-an-event"


class MissingHeader(NotAnEvent):
    """A required attribute is not there, or is empty: `ce_id`, `ce_source`, `ce_specversion`, `ce_time` or `ce_type`."""

    reason = "missing-header"


class WrongSpecVersion(NotAnEvent):
    """The envelope is of another version of CloudEvents than 1.0."""

    reason = "wrong-specversion"


class WrongContentType(NotAnEvent):
    """The content type says that the body is something else than JSON, or a batch of events."""

    reason = "wrong-content-type"


class BadFraming(NotAnEvent):
    """The body or a header starts like Confluent's schema-registry framing, and is cut short."""

    reason = "bad-framing"


class UnknownEventType(RecordError):
    """The envelope names a type that this release does not know on any topic."""

    reason = "unknown-type"


class WrongType(UnknownEventType):
    """The envelope names a type that stands on another topic."""

    reason = "wrong-type"


class UnknownVersion(UnknownEventType):
    """The envelope names a version that this release does not know, of a type that it knows."""

    reason = "unknown-version"


class InvalidPayload(RecordError):
    """The body is no JSON, or not what its type says."""

    reason = "invalid-payload"


class HeaderBodyMismatch(InvalidPayload):
    """The envelope and the body each name a type, an id or an article, and not the same one."""

    reason = "header-body-mismatch"


class Tombstone(InvalidPayload):
    """The record has no body at all. On a log that keeps everything that deletes nothing."""

    reason = "tombstone"


class BodyTooLarge(InvalidPayload):
    """The body is larger than the topic's records may be: it came in a compressed batch, whose packed size is what the broker limits."""

    reason = "too-large"


class IdReused(RecordError):
    """An id that names one thing already came again with another: of a publisher's submissions, or of our own events."""

    reason = "id-reused"


class WrongKey(RecordError):
    """The record's key is not the one that the topic's definition gives it, so that its order among its like is not kept."""

    reason = "wrong-key"


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "…"


def _fit_for_a_header(text: str) -> str:
    # Half of a surrogate pair, which JSON can hold, has no UTF-8; the rest of a text stays as it came.
    return text.encode("utf-8", "backslashreplace").decode()
