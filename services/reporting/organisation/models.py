"""How units and sites appear in answers."""

from pydantic import BaseModel, Field


class UnitRef(BaseModel):
    """A unit by its name on the date asked for."""

    id: str
    name: str


class UnitSummary(UnitRef):
    """A unit in a list of units."""

    short_name: str
    has_children: bool


class UnitDetail(UnitRef):
    """A unit with its place in the tree."""

    short_name: str
    path: list[UnitRef] = Field(description="From the root down to the parent")


class SiteRef(BaseModel):
    """A work site. Instants seen there are shown in `zone`."""

    id: str
    name: str
    zone: str = Field(description="IANA time zone", examples=["Asia/Makassar"])
