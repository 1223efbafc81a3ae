"""What is sent and answered about the catalogue of services."""

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kit.text import Reference, ShortText, Title

Counters = Annotated[list[ShortText], Field(max_length=50, description="Names of its counters, each once")]


class ChangedService(BaseModel):
    """A service as it should be. `valid_to` is the last day on which codes are given for it."""

    model_config = ConfigDict(extra="forbid")

    name: Title
    counters: Counters = []
    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("hari terakhir tidak boleh sebelum hari pertama")
        if "" in self.counters or len(set(self.counters)) < len(self.counters):
            raise ValueError("nama loket tidak boleh kosong atau sama")
        return self


class NewService(ChangedService):
    """A service and the unit that gives it. The unit stays: its ratings belong there."""

    unit_id: Reference


class ServiceRecord(NewService):
    """A service as it is kept."""

    id: str


class OwnService(ServiceRecord):
    """A service that somebody may issue codes for, with the name of its unit today."""

    unit: str


class OwnServiceList(BaseModel):
    """Those of the units somebody holds a post in first, then unit by unit; by name within a unit."""

    items: list[OwnService]


class ServiceList(BaseModel):
    """By name."""

    items: list[ServiceRecord]
