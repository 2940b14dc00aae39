"""The ground that the board's models stand on."""

from pydantic import BaseModel, ConfigDict


class BoardModel(BaseModel):
    """A frozen value of the board. Written as JSON it is the same bytes for the same set of events."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
