"""The consumer as a service: its broker, its publisher and its database, put together."""

import structlog
from muster_contracts.topics import MISSION_EVENTS
from muster_contracts.transport.broker import make_broker
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.service import Service
from sqlalchemy.ext.asyncio import AsyncEngine

from muster_projection.consumer import BoardConsumer
from muster_projection.consumer.backoff import Backoff
from muster_projection.migrations import is_current
from muster_projection.settings import ProjectionSettings
from muster_projection.store.boards import mend
from muster_projection.store.engine import is_outage, make_engine

log = structlog.get_logger(__name__)

CLIENT = "muster-projection"


class NotMigrated(Exception):
    """The tables are not those of this release."""


def make_service(settings: ProjectionSettings) -> Service:
    """The consumer, ready to run. Connects to nothing yet."""
    engine = make_engine(settings.postgres, client=CLIENT)
    broker = make_broker(settings.kafka, client_id=CLIENT)
    publisher = Publisher(settings.kafka, client_id=CLIENT)

    async def prepare() -> None:
        await prepare_store(engine)

    service = Service(
        broker,
        publisher,
        settings.kafka,
        [MISSION_EVENTS, MISSION_EVENTS.dead_letters("projection")],
        starts=[prepare],
        stops=[engine.dispose],
    )
    consumer = BoardConsumer(broker, publisher, engine, on_failure=service.fail)
    service.app.on_shutdown(consumer.leave)  # before the broker stops, which would wait 30 s for a batch that waits for the database
    return service


async def prepare_store(engine: AsyncEngine) -> None:
    """Wait for the database, check that its tables are this release's, and mend what an earlier one could not reckon.

    Raises:
        NotMigrated: they are not.
    """
    backoff = Backoff()
    while True:
        try:
            if not await is_current(engine):
                raise NotMigrated("the tables are not those of this release: run `muster-projection migrate`")
            async with engine.begin() as connection:
                mended = await mend(connection)
        except Exception as error:
            if not is_outage(error):
                raise
            await backoff.wait(error, at="postgres")
            continue
        if mended:
            log.info("boards reckoned again", missions=mended)
        return
