"""What is sent and answered about the discipline component of the allowance. Percents are decimal texts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field

from kit.text import Title
from services.attendance.allowance.rules import What
from services.attendance.allowance.tables import Mark
from services.attendance.checkins.models import Sent

Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2, allow_inf_nan=False)]


class NewChoice(Sent):
    """A decision of the agency: from a day on, this table; with its own percent for a day of absence, or the table's.
    `source` is the decision."""

    valid_from: date
    table: Annotated[str, Field(min_length=1, max_length=60)]
    absent_percent: Percent | None = None
    source: Title


class ChoiceView(BaseModel):
    """A decision as it is kept."""

    id: str
    valid_from: date
    table: str
    absent_percent: Decimal | None
    source: str
    by: str | None
    at: datetime


class BandView(BaseModel):
    """A band of a table."""

    code: str
    from_minutes: int
    percent: Decimal


class TableView(BaseModel):
    """A table as it is today. `agrees`: its bands are those days are assessed by; only such a one can be chosen."""

    table: str
    title: str
    source: str
    mark: Mark = Field(description="S read in the regulation, P secondary source, U unconfirmed")
    note: str
    late: list[BandView]
    early: list[BandView]
    absent_percent: Decimal | None
    day_cap_percent: Decimal | None
    month_cap_percent: Decimal
    agrees: bool


class TableList(BaseModel):
    """All tables, and what the agency has decided, the latest first."""

    tables: list[TableView]
    choices: list[ChoiceView]
    bands: str = Field(description="The table days are assessed by, and cut by before the first decision")


class CutLine(BaseModel):
    """One thing that is cut; it opens to its day. A cap gives back: its percent is negative."""

    day: date
    what: What
    percent: Decimal | None = Field(description="Null: the table has no percent for it, nothing is cut")
    rule: str
    source: str
    shift_id: str
    minutes: int | None
    missing: bool
    band: str | None
    to_none: int | None = Field(description="So many minutes earlier (later, for leaving) it would be 0 %")


class MonthCut(BaseModel):
    """A month of somebody: the percent of the discipline component that is cut so far, and why."""

    employee_id: str
    month: str
    percent: Decimal
    lines: list[CutLine]
    unresolved: list[date] = Field(description="Not certain yet, and not cut")
    table: str
    title: str
    source: str
    month_cap_percent: Decimal
    day_cap_percent: Decimal | None


class PersonCut(BaseModel):
    """A person of a unit; `other` is what another table would come to."""

    employee_id: str
    percent: Decimal
    other: Decimal | None
    unresolved: int


class UnitCut(BaseModel):
    """A month of a unit, by employee id. Sums are over everybody in it."""

    items: list[PersonCut]
    next_cursor: str | None
    people: int
    percent: Decimal = Field(description="Sum of the percents of all")
    other: Decimal | None
    unresolved: int
