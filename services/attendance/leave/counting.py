"""What leave costs in working days, and which hours a part of a day is, by the plans of its dates. Pure."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from services.attendance.leave.law import Kind, Part
from services.attendance.schedules.clock import MINUTE, instant, zone_of
from services.attendance.schedules.models import DAY_MINUTES, Frozen, Wall
from services.attendance.schedules.plans import DayPlan, PlanKind, PlannedShift

HALF = Decimal("0.5")


class Skipped(Frozen):
    """A date that costs nothing, and why."""

    day: date
    kind: PlanKind


class Cost(Frozen):
    """`counted` are the dates on which something is required; each costs `each` working days. `unknown` are those of
    which nobody has said what is required."""

    each: Decimal = Decimal(1)
    counted: tuple[date, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    unknown: tuple[date, ...] = ()

    @property
    def days(self) -> Decimal:
        return self.each * len(self.counted)


class NoSuchHours(ValueError):
    """The hours are not in the shift; `field` is the wrong one, the message says why."""

    def __init__(self, why: str, field: str) -> None:
        super().__init__(why)
        self.field = field


def cost(plans: Sequence[DayPlan], part: Part) -> Cost:
    """Working days: a half of one is half a day, hours are none."""
    each = {"day": Decimal(1), "first_half": HALF, "second_half": HALF, "hours": Decimal(0)}[part]
    return Cost(
        each=each,
        counted=tuple(plan.day for plan in plans if plan.required_minutes > 0),
        skipped=tuple(
            Skipped(day=plan.day, kind=plan.kind)
            for plan in plans
            if plan.required_minutes == 0 and plan.kind != "no_schedule"
        ),
        unknown=tuple(plan.day for plan in plans if plan.kind == "no_schedule"),
    )


def hours(
    plan: DayPlan, kind: Kind, part: Part, since: Wall | None = None, until: Wall | None = None
) -> tuple[datetime, datetime]:
    """The instants of a part of a day. "late" begins with the shift, "early" ends with it (a flexible end at its
    latest). Raises NoSuchHours."""
    shifts = [one for one in plan.shifts if one.kind == "fixed"]
    if not shifts:
        reason = "belum ada jadwal kerja" if plan.kind == "no_schedule" else "tidak ada jam kerja"
        raise NoSuchHours(f"{reason} pada {plan.day:%d-%m-%Y}", "first")
    if part != "hours":
        middle = _middle(shifts)
        return (shifts[0].starts, middle) if part == "first_half" else (middle, _latest(shifts[-1]))
    first = shifts[0].starts if kind == "late" else _at(plan, shifts, since, "since")
    last = _latest(shifts[-1]) if kind == "early" else _at(plan, shifts, until, "until")
    if last <= first:
        field = "since" if kind == "early" else "until"
        raise NoSuchHours("jam selesai harus sesudah jam mulai", field)
    return first, last


def _latest(shift: PlannedShift) -> datetime:
    return shift.ends + shift.flexible_minutes * MINUTE


def _middle(shifts: Sequence[PlannedShift]) -> datetime:
    """Half of the time on duty has gone by, breaks included."""
    left = sum((one.ends - one.starts) // MINUTE for one in shifts) // 2
    for one in shifts:
        minutes = (one.ends - one.starts) // MINUTE
        if left <= minutes:
            return one.starts + left * MINUTE
        left -= minutes
    raise AssertionError("half of a sum lies within it")


def _at(plan: DayPlan, shifts: Sequence[PlannedShift], wall: Wall | None, field: str) -> datetime:
    """What the clock shows in a shift; of a shift over midnight perhaps on the next date."""
    if wall is None:
        raise NoSuchHours("wajib diisi", field)
    zone = zone_of(plan.zone)
    assert zone is not None  # noqa: S101 - a plan is made in a zone there is
    minute = int(wall[:2]) * 60 + int(wall[3:])
    for more in (0, DAY_MINUTES):
        at = instant(plan.day, minute + more, zone)
        if any(one.starts <= at <= _latest(one) for one in shifts):
            return at
    begins, ends = (f"{one.astimezone(zone):%H.%M}" for one in (shifts[0].starts, _latest(shifts[-1])))
    raise NoSuchHours(f"di luar jam kerja hari itu, {begins} sampai {ends}", field)
