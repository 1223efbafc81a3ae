"""What is answered about a spread."""

from datetime import date as calendar_date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field

from services.reporting.freshness.models import Freshness
from services.reporting.organisation.models import UnitRef

Hidden = Literal["few", "period", "early", "no_norm"]


class SpreadClass(BaseModel):
    """People whose minutes are at least `from_percent` of the norm so far and below `below_percent`."""

    from_percent: int
    below_percent: int | None = Field(description="null: no end")
    people: int


class Spread(BaseModel):
    """The people of a unit and everything below it that you may see by name, by their share of the norm so far."""

    unit: UnitRef
    first: calendar_date
    last: calendar_date
    people: int = Field(description="Who is there on the last day and whom you may see")
    norm_so_far: Decimal | None = Field(
        description="Minutes: the month's norm spread evenly over its Mondays to Fridays, those up to today. Public "
        "holidays are not taken off. null where `hidden`"
    )
    classes: list[SpreadClass] = Field(description="From the lowest; empty where `hidden`")
    hidden: Hidden | None = Field(
        description="Why there is none. `few`: less than five people. `period`: not whole weeks or months. `early`: no "
        "weekday has come yet. `no_norm`: nobody's activity has been validated, so no norm was told"
    )
    freshness: Freshness
