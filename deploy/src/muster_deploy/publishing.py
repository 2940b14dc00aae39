"""Publishing articles from files: every usable one goes out, every other one is named with what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from aiokafka.errors import KafkaError
from muster_contracts.articles import ArticleSubmitted
from muster_contracts.errors import RecordError
from muster_contracts.transport.publisher import Publisher
from muster_contracts.transport.settings import KafkaSettings
from muster_ingest.sources.files import FromFile
from muster_ingest.sources.submissions import submission_record

from muster_deploy.errors import NotRunning

# One key, so one partition: files are published in an order that means something. A retraction follows its article, and which of several
# copies came first, and so is their origin, must not hang on how a consumer's fetches interleave.
KEY = b"muster publish"

BATCH = 100  # articles that are sent together; a kill loses at most the wait for so many acknowledgements


@dataclass
class Published:
    """What became of the articles, by the file that they stood in."""

    published: Counter[str] = field(default_factory=Counter)
    unusable: Counter[str] = field(default_factory=Counter)


async def publish(bootstrap: str, found: Iterable[FromFile], on_error: Callable[[str, RecordError], None]) -> Published:
    """Publish articles to `article-submissions`.

    Args:
        found: articles and errors, in the order in which they are to be published.
        on_error: told where each unusable article stands, and what is wrong with it.

    Raises:
        NotRunning: no broker answers, or it refused.
    """
    outcome = Published()
    articles = iter(found)
    publisher = Publisher(KafkaSettings(bootstrap=bootstrap), client_id="muster-publish")
    try:
        await publisher.start()
        while batch := list(islice(articles, BATCH)):
            good: list[tuple[str, ArticleSubmitted]] = []
            for one in batch:
                if isinstance(one.article, RecordError):
                    outcome.unusable[file_of(one.origin)] += 1
                    on_error(one.origin, one.article)
                else:
                    good.append((one.origin, one.article))
            now = datetime.now(UTC)
            await publisher.publish([replace(submission_record(article, time=now), key=KEY) for _, article in good])
            outcome.published.update(file_of(origin) for origin, _ in good)
    except (KafkaError, OSError) as error:
        raise NotRunning(
            f"Kafka at {bootstrap} took {outcome.published.total()} articles, then failed: {error or type(error).__name__}.",
            remedy="See whether it runs (`muster ps`), then publish again: what it has already is the same article.",
        ) from error
    finally:
        await publisher.stop()
    return outcome


def file_of(origin: str) -> str:
    """The file of `news.jsonl:12` or `news.json#3`."""
    name, mark, place = origin.rpartition("#" if "#" in origin else ":")
    return name if mark and place.isdigit() else origin
