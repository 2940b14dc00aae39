"""What projection is told, from the environment."""

from typing import Annotated

from muster_contracts.transport.settings import PostgresSettings, ServiceSettings
from pydantic import BaseModel, Field


class ApiSettings(BaseModel):
    """Where the read API listens."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8080


class ProjectionSettings(ServiceSettings):
    """Settings of the consumer, the migrations and the read API."""

    postgres: PostgresSettings = PostgresSettings()
    api: ApiSettings = ApiSettings()
