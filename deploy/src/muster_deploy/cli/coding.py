"""Who reads for `muster extract`: the coder that the option names, else the one of the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError
from rich.markup import escape

from muster_deploy.cli.output import err
from muster_deploy.errors import BadInput

if TYPE_CHECKING:
    from muster_contracts.articles import ArticleContent
    from muster_extract.coder import Coder
    from muster_extract.pipeline import Extraction


class SpeakingCoder:
    """A coder that says on standard error what a reading has to note: what did not ground, and why the rules had to stand in.

    It is loaded at the first article: a file that is not there is told at once.
    """

    def __init__(self, name: str | None, *, precise: bool = False) -> None:
        self._asked: dict[str, object] = {name: value for name, value in (("coder", name), ("precise", precise)) if value}
        self._coder: Coder | None = None

    def extract(self, article: ArticleContent) -> Extraction:
        """What the article says.

        Raises:
            BadInput: a setting doesn't have the form that it must, or one that a model needs is missing.
        """
        self._coder = self._coder or _loaded(self._asked)
        extraction = self._coder.extract(article)
        for note in extraction.notes:
            err.print(escape(f"{article.guid or article.url or article.title}: {note}"), style="dim", soft_wrap=True)
        return extraction

    def close(self) -> None:
        """Lets go of connections and files."""
        if self._coder is not None:
            self._coder.close()


def _loaded(asked: dict[str, object]) -> Coder:
    from muster_extract.coders import NotConfigured, load_coder
    from muster_extract.settings import CoderSettings, ReadingSettings

    try:
        settings = CoderSettings()
    except ValidationError as invalid:
        first = invalid.errors(include_input=False)[0]
        variable = "MUSTER_" + "__".join(str(part) for part in first["loc"]).upper()
        raise BadInput(f"{variable}: {first['msg']}", remedy=f"Set {variable} to a usable value, or unset it.") from invalid
    reading = ReadingSettings.model_validate(settings.extract.model_dump() | asked)
    settings = settings.model_copy(update={"extract": reading})
    try:
        return load_coder(settings)
    except NotConfigured as missing:
        raise BadInput(f"{missing}.", remedy="Set MUSTER_LLM__BASE_URL and MUSTER_LLM__MODEL, or read with --coder rules.") from missing
