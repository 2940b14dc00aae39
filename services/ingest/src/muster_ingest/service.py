"""The edge: submissions off the log, decisions onto it. No rules here.

One submission is one transaction: lock what it may be a copy of, read what is known, decide, write, publish, commit; then its offset
is committed. A crash before the commit leaves nothing behind, and what was published by then is published again, byte for byte: ids
come from content, times from the submission's own place in the log.
"""

from dataclasses import replace
from datetime import datetime

import structlog
from muster_contracts.articles import ArticleReceived, ArticleRetracted, ArticleRevised
from muster_contracts.codec import Record, encode
from muster_contracts.envelope import Envelope
from muster_contracts.errors import IdReused
from muster_contracts.topics import ARTICLE_SUBMISSIONS, ARTICLES
from muster_contracts.transport.broker import make_broker
from muster_contracts.transport.consumer import Delivery, wait_out
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.records import RawRecord, position_of, time_of
from muster_contracts.transport.service import Service
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from muster_ingest.copies import fingerprint, origin_among
from muster_ingest.decide import Decision, Outcome, decide, decide_withdrawal, event_id
from muster_ingest.drafts import Draft, Withdrawal
from muster_ingest.errors import UnusableArticle
from muster_ingest.normalise import normalise, withdrawal
from muster_ingest.normalise.credits import credited
from muster_ingest.publishers import Publishers
from muster_ingest.settings import IngestSettings
from muster_ingest.sources.submissions import Submitted, content_hash, read_submission
from muster_ingest.state import store
from muster_ingest.state.migrate import is_current
from muster_ingest.state.outages import DatabaseDown, transaction

log = structlog.get_logger(__name__)

Event = ArticleReceived | ArticleRevised | ArticleRetracted

CONSUMER = "ingest"
SOURCE = "/muster/ingest"


class Ingest:
    """Takes submissions one by one."""

    def __init__(self, engine: AsyncEngine, publisher: Publisher, publishers: Publishers) -> None:
        self._engine = engine
        self._publisher = publisher
        self._publishers = publishers

    async def take(self, record: RawRecord) -> None:
        """Does all that one submission asks for.

        Raises:
            RecordError: the submission can't be used.
            DatabaseDown, KafkaError: nothing was done, or all of it will be done the same way again.
        """
        submitted_at = _entered(record)
        submitted = read_submission(record.headers, record.value, publishers=self._publishers, at=submitted_at)
        article = submitted.article
        cause = submitted.event_id or str(position_of(record))
        received = submitted_at.date()
        seen = normalise(article, received=received) if article.pubstatus == "usable" else withdrawal(article, received=received)
        async with transaction(self._engine) as connection:
            if await _is_repeat(connection, submitted, submitted_at):
                decision = Decision(Outcome.DUPLICATE)
            elif isinstance(seen, Draft):
                decision = await _take_wording(connection, replace(seen, publisher=submitted.publisher), submitted_at)
            else:
                decision = await _take_withdrawal(connection, replace(seen, publisher=submitted.publisher), submitted_at)
            await self._publisher.publish([_record(event, submitted_at, cause) for event in decision.events])
        log.info(
            "submission taken",
            outcome=decision.outcome.value,
            article=str(seen.article_id),
            source=seen.source,
            publisher=submitted.publisher,
            at=str(position_of(record)),
        )


async def _is_repeat(connection: AsyncConnection, submitted: Submitted, submitted_at: datetime) -> bool:
    """Whether its publisher sent the very same under the same id before: it then changes nothing, whatever has happened since.

    Raises:
        IdReused: the publisher gave the id to something else.
    """
    if submitted.event_id is None or submitted.publisher is None:
        return False
    content = content_hash(submitted.article)
    before = await store.remember(connection, submitted.publisher, submitted.event_id, content, submitted_at)
    if before not in (None, content):
        raise IdReused("the publisher gave this id to another submission", field="id", got=submitted.event_id)
    return before is not None


async def _take_wording(connection: AsyncConnection, draft: Draft, submitted_at: datetime) -> Decision:
    mark = fingerprint(draft.text)
    await store.lock(connection, draft.article_id, mark.bands)
    known = await store.known(connection, draft.article_id)
    origin_id, awaiting = None, None
    if known is None:
        alike = await store.candidates(connection, mark.bands, draft.published_on)
        origin_id = origin_among(
            alike,
            mark.shingles,
            article=draft.article_id,
            published_on=draft.published_on,
            source=draft.source,
            agency=credited(draft.origin, draft.source),
        )
        awaiting = await store.awaited(connection, draft.article_id)
    decision = decide(draft, known, origin_id=origin_id, awaiting=awaiting, received=submitted_at.date())
    for event in decision.events:
        if isinstance(event, ArticleRetracted):
            await store.write_retraction(connection, event, draft.content, submitted_at)
        else:
            await store.write_wording(connection, event, draft, mark, submitted_at)
    return decision


async def _take_withdrawal(connection: AsyncConnection, taken_back: Withdrawal, submitted_at: datetime) -> Decision:
    await store.lock(connection, taken_back.article_id, ())
    known = await store.known(connection, taken_back.article_id)
    decision = decide_withdrawal(taken_back, known)
    if known is None:
        await store.keep_waiting(connection, taken_back)
    else:
        for event in decision.events:
            assert isinstance(event, ArticleRetracted)
            await store.write_retraction(connection, event, known.content, submitted_at)
    return decision


def _record(event: Event, submitted_at: datetime, cause: str) -> Record:
    envelope = Envelope(
        id=str(event_id(event)), source=SOURCE, type=event.type, time=submitted_at, subject=str(event.article_id), causation_id=cause
    )
    return encode(event, envelope, ARTICLES, str(event.article_id))


def _entered(record: RawRecord) -> datetime:
    try:
        return time_of(record)
    except (ValueError, OverflowError, OSError):
        raise UnusableArticle("bad-date", "the record's timestamp is no time", field="timestamp", got=str(record.timestamp)) from None


def make_service(settings: IngestSettings) -> Service:
    """The service, built but not started."""
    engine = create_async_engine(settings.postgres.async_url, pool_size=2, pool_pre_ping=True)
    broker = make_broker(settings.kafka, client_id="muster-ingest")
    publisher = Publisher(settings.kafka, client_id="muster-ingest")

    async def schema() -> None:
        await wait_for_schema(engine, at=engine.url.render_as_string(hide_password=True))

    service = Service(broker, publisher, settings.kafka, (ARTICLE_SUBMISSIONS, ARTICLES), starts=[schema], stops=[engine.dispose])
    ingest = Ingest(engine, publisher, settings.ingest.policy())
    Delivery(broker, publisher, ARTICLE_SUBMISSIONS, CONSUMER, ingest.take, on_failure=service.fail, outages=(DatabaseDown,))
    return service


async def wait_for_schema(engine: AsyncEngine, *, at: str) -> None:
    """Returns once the database answers and its schema is this release's. A service may be started before either."""
    attempts = 0
    while True:
        attempts += 1
        try:
            async with transaction(engine) as connection:
                if await is_current(connection):
                    return
            missing: Exception = LookupError("the schema is not this release's: run `muster-ingest migrate`")
        except (OSError, TimeoutError, DatabaseDown) as error:
            missing = error
        await wait_out(attempts, missing, at=at)
