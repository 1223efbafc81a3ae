"""What an assessed day says to others: `DayAssessed`, its sums taken over the shifts. Pure."""

from datetime import date
from typing import Any

from contracts.events.days import DayAssessed, OutageEffect, ShiftAssessed
from services.attendance.days.models import AssessedDay, AssessedShift
from services.attendance.schedules.plans import PlannedShift

EXCUSED = ("leave", "duty", "permit", "correction", "amnesty")


def told(day: AssessedDay, shifts: tuple[PlannedShift, ...], version: int) -> DayAssessed:
    """The event of this state. `shifts` are the planned ones."""
    late = sum(one.late.minutes or 0 for one in day.shifts)
    early = sum(one.early.minutes or 0 for one in day.shifts)
    required = any(one.kind == "fixed" for one in day.shifts)
    return DayAssessed(
        employee_id=day.employee_id,
        local_date=day.day,
        version=version,
        zone=day.zone,
        site_id=day.site_id,
        status=day.status,
        first_in=day.first_in,
        last_out=day.last_out,
        required_minutes=day.required_minutes,
        effective_minutes=day.effective_minutes,
        absent_minutes=day.absent_minutes,
        late_minutes=late,
        early_minutes=early,
        required_days=int(required),
        present_days=int(required and day.status in ("present", "partly_absent")),
        absent_days=int(day.status == "absent"),
        excused_days=int(required and day.status in EXCUSED),
        late_days=int(any(one.late.band for one in day.shifts)),
        early_days=int(any(one.early.band for one in day.shifts)),
        shifts=tuple(_shift(planned, one) for planned, one in zip(shifts, day.shifts, strict=True)),
        rules=day.rules,
        missing=day.missing,
        outages=_outages(day),
    )


def stored(event: DayAssessed) -> dict[str, Any]:
    """How it lies in the day's document: all but what the document says by itself."""
    return event.model_dump(mode="json", exclude_none=True, exclude={"employee_id", "local_date", "version"})


def restored(employee_id: str, day: date, version: int, row: dict[str, Any]) -> DayAssessed:
    """The event of a document."""
    return DayAssessed(employee_id=employee_id, local_date=day, version=version, **row)


def _outages(day: AssessedDay) -> tuple[OutageEffect, ...] | None:
    """Each once; None where there is none, so that days of before are said no differently."""
    minutes: dict[str, int] = {}
    for one in day.pending:
        minutes[one.fault_id] = minutes.get(one.fault_id, 0) + one.minutes
    return tuple(OutageEffect(outage_id=one, minutes=some) for one, some in minutes.items()) or None


def _shift(planned: PlannedShift, one: AssessedShift) -> ShiftAssessed:
    return ShiftAssessed(
        shift_id=one.id,
        kind=one.kind,
        status=one.status,
        starts=planned.starts,
        ends=planned.ends,
        first_in=one.first_in,
        last_out=one.last_out,
        late_minutes=one.late.minutes,
        late_band=one.late.band,
        early_minutes=one.early.minutes,
        early_band=one.early.band,
    )
