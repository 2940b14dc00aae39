"""Confluent's schema-registry framing is taken off, in each of its forms."""

from uuid import UUID

import pytest
from muster_contracts.codec import decode, encode
from muster_contracts.envelope import Envelope
from muster_contracts.errors import BadFraming, InvalidPayload
from muster_contracts.framing import SCHEMA_ID_HEADER, SchemaId, unframed
from muster_contracts.topics import MISSION_EVENTS
from muster_testkit.claims import pledged
from muster_testkit.telling import ENTERED

GUID = UUID("b39bcdc9-4216-5ebd-a295-69d7614f1ee0")
BY_NUMBER = b"\0\0\0\x01\x02"
BY_GUID = b"\1" + GUID.bytes
EVENT = pledged("KE", 1000)
ENVELOPE = Envelope(str(EVENT.claim_id), "/muster/extract", EVENT.type, ENTERED, str(EVENT.article.article_id))


@pytest.mark.parametrize(
    ("headers", "body", "schema"),
    [
        ({}, b"{}", None),
        ({}, b"", None),
        ({}, BY_NUMBER + b"{}", SchemaId(258, None)),
        ({}, BY_GUID + b"{}", SchemaId(None, GUID)),
        ({SCHEMA_ID_HEADER: BY_NUMBER}, b"{}", SchemaId(258, None)),
        ({SCHEMA_ID_HEADER: BY_GUID}, b"{}", SchemaId(None, GUID)),
        ({SCHEMA_ID_HEADER: None}, b"{}", None),
    ],
)
def test_each_form_is_taken_off(headers: dict[str, bytes | None], body: bytes, schema: SchemaId | None) -> None:
    assert unframed(headers, body) == (schema, b"{}" if body else b"")


@pytest.mark.parametrize(
    ("headers", "body", "field"),
    [
        ({}, b"\0", "body"),
        ({}, b"\0\0\0\1", "body"),
        ({}, b"\1" + GUID.bytes[:-1], "body"),
        ({SCHEMA_ID_HEADER: b""}, b"{}", SCHEMA_ID_HEADER),
        ({SCHEMA_ID_HEADER: b"{}"}, b"{}", SCHEMA_ID_HEADER),
        ({SCHEMA_ID_HEADER: BY_GUID + b"x"}, b"{}", SCHEMA_ID_HEADER),
    ],
)
def test_framing_that_is_cut_short_has_its_own_error(headers: dict[str, bytes | None], body: bytes, field: str) -> None:
    with pytest.raises(BadFraming) as caught:
        unframed(headers, body)
    assert (caught.value.reason, caught.value.field) == ("bad-framing", field)


@pytest.mark.parametrize("mode", ["binary", "structured"])
@pytest.mark.parametrize("framing", [BY_NUMBER, BY_GUID])
def test_a_framed_event_is_the_event(mode: str, framing: bytes) -> None:
    record = encode(EVENT, ENVELOPE, MISSION_EVENTS, key=None, mode=mode)  # type: ignore[arg-type]  # parametrize gives plain text
    assert record.value is not None
    assert decode(MISSION_EVENTS, record.headers, framing + record.value) == (EVENT, ENVELOPE)
    assert decode(MISSION_EVENTS, [*record.headers, (SCHEMA_ID_HEADER, framing)], record.value) == (EVENT, ENVELOPE)


def test_a_frame_within_a_frame_is_no_frame() -> None:
    record = encode(EVENT, ENVELOPE, MISSION_EVENTS, key=None)
    assert record.value is not None
    for body in (BY_NUMBER + BY_NUMBER + record.value, b"\0" * 5_000_000):
        with pytest.raises(BadFraming):
            decode(MISSION_EVENTS, record.headers, body)


def test_a_frame_around_nothing_holds_no_event() -> None:
    with pytest.raises(InvalidPayload, match="empty"):
        decode(MISSION_EVENTS, encode(EVENT, ENVELOPE, MISSION_EVENTS, key=None).headers, BY_NUMBER)
