"""Operators' acts: what people did to dead letters, on the log for good. A letter's state is derived from the letters and these."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from muster_contracts.model import Id, Many, WireModel, wire_type


class Place(WireModel):
    """A place on the log."""

    topic: Annotated[str, Field(min_length=1, max_length=249, examples=["articles-extract-dlq"])]
    """Name of the topic."""

    partition: Annotated[int, Field(ge=0, examples=[0])]
    """Number of the partition, from 0."""

    offset: Annotated[int, Field(ge=0, examples=[17])]
    """Offset in the partition, from 0."""

    def __str__(self) -> str:
        """As `muster dlq` writes and reads it, e.g. `articles-extract-dlq/0@17`."""
        return f"{self.topic}/{self.partition}@{self.offset}"


class LetterAct(WireModel):
    """What every act on a dead letter tells: who did it, when, to what and why."""

    act_id: Id
    """A function of the letter, the act and its time."""

    letter: Place
    """The dead letter. It stays on its topic as it is, whatever is done."""

    origin: Place
    """Where the record stood. With the consumer it says which letter is meant, also where a crash made two of one."""

    consumer: Annotated[str, Field(min_length=1, max_length=100, examples=["extract"])]
    """Who couldn't use the record."""

    reason: Annotated[str, Field(max_length=200, examples=["invalid-payload"])]
    """The letter's reason label."""

    by: Annotated[str, Field(min_length=1, max_length=200, examples=["desk@muster.example"])]
    """Who acted: the account of the operating system, unless a name was given."""

    at: Annotated[AwareDatetime, Field(examples=["2024-06-25T09:30:00Z"])]
    """When, by the clock of the operator's machine."""


class LetterRetried(LetterAct):
    """An operator sent a dead letter's record back to its topic, as it came."""

    type: Literal["letter-retried.v1"] = wire_type("letter-retried.v1")

    why: Annotated[str, Field(max_length=2000, examples=["the mission catalogue was mended"])] | None = None
    """The operator's reason, where one was given."""

    sent_to: Place
    """Where the record stands now."""

    replays: Annotated[int, Field(ge=1, examples=[1])]
    """How many times the record has been sent back by now, this time included."""

    forced: bool = False
    """It was parked, or closed in another way, and sent all the same."""


class LetterEdited(LetterAct):
    """An operator changed a dead letter's body or headers and sent the result to the record's topic."""

    type: Literal["letter-edited.v1"] = wire_type("letter-edited.v1")

    why: Annotated[str, Field(max_length=2000, examples=["the publisher's day was missing"])] | None = None
    """The operator's reason, where one was given."""

    sent_to: Place
    """Where the changed record stands now."""

    replays: Annotated[int, Field(ge=1, examples=[1])]
    """How many times the record has been sent back by now, this time included."""

    forced: bool = False
    """It was parked, or closed in another way, and sent all the same."""

    changed: Annotated[Many[str], Field(examples=[["published"]])]
    """What differs from the letter: paths of JSON fields, `header NAME` for headers, or `body` where either body is no JSON."""


class LetterDiscarded(LetterAct):
    """An operator closed a dead letter for good: nothing of it is to be used."""

    type: Literal["letter-discarded.v1"] = wire_type("letter-discarded.v1")

    why: Annotated[str, Field(min_length=1, max_length=2000, examples=["a weather report, no article"])]
    """The operator's reason."""


OperatorAct = Annotated[LetterRetried | LetterEdited | LetterDiscarded, Field(discriminator="type")]
"""What stands on the topic `operator-acts`."""
