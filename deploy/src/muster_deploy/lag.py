"""How far each service is behind, and waiting until everything that was published is on the board."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from muster_contracts.topics import ARTICLE_SUBMISSIONS, ARTICLES, MISSION_EVENTS

from muster_deploy.errors import NotRunning, OperatorError

LOOK_EVERY: Final = 0.2  # seconds
PATIENCE: Final = 15.0  # seconds; making the offsets topic takes less than one on an idle machine


@dataclass(frozen=True)
class Stage:
    """A step of the flow: who reads what."""

    topic: str
    group: str


# In the order of the flow. Each service publishes what follows from a record before it commits the record, so a stage that is read to its
# end, looked at in this order, has put all that it will put into the next.
STAGES: Final = (
    Stage(ARTICLE_SUBMISSIONS.name, "muster-ingest"),
    Stage(ARTICLES.name, "muster-extract"),
    Stage(MISSION_EVENTS.name, "muster-projection"),
)


@dataclass(frozen=True)
class Lag:
    """How many records of a stage's topic its group has not committed yet."""

    stage: Stage
    behind: int
    end: int


class LagReader:
    """Reads lag from the broker. Use as `async with`.

    Raises:
        NotRunning: no broker answers at the address.
    """

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap, client_id="muster-lag")
        self._consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap, client_id="muster-lag", enable_auto_commit=False)

    async def __aenter__(self) -> LagReader:
        try:
            await self._admin.start()
            await self._consumer.start()
        except (KafkaError, OSError) as error:
            await self.__aexit__()
            raise NotRunning(f"No Kafka answers at {self._bootstrap}.", remedy="Start the stack with `muster up`.") from error
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._consumer.stop()
        await self._admin.close()

    async def lag(self, stage: Stage) -> Lag:
        """The lag of one stage. A group that has never committed is behind by the whole topic."""
        described = await self._admin.describe_topics([stage.topic])
        partitions = [TopicPartition(stage.topic, part["partition"]) for topic in described for part in topic["partitions"]]
        if not partitions:
            raise OperatorError(f"There is no topic {stage.topic}.", remedy="Run `muster topics apply`.")
        committed = await _patiently(lambda: self._admin.list_consumer_group_offsets(stage.group, partitions=partitions))
        # Ends are asked after commits: a record that comes between the two then shows as lag, never as done.
        ends: dict[Any, int] = await self._consumer.end_offsets(partitions)
        begins: dict[Any, int] = await self._consumer.beginning_offsets(partitions)
        behind = 0
        for partition, end in ends.items():
            offset = committed[partition].offset if partition in committed else -1
            behind += max(0, end - (offset if offset >= 0 else begins[partition]))
        return Lag(stage, behind, sum(ends.values()))

    async def is_consuming(self, group: str) -> bool:
        """Whether a group's members have their partitions and read."""
        for answer in await _patiently(lambda: self._admin.describe_consumer_groups([group])):
            for _error, _group, state, _protocol_type, _protocol, members, *_ in answer.groups:
                if state == "Stable" and members:
                    return True
        return False


async def _patiently(ask: Callable[[], Awaitable[Any]]) -> Any:
    """Ask again while the answer is that the broker isn't ready for it: a new broker makes its offsets topic at the first question."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return await ask()
        except KafkaError as error:
            if not error.retriable or time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.1)


async def until_folded(
    bootstrap: str, *, seconds: float, progress: Callable[[Lag], None] = lambda _lag: None, stages: Sequence[Stage] = STAGES
) -> None:
    """Return once the board holds everything that was published before the call.

    Args:
        seconds: how long it may take in all.
        progress: called with each look at a stage's lag.

    Raises:
        OperatorError: it took longer; names the service that is behind, and by how much.
    """
    deadline = time.monotonic() + seconds
    async with LagReader(bootstrap) as reader:
        for stage in stages:
            while True:
                lag = await reader.lag(stage)
                progress(lag)
                if lag.behind == 0:
                    break
                if time.monotonic() > deadline:
                    raise OperatorError(
                        f"{stage.group} is still {lag.behind} records of {stage.topic} behind after {seconds:.0f} s.",
                        remedy="See whether it runs (`muster ps`) and what its log says.",
                    )
                await asyncio.sleep(LOOK_EVERY)
