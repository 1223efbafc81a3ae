"""The explanation: what decided, step by step, as stable codes and values. The words are the screen's."""

from collections.abc import Iterator, Sequence

from services.attendance.days.models import AssessedShift, Excuse, Fault, Pending, Side, Step
from services.attendance.days.reading import Presence, said
from services.attendance.days.tables import Band, Rows
from services.attendance.schedules.plans import DayPlan, PlannedShift


def planned(plan: DayPlan) -> Iterator[Step]:
    """Why this was required: roster or assignment, pattern, Ramadan, holiday."""
    for why in plan.why:
        yield Step(code=f"plan.{why.code}", values={"id": why.id} if why.id else {}, article=why.source)
    yield Step(code=f"plan.{plan.kind}", values={"required_minutes": plan.required_minutes})


def excused(excuses: Sequence[Excuse]) -> Iterator[Step]:
    for one in excuses:
        values: dict[str, int | str] = {"id": one.id, "kind": one.kind, "label": one.label}
        if one.interval is not None:
            since, until = one.interval
            values |= {"since": since.isoformat(), "until": until.isoformat()}
        yield Step(code="excuse", values=values, article=one.source)


def assessed(shift: PlannedShift, found: AssessedShift, seen: Presence, rows: Rows) -> Iterator[Step]:
    """One shift, in the order of the day."""
    yield Step(
        code="shift",
        values={
            "shift": shift.id,
            "kind": shift.kind,
            "starts": shift.starts.isoformat(),
            "ends": shift.ends.isoformat(),
            "opens": shift.opens.isoformat(),
            "closes": shift.closes.isoformat(),
            "flexible_minutes": shift.flexible_minutes,
            "break_minutes": shift.break_minutes,
            "required_minutes": shift.required_minutes,
        },
    )
    for punch, role in seen.used:
        values: dict[str, int | str] = {"shift": shift.id, "punch": punch.id, "at": punch.at.isoformat(), "role": role}
        side = said(punch.direction)
        if side is None or side != role.removeprefix("break_"):
            values["said"] = punch.direction
            yield Step(code="punch.derived", values=values, rule=rows.reading.id, article=rows.reading.source)
        else:
            yield Step(code="punch", values=values)
    if found.status == "absent":
        values = {"shift": shift.id, "closes": shift.closes.isoformat(), "minutes": found.absent_minutes}
        if rows.lateness.absent_percent is not None:
            values["percent"] = str(rows.lateness.absent_percent)
        yield Step(code="shift.absent", values=values, rule=rows.lateness.id, article=rows.lateness.source)
    if found.status in ("pending", "on_call"):
        yield Step(code=f"shift.{found.status}", values={"shift": shift.id, "closes": shift.closes.isoformat()})
    if found.excused_minutes:
        yield Step(code="shift.excused", values={"shift": shift.id, "minutes": found.excused_minutes})
    yield from _side("late", shift, found.late, found.due_in.isoformat(), rows.lateness.late, rows)
    yield from _side("early", shift, found.early, found.due_out.isoformat(), rows.lateness.early, rows)
    for away in found.pauses:
        times = {"left": away.left.isoformat(), "back": away.back.isoformat()}
        yield Step(code="pause", values={"shift": shift.id, **times, "minutes": away.minutes})
    yield Step(code="effective", values={"shift": shift.id, "minutes": found.effective_minutes})


def pending(waiting: Sequence[Pending], faults: Sequence[Fault]) -> Iterator[Step]:
    """What may be the fault of a terminal or of the system, and waits for the personnel agency."""
    sources = {fault.id: fault.source for fault in faults}
    for one in waiting:
        times = {"since": one.since.isoformat(), "until": one.until.isoformat()}
        values: dict[str, int | str] = {"shift": one.shift_id, "id": one.fault_id, **times, "minutes": one.minutes}
        yield Step(code="outage.pending", values=values, article=sources[one.fault_id])


def _side(name: str, shift: PlannedShift, side: Side, due: str, bands: Sequence[Band], rows: Rows) -> Iterator[Step]:
    """A band with its edges, its percent, the minutes and the row it is from."""
    if side.band is None:
        return
    place = next(n for n, band in enumerate(bands) if band.code == side.band)
    band = bands[place]
    values: dict[str, int | str] = {
        "shift": shift.id,
        "due": due,
        "band": band.code,
        "band_from": band.from_minutes,
        "percent": str(band.percent),
        "to_none": side.to_none,
    }
    if place + 1 < len(bands):
        values["band_to"] = bands[place + 1].from_minutes - 1
    if side.minutes is not None:
        values["minutes"] = side.minutes
    code = f"{name}.missing_scan" if side.missing else name
    yield Step(code=code, values=values, rule=rows.lateness.id, article=rows.lateness.source)
