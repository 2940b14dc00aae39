"""The consumer: mission events from Kafka into the board, each exactly once in effect; and the relay of what changes there."""

from muster_projection.consumer.board_consumer import BoardConsumer
from muster_projection.consumer.relay import Relay

__all__ = ["BoardConsumer", "Relay"]
