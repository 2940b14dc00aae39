"""What the service is told, from the environment."""

from muster_contracts.transport.settings import ServiceSettings


class ExtractSettings(ServiceSettings):
    """Extract keeps no state: the broker is all that it needs to know."""
