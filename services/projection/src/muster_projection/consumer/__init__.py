"""The consumer: mission events from Kafka into the board, each exactly once in effect."""

from muster_projection.consumer.board_consumer import BoardConsumer

__all__ = ["BoardConsumer"]
