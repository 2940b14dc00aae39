"""What ingest is told by its environment."""

from muster_contracts.transport.settings import PostgresSettings, ServiceSettings


class IngestSettings(ServiceSettings):
    """`MUSTER_KAFKA__BOOTSTRAP`, `MUSTER_POSTGRES__URL`, `MUSTER_LOG_LEVEL`."""

    postgres: PostgresSettings = PostgresSettings()
