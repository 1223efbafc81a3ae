"""What was required of one employee on one date."""

from datetime import date, datetime
from functools import cached_property
from typing import Literal

from services.attendance.schedules.models import Frozen

PlanKind = Literal["work", "off", "holiday", "no_schedule"]
WhyCode = Literal[
    "roster",
    "assigned_employee",
    "assigned_unit",
    "pattern",
    "ramadan",
    "holiday",
    "shifts_overlap",
    "not_begun",
    "no_post",
    "unknown_site",
    "unknown_zone",
    "not_assigned",
    "no_pattern_version",
]


class Why(Frozen):
    """One reason of a plan: `id` is what it names (assignment, pattern as "id@first day of its version", holiday …),
    `source` the decree or order."""

    code: WhyCode
    id: str = ""
    source: str = ""


class PlannedShift(Frozen):
    """One stretch of duty as instants (UTC). Punches in [opens, closes) belong to it.

    `required_minutes` is net of breaks, by the clock that runs: the night the clock goes forward is an hour shorter.
    """

    id: str
    kind: Literal["fixed", "on_call"]
    starts: datetime
    ends: datetime
    opens: datetime
    closes: datetime
    break_minutes: int
    flexible_minutes: int
    required_minutes: int


class Window(Frozen):
    """Where the punches of another date's shift are."""

    day: date
    opens: datetime
    closes: datetime


class DayPlan(Frozen):
    """`begins` to `ends` is the local date itself; a punch in it that is in no window (its own or, in `others`,
    another date's) is told on this date and used for nothing.

    "no_schedule": nobody has said what was required. That is neither an error nor an absence.
    """

    employee_id: str
    day: date
    zone: str
    site_id: str | None
    kind: PlanKind
    shifts: tuple[PlannedShift, ...]
    why: tuple[Why, ...]
    begins: datetime
    ends: datetime
    others: tuple[Window, ...]

    @property
    def required_minutes(self) -> int:
        return sum(shift.required_minutes for shift in self.shifts)

    @cached_property
    def reach(self) -> tuple[datetime, datetime]:
        """From when to when punches can concern this day."""
        opens = (shift.opens for shift in self.shifts)
        closes = (shift.closes for shift in self.shifts)
        return min((self.begins, *opens)), max((self.ends, *closes))
