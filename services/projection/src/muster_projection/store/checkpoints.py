"""Checkpoints: how far each partition of the log is folded, kept beside what was folded and moved by compare-and-swap."""

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from muster_projection.store.tables import checkpoints


class Fenced(Exception):
    """Another owner has moved the checkpoint: this one's view of the partition is out of date."""

    def __init__(self, topic: str, partition: int, expected: int | None) -> None:
        self.topic = topic
        self.partition = partition
        self.expected = expected
        super().__init__(f"the checkpoint of {topic}/{partition} is not at {expected} any longer")


async def stored(connection: AsyncConnection, topic: str, partitions: Iterable[int]) -> dict[int, int]:
    """The next offset to fold, by partition; a partition of which nothing was folded is not in it."""
    found = await connection.execute(
        select(checkpoints.c.partition, checkpoints.c.next_offset).where(
            checkpoints.c.topic == topic, checkpoints.c.partition.in_(sorted(partitions))
        )
    )
    return {row.partition: row.next_offset for row in found}


async def advance(connection: AsyncConnection, topic: str, partition: int, *, expected: int | None, next_offset: int) -> None:
    """Move a checkpoint from where this owner believes it to be.

    The row stays locked until the transaction ends, so a second owner waits here, then finds that it is one.

    Args:
        expected: the offset that this owner read or wrote last; None where there was no row.
        next_offset: of the first record that is not folded yet.

    Raises:
        Fenced: the checkpoint is elsewhere. The transaction must be rolled back.
    """
    if expected is None:
        moved = await connection.execute(
            upsert(checkpoints).values(topic=topic, partition=partition, next_offset=next_offset).on_conflict_do_nothing()
        )
    else:
        moved = await connection.execute(
            update(checkpoints)
            .where(checkpoints.c.topic == topic, checkpoints.c.partition == partition, checkpoints.c.next_offset == expected)
            .values(next_offset=next_offset)
        )
    if moved.rowcount != 1:
        raise Fenced(topic, partition, expected)
