"""The topic table, applied to a broker: `python -m muster_contracts.transport.topics plan|apply`."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaConnectionError, TopicAlreadyExistsError, for_code

from muster_contracts.topics import TOPICS, Topic
from muster_contracts.transport.settings import KafkaSettings, ServiceSettings

log = structlog.get_logger(__name__)

REPLICATION_BY_BROKER = -1
"""Let the broker's own default decide how many copies it keeps."""

NO_ASSIGNMENTS: dict[int, list[int]] = {}
"""aiokafka 0.14 takes the broker's default replication only beside a replica assignment; an empty one sends the same request."""

TOLD_WITHIN_S = 30
"""Seconds for a change of topics to reach the broker's own answers. Seen: under 0.2."""


@dataclass(frozen=True, slots=True)
class Change:
    """A step from what the broker has to what the topic table says."""

    topic: Topic
    what: str
    """`create`, `add partitions`, `set configs` or `too many partitions` (which can't be undone, and is only told)."""

    detail: str


async def plan(kafka: KafkaSettings, topics: Sequence[Topic] = TOPICS) -> list[Change]:
    """What `apply` would do. Raises KafkaConnectionError where no broker answers."""
    async with _admin(kafka) as admin:
        return await _plan(admin, topics)


async def apply(kafka: KafkaSettings, topics: Sequence[Topic] = TOPICS) -> list[Change]:
    """Make the broker's topics what the table says, and return what was done. Never deletes; running it twice changes nothing."""
    async with _admin(kafka) as admin:
        changes = await _plan(admin, topics)
        for change in changes:
            await _apply(admin, change)
        if changes:
            await _until_told(admin, topics)
        return changes


async def _until_told(admin: AIOKafkaAdminClient, topics: Sequence[Topic]) -> None:
    """Wait until the broker tells its clients what the controller has taken: for some milliseconds it still tells the old state."""
    async with asyncio.timeout(TOLD_WITHIN_S):
        while any(change.what != "too many partitions" for change in await _plan(admin, topics)):  # noqa: ASYNC110 - the broker sets no event
            await asyncio.sleep(0.05)


async def _plan(admin: AIOKafkaAdminClient, topics: Sequence[Topic]) -> list[Change]:
    there = set(await admin.list_topics())
    changes = [Change(topic, "create", f"{topic.partitions} partitions") for topic in topics if topic.name not in there]
    known = [topic for topic in topics if topic.name in there]
    described = (
        {found["topic"]: len(found["partitions"]) for found in await admin.describe_topics([topic.name for topic in known])}
        if known
        else {}
    )
    configs = await _configs(admin, known)
    for topic in known:
        has = described[topic.name]
        if has < topic.partitions:
            changes.append(Change(topic, "add partitions", f"{has} to {topic.partitions}"))
        elif has > topic.partitions:
            changes.append(Change(topic, "too many partitions", f"{has}, the table says {topic.partitions}"))
        wrong = {name: value for name, value in topic.configs.items() if configs[topic.name].get(name) != value}
        if wrong:
            changes.append(Change(topic, "set configs", ", ".join(f"{name}={value}" for name, value in sorted(wrong.items()))))
    return changes


async def _configs(admin: AIOKafkaAdminClient, topics: list[Topic]) -> dict[str, dict[str, str]]:
    if not topics:
        return {}
    answers = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic.name) for topic in topics])
    return {resource[3]: {entry[0]: entry[1] for entry in resource[4]} for answer in answers for resource in answer.resources}


async def _apply(admin: AIOKafkaAdminClient, change: Change) -> None:
    topic = change.topic
    match change.what:
        case "create":
            new = NewTopic(topic.name, topic.partitions, REPLICATION_BY_BROKER, NO_ASSIGNMENTS, topic_configs=topic.configs)
            answer = await admin.create_topics([new])
            for name, code, *rest in answer.topic_errors:
                error = for_code(code)
                if code and error is not TopicAlreadyExistsError:  # another may have been quicker
                    raise error(f"{name}: {rest[0] if rest else ''}")
        case "add partitions":
            await admin.create_partitions({topic.name: NewPartitions(topic.partitions)})
        case "set configs":
            await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic.name, configs=topic.configs)])
        case _:
            log.warning("topic differs from the table and is left as it is", topic=topic.name, detail=change.detail)


class _admin:  # noqa: N801 - reads as a function where it is used
    """An admin client that is closed however its use ends."""

    def __init__(self, kafka: KafkaSettings) -> None:
        self._client = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap, client_id="muster-topics")

    async def __aenter__(self) -> AIOKafkaAdminClient:
        try:
            await self._client.start()
        except BaseException:
            await self._client.close()
            raise
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()


def main() -> int:
    """Plan or apply, for a container that has nothing but the contracts."""
    if len(sys.argv) != 2 or sys.argv[1] not in ("plan", "apply"):
        sys.stderr.write("usage: python -m muster_contracts.transport.topics plan|apply\n")
        return 2
    kafka = ServiceSettings().kafka
    try:
        changes = asyncio.run(plan(kafka) if sys.argv[1] == "plan" else apply(kafka))
    except KafkaConnectionError:
        sys.stderr.write(f"no Kafka answers at {kafka.bootstrap}; set MUSTER_KAFKA__BOOTSTRAP to its host:port\n")
        return 1
    for change in changes:
        sys.stdout.write(f"{change.topic.name}: {change.what} ({change.detail})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
