"""One article, one model's answer, and a second coder that asks a test's own server with a clock that the test turns."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from muster_contracts.articles import ArticleReceived
from muster_extract import emit
from muster_extract.evaluate import article
from muster_extract.llm.asking import Asking
from muster_extract.llm.coder import LlmCoder
from muster_extract.pipeline import Extraction, Reader
from muster_extract.settings import CoderSettings

from muster_testkit.llm_server import LlmServer

TEXT = "Chad and Benin have pledged troops to the Multinational Security Support mission in Haiti. Kenya has 400 officers there now."
PLEDGE: dict[str, Any] = {
    "type": "PledgeAnnounced",
    "mission": "haiti-mss",
    "contributor": "BJ",
    "quantity": None,
    "unit": None,
    "qualifier": "exact",
    "date": None,
    "reason": None,
    "evidence": "Chad and Benin have pledged troops",
}
"""True of `TEXT`."""

SECRET = "sesame-42"  # the key of a server that the test starts itself


def story(guid: str = "a", text: str = TEXT, title: str = "Haiti") -> ArticleReceived:
    """An article of 2 July 2024, a Tuesday."""
    return article({"id": guid, "source": "t", "published": "2024-07-02", "title": title, "text": text})


class Clock:
    """Stands until it is set; waiting on it takes no time and is written down."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.day = date(2024, 7, 2)
        self.waited: list[float] = []
        self.meanwhile: Callable[[], None] = lambda: None
        """What happens while somebody waits."""

    def __call__(self) -> float:
        return self.seconds

    def wait(self, seconds: float) -> None:
        """Waits."""
        self.waited.append(seconds)
        self.meanwhile()


@contextmanager
def model_coder(server: LlmServer | str, rules: Reader, cache: Path, *, clock: Clock | None = None, **llm: Any) -> Iterator[LlmCoder]:
    """The coder `llm` at a server or an address; `llm` are settings of the model."""
    address = server if isinstance(server, str) else server.base_url
    clock = clock or Clock()
    settings = CoderSettings.model_validate(
        {"extract": {"coder": "llm"}, "llm": {"base_url": address, "model": "m-1", "api_key": SECRET, "cache": cache, **llm}}
    )
    made = LlmCoder(rules, Asking(settings, day=lambda: clock.day, clock=clock, wait=clock.wait), settings)
    try:
        yield made
    finally:
        made.close()


def stood_in(read: Extraction, rules: Reader, one: ArticleReceived) -> str:
    """Why the rules read an article; holds that all else is their own reading, under their own name, and that no key is told."""
    alone = rules.extract(one)
    assert (read.claims, read.completed) == (alone.claims, alone.completed)
    assert read.completed.extractor == emit.EXTRACTOR
    note = read.notes[-1]
    assert note.startswith("read by the rules: ")
    assert SECRET not in note
    return note.removeprefix("read by the rules: ")
