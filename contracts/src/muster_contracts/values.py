"""The values that claims are made of. Codes and their meaning follow the labelling guide of the gold set."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from muster_contracts.model import WireModel

BODIES = ("AFU", "CARICOM", "CSTO", "EAC", "ECOWAS", "NATO", "OAS", "SADC")
"""Bodies with a code of ours that no two capital letters can hold; `UN` and `EU` fit the pattern of a state."""

Contributor = Annotated[
    str,
    Field(
        pattern=rf"^(?:[A-Z]{{2}}|{'|'.join(BODIES)})$",
        description=f"Who acts: ISO 3166-1 alpha-2 (XK for Kosovo), or a body: UN, EU, {', '.join(BODIES)} (AFU: the African Union).",
        examples=["KE", "UN"],
    ),
]

MissionSlug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
        max_length=80,
        description="A mission's slug, host first. A provisional one, for a mission outside the catalogue, starts with `x-`.",
        examples=["haiti-mss", "x-sudan-observer-mission"],
    ),
]


class Qualifier(StrEnum):
    """How a number is meant."""

    EXACT = "exact"
    """The number itself."""

    ABOUT = "about"
    """Near it: about, some, nearly, almost."""

    AT_LEAST = "at_least"
    """It or more: at least, more than, over."""

    AT_MOST = "at_most"
    """It or fewer: at most, up to, as many as."""


class Reason(StrEnum):
    """Why something is late, or what stands in the way."""

    COURT = "court"
    """A court stopped it, or has yet to rule."""

    PARLIAMENT = "parliament"
    """A parliament has to consent, or refused."""

    FUNDING = "funding"
    """Money is missing, late or frozen."""

    EQUIPMENT = "equipment"
    """Vehicles, arms, aircraft or kit are missing or late."""

    LOGISTICS = "logistics"
    """Transport, bases, supplies, weather."""

    SECURITY = "security"
    """Fighting, gangs, danger on the spot."""

    POLITICAL = "political"
    """A government, a change of one, or a dispute between states."""

    LEGAL_AGREEMENT = "legal_agreement"
    """A treaty, a status-of-forces agreement or a mandate is not signed or not in force."""

    OTHER = "other"
    """A reason that fits none of these."""


class Modality(StrEnum):
    """How the text holds the claim. Only what is asserted, planned or conditional counts on the board."""

    ASSERTED = "asserted"
    """The text says that it is so, or was."""

    PLANNED = "planned"
    """It is to be: announced, ordered, due."""

    CONDITIONAL = "conditional"
    """It is to be if something else is."""

    DENIED = "denied"
    """The text says that it is not so."""

    ASKED = "asked"
    """The text asks, or has somebody ask."""


class Kind(StrEnum):
    """What a pledge or a delivery consists of."""

    PEOPLE = "people"
    """Police, troops or other personnel."""

    MONEY = "money"
    """A sum in a currency."""

    EQUIPMENT = "equipment"
    """Vehicles, arms, aircraft, kit, counted in pieces."""


PEOPLE_UNITS = frozenset({"personnel", "police", "troops"})


class Quantity(WireModel):
    """A number with its unit, as the text gives it."""

    amount: Annotated[int, Field(ge=0, examples=[400, 300_000_000])]
    """People, whole currency units (300 million is 300000000), or pieces of equipment."""

    unit: Annotated[str, Field(min_length=1, max_length=60, examples=["police", "USD", "armoured vehicle"])]
    """`personnel`, `police` or `troops`; an ISO 4217 code for money; a noun in the singular for equipment."""

    qualifier: Qualifier = Qualifier.EXACT
    """`about`, `at_least` or `at_most` where the text says so."""

    @property
    def kind(self) -> Kind:
        """People, money or equipment, by the unit."""
        if self.unit in PEOPLE_UNITS:
            return Kind.PEOPLE
        return Kind.MONEY if len(self.unit) == 3 and self.unit.isupper() else Kind.EQUIPMENT


class Evidence(WireModel):
    """The exact words of the article's stored text on which a claim stands."""

    quote: Annotated[str, Field(min_length=1, examples=["Kenya sent 400 police officers"])]
    """Equals `text[start:end]` of the article's revision, character for character."""

    start: Annotated[int, Field(ge=0, examples=[0])]
    """Offset of the first character, in Unicode code points from the start of the stored text."""

    end: Annotated[int, Field(gt=0, examples=[30])]
    """Offset behind the last character, in Unicode code points."""

    @model_validator(mode="after")
    def _spans_its_quote(self) -> "Evidence":
        if self.end - self.start != len(self.quote):
            raise ValueError(f"the quote has {len(self.quote)} characters, its offsets span {self.end - self.start}")
        return self

    def stands_in(self, text: str) -> bool:
        """Whether the quote is what `text` has at these offsets."""
        return text[self.start : self.end] == self.quote


class Speaker(WireModel):
    """Whom the text lets say a thing: a named person, an office, a body, or unnamed people."""

    name: Annotated[str, Field(examples=["William Ruto"])] | None = None
    """As the text writes it, without titles; null where the text names nobody."""

    office: Annotated[str, Field(examples=["President", "spokesperson"])] | None = None
    """The office or role."""

    body: Annotated[str, Field(examples=["U.S. State Department", "Kenya"])] | None = None
    """The body spoken for, as the text writes it."""

    count: Annotated[int, Field(ge=1, examples=[4])] | None = None
    """How many speak, where they are several and unnamed: 4 for `four officers`."""
