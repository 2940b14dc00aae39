"""Running a service: wait for the broker and its topics, consume until told to stop, and end with a status that says how."""

import logging
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from faststream import FastStream
from faststream.kafka import KafkaBroker

from muster_contracts.topics import Topic
from muster_contracts.transport.consumer import wait_out
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.settings import KafkaSettings

log = structlog.get_logger(__name__)


class Service:
    """A FastStream application with its publisher, and why it ended.

    Args:
        starts: awaited before consuming begins, e.g. to open a database.
        stops: awaited after consuming has ended, in order.
    """

    def __init__(
        self,
        broker: KafkaBroker,
        publisher: Publisher,
        kafka: KafkaSettings,
        topics: Sequence[Topic],
        *,
        starts: Sequence[Callable[[], Awaitable[None]]] = (),
        stops: Sequence[Callable[[], Awaitable[None]]] = (),
    ) -> None:
        self.failure: Exception | None = None
        self.app = FastStream(broker, logger=logging.getLogger("muster.faststream"))

        async def start() -> None:
            for step in starts:
                await step()
            await wait_for_topics(kafka, topics)
            await publisher.start()  # last: FastStream runs no shutdown steps where a start step has failed
            log.info("service starts", topics=[topic.name for topic in topics])

        async def stop() -> None:
            for step in (*stops, publisher.stop):
                await step()
            log.info("service stopped")

        self.app.on_startup(start)
        self.app.after_shutdown(stop)

    def fail(self, error: Exception) -> None:
        """End the service; `run` will raise the error once it has stopped."""
        self.failure = error
        self.app.exit()

    async def run(self) -> None:
        """Consume until SIGINT or SIGTERM. Raises what `fail` was given."""
        await self.app.run()
        if self.failure is not None:
            raise self.failure


async def wait_for_topics(kafka: KafkaSettings, topics: Sequence[Topic]) -> None:
    """Return once the broker answers and has the topics. A service may be started before either."""
    attempts = 0
    while True:
        attempts += 1
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap, client_id="muster-wait")
        try:
            await admin.start()
            missing = sorted({topic.name for topic in topics} - set(await admin.list_topics()))
        except (TimeoutError, OSError, KafkaError) as error:
            await wait_out(attempts, error, at=kafka.bootstrap)
            continue
        finally:
            await admin.close()
        if not missing:
            return
        await wait_out(attempts, LookupError(f"no topic {', '.join(missing)}: run `muster topics apply`"), at=kafka.bootstrap)
