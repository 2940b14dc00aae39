"""What ingest is told by its environment."""

from muster_contracts.transport.settings import PostgresSettings, ServiceSettings
from pydantic import BaseModel, SecretStr, field_validator

from muster_ingest.publishers import Publishers

SHORTEST_KEY = 16
"""Characters. What is shorter can be guessed from one signed body."""


class IntakeSettings(BaseModel):
    """Whose submissions are taken."""

    publishers: str = "open"
    """`open`, or the sources that are taken, with spaces between them, e.g. `/muster/publish https://feeds.example/desk`."""

    keys: dict[str, SecretStr] = {}
    """Keys of the sources that have to sign, as JSON: `{"https://feeds.example/desk": "…"}`."""

    @field_validator("publishers")
    @classmethod
    def _names_somebody(cls, publishers: str) -> str:
        if not publishers.split():
            raise ValueError("names no source, so that nothing would be taken; `open` takes all")
        return publishers.strip()

    @field_validator("keys")
    @classmethod
    def _are_long_enough(cls, keys: dict[str, SecretStr]) -> dict[str, SecretStr]:
        if short := sorted(source for source, key in keys.items() if len(key.get_secret_value()) < SHORTEST_KEY):
            raise ValueError(f"a key has at least {SHORTEST_KEY} characters; too short is that of {', '.join(short)}")
        return keys

    def policy(self) -> Publishers:
        """The same as a rule."""
        allowed = None if self.publishers == "open" else frozenset(self.publishers.split())
        return Publishers(allowed, {source: key.get_secret_value().encode() for source, key in self.keys.items()})


class IngestSettings(ServiceSettings):
    """`MUSTER_KAFKA__BOOTSTRAP`, `MUSTER_POSTGRES__URL`, `MUSTER_LOG_LEVEL`, `MUSTER_INGEST__PUBLISHERS`, `MUSTER_INGEST__KEYS`."""

    postgres: PostgresSettings = PostgresSettings()
    ingest: IntakeSettings = IntakeSettings()
