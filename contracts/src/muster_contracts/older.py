"""Versions of events that are no longer written. The log keeps them for ever, so they are read for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from muster_contracts.model import Day, Id, Url, WireModel, wire_type


@dataclass(frozen=True, slots=True)
class Older:
    """A version that is no longer written, and the step to the next one."""

    model: type[BaseModel]
    """What its bodies are: for their schema, and for clear errors. Never changed again."""

    becomes: str
    """The next version's name on the wire."""

    upcast: Callable[[Mapping[str, Any]], dict[str, Any]]
    """A body of this version, in JSON types, as a body of the next one. A pure function; it gets what `model` accepts, with whatever
    unknown fields came along, and need not set `type`."""


class ArticleRetractedV1(WireModel):
    """An article's publisher took it back. Nothing that it told stands any longer; that it did is kept."""

    type: Literal["article-retracted.v1"] = wire_type("article-retracted.v1")
    article_id: Id
    """The article that is taken back."""

    revision_id: Id
    """The retraction's own id. Equals the envelope's `ce_id`."""

    revision: Annotated[int, Field(ge=2, examples=[2])]
    """One above the wording that it takes back."""

    url: Url | None = None
    """Canonical address, as the article gave it."""

    source: Annotated[str, Field(examples=["Devdiscourse"])]
    """The outlet."""

    origin: Annotated[str, Field(examples=["Reuters"])] | None = None
    """The agency that the text credited."""

    origin_id: Id
    """The first article seen of those that tell this story in the same words."""

    title: Annotated[str, Field(examples=["Police leave for Haiti"])]
    """Headline of the wording that is taken back."""

    published_on: Day
    """Day on which the article was published."""

    known_on: Day
    """Day on which the retraction became public."""

    why: Annotated[str, Field(examples=["The figure was not confirmed."])] | None = None
    """The publisher's own word for it, where given."""


def retraction_with_its_own_id(body: Mapping[str, Any]) -> dict[str, Any]:
    """`article-retracted` v1 to v2: the retraction's id has its own name; whether the article was held or killed was not kept."""
    kept = {name: value for name, value in body.items() if name != "revision_id"}
    return {**kept, "retraction_id": body["revision_id"], "pubstatus": None}


OLDER: Mapping[str, Older] = MappingProxyType(
    {"article-retracted.v1": Older(ArticleRetractedV1, "article-retracted.v2", retraction_with_its_own_id)}
)
"""By name on the wire."""
