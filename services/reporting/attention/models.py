"""What is answered about days to look at."""

from datetime import date as calendar_date

from pydantic import BaseModel, Field

from services.reporting.freshness.models import Freshness
from services.reporting.organisation.models import UnitRef
from services.reporting.presence.attention import Reason


class AttentionDay(BaseModel):
    """One day of one person. A reason to ask, never a verdict."""

    employee_id: str
    name: str | None
    unit: UnitRef | None = Field(description="Where the day counts")
    date: calendar_date
    reasons: list[Reason]
    entries: int = Field(description="Activities of the day")
    minutes: int
    burst: int = Field(description="The most activities decided within one minute of the day")


class Attention(BaseModel):
    """Newest day first."""

    items: list[AttentionDay]
    more: bool = Field(description="Whether there are more than were asked for")
    freshness: Freshness
