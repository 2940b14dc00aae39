"""The edge: articles off the log, their claims onto it. No rules here.

Extract keeps no state. An article's events are published together and awaited, then its offset is committed; a crash in between makes
the same events again, byte for byte: ids come from content, times from the article's envelope.
"""

import asyncio
import time
from uuid import UUID

import structlog
from muster_contracts.articles import ArticleRetracted
from muster_contracts.claims import AnyClaim, ExtractionCompleted
from muster_contracts.codec import Record, encode
from muster_contracts.envelope import Envelope, caused_by
from muster_contracts.topics import ARTICLES, MISSION_EVENTS
from muster_contracts.transport.broker import make_broker
from muster_contracts.transport.consumer import Delivery
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.records import RawRecord, position_of, read
from muster_contracts.transport.service import Service

from muster_extract import emit
from muster_extract.coder import Coder
from muster_extract.coders import load_coder
from muster_extract.pipeline import Extraction
from muster_extract.settings import CoderName, ExtractSettings

log = structlog.get_logger(__name__)

CONSUMER = "extract"
SOURCE = "/muster/extract"

MAX_RECORDS = 20
"""Articles between two commits of offsets: at 30 articles a second a stop waits for less than a second."""

MAX_ASKED = 1
"""The same where a model reads: two tries of 100 s and a wait of 60 s stay below the 300 s after which the broker gives a reader up."""


class Extract:
    """Reads articles one by one."""

    def __init__(self, publisher: Publisher, settings: ExtractSettings) -> None:
        self._publisher, self._settings = publisher, settings
        self._reader: Coder | None = None

    async def load(self) -> None:
        """Loads the parser, beside the loop.

        Raises:
            NotConfigured: the settings ask for a model, and what it needs is missing.
        """
        self._reader = await asyncio.to_thread(load_coder, self._settings)

    async def take(self, record: RawRecord) -> None:
        """Publishes what one article tells, and that its reading is complete.

        Raises:
            RecordError: the record holds no article.
            KafkaError: not all was published; all of it will be published again.
        """
        if self._reader is None:
            await self.load()
        assert self._reader is not None
        recorded = read(ARTICLES, record)
        started = time.perf_counter()
        match recorded.event:
            case ArticleRetracted() as retraction:
                extraction = Extraction((), emit.completed(retraction))
            case article:
                # The parser holds the processor for up to seconds on a long text: the loop must go on sending heartbeats.
                extraction = await asyncio.to_thread(self._reader.extract, article)
        await self._publisher.publish(records(extraction, recorded.envelope))
        log.info(
            "article read",
            article=str(extraction.completed.article.article_id),
            revision=extraction.completed.article.revision,
            claims=len(extraction.claims),
            dropped=len(extraction.dropped),
            extractor=str(extraction.completed.extractor),
            took_ms=round((time.perf_counter() - started) * 1000),
            at=str(position_of(record)),
        )
        if extraction.notes:
            log.warning("reading noted", article=str(extraction.completed.article.article_id), notes=extraction.notes)


def records(extraction: Extraction, cause: Envelope) -> list[Record]:
    """The records of an extraction: its claims in the order of the text, then the event that lets them stand."""
    made = [_record(claim, claim.claim_id, cause) for claim in extraction.claims]
    return [*made, _record(extraction.completed, extraction.completed.completion_id, cause)]


def _record(event: AnyClaim | ExtractionCompleted, event_id: UUID, cause: Envelope) -> Record:
    article = event.article.article_id
    envelope = caused_by(cause, event_id=event_id, source=SOURCE, event_type=event.type, subject=article)
    return encode(event, envelope, MISSION_EVENTS, str(article))


def make_service(settings: ExtractSettings) -> Service:
    """The service, built but not started."""
    broker = make_broker(settings.kafka, client_id="muster-extract")
    publisher = Publisher(settings.kafka, client_id="muster-extract")
    extract = Extract(publisher, settings)
    service = Service(broker, publisher, settings.kafka, (ARTICLES, MISSION_EVENTS), starts=[extract.load])
    at_once = MAX_RECORDS if settings.extract.coder is CoderName.RULES else MAX_ASKED
    Delivery(broker, publisher, ARTICLES, CONSUMER, extract.take, on_failure=service.fail, max_records=at_once)
    return service
