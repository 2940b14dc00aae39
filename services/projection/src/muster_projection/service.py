"""The consumer as a service: its broker, its publisher and its database, put together."""

import structlog
from muster_contracts.topics import MISSION_CHANGES, MISSION_EVENTS
from muster_contracts.transport.broker import make_broker
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.service import Service
from sqlalchemy.ext.asyncio import AsyncEngine

from muster_projection.consumer import BoardConsumer, Relay
from muster_projection.consumer.backoff import Backoff
from muster_projection.migrations import is_current
from muster_projection.settings import ProjectionSettings
from muster_projection.store.catching_up import catch_up
from muster_projection.store.engine import is_outage, make_engine
from muster_projection.store.reckoning import mend
from muster_projection.store.telling import is_muted

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

    async def stop_relay() -> None:
        await relay.stop()

    service = Service(
        broker,
        publisher,
        settings.kafka,
        [MISSION_EVENTS, MISSION_EVENTS.dead_letters("projection"), MISSION_CHANGES],
        starts=[prepare],
        stops=[stop_relay, engine.dispose],
    )
    relay = Relay(engine, Publisher(settings.kafka, client_id=CLIENT), on_failure=service.fail)
    service.app.after_startup(relay.start)
    consumer = BoardConsumer(broker, publisher, engine, on_failure=service.fail, on_folded=relay.wake)
    service.app.on_shutdown(consumer.leave)  # before the broker stops, which would wait 30 s for a batch that waits for the database
    return service


async def prepare_store(engine: AsyncEngine) -> None:
    """Wait for the database, check that its tables are this release's, and make up for what an earlier one could not reckon or tell.

    Raises:
        NotMigrated: they are not.
    """
    backoff = Backoff()
    while True:
        try:
            if not await is_current(engine):
                raise NotMigrated("the tables are not those of this release: run `muster-projection migrate`")
            async with engine.begin() as connection:
                muted = await is_muted(connection)
                mended = await mend(connection, muted=muted)
                caught_up = 0 if muted else await catch_up(connection)
        except Exception as error:
            if not is_outage(error):
                raise
            await backoff.wait(error, at="postgres")
            continue
        if mended:
            log.info("boards reckoned again", missions=mended)
        if caught_up:
            log.info("changes caught up", count=caught_up)
        return
