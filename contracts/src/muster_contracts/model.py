"""The ground that every model of the wire stands on."""

from pydantic import BaseModel, ConfigDict


class WireModel(BaseModel):
    """A frozen value on the wire.

    Readers ignore fields that they don't know, so that a newer writer breaks nobody. Writers can't misspell: the type checker
    knows every field, and `tests/contracts` hold each model against its examples.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)
