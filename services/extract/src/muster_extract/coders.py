"""Who reads the articles: the rules, a model, or both, behind one interface."""

from importlib.util import find_spec

from muster_extract.coder import Coder
from muster_extract.pipeline import load_reader
from muster_extract.settings import CoderName, CoderSettings


class NotConfigured(ValueError):
    """The model was asked for, and what it needs is missing. The message says what."""


def check_configured(settings: CoderSettings) -> None:
    """Looks whether all is there that the coder needs.

    Raises:
        NotConfigured: the model's name, its address or the client library is missing.
    """
    coder = settings.extract.coder
    if coder is CoderName.RULES:
        return
    for variable, value in (("MUSTER_LLM__BASE_URL", settings.llm.base_url), ("MUSTER_LLM__MODEL", settings.llm.model)):
        if not value:
            raise NotConfigured(f"coder `{coder}` needs {variable}")
    if find_spec("openai") is None:
        raise NotConfigured(f"coder `{coder}` needs the extra `llm` of muster-extract")


def load_coder(settings: CoderSettings) -> Coder:
    """The coder that the settings name, with its parser loaded: about two seconds.

    Raises:
        NotConfigured: as `check_configured`.
    """
    check_configured(settings)
    rules = load_reader(precise=settings.extract.precise)
    if settings.extract.coder is CoderName.RULES:
        return rules
    from muster_extract.llm.asking import Asking  # imported by those alone who ask for it
    from muster_extract.llm.coder import LlmCoder

    return LlmCoder(rules, Asking(settings), settings)
