"""What a superior is reminded of."""

from datetime import date

from pydantic import BaseModel, Field


class Escalated(BaseModel):
    """What a subordinate superior has left undecided for too long."""

    superior_id: str
    overdue: int
    oldest_due_on: date


class Reminders(BaseModel):
    """Numbers as of now; what is decided is not counted any more."""

    due_soon: int = Field(description="Activities that wait for this person and are due within the days of the rule")
    overdue: int = Field(description="Activities that wait for this person past the day they were due")
    oldest_due_on: date | None = Field(description="null: neither")
    escalated: list[Escalated] = Field(description="By subordinate superior, the most first")
