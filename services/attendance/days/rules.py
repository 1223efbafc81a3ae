"""The assessed day. Pure and deterministic: the same facts in any order, with duplicates, give the same day."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from contracts.events.days import DayStatus, Missing
from services.attendance.days import explaining
from services.attendance.days.faults import pending_of
from services.attendance.days.models import (
    AssessedDay,
    AssessedShift,
    Excuse,
    Fault,
    NotUsed,
    Pending,
    Seen,
    Step,
    Unused,
    Used,
)
from services.attendance.days.shifts import assess_shift
from services.attendance.days.spans import EPOCH
from services.attendance.days.tables import Rows, Tables
from services.attendance.schedules.clock import MINUTE
from services.attendance.schedules.plans import DayPlan, PlannedShift


def assess(
    plan: DayPlan,
    punches: Iterable[Seen],
    closed_until: datetime,
    tables: Tables,
    excuses: Iterable[Excuse] = (),
    faults: Iterable[Fault] = (),
    *,
    explain: bool = True,
) -> AssessedDay:
    """What one date comes to. `punches` may be of other dates too; `closed_until` is the instant up to which all that
    happened is known. Absence is decided when the shift has ended by it, a missing scan and leaving early when its
    window has closed; until then the day is not complete, and a punch that comes takes an absence back. Of `faults`
    those are pending that may be why something is held against somebody. Without `explain` there are no `steps`: who
    keeps what the day comes to has no use for them.

    Raises NoRule when there are shifts on the date and no row of a table is in force.
    """
    granted = sorted({one for one in excuses if _touches(one, plan)}, key=_order)
    by_shift, loose, unused = _sorted_out(plan, punches)
    found: list[AssessedShift] = []
    used: list[tuple[Seen, Used]] = []
    pending: list[Pending] = []
    doubted = sorted(set(faults), key=lambda one: (one.since, one.model_dump_json()))
    steps: list[Step] = [*explaining.planned(plan), *explaining.excused(granted)] if explain else []
    rules = [why.id for why in plan.why if why.id]
    if plan.shifts:
        rows = Rows(tables.lateness.on(plan.day), tables.reading.on(plan.day))
        rules += [rows.lateness.id, rows.reading.id]
    for shift in plan.shifts:
        one, seen = assess_shift(shift, by_shift[shift.id], closed_until, granted, rows)
        found.append(one)
        used += [(punch, Used(punch_id=punch.id, shift_id=shift.id, role=role)) for punch, role in seen.used]
        unused += seen.not_used
        waiting = pending_of(shift, one, by_shift[shift.id], doubted, closed_until, granted, rows)
        pending += waiting
        if explain:
            steps += (*explaining.assessed(shift, one, seen, rows), *explaining.pending(waiting, doubted))
    status = _status(plan, found)
    came, left = _ends(found) if plan.shifts else (loose[0].at, loose[-1].at) if loose else (None, None)
    return AssessedDay(
        employee_id=plan.employee_id,
        day=plan.day,
        zone=plan.zone,
        site_id=plan.site_id,
        status=status,
        shifts=tuple(found),
        first_in=came,
        last_out=left if left != came else None,
        required_minutes=plan.required_minutes,
        effective_minutes=sum(one.effective_minutes for one in found),
        absent_minutes=sum(one.absent_minutes for one in found),
        used=tuple(use for _, use in used),
        not_used=tuple(
            NotUsed(punch_id=punch.id, reason=reason)
            for punch, reason in sorted(unused, key=lambda each: (each[0].at, each[0].id))
        ),
        rules=tuple(dict.fromkeys(rules)),
        missing=(
            *_missing(plan, [punch for punch, _ in used], closed_until),
            *(("outage",) if pending else ()),
        ),
        pending=tuple(pending),
        steps=(*steps, Step(code=f"day.{status}")) if explain else (),
    )


def _sorted_out(
    plan: DayPlan, punches: Iterable[Seen]
) -> tuple[dict[str, list[Seen]], list[Seen], list[tuple[Seen, Unused]]]:
    """Punches by the window they lie in; those of the date that lie in none; and those that are not used, and why."""
    by_shift: dict[str, list[Seen]] = {shift.id: [] for shift in plan.shifts}
    loose: list[Seen] = []
    unused: list[tuple[Seen, Unused]] = []
    for punch in _once(punches):
        shift = _shift_at(plan, punch.at)
        elsewhere = any(window.opens <= punch.at < window.closes for window in plan.others)
        if shift is None and (elsewhere or not plan.begins <= punch.at < plan.ends):
            unused.append((punch, "other_day"))
        elif punch.outcome == "rejected":
            unused.append((punch, "rejected"))
        elif shift is not None:
            by_shift[shift.id].append(punch)
        else:
            loose.append(punch)
            unused.append((punch, "outside_window" if plan.shifts else "no_shift"))
    return by_shift, loose, unused


def _once(punches: Iterable[Seen]) -> list[Seen]:
    """Each punch once, in order of time. Of two states of one punch the same is taken in whatever order they come: a
    reviewed one before one that was not."""
    states = list(punches)
    once = {punch.id: punch for punch in states}
    if len(once) < len(states):
        states.sort(key=lambda punch: (punch.outcome or "", punch.at, punch.model_dump_json()))
        once = {punch.id: punch for punch in states}
    return sorted(once.values(), key=lambda punch: (punch.at, punch.id))


def _shift_at(plan: DayPlan, at: datetime) -> PlannedShift | None:
    return next((shift for shift in plan.shifts if shift.opens <= at < shift.closes), None)


def _touches(excuse: Excuse, plan: DayPlan) -> bool:
    """Whether it speaks of the date, or of a shift that begins on it."""
    if excuse.interval is None:
        return True
    since, until = excuse.interval
    last = max((shift.ends + shift.flexible_minutes * MINUTE for shift in plan.shifts), default=plan.ends)
    return since < max(last, plan.ends) and plan.begins < until


def _order(excuse: Excuse) -> tuple[datetime, str, str]:
    """Whole days first, then by time."""
    return excuse.since or EPOCH, excuse.kind, excuse.model_dump_json()


def _status(plan: DayPlan, found: Sequence[AssessedShift]) -> DayStatus:
    """Of several shifts: undecided while one is; else by those that had to be worked; else what excuses them."""
    if not found:
        return "off" if plan.kind == "work" else plan.kind
    if any(one.status == "pending" for one in found):
        return "pending"
    had_to = [one.status for one in found if one.kind == "fixed" and one.status in ("present", "absent")]
    if had_to:
        return "partly_absent" if len(set(had_to)) == 2 else had_to[0]
    return "present" if any(one.status == "present" for one in found) else found[0].status


def _ends(found: Sequence[AssessedShift]) -> tuple[datetime | None, datetime | None]:
    return (
        min((one.first_in for one in found if one.first_in), default=None),
        max((one.last_out for one in found if one.last_out), default=None),
    )


def _missing(plan: DayPlan, used: Sequence[Seen], closed_until: datetime) -> tuple[Missing, ...]:
    """What may still change the day: time, a review, a site to mend, a schedule that asks for two shifts at once."""
    found: list[Missing] = []
    if closed_until < max((shift.closes for shift in plan.shifts), default=plan.ends):
        found.append("window_open")
    if any("under_review" in punch.flags and punch.outcome is None for punch in used):
        found.append("review")
    if any(why.code in ("unknown_site", "unknown_zone") for why in plan.why):
        found.append("site")
    if any(why.code == "shifts_overlap" for why in plan.why):
        found.append("schedule")
    return tuple(found)
