"""The ground that every model of the wire stands on."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict, FailFast, Field

Id = Annotated[UUID, Field(examples=["b39bcdc9-4216-5ebd-a295-69d7614f1ee0"])]
"""An id of ours: a UUIDv5, in lower case with hyphens."""

Day = Annotated[date, Field(examples=["2024-06-24"])]
"""A day of the calendar: YYYY-MM-DD."""

Url = Annotated[str, Field(examples=["https://courier.example/2024/06/24/police-leave"])]
"""An address, as text."""

_Item = TypeVar("_Item")

Many = Annotated[tuple[_Item, ...], FailFast()]
"""A list of any length. It is read up to its first item that is wrong: an error for each of a million would take a gigabyte."""

if TYPE_CHECKING:
    _Checked = BaseModel
else:

    class _Strict(type(BaseModel)):
        # Writers call the class. Readers' validation makes instances without that, so that it costs them nothing.
        def __call__(cls, *args, **fields):
            _refuse_unknown(cls, fields)
            return super().__call__(*args, **fields)

    class _Checked(BaseModel, metaclass=_Strict):
        pass


class WireModel(_Checked):
    """A frozen value on the wire.

    Readers ignore fields that they don't know, so that a newer writer breaks nobody. Writers can't misspell: a name that is no field
    is refused where an event is made or copied, and by the type checker before that.
    """

    # Without pydantic's cache of strings: reading is as fast, and what strangers write is kept nowhere (up to 1.4 MB of it else).
    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True, cache_strings="none")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """The same with some fields changed; they are not validated. Raises TypeError for a name that is no field."""
        _refuse_unknown(type(self), update or {})
        return super().model_copy(update=update, deep=deep)


def wire_type(name: str) -> Any:
    """The field `type` of an event: its name with the version."""
    return Field(default=name, description="Name of the event with its version. Equals the envelope's `ce_type`.")


def _refuse_unknown(model: type[BaseModel], fields: Mapping[str, Any]) -> None:
    unknown = fields.keys() - model.model_fields.keys()
    if unknown:
        raise TypeError(f"{model.__name__} has no field {', '.join(sorted(unknown))}")
