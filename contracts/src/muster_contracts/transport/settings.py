"""Settings that every service reads the same way, from the environment."""

from typing import Annotated

from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class KafkaSettings(BaseModel):
    """Where the log is."""

    bootstrap: Annotated[str, Field(pattern=r"^[^\s:,]+:\d+(,[^\s:,]+:\d+)*$")] = "127.0.0.1:9092"
    """host:port of one or more brokers, separated by commas."""


class PostgresSettings(BaseModel):
    """Where the tables are."""

    url: Annotated[str, Field(pattern=r"^postgres(ql)?(\+asyncpg)?://")] = "postgresql://muster@127.0.0.1:5432/muster"
    """postgresql://user:password@host:port/database"""

    @property
    def async_url(self) -> str:
        """The address in the form that SQLAlchemy's asyncpg dialect takes."""
        return "postgresql+asyncpg://" + self.url.split("://", 1)[1]


class ServiceSettings(BaseSettings):
    """What each service is told. `MUSTER_KAFKA__BOOTSTRAP` sets `kafka.bootstrap`, and so on."""

    model_config = SettingsConfigDict(env_prefix="MUSTER_", env_nested_delimiter="__", extra="ignore", use_attribute_docstrings=True)

    kafka: KafkaSettings = KafkaSettings()
    log_level: Annotated[str, Field(pattern=r"^(DEBUG|INFO|WARNING|ERROR)$")] = "INFO"
    """DEBUG, INFO, WARNING or ERROR."""
