"""The month report as it is answered."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from services.reporting.devices.models import Completeness
from services.reporting.freshness.models import Freshness
from services.reporting.organisation.models import UnitDetail, UnitRef, UnitSummary


class MonthSums(BaseModel):
    """What assessed days come to. Minutes are whole; absence and bands are those of the rules in force on each day."""

    days: int = Field(description="Days that were assessed, those off included")
    required_days: int = Field(description="Days on which something was required, those excused included")
    present_days: int
    absent_days: int = Field(description="Required days missed altogether, without an excuse")
    excused_days: int = Field(description="Required days on which an excuse is why nothing was asked")
    late_days: int
    late_minutes: int
    early_days: int
    early_minutes: int
    required_minutes: int
    effective_minutes: int = Field(description="Minutes of presence within the shift, net of breaks")
    absent_minutes: int
    leave_days: int
    duty_days: int
    permit_days: int
    incomplete_days: int = Field(description="Days that something may still change")


class ClosedPeriod(BaseModel):
    """A closed period that has a day of the month; `digest` (hexadecimal) is the hash of its signed head."""

    first: date
    last: date
    sequence: int
    closed_at: AwareDatetime
    digest: str


class Closing(BaseModel):
    """Whether the figures were signed. The report has them as they are now: where a closed day has come to something
    else since, the difference is an adjustment, signed with the next closing."""

    state: Literal["open", "partly", "closed"]
    periods: list[ClosedPeriod]
    adjusted_days: int = Field(description="Closed days that later closings signed anew, of any period before them")


class MonthPerson(BaseModel):
    """Somebody with a day in the unit or below; `sums` are of those days only. Unit and post are those of the last."""

    employee_id: str
    name: str | None = Field(description="null: the directory has not told of them yet")
    unit: UnitRef | None
    post_title: str | None
    sums: MonthSums
    elsewhere: bool = Field(description="Other days of the month were in a unit that is not part of this list")
    open_cases: int = Field(description="Indications of the discipline ladder that nobody has decided about yet")


class MonthChild(BaseModel):
    """A unit directly below, with everything below it."""

    unit: UnitSummary
    people: int
    sums: MonthSums


class MonthReport(BaseModel):
    """A month of a unit with everything below it: those of its people that you may see, and what they come to."""

    month: str = Field(examples=["2026-11"])
    first: date
    last: date
    unit: UnitDetail
    people: int = Field(description="With a day there; who changed unit within the month counts in each")
    sums: MonthSums
    partial: bool = Field(description="The sums are of the people you may see, not of the whole unit")
    children: list[MonthChild]
    items: list[MonthPerson]
    next_cursor: str | None
    closing: Closing
    freshness: Freshness
    completeness: Completeness
