"""What is sent and answered about daily activities."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kit.evidence.models import Evidence
from kit.text import SEEN, Reference, ShortText

Status = Literal["waiting", "validated", "returned", "rejected", "withdrawn"]
Outcome = Literal["validated", "returned", "rejected"]
What = Annotated[str, SEEN, StringConstraints(strip_whitespace=True, min_length=3, max_length=500)]
Result = Annotated[str, SEEN, StringConstraints(strip_whitespace=True, max_length=500)]
Words = Annotated[str, SEEN, StringConstraints(strip_whitespace=True, min_length=5, max_length=1000)]
DAY_MINUTES = 24 * 60


class Sent(BaseModel):
    """Unknown fields are refused: a misspelt one would silently count as absent."""

    model_config = ConfigDict(extra="forbid")


class Activity(Sent):
    """One thing done on one local day. How long is said by `start` and `end` (local clock, whole minutes) or by
    `minutes` alone. `quantity` counts `unit`s of the result: 3 berkas, 1,5 km."""

    what: What
    start: time | None = None
    end: time | None = None
    minutes: int | None = Field(default=None, ge=1, le=DAY_MINUTES)
    result: Result = ""
    quantity: Decimal | None = Field(default=None, gt=0, max_digits=9, decimal_places=2)
    unit: ShortText = ""
    task_id: Reference | None = None

    @model_validator(mode="after")
    def _one_duration(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("isi jam mulai dan jam selesai, atau keduanya kosong")
        if (self.start is None) == (self.minutes is None):
            raise ValueError("isi jam mulai dan selesai, atau lamanya dalam menit, salah satu saja")
        if self.start is not None and self.end is not None:
            if any(one.second or one.microsecond or one.tzinfo for one in (self.start, self.end)):
                raise ValueError("jam ditulis dalam jam dan menit setempat, misalnya 08:30")
            if self.end <= self.start:
                raise ValueError("jam selesai harus sesudah jam mulai; yang melewati tengah malam ditulis dua kali")
        return self

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last minute of the day, the last exclusive."""
        if self.start is None or self.end is None:
            return None
        return self.start.hour * 60 + self.start.minute, self.end.hour * 60 + self.end.minute

    @property
    def length(self) -> int:
        """Minutes."""
        if self.span is None:
            return self.minutes or 0
        return self.span[1] - self.span[0]


class NewActivity(Activity):
    """An activity and its day. The day stays: what belongs to another day is recorded there."""

    date: date


class ChangedActivity(Activity):
    """The activity as it should be. Once it was validated, `reason` says why it is corrected."""

    reason: Words | None = None


class Decision(Sent):
    """What the superior decides about activities. `words` are read by the employee; needed unless it validates."""

    activities: Annotated[list[Reference], Field(min_length=1, max_length=200)]
    outcome: Outcome
    words: Words | None = None

    @model_validator(mode="after")
    def _said_why(self) -> Self:
        if self.outcome != "validated" and self.words is None:
            raise ValueError("tuliskan alasannya; pegawai membacanya")
        return self


class TaskName(BaseModel):
    """The task an activity serves, by the name it had when it was recorded."""

    id: str
    name: str


class Step(BaseModel):
    """What happened to an activity after it was recorded."""

    at: datetime
    what: Literal["changed", "validated", "returned", "rejected", "withdrawn"]
    by: str | None = Field(description="Employee id of who did it")
    words: str = ""


class ActivityView(BaseModel):
    """An activity as recorded."""

    id: str
    employee_id: str
    date: str
    start: str | None = Field(description="`HH:MM`, local clock")
    end: str | None
    minutes: int
    what: str
    result: str
    quantity: Decimal | None
    unit: str
    task: TaskName | None
    status: Status
    due_on: str = Field(description="The day by which the superior decides")
    version: int = Field(description="Goes into If-Match")
    recorded_at: datetime
    steps: list[Step]
    evidence: list[Evidence] = Field(description="In the order added, at most five")


class Tally(BaseModel):
    """What the activities of some days come to, in minutes. `effective` is what counts, capped day by day."""

    entries: int = 0
    waiting: int = 0
    validated: int = 0
    returned: int = 0
    rejected: int = 0
    minutes: int = 0
    validated_minutes: int = 0
    effective_minutes: int = 0
    copied: int = Field(default=0, description="Of those not rejected, that nearly repeat another of the same month")


class ActivityPage(BaseModel):
    """Of a period, newest first, with what it comes to. `norm` holds for the month of its last day."""

    items: list[ActivityView]
    tally: Tally
    month_norm_minutes: int
    day_cap_minutes: int
    rule: str = Field(description="The dated rule both are from")


class ActivityQueue(BaseModel):
    """Oldest first."""

    items: list[ActivityView]
    total: int


class Decided(BaseModel):
    """What became of one activity of a decision. `refused` says why it was not taken."""

    id: str
    status: Status | None = None
    refused: Annotated[str, StringConstraints(max_length=300)] = ""


class DecisionAnswer(BaseModel):
    """In the order asked."""

    items: list[Decided]


class WaitingActivities(BaseModel):
    """Numbers only."""

    waiting: int
    overdue: int = Field(description="Of these, past the day by which the superior decides")
