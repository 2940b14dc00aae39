"""A mission event, as the store is told of it."""

from dataclasses import dataclass
from typing import Any

from muster_contracts.envelope import Envelope
from muster_contracts.transport.records import RawRecord


@dataclass(frozen=True, slots=True)
class Told:
    """A mission event, its envelope, and the record that brought both."""

    event: Any
    envelope: Envelope
    record: RawRecord
