"""Where this consumer stands in each of its partitions, and what of a batch follows from there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from muster_contracts.transport.consumer import commit
from muster_contracts.transport.records import RawRecord
from sqlalchemy.ext.asyncio import AsyncEngine

from muster_projection.store.checkpoints import stored

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """Where this owner stands in one partition."""

    stored: int | None
    """The checkpoint as this owner read or wrote it last; None where there is none."""

    following: int
    """Offset of the next record to fold."""

    sought: bool
    """The client was put there and has brought nothing since: whatever it brings first is what follows."""


@dataclass(frozen=True, slots=True)
class Share:
    """What of a batch follows in one partition: at least one record."""

    partition: int
    expected: int | None
    """The checkpoint that the fold starts from."""

    records: tuple[RawRecord, ...]

    @property
    def following(self) -> int:
        """Offset of the record after them."""
        return self.records[-1].offset + 1


class Places:
    """The places of the partitions of one topic that are assigned to this consumer."""

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._places: dict[int, Place] = {}

    async def seek(self, client: AIOKafkaConsumer, engine: AsyncEngine, partitions: Iterable[int]) -> None:
        """Put the client at the checkpoints, or at a partition's beginning where there is none.

        Kafka is told of them as well: its own committed offset may be missing, since a crash came between the transaction and it.
        """
        wanted = [TopicPartition(self._topic, partition) for partition in sorted(partitions)]
        if not wanted:
            return
        async with engine.connect() as connection:
            offsets = await stored(connection, self._topic, [place.partition for place in wanted])
        unfolded = [place for place in wanted if place.partition not in offsets]
        beginnings = await client.beginning_offsets(unfolded) if unfolded else {}
        sought: dict[TopicPartition, int] = {}
        for place in wanted:
            following = offsets[place.partition] if place.partition in offsets else beginnings[place]
            client.seek(place, following)
            self._places[place.partition] = Place(offsets.get(place.partition), following, sought=True)
            sought[place] = following
        log.info("partitions sought", topic=self._topic, offsets={place.partition: offset for place, offset in sought.items()})
        await commit(client, sought)

    async def current(self, client: AIOKafkaConsumer, records: Sequence[RawRecord]) -> list[RawRecord]:
        """A batch without what the client handed out before it was put elsewhere.

        FastStream hands a batch on while an assignment is still being sought, and the batch then waits for its turn. Its records come
        from Kafka's committed offset. Taken for what follows the checkpoint, they would leave a hole: a client that still stands where
        it was put has brought nothing from there.
        """
        stale: set[int] = set()
        for partition in {record.partition for record in records}:
            place = self._places.get(partition)
            if place and place.sought and await client.position(TopicPartition(self._topic, partition)) == place.following:
                stale.add(partition)
        if stale:
            log.info("records dropped that were read before their partition was sought", topic=self._topic, partitions=sorted(stale))
        return [record for record in records if record.partition not in stale]

    def divide(self, records: Iterable[RawRecord]) -> tuple[list[Share], set[int]]:
        """What of a batch follows, by partition, and the partitions that have to be sought before anything of them can be folded.

        Left out is what was folded already. A gap means that something was dropped on the way here, unless the client was just put
        there: then the log itself has a hole (its beginning was deleted, or a transaction left its marker).
        """
        held: dict[int, list[RawRecord]] = {}
        for record in records:
            held.setdefault(record.partition, []).append(record)
        shares: list[Share] = []
        astray: set[int] = set()
        for partition, found in sorted(held.items()):
            place = self._places.get(partition)
            if place is None:
                astray.add(partition)
                continue
            fresh = tuple(record for record in found if record.offset >= place.following)
            if not fresh:
                continue
            if fresh[0].offset > place.following:
                if not place.sought:
                    astray.add(partition)
                    continue
                log.warning("the log has a hole", topic=self._topic, partition=partition, offset=place.following, next=fresh[0].offset)
            shares.append(Share(partition, place.stored, fresh))
        return shares, astray

    def move(self, shares: Iterable[Share]) -> dict[TopicPartition, int]:
        """Take note that shares are folded; gives the offsets behind them, as Kafka's hint wants them."""
        for share in shares:
            self._places[share.partition] = Place(share.following, share.following, sought=False)
        return {TopicPartition(self._topic, share.partition): share.following for share in shares}

    def forget(self) -> None:
        """The partitions were taken away, or somebody else moved their checkpoints."""
        self._places.clear()
