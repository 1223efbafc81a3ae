"""What attendance says of the assessed day, and what its own assessor hears: time, and changes of what was asked."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.base import EventData

DayStatus = Literal[
    "present",
    "absent",
    "partly_absent",
    "pending",
    "on_call",
    "off",
    "holiday",
    "no_schedule",
    "leave",
    "duty",
    "permit",
    "correction",
    "amnesty",
]
Missing = Literal["window_open", "review", "site", "schedule", "outage"]


class ShiftAssessed(EventData):
    """One stretch of duty. Minutes are None while they are not known, or when the scan is missing; a band is that of
    the table in force (TL, PSW), absent when there is none."""

    shift_id: str
    kind: Literal["fixed", "on_call"]
    status: Literal["present", "absent", "pending", "on_call", "leave", "duty", "permit", "correction", "amnesty"]
    starts: AwareDatetime
    ends: AwareDatetime
    first_in: AwareDatetime | None = None
    last_out: AwareDatetime | None = None
    late_minutes: int | None = None
    late_band: str | None = None
    early_minutes: int | None = None
    early_band: str | None = None


class OutageEffect(EventData):
    """What an outage that nobody has decided about yet may have cost: `minutes` late, early or absent that an amnesty
    would excuse (0: only scans that are missing)."""

    outage_id: str
    minutes: int


class DayAssessed(EventData):
    """The full state of one employee's local date: what the punches come to against what was required. The highest
    `version` counts. Sums are whole minutes over the shifts of the date; `required_days` is 1 where something was
    required, `absent_days` 1 where all of it was missed without an excuse, `excused_days` 1 where an excuse is why
    nothing was asked. `rules` name the rows that decided; `missing` what may still change the day (none: complete).
    `outages` are those that may be why: lateness and absence are not final while there are any.
    """

    TYPE: ClassVar[str] = "id.go.kinerja.attendance.day.assessed.v1"

    employee_id: str
    local_date: date
    version: int
    zone: str
    site_id: str | None = None
    status: DayStatus
    first_in: AwareDatetime | None = None
    last_out: AwareDatetime | None = None
    required_minutes: int
    effective_minutes: int
    absent_minutes: int
    late_minutes: int
    early_minutes: int
    required_days: int
    present_days: int
    absent_days: int
    excused_days: int
    late_days: int
    early_days: int
    shifts: tuple[ShiftAssessed, ...] = ()
    rules: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    outages: tuple[OutageEffect, ...] | None = None


class ClockMoved(EventData):
    """What the assessor goes by, once for every partition: all that happened before `until` is known, and version
    `book` of the agency's working time is in force. `slot` is a key that lands on one partition."""

    TYPE: ClassVar[str] = "id.go.kinerja.attendance.clock.moved.v1"

    slot: str
    until: AwareDatetime
    book: int


class DutyChanged(EventData):
    """What was asked of an employee, or excused, is different now for these dates (`last` absent: and from then on).
    What it is now is read where it is kept: personal reasons stay in the service."""

    TYPE: ClassVar[str] = "id.go.kinerja.attendance.duty.changed.v1"

    employee_id: str
    first: date
    last: date | None = None
    changed_at: AwareDatetime
