"""What the service is told, from the environment."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

from muster_contracts.transport.settings import ServiceSettings
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class CoderName(StrEnum):
    """Who reads the articles."""

    RULES = "rules"
    LLM = "llm"
    BOTH = "both"


class ReadingSettings(BaseModel):
    """How articles are read."""

    coder: CoderName = CoderName.RULES
    """`rules`: offline. `llm`: an endpoint that speaks the OpenAI protocol, grounded in the text. `both`: their union."""

    precise: bool = False
    """Only what the rules are all but certain of becomes a claim: fewer events, of which fewer are wrong. Says nothing to a model."""


class LlmSettings(BaseModel):
    """The second coder. Article texts leave the machine for `base_url`, and for nowhere that is not named here."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    base_url: Annotated[str, Field(pattern=r"^(https?://\S+)?$")] = ""
    """Address of the endpoint, up to and with its version, e.g. http://127.0.0.1:11434/v1. Required for `llm` and `both`."""

    model: Annotated[str, Field(max_length=200)] = ""
    """The model's name at that endpoint. Required for `llm` and `both`. It stands in the claims."""

    api_key: SecretStr = SecretStr("")
    """Key for the endpoint; empty where it asks for none."""

    timeout_seconds: Annotated[float, Field(gt=0, le=100)] = 30
    """How long an answer may take in all, before the rules read the article."""

    seed: int | None = 0
    """Sent along, for endpoints that heed it; with temperature 0 it makes most of them repeatable."""

    answer_tokens: Annotated[int, Field(gt=0)] = 4_000
    """Most tokens of an answer: an event takes about 100."""

    longest_article: Annotated[int, Field(gt=0)] = 40_000
    """Longest text that is sent, in characters; longer ones are the rules'."""

    patience_seconds: Annotated[float, Field(ge=0, le=60)] = 5
    """Longest wait that a busy endpoint may ask for (Retry-After); where it asks for more it is left alone for that long."""

    calls_a_run: Annotated[int, Field(ge=0)] | None = None
    """Most calls of one process; `none`: no limit."""

    tokens_a_run: Annotated[int, Field(ge=0)] | None = None
    """Most tokens of one process; `none`: no limit."""

    calls_a_day: Annotated[int, Field(ge=0)] | None = 1_000
    """Most calls a day (UTC) of all processes that share the cache; `none`: no limit."""

    tokens_a_day: Annotated[int, Field(ge=0)] | None = 5_000_000
    """Most tokens a day (UTC) of all processes that share the cache; `none`: no limit."""

    cache: Path | None = None
    """SQLite file of answers and spending; else llm.sqlite in MUSTER_HOME, or in ~/.cache/muster where there is none."""


class CoderSettings(BaseSettings):
    """What a reader in any process is told. `MUSTER_EXTRACT__CODER` sets `extract.coder`, `MUSTER_LLM__MODEL` sets `llm.model`."""

    model_config = SettingsConfigDict(
        env_prefix="MUSTER_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        env_parse_none_str="none",
        extra="ignore",
        use_attribute_docstrings=True,
    )

    home: Path | None = None
    """Folder of the local stack, where one runs."""

    extract: ReadingSettings = ReadingSettings()
    llm: LlmSettings = LlmSettings()

    @property
    def cache(self) -> Path:
        """Where answers and spending are kept."""
        return self.llm.cache or (self.home or Path("~/.cache/muster")) / "llm.sqlite"


class ExtractSettings(ServiceSettings, CoderSettings):
    """The service: the broker, and who reads. It keeps no state but the answers that it paid for."""
