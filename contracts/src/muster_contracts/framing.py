"""Confluent's schema-registry framing, taken off: producers that use its serializers put a schema's id before the body or in a header.

Forms (Confluent's 'Wire format', and `SchemaId` of its clients): a byte 0 and the id as 4 bytes, big-endian; or a byte 1 and the
schema's GUID, 16 bytes. Older serializers write the first form before the body; newer ones may write the second into the header
`__value_schema_id` and leave the body alone. No JSON text starts with a byte 0 or 1, so that framing can't be mistaken for a body.

The id is not looked up: the type in the envelope says what the body is, and the model of that type checks it.
"""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

from muster_contracts.errors import BadFraming

SCHEMA_ID_HEADER = "__value_schema_id"
LARGEST_MAGIC = 1
"""The largest first byte that is framing."""

_WITH_ID = 5
_WITH_GUID = 17


class SchemaId(NamedTuple):
    """Which schema of a registry a body was written by: one of the two is given."""

    number: int | None
    guid: UUID | None


def unframed(headers: Mapping[str, bytes | None], body: bytes) -> tuple[SchemaId | None, bytes]:
    """The schema's id, None where there is no framing, and the body without it.

    Raises:
        BadFraming: the framing is cut short, or the header is in neither form.
    """
    said = headers.get(SCHEMA_ID_HEADER)
    schema = None
    if said is not None:
        schema, rest = _split(said, SCHEMA_ID_HEADER)
        if rest:
            raise BadFraming("longer than a schema's id", field=SCHEMA_ID_HEADER, got=repr(said))
    if body and body[0] <= LARGEST_MAGIC:
        return _split(body, "body")
    return schema, body


def _split(value: bytes, field: str) -> tuple[SchemaId, bytes]:
    if value[:1] == b"\0" and len(value) >= _WITH_ID:
        schema, rest = SchemaId(int.from_bytes(value[1:_WITH_ID], "big"), None), value[_WITH_ID:]
    elif value[:1] == b"\1" and len(value) >= _WITH_GUID:
        schema, rest = SchemaId(None, UUID(bytes=value[1:_WITH_GUID])), value[_WITH_GUID:]
    else:
        raise BadFraming("neither a byte 0 with 4 bytes of id nor a byte 1 with 16 bytes of GUID", field=field, got=repr(value[:20]))
    if rest and rest[0] <= LARGEST_MAGIC:
        raise BadFraming("a frame within a frame", field=field, got=repr(value[:20]))
    return schema, rest
