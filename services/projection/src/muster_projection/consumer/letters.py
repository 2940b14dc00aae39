"""Reading records, and the dead letters of those that can't be used."""

from collections.abc import Sequence

import structlog
from muster_contracts.errors import RecordError
from muster_contracts.topics import MISSION_EVENTS, Topic
from muster_contracts.transport.consumer import LETTERS_IN_A_ROW, TooManyDeadLetters, publish_letter
from muster_contracts.transport.dead_letters import dead_letter
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.records import RawRecord, read

from muster_projection.store.news import Told

log = structlog.get_logger(__name__)


class Letters:
    """The dead letters of one consumer."""

    def __init__(self, publisher: Publisher, topic: Topic, consumer: str) -> None:
        self._publisher = publisher
        self._topic = topic
        self._consumer = consumer
        self._in_a_row = 0
        self._buried: set[tuple[int, int]] = set()

    async def readable(self, records: Sequence[RawRecord]) -> list[Told]:
        """The events that records hold. Each is read alone; one that can't be read makes a dead letter and nothing else.

        Raises:
            TooManyDeadLetters: more than LETTERS_IN_A_ROW records in a row could not be read.
            KafkaError: a letter could not be published.
        """
        told: list[Told] = []
        unread: list[tuple[RawRecord, RecordError]] = []
        in_a_row = self._in_a_row
        for record in records:
            try:
                recorded = read(MISSION_EVENTS, record)
                told.append(Told(recorded.event, recorded.envelope, record))
                in_a_row = 0
            except RecordError as error:
                unread.append((record, error))
                in_a_row += 1
                if in_a_row > LETTERS_IN_A_ROW:
                    raise TooManyDeadLetters(f"{in_a_row} records in a row could not be read, the last one: {error}") from error
        for record, fault in unread:
            await self.bury(record, fault)
        self._in_a_row = in_a_row
        return told

    async def bury(self, record: RawRecord, error: Exception) -> None:
        """Publish a record's dead letter, once while its batch is tried. After a crash it is published again: never none."""
        position = (record.partition, record.offset)
        if position in self._buried:
            return
        letter = dead_letter(record, self._topic, self._consumer, error, attempts=1)
        await publish_letter(self._publisher, letter)
        self._buried.add(position)
        log.warning("dead letter", to=letter.topic, partition=record.partition, offset=record.offset, error=str(error))

    def settle(self) -> None:
        """A batch is done with: its letters need not be remembered."""
        self._buried.clear()
