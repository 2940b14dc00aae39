"""The topic table: every topic, its key and what it holds. The one place where this is said."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from types import UnionType
from typing import Annotated, Any, NamedTuple, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel, TypeAdapter

from muster_contracts.acts import OperatorAct
from muster_contracts.articles import ArticleEvent, ArticleSubmitted
from muster_contracts.changes import ChangeEvent
from muster_contracts.claims import MissionEvent

MEBIBYTE = 1024 * 1024


class Reader(NamedTuple):
    """How the body of one type is read, and what its envelope must agree with."""

    validate_json: Callable[[bytes], Any]
    """The model's own validator, which was built with the model. Raises ValidationError."""

    id_of: Callable[[Any], UUID] | None
    """The event's own id."""

    subject: Callable[[Any], UUID] | None
    """The article that the event is about."""


@dataclass(frozen=True)
class Topic:
    """A topic of the log. All keep everything for ever: the log is the truth, and is replayed from offset 0."""

    name: str
    key: str
    """What the record key is, in words."""

    holds: Any
    """The model, or the union of models, that its records are read as; None for dead letters, whose bodies are left as they came."""

    partitions: int
    producers: tuple[str, ...]
    consumers: tuple[str, ...]
    max_message_bytes: int = 6 * MEBIBYTE
    """Room for TEXT_LIMIT characters of up to four UTF-8 bytes, and their provenance."""

    timed_by_broker: bool = False
    """The broker sets the records' timestamps, not who sends them: they tell when a thing entered the log."""

    about: str = ""
    """What the topic is for, in a sentence or two, for the catalogue."""

    ids: tuple[str, ...] = ()
    """Fields that hold an event's own id, which its envelope repeats; each model has one of them. Empty where publishers make ids."""

    subject: str | None = None
    """The field that holds the article's id, which the envelope's subject and the record's key repeat; None where there is none."""

    @cached_property
    def models(self) -> dict[str, type[BaseModel]]:
        """The models that the topic carries, by their name on the wire."""
        held = get_args(self.holds)[0] if get_origin(self.holds) is Annotated else self.holds
        members = get_args(held) if isinstance(held, UnionType) else (held,)
        return {model.model_fields["type"].default: model for model in members if model is not None}

    @cached_property
    def readers(self) -> dict[str, Reader]:
        """How each type that the topic carries is read, by its name on the wire."""
        subject = attrgetter(self.subject) if self.subject else None

        def reader(model: type[BaseModel]) -> Reader:
            own = [field for field in self.ids if field in model.model_fields]
            return Reader(model.__pydantic_validator__.validate_json, attrgetter(own[0]) if own else None, subject)

        return {name: reader(model) for name, model in self.models.items()}

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """The validator of what the topic holds, built once: building one for each message would cost more than the message."""
        return TypeAdapter(self.holds)

    @cached_property
    def configs(self) -> dict[str, str]:
        """Topic settings as the broker names them."""
        return {
            "cleanup.policy": "delete",
            "retention.ms": "-1",
            "retention.bytes": "-1",
            "max.message.bytes": str(self.max_message_bytes),
            "message.timestamp.type": "LogAppendTime" if self.timed_by_broker else "CreateTime",
        }

    def dead_letters(self, consumer: str) -> "Topic":
        """The topic that takes what `consumer` can't use."""
        if consumer not in self.consumers:
            raise ValueError(f"{consumer} is no consumer of {self.name}: the topic table names {', '.join(self.consumers) or 'none'}")
        return Topic(
            name=f"{self.name}-{consumer}-dlq",
            key=f"as on {self.name}",
            holds=None,
            partitions=1,
            producers=(consumer,),
            consumers=(),
            max_message_bytes=self.max_message_bytes + MEBIBYTE,  # the letter's headers come on top
            about=f"What {consumer} could not use of {self.name}, each record with what was wrong with it.",
        )


ARTICLE_SUBMISSIONS = Topic(
    "article-submissions",
    "any",
    ArticleSubmitted,
    6,
    ("publishers", "muster publish"),
    ("ingest",),
    timed_by_broker=True,
    about="What outside publishers send: untrusted, as it stands in their feeds. An article's corrections and its retraction should have "
    "the key that it had.",
)
ARTICLES = Topic(
    "articles",
    "article id",
    ArticleEvent,
    6,
    ("ingest",),
    ("extract",),
    ids=("revision_id", "retraction_id"),
    subject="article_id",
    about="Articles as clean text with their provenance, each wording once; copies of a story name the article that told it first.",
)
MISSION_EVENTS = Topic(
    "mission-events",
    "article id",
    MissionEvent,
    6,
    ("extract",),
    ("projection",),
    ids=("claim_id", "completion_id"),
    subject="article.article_id",
    about="Claims: events of missions as one article tells them, with the words they stand on. They count from the completed extraction "
    "that lists them; what the newest one of an article leaves out no longer stands.",
)
MISSION_CHANGES = Topic(
    "mission-changes",
    "mission slug",
    ChangeEvent,
    6,
    ("projection",),
    (),
    max_message_bytes=MEBIBYTE,
    ids=("change_id",),
    about="What became different on the boards: facts established, revised and withdrawn, and figures of a mission's status.",
)
OPERATOR_ACTS = Topic(
    "operator-acts",
    "dead letter",
    OperatorAct,
    1,
    ("muster dlq",),
    (),
    ids=("act_id",),
    about="What operators did to dead letters, and why.",
)

EVENT_TOPICS = (ARTICLE_SUBMISSIONS, ARTICLES, MISSION_EVENTS, MISSION_CHANGES, OPERATOR_ACTS)
TOPICS = (*EVENT_TOPICS, *(topic.dead_letters(consumer) for topic in EVENT_TOPICS for consumer in topic.consumers))
"""All topics, dead letters included."""
