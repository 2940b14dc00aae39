"""What ingest is told by its environment."""

from muster_contracts.transport.settings import PostgresSettings, ServiceSettings
from pydantic import BaseModel, Field, SecretStr

from muster_ingest.publishers import Publishers


class IntakeSettings(BaseModel):
    """Whose submissions are taken."""

    publishers: str = Field(default="open", min_length=1)
    """`open`, or the sources that are taken, with spaces between them, e.g. `/muster/publish https://feeds.example/desk`."""

    keys: dict[str, SecretStr] = {}
    """Keys of the sources that have to sign, as JSON: `{"https://feeds.example/desk": "…"}`."""

    def policy(self) -> Publishers:
        """The same as a rule."""
        allowed = None if self.publishers == "open" else frozenset(self.publishers.split())
        return Publishers(allowed, {source: key.get_secret_value().encode() for source, key in self.keys.items()})


class IngestSettings(ServiceSettings):
    """`MUSTER_KAFKA__BOOTSTRAP`, `MUSTER_POSTGRES__URL`, `MUSTER_LOG_LEVEL`, `MUSTER_INGEST__PUBLISHERS`, `MUSTER_INGEST__KEYS`."""

    postgres: PostgresSettings = PostgresSettings()
    ingest: IntakeSettings = IntakeSettings()
