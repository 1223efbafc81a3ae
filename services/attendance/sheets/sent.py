"""What is sent and answered about rosters and about patterns of one employee."""

from datetime import date, datetime, timedelta
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kit.text import Reference
from services.attendance.schedules.models import Frozen, HolidayKind, Id, RosterDay, Shift, Valid
from services.attendance.schedules.plans import PlanKind, WhyCode
from services.attendance.schedules.sent import BookDate, Name, Shifts

PEOPLE_MOST, CYCLE_MOST = 100, 93
"""People of one change, and days of a cycle laid out (three months): a transaction of a second or two."""
Month = Annotated[str, StringConstraints(pattern=r"^20\d{2}-(0[1-9]|1[0-2])$")]
Tag = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Cell(Frozen):
    """One date. No shifts = off; null = not rostered any more: the pattern holds again."""

    day: BookDate
    shifts: Shifts | None


class PersonCells(Frozen):
    """What changes for one employee; `tag` is that of the month as it was seen."""

    employee_id: Reference
    tag: Tag
    cells: tuple[Cell, ...] = Field(min_length=1, max_length=31)


class RosterChange(Frozen):
    """Cells of one month. `source` is the order they come from; it is told with every day."""

    month: Month
    source: Name
    people: tuple[PersonCells, ...] = Field(min_length=1, max_length=PEOPLE_MOST)

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len({one.employee_id for one in self.people}) < len(self.people):
            raise PydanticCustomError("person_twice", "seorang pegawai disebut dua kali; gabungkan isinya")
        for one in self.people:
            days = {cell.day for cell in one.cells}
            if len(days) < len(one.cells):
                raise PydanticCustomError("rostered_twice", "satu tanggal disebut dua kali untuk pegawai yang sama")
            if any(f"{day:%Y-%m}" != self.month for day in days):
                raise PydanticCustomError("another_month", "semua tanggal harus dalam bulan yang disebut")
        return self


class Starting(Frozen):
    """Somebody, and with which day of the cycle (0 = the first) the period begins for them."""

    employee_id: Reference
    start: int = Field(default=0, ge=0, le=365)


class Cycle(Frozen):
    """A rotating cycle laid out over a period for some people, each beginning where `start` says."""

    people: tuple[Starting, ...] = Field(min_length=1, max_length=PEOPLE_MOST)
    first: BookDate
    last: BookDate
    days: tuple[Shifts, ...] = Field(min_length=1, max_length=60)
    source: Name

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if not 0 < (self.last - self.first).days + 1 <= CYCLE_MOST:
            raise PydanticCustomError("period_too_long", f"paling lama {CYCLE_MOST} hari, dan akhir tidak sebelum awal")
        if len({one.employee_id for one in self.people}) < len(self.people):
            raise PydanticCustomError("person_twice", "seorang pegawai disebut dua kali")
        return self

    def roster(self, one: Starting) -> list[RosterDay]:
        """The dates of one of them."""
        length = (self.last - self.first).days + 1
        return [
            RosterDay(
                employee_id=one.employee_id,
                day=self.first + timedelta(days=n),
                shifts=self.days[(one.start + n) % len(self.days)],
                source=self.source,
            )
            for n in range(length)
        ]


class ShiftView(Frozen):
    """A shift by the clock of the site. `days_later` says on which date after its own it ends."""

    kind: str
    start: str
    end: str
    days_later: int
    starts: datetime
    ends: datetime
    break_minutes: int
    flexible_minutes: int
    required_minutes: int


class CellView(Frozen):
    """What is planned for a date. `roster` is what was rostered (null: nothing, a pattern holds); `holiday` the one
    that holds at the site, also where it is worked; `conflict` that a shift meets another."""

    day: date
    kind: PlanKind
    shifts: tuple[ShiftView, ...]
    roster: tuple[Shift, ...] | None
    pattern: str | None
    holiday: str | None
    ramadan: bool
    conflict: bool
    why: tuple[WhyCode, ...]
    required_minutes: int


class PersonRoster(Frozen):
    """One employee's month. `editable`: whether this account may change it."""

    employee_id: str
    unit_id: str | None
    tag: Tag
    editable: bool
    days: tuple[CellView, ...]


class HolidayView(Frozen):
    """A holiday of the month, wherever it holds."""

    day: date
    kind: HolidayKind
    name: str
    everywhere: bool


class MonthRoster(Frozen):
    """The people of a unit by dates, in the order of their ids."""

    month: Month
    items: tuple[PersonRoster, ...]
    total: int
    next_cursor: str | None
    holidays: tuple[HolidayView, ...]


class Saved(Frozen):
    """What was written: how many dates, and the tags of the months as they are now."""

    cells: int
    tags: dict[str, Tag]


class OwnAssignment(Valid):
    """A pattern of one employee over a period."""

    pattern_id: Id
    valid_from: BookDate
    valid_to: BookDate | None = None
    source: Name


class OwnAssignments(Frozen):
    """All that is assigned to an employee; what is not in it is taken away."""

    assigned: tuple[OwnAssignment, ...] = Field(max_length=100)


class OwnRecord(Frozen):
    """All that is assigned to an employee, as kept."""

    employee_id: str
    version: int = Field(description="Goes into If-Match")
    assigned: tuple[OwnAssignment, ...]


class Plans(Frozen):
    """What is planned for an employee, with the reasons."""

    employee_id: str
    items: tuple[CellView, ...]
