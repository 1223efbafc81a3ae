"""What is answered about the past."""

from datetime import date as calendar_date
from decimal import Decimal

from pydantic import BaseModel, Field

from services.reporting.freshness.models import Freshness


class TrendPoint(BaseModel):
    """One week or month. Everything is null where nothing at all was recorded then: missing is not zero."""

    first: calendar_date
    last: calendar_date
    running: bool = Field(description="Not over yet: its numbers still grow")
    present: int | None = Field(description="Days with a punch that counts; of a unit, summed over its people")
    expected: int | None = Field(
        description="Mondays to Fridays so far on which there was a post; of a unit, summed over its people. Public "
        "holidays and leave are not taken off"
    )
    share: Decimal | None = Field(description="present / expected, at most 1; null: nobody was expected")
    effective_minutes: int | None
    ratings: int | None = Field(description="Citizens' ratings that were released")
    mean: Decimal | None = Field(description="Their mean, 1 to 5 stars; null: none")


class Trend(BaseModel):
    """The period asked about and those before it, oldest first."""

    points: list[TrendPoint]
    freshness: Freshness
