"""Where the registry is, from the environment."""

from typing import Annotated

from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class RegistrySettings(BaseModel):
    """An optional schema registry."""

    url: Annotated[str, Field(pattern=r"^https?://[^\s/]+")] | None = None
    """http(s)://[user:password@]host[:port][/path] of a registry's REST interface; None: there is none."""


class _Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="MUSTER_", env_nested_delimiter="__", extra="ignore", hide_input_in_errors=True)

    registry: RegistrySettings = RegistrySettings()


def read_address() -> str | None:
    """The address that MUSTER_REGISTRY__URL gives; None where it is not set. Raises ValidationError for one in no usable form."""
    return _Settings().registry.url
