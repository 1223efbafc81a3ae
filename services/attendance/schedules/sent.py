"""What the personnel agency sends about working time, and what is answered: rows of the book with id and version."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import Field, JsonValue, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from kit.text import SEEN, Reference, Title
from services.attendance.schedules.checks import Finding
from services.attendance.schedules.models import (
    Assigned,
    Beginning,
    Day,
    Frozen,
    Holiday,
    HolidayKind,
    Id,
    Pattern,
    PatternVersion,
    Ramadan,
    Shift,
    Valid,
)

BookDate = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))]
"""No plan is made beyond: a year typed wrongly is told at once."""
Name = Annotated[Title, SEEN]
"""Without what cannot be seen: two patterns must not look the same and differ."""
Shifts = Annotated[tuple[Shift, ...], Field(max_length=6)]
Region = Annotated[str, StringConstraints(pattern=r"^\d{2}(\.\d{2}){0,2}(\.\d{4})?$")]
RAMADAN_MOST = 31  # days


class SentDay(Day):
    """A day of a pattern, of a size that a day can have."""

    shifts: Shifts = ()
    ramadan: Shifts | None = None


class SentVersion(PatternVersion):
    """A version of a pattern."""

    valid_from: BookDate
    valid_to: BookDate | None = None
    days: tuple[SentDay, ...] = Field(min_length=1, max_length=366)
    anchor: BookDate | None = None
    source: Name


class NewPattern(Frozen):
    """A pattern in all its versions."""

    name: Name
    versions: tuple[SentVersion, ...] = Field(min_length=1, max_length=60)

    def row(self, identity: str) -> Pattern:
        return Pattern.model_validate({"id": identity, **self.model_dump()})


class NewHoliday(Frozen):
    """A holiday. Without sites and regions it holds everywhere; a region is a code such as "35.78"."""

    day: BookDate
    kind: HolidayKind
    name: Name
    source: Name
    sites: frozenset[Reference] = Field(default=frozenset(), max_length=500)
    regions: frozenset[Region] = Field(default=frozenset(), max_length=500)

    def row(self, identity: str) -> Holiday:
        return Holiday.model_validate({"id": identity, **self.model_dump()})


class NewRamadan(Frozen):
    """The days of one Ramadan, both included."""

    first: BookDate
    last: BookDate
    source: Name

    @model_validator(mode="after")
    def _of_a_month(self) -> Self:
        if not 0 < (self.last - self.first).days + 1 <= RAMADAN_MOST:
            raise PydanticCustomError("not_a_month", "Ramadan berlangsung 29 atau 30 hari; periksa kedua tanggalnya")
        return self

    def row(self, identity: str) -> Ramadan:
        return Ramadan.model_validate({"id": identity, **self.model_dump()})


class NewBeginning(Frozen):
    """From when on something is required of people."""

    day: BookDate
    source: Name

    def row(self, identity: str) -> Beginning:
        return Beginning(id=identity, day=self.day, source=self.source)


class NewAssignment(Valid):
    """A pattern for a unit and all below it that have none of their own."""

    pattern_id: Id
    unit_id: Reference
    valid_from: BookDate
    valid_to: BookDate | None = None
    source: Name

    def row(self, identity: str) -> Assigned:
        fields = self.model_dump(exclude={"unit_id"})
        return Assigned.model_validate({"id": identity, **fields, "owner": "unit", "owner_id": self.unit_id})


class Kept(Frozen):
    """What every row has beside its content."""

    id: str
    version: int = Field(description="Goes into If-Match")
    changed_at: datetime


class BeginningRecord(Kept):
    """A beginning as kept."""

    day: date
    source: str


class PatternRecord(Kept):
    """A pattern as kept."""

    name: str
    versions: tuple[PatternVersion, ...]


class HolidayRecord(Kept):
    """A holiday as kept."""

    day: date
    kind: HolidayKind
    name: str
    source: str
    sites: list[str]
    regions: list[str]


class RamadanRecord(Kept):
    """A Ramadan as kept."""

    first: date
    last: date
    source: str


class AssignmentRecord(Kept):
    """What a unit is given."""

    pattern_id: str
    unit_id: str
    valid_from: date
    valid_to: date | None
    source: str


class ScheduleRemark(Frozen):
    """Something wrong (an error refuses to save) or odd (a warning may be meant so). `pointer` is where in what was
    sent, `detail` says it in Indonesian."""

    code: str
    pointer: str
    detail: str
    warning: bool


class Checked(Frozen):
    """What was found; `saves` says whether it would be saved."""

    saves: bool
    findings: list[ScheduleRemark]


class Change(Frozen):
    """What a row was made by somebody (an account); without `content` it was taken away."""

    kind: str
    row: str
    version: int
    at: datetime
    by: str
    content: dict[str, JsonValue] | None


class BookFindings(Frozen):
    """Everything wrong or odd in the book as it is."""

    items: Sequence[Finding]
