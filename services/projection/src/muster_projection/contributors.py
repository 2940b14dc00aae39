"""What contributors are called, for everybody who shows them."""

from collections.abc import Iterable
from functools import cache
from typing import Protocol, TypeVar

import pycountry
from muster_contracts.values import Contributor

BODY_NAMES = {
    "AFU": "African Union",
    "CARICOM": "Caribbean Community",
    "CSTO": "Collective Security Treaty Organization",
    "EAC": "East African Community",
    "ECOWAS": "Economic Community of West African States",
    "EU": "European Union",
    "NATO": "NATO",
    "OAS": "Organization of American States",
    "SADC": "Southern African Development Community",
    "UN": "United Nations",
    "XK": "Kosovo",
}


class _Contributing(Protocol):
    @property
    def contributor(self) -> Contributor | None: ...


Row = TypeVar("Row", bound=_Contributing)


@cache
def contributor_name(code: Contributor | None) -> str:
    """The name behind a code: `KE` is Kenya. A code that has none stands for itself; None is `not named`."""
    if code is None:
        return "not named"
    if code in BODY_NAMES:
        return BODY_NAMES[code]
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    return str(getattr(country, "common_name", country.name))


def by_name(rows: Iterable[Row]) -> list[Row]:
    """Rows in the order in which a reader looks for them: by name, those that name nobody last."""
    return sorted(rows, key=lambda row: (row.contributor is None, contributor_name(row.contributor)))
