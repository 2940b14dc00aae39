"""What can be wrong with a record. Facts are fields; the message is built from them."""


class RecordError(Exception):
    """A record that can't be taken as it is. It goes to the dead letters under its `reason`; trying again won't help."""

    reason = "unusable"

    def __init__(self, message: str, *, field: str | None = None, got: str | None = None) -> None:
        self.field = field
        self.got = got if got is None or len(got) <= 120 else got[:117] + "…"
        said = f"{field}: {message}" if field else message
        super().__init__(f"{said} (got {self.got})" if self.got is not None else said)


class NotAnEvent(RecordError):
    """The headers do not make a CloudEvents 1.0 envelope."""

    reason = "not-an-event"


class UnknownEventType(RecordError):
    """The envelope names a type that this release does not know, or one that this topic does not carry."""

    reason = "unknown-type"


class UnknownVersion(UnknownEventType):
    """The topic carries the type, in a version that this release can't read: its writer is newer, or wrote what was never released."""

    reason = "unknown-version"


class InvalidPayload(RecordError):
    """The body is no JSON, or not what its type says."""

    reason = "invalid-payload"
